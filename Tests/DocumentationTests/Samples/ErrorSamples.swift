// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Retort

struct OutOfStock: Error { var item: String }

// sample: errors-convertible
struct QuotaExceeded: HTTPErrorConvertible {
    var seconds: Int
    var httpError: HTTPError {
        HTTPError(
            .tooManyRequests, "The quota is used up.", code: "quota-exceeded", headers: [.retryAfter: "\(seconds)"])
    }
}
// end

func errorSamples() -> App {
    var app = App()
    // sample: errors-throw
    app.get("/posts/{id}") { (id: Int) in
        guard id < 100 else { throw HTTPError(.gone, "This post was deleted.", code: "deleted") }
        return "post \(id)"
    }
    // end

    // sample: errors-fields
    struct Booking: Decodable, Sendable { var seats: Int }
    app.post("/bookings") { (booking: JSON<Booking>) in
        guard 1...8 ~= booking.seats else {
            throw FieldErrors([FieldError(field: "seats", code: .outOfRange, message: "`seats` must be from 1 to 8")])
        }
        return NoContent()
    }
    // end

    // sample: errors-handlers
    app.onError(.notFound) { _, request in
        Reply("There is nothing at \(request.path).", status: .notFound)
    }
    app.onError(OutOfStock.self) { error, _ in
        Reply("No \(error.item) left.", status: .conflict)
    }
    // end
    app.get("/buy/{item}") { (item: String) -> String in throw OutOfStock(item: item) }
    app.get("/quota") { () -> String in throw QuotaExceeded(seconds: 60) }
    return app
}

// sample: middleware-type
struct Stopwatch: Middleware {
    func handle(_ request: Request, next: Next) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request)
        response.headers[HTTPField.Name("Server-Timing") ?? .age] =
            "app;dur=\((ContinuousClock.now - start).milliseconds)"
        return response
    }
}
// end

extension Duration {
    fileprivate var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}

func middlewareSamples() -> App {
    var app = App()
    // sample: middleware-use
    app.use(Stopwatch(), .requestIDs(), .accessLog())
    app.use { request, next in
        var response = try await next(request)
        response.headers[.contentLanguage] = "en"
        return response
    }
    // end

    // sample: middleware-hooks
    app.before { request in
        request.path == "/closed" ? Reply("We are closed.", status: .serviceUnavailable) : nil
    }
    app.after { request, response in
        response.headers[.vary] = "Accept-Language"
    }
    app.teardown { request, error in
        if let error { request.log.debug("\(request.path) failed: \(error)") }
    }
    // end

    // sample: middleware-values
    enum Tenant: RequestKey { static let defaultValue = "nobody" }
    app.use { request, next in
        var request = request
        request[Tenant.self] = request.origin.host
        return try await next(request)
    }
    app.get("/tenant") { (request: Request) in request[Tenant.self] }
    // end

    // sample: middleware-events
    app.events.on(RequestFailed.self) { event in
        event.request.log.critical("\(event.request.path): \(event.error)")
    }
    // end
    app.get("/closed") { "open" }
    return app
}
