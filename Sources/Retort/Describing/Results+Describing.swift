// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
import RetortWire

extension ResponseConvertible {
    /// Describes an answer of which nothing is known but that it is a success.
    ///
    /// What a route says by `.response(…)` stands in its place.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, isAssumed: true)
    }
}

extension String {
    /// Describes an answer that is text.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "text/plain", .string)
    }
}

extension Optional where Wrapped: ResponseConvertible {
    /// Describes the value's answer, and 404 for nil.
    ///
    /// - Parameter operation: Takes the answers.
    public static func describeResult(in operation: inout OperationDescription) {
        Wrapped.describeResult(in: &operation)
        operation.addProblem(.notFound)
    }
}

extension HTML {
    /// Describes an answer that is a page.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "text/html", .string)
    }
}

extension Bytes {
    /// Describes an answer of bytes, whose type depends on the value.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "*/*", isAssumed: true)
    }
}

extension NoContent {
    /// Describes an answer without a body.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.noContent)
    }
}

extension JSON where Value: Encodable {
    /// Describes an answer that is JSON.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "application/json", operation.schema(of: Value.self))
    }
}

extension EncodedResult {
    static func describeResult(in operation: inout OperationDescription) {
        guard let optional = Value.self as? any OptionalField.Type else {
            return JSON<Value>.describeResult(in: &operation)
        }
        operation.addResponse(.ok, nil, "application/json", operation.schema(of: optional.wrappedType))
        operation.addProblem(.notFound)
    }
}

extension Redirect {
    /// Describes an answer that sends the client elsewhere.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.seeOther, isAssumed: true)
    }
}

extension File {
    /// Describes an answer that is a file, whose type depends on its name.
    ///
    /// - Parameter operation: Takes the answers.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "*/*", isAssumed: true)
        operation.addProblem(.notFound)
    }
}

extension Streamed {
    /// Describes an answer whose type depends on the value.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "*/*", isAssumed: true)
    }
}

extension JSONLines {
    /// Describes an answer of JSON values, each in a line of its own.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "application/jsonl", operation.schema(of: Values.Element.self))
    }
}

extension ServerSentEvents {
    /// Describes an answer that is a stream of events.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "text/event-stream", .string)
    }
}

extension Page {
    /// Describes an answer that a template makes.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "text/html", .string)
    }
}
