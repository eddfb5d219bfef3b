// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One rendering of a template: its variables, its output, and how much of its limits is used.
///
/// Functions, filters and tests see it in their ``TemplateCall``.
///
/// `@unchecked Sendable`: one thread renders; functions of the app get the rendering for the time of their call.
public final class Rendering: @unchecked Sendable {
    /// Where the rendering is, which belongs to whoever runs there and is not retained once more.
    struct Place {
        var frame: Unmanaged<Frame>
        var context: Unmanaged<RenderContext>
        var source: Unmanaged<TemplateSource>

        init(_ frame: Frame, _ context: RenderContext, _ source: TemplateSource) {
            self.frame = .passUnretained(frame)
            self.context = .passUnretained(context)
            self.source = .passUnretained(source)
        }
    }

    /// What changes with every instruction, behind a pointer so that each access is a plain load.
    struct State {
        var slots: UnsafeMutablePointer<TemplateValue?>
        var place: Place
        /// What the template that runs extends.
        var parent: Template?
        var at = Position()
        /// Whether output is escaped as HTML.
        var escapes = false
        /// Whether the template extends another, so that nothing outside of its blocks is shown.
        var extends = false
        /// Whether blocks at the top level are passed over, when only one block is wanted.
        var skipsBlocks = false
        /// What a filter block gives to its filter.
        var filtered = TemplateValue.none
        var steps = 0
        var depth = 0
        /// How many outputs are being kept for later.
        var captures = 0
        /// How much is shown of what a template prints that extends another.
        var shownBytes = 0
        var shownParts: Int?
        /// How many templates extend each other.
        var chain = 0
    }

    /// What is kept to be used again.
    private struct Kept {
        /// A frame that nobody holds any more, and behind it others.
        var spare: Frame?
        var spareCount = 0
        /// The templates that were included under constant names.
        var included: [(instruction: ObjectIdentifier, template: Template)] = []
    }

    let environment: TemplateEnvironment
    let state: UnsafeMutablePointer<State>
    private let kept: UnsafeMutablePointer<Kept>
    private let buffer: UnsafeMutablePointer<OutputBuffer>
    private let isNative: Bool
    private let finalize: (@Sendable (TemplateValue) throws -> TemplateValue)?
    private let mostBytes: Int
    private let mostSteps: Int
    /// How many bytes may wait before somebody looks whether they are too many, or wanted.
    private let mostWaiting: Int
    private let mostDepth: Int
    /// The variables of the unit that runs.
    var frame: Frame { state.pointee.place.frame.takeUnretainedValue() }
    /// The names that the template that runs sees from outside.
    var context: RenderContext { state.pointee.place.context.takeUnretainedValue() }
    /// Where it begins.
    private let root: (frame: Frame, context: RenderContext, source: TemplateSource)
    /// The values that are printed, for renderings that give values instead of text.
    private var parts: [TemplateValue]?
    private var modules: [ObjectIdentifier: TemplateModule] = [:]
    let bridge: AsyncBridge?
    private let stack = StackGuard()
    /// Takes output before the end.
    private let sink: ((borrowing [UInt8]) throws -> Void)?

    init(
        _ environment: TemplateEnvironment, _ template: Template, _ context: RenderContext,
        bridge: AsyncBridge? = nil, sink: ((borrowing [UInt8]) throws -> Void)? = nil
    ) {
        self.environment = environment
        self.bridge = bridge
        self.sink = sink
        let frame = Frame(template.program.root.slotCount, parent: nil)
        let source = template.program.source
        root = (frame, context, source)
        state = .allocate(capacity: 1)
        state.initialize(to: State(slots: frame.slots, place: Place(frame, context, source)))
        state.pointee.escapes = template.program.escapes
        kept = .allocate(capacity: 1)
        kept.initialize(to: Kept())
        buffer = .allocate(capacity: 1)
        // Pages of one template are about as long as each other.
        let expected = sink == nil ? template.program.printedBytes.load(ordering: .relaxed) : 32_768
        buffer.initialize(to: OutputBuffer(capacity: min(max(expected, 4096), 1 << 20)))
        isNative = environment.configuration.isNative
        finalize = environment.configuration.finalize
        mostBytes = environment.configuration.limits.outputBytes
        mostSteps = environment.configuration.limits.steps
        mostWaiting = sink == nil ? mostBytes : min(mostBytes, 16_384)
        mostDepth = environment.configuration.limits.depth
        if isNative { parts = [] }
    }

    /// What was printed.
    @inline(__always)
    var output: OutputBuffer {
        _read { yield buffer.pointee }
        _modify { yield &buffer.pointee }
    }

    deinit {
        buffer.deinitialize(count: 1)
        buffer.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
        kept.deinitialize(count: 1)
        kept.deallocate()
    }

    var undefinedBehavior: UndefinedBehavior { environment.configuration.undefined }
    var isSandboxed: Bool { environment.configuration.sandbox != nil }
    var limits: RenderLimits { environment.configuration.limits }

    /// What is known under a name outside of the template's own scopes.
    ///
    /// - Parameter name: The name.
    /// - Returns: The value; nil where there is none.
    public func value(of name: String) -> TemplateValue? { context.find(ContextName(name)) }

    /// Whether output is escaped as HTML where the call stands.
    public var isEscaping: Bool { state.pointee.escapes }

    func undefined(_ name: String) -> TemplateValue {
        environment.configuration.onUndefined?(name)
        return .undefined(Undefined(name: name, behavior: undefinedBehavior))
    }

    // MARK: Limits

    /// Counts one step.
    @inline(__always)
    func step() throws {
        state.pointee.steps += 1
        if state.pointee.steps > mostSteps || output.count > mostWaiting { try lookAtLimits() }
    }

    private func lookAtLimits() throws {
        guard state.pointee.steps <= mostSteps else {
            throw TemplateError(.limit, "Rendering took more than \(limits.steps) steps.")
        }
        if output.count > mostBytes { throw tooMuchOutput }
        if sink != nil, output.count > 16_384 { try flush() }
    }

    private var tooMuchOutput: TemplateError {
        TemplateError(.limit, "The output has more than \(limits.outputBytes) bytes.")
    }

    /// Runs something that may contain itself.
    @inline(__always)
    func deeper<Result>(_ work: () throws -> Result) throws -> Result {
        try goDeeper()
        defer { state.pointee.depth -= 1 }
        return try work()
    }

    /// Counts one level more, which is counted back by whoever asks for it.
    func goDeeper() throws {
        try step()
        guard state.pointee.depth < mostDepth, stack.hasRoom else {
            throw TemplateError(.limit, "Templates, macros and blocks are nested too deeply.")
        }
        state.pointee.depth += 1
    }

    private func flush() throws {
        guard let sink, state.pointee.captures == 0, !state.pointee.extends, output.count > 0 else { return }
        try sink(output.bytes(from: 0))
        output.truncate(to: 0)
    }

    // MARK: Running

    /// Gives the variables of a scope what they begin with.
    func begin(_ loads: [SlotLoad]) {
        guard !loads.isEmpty else { return }
        for load in loads {
            switch load {
            case .missing(let slot): state.pointee.slots[slot] = nil
            case .context(let slot, let name): state.pointee.slots[slot] = context.find(name)
            case .outer(let slot, 0, let outer): state.pointee.slots[slot] = state.pointee.slots[outer]
            case .outer(let slot, let depth, let outer): state.pointee.slots[slot] = frame.outer(depth).slots[outer]
            }
        }
    }

    /// Runs something with other variables.
    func enter<Result>(_ inner: Frame, _ work: () throws -> Result) rethrows -> Result {
        let outer = (state.pointee.place.frame, state.pointee.slots)
        state.pointee.place.frame = .passUnretained(inner)
        state.pointee.slots = inner.slots
        defer { (state.pointee.place.frame, state.pointee.slots) = outer }
        return try withExtendedLifetime(inner, work)
    }

    /// Runs a unit of any template, and says where an error happened.
    @inline(__always)
    func run(
        _ unit: Unit, _ inner: Frame, _ source: TemplateSource, _ context: RenderContext, escapes: Bool,
        prepare: () throws -> Void = {}
    ) throws {
        let state = state
        let outer = (state.pointee.place, state.pointee.escapes, state.pointee.at, state.pointee.slots)
        state.pointee.place = Place(inner, context, source)
        state.pointee.slots = inner.slots
        state.pointee.escapes = escapes
        defer { (state.pointee.place, state.pointee.escapes, state.pointee.at, state.pointee.slots) = outer }
        defer {
            // One by one: a tuple of them would retain each.
            withExtendedLifetime(inner) {}
            withExtendedLifetime(context) {}
            withExtendedLifetime(source) {}
        }
        do {
            begin(unit.loads)
            try prepare()
            _ = try unit.body.run(self)
        } catch {
            throw placed(error)
        }
    }

    // MARK: Frames

    /// A frame for a call that will probably leave nothing behind.
    func newFrame(_ count: Int, parent: Frame?) -> Frame {
        guard count <= Frame.smallCount, let frame = kept.pointee.spare else { return Frame(count, parent: parent) }
        kept.pointee.spare = frame.parent
        kept.pointee.spareCount -= 1
        frame.begin(count, parent: parent)
        return frame
    }

    /// Keeps a frame for the next call, unless a macro that was defined in it still needs its variables.
    func giveBack(_ frame: inout Frame) {
        guard kept.pointee.spareCount < 16, frame.isSmall, isKnownUniquelyReferenced(&frame) else { return }
        frame.end(before: kept.pointee.spare)
        kept.pointee.spare = frame
        kept.pointee.spareCount += 1
    }

    private static let mostPlaces = 24

    private func placed(_ error: any Error) -> any Error {
        if error is CancellationError { return error }
        var found = error as? TemplateError ?? TemplateError(.runtime, "\(error)", underlying: error)
        if found.places.count < Self.mostPlaces {
            found.places.append(state.pointee.place.source.takeUnretainedValue().place(state.pointee.at))
        }
        return found
    }

    /// Renders the template and what it extends.
    func run(_ template: Template) throws { try run(template, frame, context) }

    private func run(_ template: Template, _ frame: Frame, _ context: RenderContext) throws {
        var current = template
        var isFirst = true
        while true {
            for (name, block) in current.program.blocks { context.blocks[name, default: []].append(block) }
            state.pointee.parent = nil
            state.pointee.extends = false
            let root = current.program.root
            let inner = isFirst ? frame : Frame(root.slotCount, parent: nil)
            try run(root, inner, current.program.source, context, escapes: current.program.escapes)
            isFirst = false
            guard let next = state.pointee.parent else { break }
            // What the template printed behind its extends is not shown.
            output.truncate(to: state.pointee.shownBytes)
            if let shownParts = state.pointee.shownParts { parts = parts.map { Array($0.prefix(shownParts)) } }
            state.pointee.extends = false
            current = next
            try step()
            state.pointee.chain += 1
            guard state.pointee.chain <= limits.depth else {
                throw TemplateError(.limit, "More than \(limits.depth) templates extend each other.")
            }
        }
        try flush()
    }

    func extend(_ template: Template) {
        state.pointee.parent = template
        state.pointee.shownBytes = output.count
        state.pointee.shownParts = parts?.count
        state.pointee.extends = true
    }

    // MARK: Blocks, templates and modules

    func runBlock(_ name: String, _ index: Int, _ context: RenderContext) throws {
        guard let found = context.blocks[name], found.indices.contains(index) else {
            throw TemplateError(.undefined, "block '\(name)' not found")
        }
        let block = found[index]
        let inner = Frame(block.unit.slotCount, parent: nil)
        inner.block = (name, index)
        let extends = state.pointee.extends
        state.pointee.extends = false
        defer { state.pointee.extends = extends }
        try deeper { try run(block.unit, inner, block.source, context, escapes: block.escapes) }
    }

    /// The block that the running one replaces.
    func superBlock() -> TemplateValue {
        var here: Frame? = frame
        while let frame = here {
            if let block = frame.block { return superBlock(block.name, block.index) }
            here = frame.parent
        }
        return .undefined(Undefined(hint: "there is no parent block.", behavior: undefinedBehavior))
    }

    func superBlock(_ name: String, _ index: Int) -> TemplateValue {
        guard (context.blocks[name]?.count ?? 0) > index + 1 else {
            return .undefined(
                Undefined(
                    name: "super", hint: "there is no parent block called '\(name)'.", behavior: undefinedBehavior))
        }
        return .object(BlockReference(name, index + 1, context))
    }

    func template(_ name: TemplateValue) throws -> Template {
        switch name {
        case .object(let object): if let template = object as? Template { return template }
        case .undefined(let undefined): throw undefined.error()
        case .list, .tuple:
            let names = try name.loopElements(self)
            for name in names {
                do { return try template(name) } catch let error as TemplateError where error.code == .notFound {}
            }
            var error = TemplateError(
                .noneFound,
                "none of the templates given were found: \(try names.map { try $0.printed }.joined(separator: ", "))")
            error.templates = try names.map { try $0.printed }
            throw error
        default: if let text = name.text { return try environment.template(text) }
        }
        throw TemplateError(.type, "A template's name is a text, not \(name.typeName).")
    }

    /// The template of a constant name, which is found once for a rendering.
    func template(_ name: String, of instruction: IncludeInstruction) throws -> Template {
        let key = ObjectIdentifier(instruction)
        if let known = kept.pointee.included.first(where: { $0.instruction == key }) { return known.template }
        let found = try environment.template(name)
        if kept.pointee.included.count < 16, !environment.configuration.reloads {
            kept.pointee.included.append((key, found))
        }
        return found
    }

    func include(_ template: Template, _ locals: TemplateDict.Entries?) throws {
        let inner: RenderContext
        if let locals {
            inner = RenderContext(
                front: locals, layers: context.layersBehind, globals: context.globals.joined(with: template.globals),
                blocks: [:])
        } else {
            inner = RenderContext(layers: [], globals: template.globals, blocks: [:])
        }
        try deeper { try runWhole(template, inner) }
    }

    /// Renders another template into this output.
    private func runWhole(_ template: Template, _ inner: RenderContext) throws {
        var frame = newFrame(template.program.root.slotCount, parent: nil)
        let state = state
        let outer = (
            state.pointee.extends, state.pointee.shownBytes, state.pointee.shownParts, state.pointee.chain
        )
        var parent: Template?
        swap(&state.pointee.parent, &parent)
        state.pointee.chain = 0
        state.pointee.captures += 1
        defer {
            state.pointee.captures -= 1
            swap(&state.pointee.parent, &parent)
            (state.pointee.extends, state.pointee.shownBytes, state.pointee.shownParts, state.pointee.chain) = outer
            giveBack(&frame)
        }
        try run(template, frame, inner)
    }

    func module(_ template: Template, _ locals: TemplateDict?) throws -> TemplateModule {
        if locals == nil, let known = modules[ObjectIdentifier(template)] { return known }
        let layers = locals.map { context.layers(with: $0) } ?? []
        let globals = context.globals.joined(with: template.globals)
        let inner = RenderContext(layers: layers, globals: globals, blocks: [:])
        let body = try deeper { try captureMarkup { try runWhole(template, inner) } }
        let module = TemplateModule(template, exports: inner.exports, body: body)
        if locals == nil { modules[ObjectIdentifier(template)] = module }
        return module
    }

    // MARK: Output

    @inline(__always)
    func write(data bytes: [UInt8], _ count: Int, _ text: String) throws {
        guard !isNative else { return keep(text) }
        bytes.withUnsafeBufferPointer { buffer.pointee.append(padded: $0, count) }
        if output.count > mostBytes { throw tooMuchOutput }
    }

    private func keep(_ text: String) { parts?.append(.string(text)) }

    /// Whether values are printed as they are: nothing changes them, and text is wanted.
    @inline(__always)
    var printsPlainly: Bool { !isNative && finalize == nil }

    @inline(__always)
    func write(_ text: String) {
        if state.pointee.escapes { buffer.pointee.append(escaping: text) } else { buffer.pointee.append(text) }
    }

    func print(_ value: TemplateValue) throws {
        guard !printsPlainly else { return try printPlainly(value) }
        let value = try finalize?(value) ?? value
        if isNative {
            parts?.append(value)
            return
        }
        try printPlainly(value)
    }

    private func printPlainly(_ value: TemplateValue) throws {
        switch value {
        case .string(let text): if state.pointee.escapes { output.append(escaping: text) } else { output.append(text) }
        case .markup(let markup): output.append(markup.html)
        case .int(let number): output.append(number)
        case .object(let object):
            if let html = object.html {
                output.append(html.html)
            } else if state.pointee.escapes {
                output.append(escaping: object.text)
            } else {
                output.append(object.text)
            }
        case .undefined(let undefined):
            if undefined.behavior == .lenient || undefined.behavior == .chainable { return }
            if state.pointee.escapes {
                output.append(escaping: try undefined.printed())
            } else {
                output.append(try undefined.printed())
            }
        case .list, .tuple, .dict, .function:
            if state.pointee.escapes {
                output.append(escaping: value.representation)
            } else {
                output.append(value.representation)
            }
        case .float(let number): output.append(number)
        case .none, .bool: output.append(value.representation)
        }
    }

    /// Keeps what something prints, instead of showing it.
    ///
    /// - Returns: The text; in native renderings the value.
    func capture(_ work: () throws -> Void) throws -> TemplateValue {
        state.pointee.captures += 1
        defer { state.pointee.captures -= 1 }
        if let outer = parts {
            parts = []
            defer { parts = outer }
            try work()
            return try NativeValues.joined(parts ?? [])
        }
        let start = output.count
        defer { output.truncate(to: start) }
        try work()
        return .string(output.text(from: start))
    }

    /// The same as markup where output is escaped.
    func captureMarkup(_ work: () throws -> Void) throws -> TemplateValue {
        let value = try capture(work)
        if state.pointee.escapes, case .string(let text) = value { return .markup(SafeHTML(text)) }
        return value
    }

    func filtered(_ value: TemplateValue, _ filter: any Operation) throws -> TemplateValue {
        let outer = state.pointee.filtered
        defer { state.pointee.filtered = outer }
        var value = value
        if state.pointee.escapes, case .string(let text) = value { value = .markup(SafeHTML(text)) }
        state.pointee.filtered = value
        return try filter.value(self)
    }

    /// What was printed, as the value of a native rendering.
    func nativeValue() throws -> TemplateValue { try NativeValues.joined(parts ?? []) }

    func assign(_ value: TemplateValue, to destination: Destination) throws {
        switch destination {
        case .slot(let slot): state.pointee.slots[slot] = value
        case .outer(let depth, let slot): frame.outer(depth).slots[slot] = value
        case .exported(let slot, let name, let isPublic):
            state.pointee.slots[slot] = value
            context.set(name, value, isPublic: isPublic)
        case .tuple(let destinations):
            let values = try value.loopElements(self)
            guard values.count == destinations.count else {
                let problem =
                    values.count > destinations.count
                    ? "too many values to unpack (expected \(destinations.count))"
                    : "not enough values to unpack (expected \(destinations.count), got \(values.count))"
                throw TemplateError(.value, problem)
            }
            for (destination, value) in zip(destinations, values) { try assign(value, to: destination) }
        case .attribute(let owner, let name):
            let owner = try owner.value(self)
            if case .object(let object) = owner, object.setAttribute(name, to: value) { return }
            throw TemplateError(.runtime, "cannot assign attribute on non-namespace object")
        }
    }
}
