// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import RetortLab

func networkSamples(cache: String) async throws -> App {
    var app = App()
    // sample: networks-tasks
    let models = ModelRepository("\(cache)/models", engine: try Engine(cacheFolder: "\(cache)/compiled"))
    try await models.refresh()
    let objects = try ObjectDetector(await models.model("picodet"))
    let classifier = try Classifier(await models.model("pplcnet-v2"))
    let reader = try TextReader(
        detection: await models.model("ocr-detection-tiny"), recognition: await models.model("ocr-recognition-tiny"))

    app.post("/objects") { (photo: ImageInput) in photo.answer(finding: objects) }
    app.post("/classes") { (photo: ImageInput) in photo.answer(classifying: classifier, count: 5) }
    app.post("/text") { (photo: ImageInput) in photo.answer(reading: reader) }
    // end

    // sample: networks-faces
    let faces = try FaceDetector(await models.model("yunet"))
    let recognizer = try FaceRecognizer(await models.model("sface"))
    app.post("/same") { (photos: ImagePair) async throws in
        try await photos.first.likeness(to: photos.second, detector: faces, recognizer: recognizer)
    }
    // end

    // sample: networks-clicks
    let segmenter = try ClickSegmenter(await models.model("eiseg"))
    app.post("/clicked") { (photo: ImageInput, clicks: Clicks) in
        photo.answer(segmenting: segmenter, at: clicks)
    }
    // end

    // sample: networks-gallery
    let embedder = try ImageEmbedder(await models.model("mobilenet-v3-embedding"))
    let index = try await PictureIndex.open("\(cache)/gallery", embedder: embedder)
    app.post("/alike") { (photo: ImageInput) async throws in try await index.similar(to: photo, count: 12) }

    var gallery = PictureGallery(index)
    gallery.allowsChanges = true
    app.mount(gallery, at: "/gallery")
    // end
    return app
}
