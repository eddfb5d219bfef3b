// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A list, shared by all who hold it.
///
/// A template changes it with methods such as `append`. Every access is atomic, since values may be seen by several
/// renderings at once.
public final class TemplateList: Sendable {
    private let storage: Mutex<[TemplateValue]>

    /// Creates a list.
    ///
    /// - Parameter values: Its elements.
    public init(_ values: [TemplateValue]) { storage = Mutex(values) }

    /// The elements now.
    public var values: [TemplateValue] { storage.withLock { $0 } }

    /// The number of elements.
    public var count: Int { storage.withLock { $0.count } }

    /// An element.
    ///
    /// - Parameter index: Its place; negative ones count from the end.
    /// - Returns: The element, or nil where there is none.
    func element(_ index: Int) -> TemplateValue? {
        storage.withLock { values in
            let place = index < 0 ? values.count + index : index
            return values.indices.contains(place) ? values[place] : nil
        }
    }

    /// Changes the list.
    ///
    /// - Parameter change: Changes the elements. It must not use this list in another way.
    /// - Returns: What the change returns.
    /// - Throws: What the change throws.
    func change<Result>(_ change: (inout [TemplateValue]) throws -> sending Result) rethrows -> Result {
        try storage.withLock { values in try change(&values) }
    }
}
