// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Synchronization

/// A message for the page that the visitor sees next.
public struct FlashMessage: Hashable, Sendable {
    /// The text, which a page has to escape.
    public var text: String

    /// What kind of message it is, such as `success` or `error`.
    public var category: String

    /// Creates a message.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - category: What kind of message it is.
    public init(_ text: String, category: String = "message") {
        self.text = text
        self.category = category
    }
}

/// Leaves messages for the page that the visitor sees next, as an argument of a handler.
///
///     app.post("/posts") { (draft: JSON<Draft>, flash: Flash) in
///         try await posts.add(draft.value)
///         flash("Saved.", category: "success")
///         return Redirect("/posts")
///     }
///
/// The messages are in the session, so `.sessions(…)` has to be there.
public struct Flash: RequestArgument {
    private let session: Session

    /// Creates a way to the messages of a session.
    ///
    /// - Parameter session: The session.
    public init(_ session: Session) { self.session = session }

    /// Leaves a message.
    ///
    /// - Parameters:
    ///   - text: The text, which a page has to escape.
    ///   - category: What kind of message it is.
    public func callAsFunction(_ text: String, category: String = "message") {
        session.flash(text, category: category)
    }

    /// Takes the messages out, as ``Session/takeFlashes(category:)`` does.
    ///
    /// - Parameter category: The kind of messages; nil for all.
    /// - Returns: The messages in the order in which they were left.
    public func take(category: String? = nil) -> [FlashMessage] { session.takeFlashes(category: category) }

    /// Finds the messages of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The way to the messages.
    /// - Throws: ``HTTPError`` with status 500 without the middleware for sessions; an error of the store.
    public static func make(from request: Request, path: inout PathValues) async throws -> Flash {
        Flash(try await request.session)
    }
}

extension Session {
    /// Where Flask keeps them too.
    private static let flashName = "_flashes"

    /// Leaves a message for the page that the visitor sees next.
    ///
    /// - Parameters:
    ///   - text: The text, which a page has to escape.
    ///   - category: What kind of message it is.
    public func flash(_ text: String, category: String = "message") {
        withState { state in
            let earlier = state.data[Self.flashName]?.elements ?? []
            state.data[Self.flashName] = .array(earlier + [.tuple([.string(category), .string(text)])])
            state.newFlashes.append(FlashMessage(text, category: category))
        }
    }

    /// Takes the messages out of the session.
    ///
    /// The first call of a request takes all of them; later calls, such as those for other categories, see the same.
    ///
    /// - Parameter category: The kind of messages; nil for all.
    /// - Returns: The messages in the order in which they were left.
    public func takeFlashes(category: String? = nil) -> [FlashMessage] {
        let all = withState { state in
            if let taken = state.takenFlashes { return taken }
            let taken = (state.data.remove(Self.flashName)?.elements ?? []).compactMap(Self.message)
            state.takenFlashes = taken
            return taken
        }
        guard let category else { return all }
        return all.filter { $0.category.hasSameBytes(as: category) }
    }

    private static func message(_ value: SessionValue) -> FlashMessage? {
        guard let pair = value.elements, pair.count == 2, let category = pair[0].string, let text = pair[1].string
        else { return nil }
        return FlashMessage(text, category: category)
    }

    /// Tells of the messages that a request has left.
    func tellListeners(_ request: Request) async {
        let messages = state.withLock { $0.newFlashes }
        guard !messages.isEmpty, request.app.events.hasListeners(for: MessageFlashed.self) else { return }
        for message in messages { await request.app.events.send(MessageFlashed(request: request, message: message)) }
    }
}

/// A handler has left a message for the page that the visitor sees next.
public struct MessageFlashed: Event {
    /// The request.
    public let request: Request

    /// The message.
    public let message: FlashMessage
}
