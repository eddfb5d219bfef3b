// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Retort
public import RetortOpenAPI
import RetortServer
import RetortWire

/// A page on which people try what an app can do: each operation with a form made from its types.
///
///     app.mount(Console(), at: "/console")
///     app.mount(Console(title: "Faces", examples: Console.Example.all(of: .photos)), at: "/try")
///
/// Pictures are dropped, pasted or taken with the camera; sliders stand for ranges; what an operation finds is drawn over
/// its picture; each call is there as a line to copy. The page is part of the program and asks nobody else for anything.
/// Its policy forbids scripts and styles that are not its own files.
///
/// Whoever can open the console can call the operations, and those who know their URLs can do so without it: mount it
/// behind the middlewares that protect the operations.
public struct Console: Blueprint {
    /// What stands at the top of the page; nil for the title of the document or the name of the app.
    public var title: String?

    /// The URL of the OpenAPI document, such as `/openapi.json`; nil for a document of the console's own.
    ///
    /// A path is one of the app, to which the prefix of a proxy is added.
    public var document: String?

    /// The operation that is shown first: an `operationId`, a path, or `POST /path`; nil for the first with a picture.
    public var start: String?

    /// Pictures that are offered for every operation that takes one.
    public var examples: [Example]

    /// The document that the console serves where ``document`` is nil.
    public var openAPI: OpenAPI

    /// Creates a console.
    ///
    /// - Parameters:
    ///   - title: What stands at the top of the page; nil for the title of the document or the name of the app.
    ///   - document: The URL of the OpenAPI document; nil for a document of the console's own.
    ///   - start: The operation that is shown first; nil for the first with a picture.
    ///   - examples: Pictures that are offered for every operation that takes one.
    ///   - openAPI: The document that the console serves where `document` is nil.
    public init(
        title: String? = nil, document: String? = nil, start: String? = nil, examples: [Example] = [],
        openAPI: OpenAPI = OpenAPI()
    ) {
        self.title = title
        self.document = document
        self.start = start
        self.examples = examples
        self.openAPI = openAPI
    }

    /// Nothing: the routes of the page have no names.
    public var name: String? { nil }

    /// Adds the page, its files, its document and its pictures.
    ///
    /// - Parameter r: The routes of the console.
    public func routes(_ r: inout Routes) {
        let page = ConsolePage(self)
        r.get("/", .hidden) { (request: Request) in try page.response(to: request) }
        // The digest is part of the path, so that no cache ever mixes the files of two versions.
        r.static(
            "/\(ConsolePage.assetsPath)", embedded: ConsolePage.assets, index: nil, maxAge: .seconds(365 * 86_400),
            immutable: true)
        let pictures = EmbeddedFiles(examples.enumerated().compactMap { $1.served(number: $0) }, digest: "")
        if !pictures.files.isEmpty { r.static("/\(ConsolePage.examplesPath)", embedded: pictures, index: nil) }
        guard document == nil else { return }
        var own = openAPI
        own.path = "/\(ConsolePage.documentPath)"
        own.title = own.title ?? title
        r.mount(own)
    }
}
