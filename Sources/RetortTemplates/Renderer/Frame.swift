// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The variables of one unit while it runs.
final class Frame {
    let slots: UnsafeMutablePointer<TemplateValue?>
    /// The most variables of a frame that is used again; most units have fewer.
    static let smallCount = 12
    private var count: Int
    private(set) var parent: Frame?
    let isSmall: Bool
    /// The block that runs, for `super`.
    var block: (name: String, index: Int)?

    init(_ count: Int, parent: Frame?) {
        self.count = count
        self.parent = parent
        isSmall = count <= Self.smallCount
        slots = .allocate(capacity: max(count, Self.smallCount))
        slots.initialize(repeating: nil, count: count)
    }

    /// Begins again as the frame of another unit, with at most ``smallCount`` variables.
    func begin(_ count: Int, parent: Frame?) {
        self.count = count
        self.parent = parent
        slots.initialize(repeating: nil, count: count)
    }

    /// Forgets the variables, and remembers the next of the frames that wait to be used.
    func end(before next: Frame?) {
        slots.deinitialize(count: count)
        count = 0
        block = nil
        parent = next
    }

    deinit {
        slots.deinitialize(count: count)
        slots.deallocate()
    }

    /// A frame around this one.
    func outer(_ depth: Int) -> Frame {
        var frame = self
        for _ in 0..<depth { if let parent = frame.parent { frame = parent } }
        return frame
    }
}
