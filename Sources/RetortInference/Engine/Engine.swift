// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import CRetortInference

/// OpenVINO: what reads models, compiles them for this machine, and runs them.
///
/// An app makes one and passes it to what loads models.
///
///     let engine = try Engine(cacheFolder: "/var/cache/app/compiled")
///     let model = try await engine.load("/srv/models/yunet/1/face_detection_yunet_2023mar.onnx")
public final class Engine: Sendable {
    /// Whether the library was installed when this program was built.
    public static var isInstalled: Bool { retort_ov_is_present() }

    /// The folder of compiled models; `nil` where none are kept.
    public let cacheFolder: String?

    /// The precision of models whose options name none; `nil` where OpenVINO chooses.
    public let precision: ModelOptions.Precision?

    let handle: EngineHandle

    /// Starts the engine.
    ///
    /// - Parameters:
    ///   - cacheFolder: A folder that keeps what was compiled, so that the next start is fast; it is made where it is
    ///     missing. Whoever can write there decides what this program computes.
    ///   - precision: In which precision models compute whose options say nothing about it; `nil` leaves it to OpenVINO,
    ///     which takes 16 bits where the processor computes with them faster. With `.float32` the numbers are the same on
    ///     every machine.
    /// - Throws: ``InferenceError`` with `.engineMissing` when OpenVINO is not installed, which says how to get it.
    public init(cacheFolder: String? = nil, precision: ModelOptions.Precision? = nil) throws {
        var core: OpaquePointer?
        try check(retort_ov_core_create(&core), "OpenVINO could not be started.")
        handle = try EngineHandle(core)
        self.cacheFolder = cacheFolder
        self.precision = precision
    }

    deinit { retort_ov_core_free(handle.pointer) }

    /// The version of OpenVINO.
    public var version: String {
        text { retort_ov_version($0.baseAddress, $0.count) } ?? "unknown"
    }

    /// The names of the devices that can run models; "CPU" is always one of them.
    public var devices: [String] {
        let names = text { retort_ov_core_devices(handle.pointer, $0.baseAddress, $0.count) } ?? ""
        return names.split(separator: ",").map(String.init)
    }
}

/// A thing of OpenVINO's.
///
/// It is `@unchecked Sendable`: OpenVINO allows the use of cores and compiled models from several threads, and requests
/// are used by one thread at a time, which ``Scheduler`` sees to with its lock.
struct EngineHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer?) throws {
        guard let pointer else { throw InferenceError(.engineFailed, "OpenVINO returned nothing.") }
        self.pointer = pointer
    }
}

/// Turns a status of the engine into an error.
///
/// - Parameters:
///   - status: What a function returned.
///   - message: What could not be done, as a sentence without details.
///   - code: The code of the error.
/// - Throws: ``InferenceError`` for every status but that of success.
func check(_ status: Int32, _ message: String, code: InferenceError.Code = .engineFailed) throws {
    if status == RETORT_OV_OK { return }
    if status == RETORT_OV_MISSING {
        throw InferenceError(
            .engineMissing,
            """
            Models need OpenVINO, and it was not installed when this program was built. On Linux run "make models" in a \
            clone of Retort, on macOS "brew install openvino", and build again.
            """)
    }
    throw InferenceError(
        code, message, underlying: "OpenVINO's status \(status): \(String(cString: retort_ov_last_error()))")
}

/// Reads a text from a function that writes it into a buffer.
func text(_ write: (UnsafeMutableBufferPointer<CChar>) -> Int32) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { buffer in
        guard write(buffer) == RETORT_OV_OK, let start = buffer.baseAddress else { return nil }
        return String(cString: start)
    }
}
