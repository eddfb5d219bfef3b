// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Colours that are easy to tell apart, on photographs and for most people who see colours differently.
public struct Palette: Sendable, Hashable {
    /// The colours, used in turn.
    public var colors: [Color]

    /// Makes a palette.
    ///
    /// - Parameter colors: The colours, used in turn; without any, white is used.
    public init(_ colors: [Color]) { self.colors = colors }

    /// Twelve bright colours of even weight.
    public static let standard = Palette(
        [
            "00c2ff", "ffb000", "2ee6a6", "ff5c8a", "b388ff", "d6f54a", "ff7a3d", "4d8bff", "63e6e2", "f06bf0",
            "9be15d",
            "ffd166",
        ].compactMap(Color.init(hex:)))

    /// The colour of a number.
    ///
    /// - Parameter index: Any number; the colours repeat.
    public subscript(index: Int) -> Color {
        guard !colors.isEmpty else { return .white }
        let place = index % colors.count
        return colors[place < 0 ? place + colors.count : place]
    }
}
