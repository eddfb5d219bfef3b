// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A list, shared by all who hold it.
///
/// A template changes it with methods such as `append`. Every access is atomic, since values may be seen by several
/// renderings at once.
public final class TemplateList: Sendable {
    private let storage: Changeable<[TemplateValue]>

    /// Creates a list.
    ///
    /// - Parameter values: Its elements.
    public init(_ values: [TemplateValue]) { storage = Changeable(values) }

    /// The elements now.
    public var values: [TemplateValue] { storage.read { copy $0 } }

    /// The number of elements.
    public var count: Int { storage.read { $0.count } }

    /// An element; negative places count from the end.
    func element(_ index: Int) -> TemplateValue? {
        storage.read { values in
            let place = index < 0 ? values.count + index : index
            return values.indices.contains(place) ? values[place] : nil
        }
    }

    /// Changes the list, which the change must not use in another way.
    func change<Result: Sendable>(_ change: (inout [TemplateValue]) -> Result) -> Result {
        storage.change { values in change(&values) }
    }
}
