// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// A struct whose fields have defaults, limits and descriptions: what a handler asks for in a query, a form or JSON.
///
///     struct FaceOptions: Input {
///         /// Smallest score of a face that is kept.
///         @Field(in: 0...1) var minimumScore = 0.5
///         /// The most faces in an answer.
///         @Field(in: 1...100) var limit = 20
///         @Field var format: OutputFormat = .json
///         @Field var label: String?
///     }
///     app.get("/faces") { (options: Query<FaceOptions>) in find(options.minimumScore) }
///
/// A field that is not sent, or is sent empty and is no text, has its default. Fields that are missing or outside of
/// their limits are answered 422, all of them in one answer, with the limit in the sentence. `FaceOptions()` has the
/// defaults; they are made once, so a default of the present time is that of the first use.
///
/// Properties without ``Field`` are not read: they keep the value that they have in `init()`. Documents and forms know
/// the fields with their limits, and with the documentation comments where the target uses the plugin
/// `RetortDocumentation`.
public protocol Input: Decodable, Sendable, SchemaDescribing {
    /// Creates a value of the defaults.
    init()
}

extension Input {
    /// Reads the fields.
    ///
    /// - Parameter decoder: Any decoder.
    /// - Throws: `FieldErrors` (422) with each field that does not fit; what the decoder throws.
    public init(from decoder: any Decoder) throws {
        let plan = InputPlan<Self>.shared()
        self = plan.prototype
        try plan.read(decoder, into: &self)
    }

    /// The schema of the fields.
    ///
    /// - Parameter table: Gives the schemas of their types.
    /// - Returns: An object.
    public static func schema(in table: inout SchemaTable) -> Schema { InputPlan<Self>.shared().schema(in: &table) }
}

/// The key of a field.
struct InputKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
