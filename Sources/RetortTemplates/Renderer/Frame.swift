// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The variables of one unit while it runs.
final class Frame {
    let slots: UnsafeMutablePointer<TemplateValue?>
    private let count: Int
    let parent: Frame?
    /// The block that runs, for `super`.
    var block: (name: String, index: Int)?

    init(_ count: Int, parent: Frame?) {
        self.count = count
        self.parent = parent
        slots = .allocate(capacity: max(count, 1))
        slots.initialize(repeating: nil, count: count)
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
