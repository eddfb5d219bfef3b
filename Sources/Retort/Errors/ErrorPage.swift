// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// The page that a browser gets for an error.
enum ErrorPage {
    static func html(_ error: HTTPError) -> String {
        let title = escaped("\(error.status.code) \(error.status.reasonPhrase)")
        let message = escaped(error.message ?? explanation(error.status.code))
        let fields = error.fields.map { "<li><code>\(escaped($0.field))</code> \(escaped($0.message))</li>" }.joined()
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <style>
            body { font: 1.05rem/1.6 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center;
              background: light-dark(#f6f7f9, #14161a); color: light-dark(#1d2330, #e7e9ee); }
            main { max-width: 34rem; padding: 2rem; }
            .code { font-size: 4.5rem; font-weight: 700; line-height: 1; letter-spacing: -.03em;
              color: light-dark(#2f6b4f, #7fd3a8); margin: 0; }
            h1 { font-size: 1.4rem; margin: .6rem 0; }
            p, li { color: light-dark(#4a5365, #b3bac7); }
            </style>
            </head>
            <body><main>
            <p class="code">\(error.status.code)</p>
            <h1>\(escaped(error.status.reasonPhrase))</h1>
            <p>\(message)</p>\(fields.isEmpty ? "" : "\n<ul>\(fields)</ul>")
            </main></body>
            </html>

            """
    }

    private static func explanation(_ code: Int) -> String {
        switch code {
        case 400: "The request could not be understood."
        case 401: "Please sign in to see this page."
        case 403: "You are not allowed to see this page."
        case 404: "There is no page at this address. Was it typed by hand?"
        case 405: "This address does not answer that method."
        case 413: "What was sent is too large."
        case 429: "Too many requests. Please wait a moment."
        case 503: "The server is busy. Please try again in a moment."
        case 500...: "Something went wrong on the server. It has been noted."
        default: "The request could not be answered."
        }
    }

    /// The text with the five characters of markup escaped.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&#34;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
