// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

extension ModelRepository {
    /// The models that are loaded now, sorted by name and version.
    ///
    /// Looking at them is no use of them, so it does not keep them loaded.
    public var loadedModels: [Model] {
        state.withLock { state in
            state.slots.sorted { $0.key < $1.key }.compactMap { $0.value.loaded?.model }
        }
    }
}
