// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

/// Names of headers for which the currency type has no members. All of them are tokens, so the alternative is not taken.
extension HTTPField.Name {
    static let xRequestID = HTTPField.Name("X-Request-ID") ?? .date
    static let xCSRFToken = HTTPField.Name("X-CSRF-Token") ?? .date
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .date
    static let xFrameOptions = HTTPField.Name("X-Frame-Options") ?? .date
    package static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .date
    package static let permissionsPolicy = HTTPField.Name("Permissions-Policy") ?? .date
    package static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy") ?? .date
    static let crossOriginEmbedderPolicy = HTTPField.Name("Cross-Origin-Embedder-Policy") ?? .date
    static let rateLimit = HTTPField.Name("RateLimit") ?? .date
    static let rateLimitPolicy = HTTPField.Name("RateLimit-Policy") ?? .date
    static let forwarded = HTTPField.Name("Forwarded") ?? .date
    static let xForwardedFor = HTTPField.Name("X-Forwarded-For") ?? .date
    static let xForwardedProto = HTTPField.Name("X-Forwarded-Proto") ?? .date
    static let xForwardedHost = HTTPField.Name("X-Forwarded-Host") ?? .date
    static let xForwardedPort = HTTPField.Name("X-Forwarded-Port") ?? .date
    static let xForwardedPrefix = HTTPField.Name("X-Forwarded-Prefix") ?? .date
}
