// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Synchronization

/// How requests that come together are computed: each by a core of its own, by the same model compiled for that.
extension Scheduler {
    struct Crowd: Sendable {
        /// Compiles the model; nothing where the goal does not ask for it, and after it has begun.
        private var compile: (@Sendable () throws -> CompiledModel)?
        /// Its numbers follow those of the requests that came first.
        fileprivate(set) var requests: [EngineRequest] = []
        fileprivate(set) var free: [Int] = []
        /// It lives as long as its requests.
        fileprivate var model: CompiledModel?

        init(_ options: ModelOptions, compile: (@Sendable (ModelOptions) throws -> CompiledModel)?) {
            // Who says how many streams or requests there are has decided already.
            guard options.goal == .adaptive, options.streams == nil, options.requests == nil, let compile else {
                return
            }
            var options = options
            options.goal = .throughput
            self.compile = { [options] in try compile(options) }
        }

        var isReady: Bool { !requests.isEmpty }

        /// What compiles the model, the first time that it is asked for.
        mutating func compileOnce() -> (@Sendable () throws -> CompiledModel)? { compile.take() }
    }

    /// Compiles the model for crowds, on a thread that nobody needs; until then, and if it fails, all goes on as before.
    func prepareForCrowds(_ compile: @escaping @Sendable () throws -> CompiledModel) {
        let borrows = borrows
        DispatchQueue.global(qos: .utility).async { [weak self] in
            guard let model = try? compile(), model.advisedRequests > 1,
                let requests = try? (0..<model.advisedRequests).map({ _ in
                    try EngineRequest(model.handle, borrows: borrows)
                })
            else { return }
            self?.state.withLock { $0.add(requests, of: model, behind: self?.requests.count ?? 0) }
            self?.startWhatIsReady()
        }
    }

    func request(_ slot: Int) -> EngineRequest { state.withLock { request(slot, of: $0) } }

    func request(_ slot: Int, of state: borrowing State) -> EngineRequest {
        if slot == Alone.slot, let alone = state.alone { return alone.request }
        return slot < requests.count ? requests[slot] : state.crowd.requests[slot - requests.count]
    }
}

extension Scheduler.State {
    /// Whether more than one request is there, computed or waiting.
    var hasCompany: Bool { runs.count + queue.count > 1 }

    /// Which request of the engine is next; nil while all are busy.
    var nextSlot: Int? {
        if hasCompany { return crowd.isReady ? crowd.free.last : free.last }
        return alone != nil && queue.entries.first?.rows == 1 ? Scheduler.Alone.slot : free.last
    }

    /// Whether one more request would be started at once.
    var hasRoom: Bool { crowd.isReady && runs.count + queue.count > 0 ? !crowd.free.isEmpty : !free.isEmpty }

    mutating func take(_ slot: Int) {
        if slot == Scheduler.Alone.slot { return }
        if crowd.free.last == slot { crowd.free.removeLast() } else { free.removeAll { $0 == slot } }
    }

    mutating func giveBack(_ slot: Int) {
        if slot == Scheduler.Alone.slot { return }
        if slot >= firstOfCrowd { crowd.free.append(slot) } else { free.append(slot) }
    }

    fileprivate mutating func add(_ requests: [EngineRequest], of model: CompiledModel, behind count: Int) {
        crowd.requests = requests
        crowd.model = model
        crowd.free = (count..<count + requests.count).reversed()
        firstOfCrowd = count
        queue.slots = requests.count
        // What was measured holds for the other model.
        sizing = BatchSizing(maximum: queue.options.maximumBatch)
    }
}
