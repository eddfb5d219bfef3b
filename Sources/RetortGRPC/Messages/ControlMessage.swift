// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import RetortWire

/// The requests that ask for a model or the repository, which all have texts and little else.
///
/// Source: Open Inference Protocol, "gRPC"; Triton, "gRPC"; gRPC, "Health Checking Protocol".
package struct ControlMessage: Sendable, Hashable {
    /// Where the fields of a kind of request stand.
    package struct Fields: Sendable, Hashable {
        let name: Int?
        let version: Int?
        let flag: Int?
        let parameters: Int?

        /// Nothing that anybody reads.
        package static let none = Fields()
        /// A model and its version.
        package static let model = Fields(name: 1, version: 2)
        /// The index of the repository.
        package static let index = Fields(flag: 2)
        /// A model of the repository.
        package static let repositoryModel = Fields(name: 2, parameters: 3)
        /// A service whose health is asked for.
        package static let health = Fields(name: 1)

        private init(name: Int? = nil, version: Int? = nil, flag: Int? = nil, parameters: Int? = nil) {
            self.name = name
            self.version = version
            self.flag = flag
            self.parameters = parameters
        }
    }

    /// The name of a model or service; empty for all.
    package private(set) var name = ""
    /// The version of a model; nil for any.
    package private(set) var version: String?
    /// Whether only models are wanted that are ready.
    package private(set) var flag = false
    /// The names of the parameters.
    package private(set) var parameters: [String] = []

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - bytes: The message.
    ///   - fields: What it has where.
    /// - Throws: `MessageError` for bytes that are no such message.
    package init(_ bytes: UnsafeRawBufferPointer, _ fields: Fields) throws {
        var reader = MessageReader(bytes)
        var found = JSONObject()
        while let (number, value) = try reader.next() {
            switch number {
            case fields.name: name = try value.text("name")
            case fields.version:
                let text = try value.text("version")
                version = text.isEmpty ? nil : text
            case fields.flag: flag = try value.varint("ready") != 0
            case fields.parameters: try MessageParameters.add(try value.bytes("parameters"), to: &found)
            default: break
            }
        }
        parameters = found.keys
    }
}
