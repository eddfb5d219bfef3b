// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
public import RetortInference
internal import RetortServer

/// The figures of models as a page for Prometheus, under the names that Triton gives them.
///
///     app.mount(InferenceMetrics(repository), at: "/metrics")
///
/// Models that are not loaded have no figures.
///
/// Source: Triton, "Metrics"; Prometheus, "Text-based format", version 0.0.4.
public struct InferenceMetrics: Blueprint {
    private let models: @Sendable () -> [Model]

    /// Shows the loaded models of a folder.
    ///
    /// - Parameter repository: The models.
    public init(_ repository: ModelRepository) {
        models = { repository.loadedModels }
    }

    /// Shows models that the app has made.
    ///
    /// - Parameter models: The models.
    public init(_ models: [Model]) {
        self.models = { models }
    }

    /// Adds the page.
    ///
    /// - Parameter r: The routes below the path where this is mounted.
    public func routes(_ r: inout Routes) {
        r.get("/", .name("metrics"), .strictSlashes(false)) { (_: Request) -> Response in
            Response(.text(text), contentType: "text/plain; version=0.0.4; charset=utf-8")
        }
    }

    /// The page.
    var text: String {
        let figures = models().map { (labels: Self.labels($0), sums: $0.statistics) }
        var page = ""
        func metric(_ name: String, _ kind: String, _ help: String, _ value: (ModelStatistics) -> Int64) {
            page += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
            for one in figures { page += "\(name){\(one.labels)} \(value(one.sums))\n" }
        }
        func time(_ stage: String, _ help: String, _ sum: (ModelStatistics) -> ModelStatistics.Sum) {
            metric("nv_inference_\(stage)_duration_us", "counter", "\(help), in microseconds, in sum") {
                sum($0).time.nanoseconds / 1_000
            }
        }
        metric("nv_inference_request_success", "counter", "Requests that were answered") { Int64($0.success.count) }
        let failures = "nv_inference_request_failure"
        page += "# HELP \(failures) Requests that failed, by reason\n# TYPE \(failures) counter\n"
        for one in figures {
            let reasons = [
                ("REJECTED", one.sums.rejected), ("CANCELED", one.sums.cancelled),
                ("BACKEND", one.sums.failure.count), ("OTHER", one.sums.expired),
            ]
            for (reason, count) in reasons { page += "\(failures){\(one.labels),reason=\"\(reason)\"} \(count)\n" }
        }
        metric("nv_inference_count", "counter", "Rows that were computed") { Int64($0.inferences) }
        metric("nv_inference_exec_count", "counter", "Executions of the model") { Int64($0.executions) }
        time("request", "From the arrival of requests to their answers") { $0.success }
        time("queue", "Waiting for the engine") { $0.queue }
        time("compute_input", "Copying inputs") { $0.input }
        time("compute_infer", "Computing") { $0.compute }
        time("compute_output", "Copying outputs") { $0.output }
        metric("nv_inference_pending_request_count", "gauge", "Requests that wait now") { Int64($0.waiting) }
        return page
    }

    private static func labels(_ model: Model) -> String {
        "model=\"\(escaped(model.name))\",version=\"\(escaped(model.version))\""
    }

    /// As labels want it: backslashes, quotation marks and line feeds.
    private static func escaped(_ label: String) -> String {
        var bytes: [UInt8] = []
        for byte in label.utf8 {
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: "\""): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
