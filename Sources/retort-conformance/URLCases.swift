// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Answers the cases about URLs, hosts, proxies and file names; nil for every other case.
func answerURLCase(_ testCase: CaseValue) -> CaseValue? {
    if testCase["kind"] == "proxy_fix" { return answerProxyCase(testCase) }
    guard testCase["kind"] == "func", let function = testCase["func"]?.string else { return nil }
    let call = Call(testCase)
    switch function {
    case "werkzeug.urls.iri_to_uri": return answerConversion(call) { try IRI.toURI($0) }
    case "werkzeug.urls.uri_to_iri": return answerConversion(call) { try IRI.fromURI($0) }
    case "werkzeug.sansio.utils.get_host": return answerHost(call)
    case "werkzeug.sansio.utils.get_content_length":
        let length = declaredBodyLength(
            contentLength: call[0, "http_content_length"]?.string,
            transferEncoding: call[1, "http_transfer_encoding"]?.string)
        return .answer(length.map { .int($0) } ?? .null)
    case "werkzeug.security.safe_join":
        guard let arguments = testCase["args"]?.array?.map(\.string), let folder = arguments.first ?? nil else {
            return nil
        }
        // The cases were recorded on Linux, where names that are special on Windows are ordinary ones.
        return .answer(.text(safeJoin(folder, parts: arguments.dropFirst().compactMap { $0 }, portable: false)))
    case "werkzeug.utils.secure_filename":
        guard let name = call[0, "filename"]?.string else { return nil }
        return .answer(.string(secureFilename(name, portable: false)))
    default: return nil
    }
}

/// The arguments of a recorded call, by position or by name.
private struct Call {
    let testCase: CaseValue

    init(_ testCase: CaseValue) { self.testCase = testCase }

    subscript(position: Int, name: String) -> CaseValue? {
        testCase["args"]?[position] ?? testCase["kwargs"]?[name]
    }
}

private func answerConversion(_ call: Call, _ convert: (String) throws -> String) -> CaseValue? {
    guard let text = (call[0, "iri"] ?? call.testCase["kwargs"]?["uri"])?.string else { return nil }
    do { return .answer(.string(try convert(text))) } catch { return .failure("ValueError") }
}

private func answerHost(_ call: Call) -> CaseValue? {
    guard let scheme = call[0, "scheme"]?.string else { return nil }
    var server: (name: String, port: Int)?
    if let pair = call[2, "server"], let name = pair[0]?.string, let port = pair[1]?.int { server = (name, port) }
    do {
        let listed = call[3, "trusted_hosts"]
        let names = listed?.array?.compactMap(\.string) ?? listed?.string.map { [$0] } ?? []
        let authority = try Authority.ofRequest(
            hostHeader: call[1, "host_header"]?.string, scheme: scheme, server: server,
            trustedHosts: TrustedHosts(names))
        return .answer(.string(authority?.description ?? ""))
    } catch { return .failure("SecurityError") }
}

private func answerProxyCase(_ testCase: CaseValue) -> CaseValue? {
    guard let environment = testCase["environ"]?.members, let config = testCase["config"] else { return nil }
    func count(_ name: String) -> Int { config[name]?.int ?? 0 }
    func value(_ name: String) -> String? { testCase["environ"]?[name]?.string }
    let proxies = TrustedProxies(
        for: count("x_for"), proto: count("x_proto"), host: count("x_host"), port: count("x_port"),
        prefix: count("x_prefix"))
    let facts = ConnectionFacts(
        clientAddress: value("REMOTE_ADDR"), scheme: value("wsgi.url_scheme") ?? "http", hostHeader: value("HTTP_HOST"),
        serverName: value("SERVER_NAME") ?? "", serverPort: value("SERVER_PORT").flatMap { Int($0) },
        rootPath: value("SCRIPT_NAME") ?? "")
    let headers = (testCase["forwarded"]?.members ?? []).compactMap { member in
        member.value.string.map { (name: headerName(member.name), value: $0) }
    }
    let result = proxies.corrected(facts, headers: headers)
    let answers: [String: String?] = [
        "REMOTE_ADDR": result.clientAddress, "wsgi.url_scheme": result.scheme, "HTTP_HOST": result.hostHeader,
        "SERVER_NAME": result.serverName, "SERVER_PORT": result.serverPort.map { String($0) },
        "SCRIPT_NAME": result.rootPath,
    ]
    return .answer(
        .object(environment.map { CaseValue.Member(name: $0.name, value: .text(answers[$0.name] ?? nil)) }))
}

/// `X-Forwarded-For` of `HTTP_X_FORWARDED_FOR`.
private func headerName(_ variable: String) -> String {
    String(variable.dropFirst("HTTP_".count).map { $0 == "_" ? "-" : $0 })
}
