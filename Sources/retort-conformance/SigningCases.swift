// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Answers the cases about signed values, session cookies and stored passwords; nil for every other case.
func answerSigningCase(_ testCase: CaseValue) -> CaseValue? {
    do {
        guard let value = try signingValue(testCase) else { return nil }
        return .answer(value)
    } catch let error as SigningError {
        return .failure(error.code.rawValue)
    } catch {
        return .failure("\(error)")
    }
}

private func signingValue(_ testCase: CaseValue) throws -> CaseValue? {
    switch testCase["kind"]?.string {
    case "signer": try .string(signer(testCase).sign(text(testCase, "value")))
    case "signer_verify":
        .bool((try? signer(testCase).unsign(text(testCase, "signed"))) == text(testCase, "value"))
    case "timestamp_signer": try .string(timestampSigner(testCase).sign(text(testCase, "value")))
    case "timestamp_signer_verify":
        .bool((try? timestampSigner(testCase).unsign(text(testCase, "signed"))) == text(testCase, "value"))
    case "serializer": try serializer(testCase).map { try .string($0.dump(CasePayload(testCase["object"] ?? .null))) }
    case "serializer_verify": try serializer(testCase).map { .bool($0.accepts(text(testCase, "signed"))) }
    case "session_write":
        try .string(cookies(testCase, now: "timestamp").write(SessionData(taggedJSON: bytes(testCase, "tagged_json"))))
    case "session_read": try sessionRead(testCase)
    case "password_verify":
        try .bool(PasswordHasher().verify(text(testCase, "password"), against: text(testCase, "hash")))
    default: nil
    }
}

private func text(_ testCase: CaseValue, _ name: String) -> String { testCase[name]?.string ?? "" }

private func bytes(_ testCase: CaseValue, _ name: String) -> [UInt8] { Array(text(testCase, name).utf8) }

private func clock(_ testCase: CaseValue, _ name: String) -> UnixClock { .fixed(Int64(testCase[name]?.int ?? 0)) }

private func options(_ testCase: CaseValue) -> Signer.Options {
    Signer.Options(
        keyDerivation: Signer.KeyDerivation(rawValue: text(testCase, "key_derivation")) ?? .djangoConcat,
        hash: HashFunction(rawValue: text(testCase, "digest")) ?? .sha1,
        separator: testCase["sep"]?.string ?? ".")
}

private func signer(_ testCase: CaseValue) throws -> Signer {
    try Signer(
        keys: SecretKeys(text(testCase, "key")), salt: testCase["salt"]?.string ?? "itsdangerous.Signer",
        options: options(testCase))
}

private func timestampSigner(_ testCase: CaseValue) throws -> TimestampSigner {
    try TimestampSigner(
        keys: SecretKeys(text(testCase, "key")), salt: testCase["salt"]?.string ?? "itsdangerous.Signer",
        options: options(testCase), clock: clock(testCase, "timestamp"))
}

/// What the cases ask of each of the four serializers.
private protocol CaseSerializer {
    func dump(_ value: some Encodable) throws -> String
    func accepts(_ text: String) -> Bool
}

extension SignedSerializer: CaseSerializer {
    fileprivate func accepts(_ text: String) -> Bool { (try? loadJSON(from: text)) != nil }
}

extension TimedSignedSerializer: CaseSerializer {
    fileprivate func accepts(_ text: String) -> Bool { (try? loadJSON(from: text)) != nil }
}

private func serializer(_ testCase: CaseValue) throws -> (any CaseSerializer)? {
    let keys = SecretKeys(text(testCase, "key"))
    let salt = testCase["salt"]?.string ?? "itsdangerous"
    let options = options(testCase)
    let clock = clock(testCase, "timestamp")
    return switch text(testCase, "class") {
    case "Serializer": try Serializer(keys: keys, salt: salt, options: options)
    case "URLSafeSerializer": try URLSafeSerializer(keys: keys, salt: salt, options: options)
    case "TimedSerializer": try TimedSerializer(keys: keys, salt: salt, options: options, clock: clock)
    case "URLSafeTimedSerializer": try URLSafeTimedSerializer(keys: keys, salt: salt, options: options, clock: clock)
    default: nil
    }
}

private func cookies(_ testCase: CaseValue, now: String) throws -> FlaskSessionCookie {
    var cookies = try FlaskSessionCookie(keys: SecretKeys(text(testCase, "secret_key")), clock: clock(testCase, now))
    // Flask itself has no limit.
    cookies.maximumLength = 1 << 20
    cookies.inflatedLimit = 1 << 20
    return cookies
}

private func sessionRead(_ testCase: CaseValue) throws -> CaseValue {
    let session = try cookies(testCase, now: "now").read(text(testCase, "cookie"))
    guard !session.isNew else { return .null }
    return CaseValue(json: String(decoding: try session.taggedJSON(), as: UTF8.self)) ?? .null
}

/// A recorded value as an `Encodable` one.
private struct CasePayload: Encodable {
    let value: CaseValue

    init(_ value: CaseValue) { self.value = value }

    struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        switch value {
        case .object(let members):
            var container = encoder.container(keyedBy: Name.self)
            for member in members {
                try container.encode(CasePayload(member.value), forKey: Name(stringValue: member.name))
            }
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(CasePayload(element)) }
        default: try encodeLeaf(encoder.singleValueContainer())
        }
    }

    private func encodeLeaf(_ container: any SingleValueEncodingContainer) throws {
        var container = container
        switch value {
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        default: try container.encodeNil()
        }
    }
}
