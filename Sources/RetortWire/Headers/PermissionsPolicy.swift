// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RawStructuredFieldValues

/// Which features of the browser a page and its frames may use: `camera=(), geolocation=(self "https://a.example")`.
///
/// Source: Permissions Policy, W3C.
public struct PermissionsPolicy: HeaderValue, Hashable {
    /// Who may use a feature.
    public enum Allowance: Hashable, Sendable {
        /// The page and every frame.
        case everyone

        /// These only; nobody where the list is empty.
        case only([Origin])

        /// Nobody.
        public static let nobody = Allowance.only([])
    }

    /// Somebody who may use a feature.
    public enum Origin: Hashable, Sendable {
        /// The origin of the page.
        case page

        /// The origin of the `src` attribute of a frame.
        case frameSource

        /// An origin such as `https://a.example`.
        case origin(String)
    }

    /// One feature and who may use it.
    public struct Entry: Hashable, Sendable {
        /// The name of the feature, such as `camera`.
        public var feature: String

        /// Who may use it.
        public var allowance: Allowance
    }

    /// The features in their order, each once.
    public private(set) var entries: [Entry] = []

    /// Creates a policy without features.
    public init() {}

    /// Parses a policy, or returns nil where the text is no dictionary.
    ///
    /// What is no allowance is left out.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) {
        guard let dictionary = StructuredField.dictionary(headerValue) else { return nil }
        entries = dictionary.compactMap { feature, value in
            Self.allowance(value).map { Entry(feature: feature, allowance: $0) }
        }
    }

    /// Who may use a feature; nil where the policy does not say.
    ///
    /// Setting nil removes the feature.
    ///
    /// - Parameter feature: The name of the feature, such as `camera`.
    public subscript(feature: String) -> Allowance? {
        get { entries.first { $0.feature == feature }?.allowance }
        set {
            let place = entries.firstIndex { $0.feature == feature }
            switch (place, newValue) {
            case (let place?, let value?): entries[place].allowance = value
            case (let place?, nil): entries.remove(at: place)
            case (nil, let value?): entries.append(Entry(feature: feature, allowance: value))
            case (nil, nil): break
            }
        }
    }

    /// The policy as a structured field; empty where a name or an origin cannot be written as one.
    public var headerValue: String {
        var dictionary = StructuredField.Dictionary()
        for entry in entries { dictionary[entry.feature] = Self.value(entry.allowance) }
        return StructuredField.text(of: dictionary)
    }

    private static func value(_ allowance: Allowance) -> ItemOrInnerList {
        guard case .only(let origins) = allowance else { return .item(StructuredField.item(.token("*"))) }
        var list = BareInnerList()
        for origin in origins {
            switch origin {
            case .page: list.append(StructuredField.item(.token("self")))
            case .frameSource: list.append(StructuredField.item(.token("src")))
            case .origin(let text): list.append(StructuredField.item(.string(text)))
            }
        }
        return .innerList(InnerList(bareInnerList: list, parameters: OrderedMap<String, RFC9651BareItem>()))
    }

    private static func allowance(_ value: ItemOrInnerList) -> Allowance? {
        switch value {
        case .item(let item):
            if case .token("*") = item.rfc9651BareItem { return .everyone }
            return origin(item).map { .only([$0]) }
        case .innerList(let list):
            if list.bareInnerList.contains(where: { $0.rfc9651BareItem == .token("*") }) { return .everyone }
            return .only(list.bareInnerList.compactMap { origin($0) })
        }
    }

    private static func origin(_ item: Item) -> Origin? {
        switch item.rfc9651BareItem {
        case .token("self"): .page
        case .token("src"): .frameSource
        case .string(let text): .origin(text)
        default: nil
        }
    }
}
