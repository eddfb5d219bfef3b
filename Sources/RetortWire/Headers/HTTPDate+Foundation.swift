// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension HTTPDate {
    /// Creates a date, leaving out the fraction of a second.
    ///
    /// - Parameter date: The date. Not a number becomes the beginning of 1970.
    public init(_ date: Date) {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        guard !seconds.isNaN else {
            self = .epoch
            return
        }
        self.init(secondsSince1970: Int64(exactly: seconds) ?? (seconds < 0 ? .min : .max))
    }

    /// The same moment as the type of Foundation.
    public var date: Date { Date(timeIntervalSince1970: Double(secondsSince1970)) }
}
