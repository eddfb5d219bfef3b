// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Something that happened, which others may want to hear about.
///
/// Each event is a type of its own, so that a listener gets a typed value.
public protocol Event: Sendable {}

/// The listeners to events.
///
/// They take the place of signals.
///
///     app.events.on(RequestFinished.self) { event in … }
public struct Events: Sendable {
    private var listeners: [ObjectIdentifier: [@Sendable (any Event) async -> Void]] = [:]

    init() {}

    /// Calls a function at each event of a type.
    ///
    /// Listeners are called one after another in the order in which they were added, and the request waits for them.
    ///
    /// - Parameters:
    ///   - type: The type of the events.
    ///   - listener: What to do.
    public mutating func on<E: Event>(_ type: E.Type, _ listener: @escaping @Sendable (E) async -> Void) {
        listeners[ObjectIdentifier(type), default: []].append { event in
            if let event = event as? E { await listener(event) }
        }
    }

    /// Whether anybody listens to a type of events.
    ///
    /// - Parameter type: The type of the events.
    /// - Returns: Whether there is a listener.
    public func hasListeners<E: Event>(for type: E.Type) -> Bool { listeners[ObjectIdentifier(type)] != nil }

    /// Tells the listeners that something happened.
    ///
    /// - Parameter event: What happened.
    public func send<E: Event>(_ event: E) async {
        for listener in listeners[ObjectIdentifier(E.self)] ?? [] { await listener(event) }
    }
}

/// A request was answered.
///
/// The response is complete but for its body, which may still be on its way.
public struct RequestFinished: Event {
    /// The request.
    public let request: Request

    /// The answer.
    public let response: Response
}

/// A handler or a middleware threw something that is not an answer, and the client got status 500.
public struct RequestFailed: Event {
    /// The request.
    public let request: Request

    /// What was thrown.
    public let error: any Error
}
