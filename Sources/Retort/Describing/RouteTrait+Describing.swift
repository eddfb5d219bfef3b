// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortWire

/// What a route, or all routes of a blueprint, say of themselves beyond their types.
extension RouteTrait {
    /// Says in one line what the route is for.
    ///
    /// - Parameter text: The line.
    /// - Returns: The trait.
    public static func summary(_ text: String) -> RouteTrait { describe { $0.summary = text } }

    /// Says what there is to know about the route.
    ///
    /// - Parameter text: One or more paragraphs in CommonMark.
    /// - Returns: The trait.
    public static func description(_ text: String) -> RouteTrait { describe { $0.description = text } }

    /// Lists the route in groups, in place of the one of its blueprint.
    ///
    /// - Parameter names: The names of the groups.
    /// - Returns: The trait.
    public static func tags(_ names: String...) -> RouteTrait { describe { $0.tags = names } }

    /// Tells clients to stop using the route.
    public static var deprecated: RouteTrait { describe { $0.isDeprecated = true } }

    /// Leaves the route out of documents.
    public static var hidden: RouteTrait { describe { $0.isHidden = true } }

    /// Says what else the route answers, and takes the place of what is only guessed from the type of its result.
    ///
    ///     app.post("/posts", .response(.created, Post.self, "The new post")) { (draft: JSON<Draft>) in
    ///         Reply(try await posts.add(draft.value), status: .created)
    ///     }
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - type: What the body is.
    ///   - description: What the answer means.
    ///   - mediaType: The media type of the body.
    /// - Returns: The trait.
    public static func response(
        _ status: HTTPResponse.Status, _ type: Any.Type, _ description: String? = nil,
        as mediaType: String = "application/json"
    ) -> RouteTrait {
        describe { $0.addResponse(status, description, mediaType, $0.schema(of: type)) }
    }

    /// Says what else the route answers, without a body or with one of a media type alone.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - description: What the answer means.
    ///   - mediaType: The media type of the body; nil for an answer without one.
    /// - Returns: The trait.
    public static func response(
        _ status: HTTPResponse.Status, _ description: String? = nil, as mediaType: String? = nil
    ) -> RouteTrait {
        describe { $0.addResponse(status, description, mediaType) }
    }

    /// Shows values to try the route with.
    ///
    /// - Parameters:
    ///   - name: What the example is called.
    ///   - values: Values by the names of parameters and of fields of the body; for a file the path or URL of one.
    /// - Returns: The trait.
    public static func example(_ name: String, _ values: JSONObject) -> RouteTrait {
        describe { operation in
            let known = operation.extensions["x-retort-examples"]?.array ?? []
            let example: JSONObject = ["name": .string(name), "values": .object(values)]
            operation.extensions["x-retort-examples"] = .array(known + [.object(example)])
        }
    }

    /// Changes the description of the route in any way.
    ///
    /// - Parameter change: Gets the description that the types have made. It runs when a description is asked for.
    /// - Returns: The trait.
    public static func describe(_ change: @escaping RouteDescriber) -> RouteTrait {
        RouteTrait { $0.notes.append(change) }
    }
}

/// Adds to the description of a route, when somebody asks for it.
public typealias RouteDescriber = @Sendable (inout OperationDescription) -> Void

extension HandlerAdapter {
    /// Describes a handler by its types.
    static func describer<each A: RequestArgument, Result: ResponseConvertible>(
        _ arguments: repeat (each A).Type, as result: Result.Type
    ) -> RouteDescriber {
        { operation in
            for argument in repeat each arguments { argument.describe(in: &operation) }
            Result.describeResult(in: &operation)
        }
    }
}
