// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import Testing

/// Faces, bodies and hands on real photographs.
@Suite struct PeopleTaskTests {
    private func model(_ name: String) async throws -> Model { try await Reference.loaded(name) }

    private func distance(_ one: SpatialPoint, _ other: ArraySlice<Float>) -> Float {
        let (x, y) = (one.x - other[other.startIndex], one.y - other[other.startIndex + 1])
        return (x * x + y * y).squareRoot()
    }

    private func landmarker() async throws -> FaceLandmarker {
        try await FaceLandmarker(landmarks: model("face-landmarks"), expressions: model("face-blendshapes"))
    }

    @Test(arguments: ["astronaut", "grace-hopper", "face-b-1"])
    func shapesOfFacesAreThoseOfPython(photo: String) async throws {
        let row = try Reference.tensor("landmarks-\(photo)-face").elements(as: Float.self)
        let face = Face(
            score: row[14], box: PictureBox(left: row[0], top: row[1], right: row[0] + row[2], bottom: row[1] + row[3]),
            points: (0..<5).map { PicturePoint(x: row[4 + 2 * $0], y: row[5 + 2 * $0]) })
        let found = try await landmarker().landmarks(of: face, in: Reference.photo(photo)).value
        #expect(found.points.count == 478)
        let points = try Reference.tensor("landmarks-\(photo)-points").elements(as: Float.self)
        let expressions = try Reference.tensor("landmarks-\(photo)-expressions").elements(as: Float.self)
        // A hundredth of the face, since OpenCV places and rounds pixels otherwise.
        let limit = max(row[2], row[3]) / 100
        for index in 0..<478 {
            #expect(distance(found.points[index], points[3 * index..<3 * index + 3]) < limit)
            #expect(abs(found.points[index].z - points[3 * index + 2]) < 2 * limit)
        }
        #expect(found.expressions.map(\.name) == FaceLandmarker.expressionNames)
        for (own, expected) in zip(found.expressions, expressions) {
            #expect(abs(own.score - expected) < 0.05, "\(own.name)")
        }
        #expect(
            try abs(found.presence - Reference.tensor("landmarks-\(photo)-presence").elements(as: Float.self)[0]) < 0.01
        )
    }

    @Test(
        arguments: [("astronaut", 0.8...1), ("face-b-1", 0.8...1), ("grace-hopper", 0...0.1)]
            as [(String, ClosedRange<Float>)])
    func smilesAreSeen(photo: String, smile: ClosedRange<Float>) async throws {
        let picture = try Reference.photo(photo)
        let detector = try FaceDetector(await model("yunet"))
        let face = try #require(try await detector.detect(in: picture).value.first)
        let found = try await landmarker().landmarks(of: face, in: picture)
        // Seen when the models were chosen: 0.89, 0.91 and 0.01.
        #expect(smile.contains(try #require(found.value.score(of: "mouthSmileLeft"))))
        #expect(found.value.score(of: "no such movement") == nil)
        #expect(found.value.presence > 0.99)
        // The irises lie where the detector has seen the eyes: the right one first.
        for (iris, eye) in [(468, 0), (473, 1)] {
            let place = found.value.points[iris]
            let (x, y) = (place.x - face.points[eye].x, place.y - face.points[eye].y)
            #expect((x * x + y * y).squareRoot() < face.box.width / 10)
        }
        #expect(found.timing.infer > .zero)
    }

    @Test func placesComeWithoutMovementsWhereTheseAreNotWanted() async throws {
        let picture = try Reference.photo("astronaut")
        let face = try #require(try await FaceDetector(await model("yunet")).detect(in: picture).value.first)
        let found = try await FaceLandmarker(landmarks: await model("face-landmarks")).landmarks(of: face, in: picture)
        #expect(found.value.points.count == 478)
        #expect(found.value.expressions.isEmpty)
    }

    @Test func whereThereIsNoFacePresenceIsLow() async throws {
        let nowhere = Face(
            score: 1, box: PictureBox(left: 20, top: 20, right: 120, bottom: 120),
            points: [PicturePoint(x: 40, y: 60), PicturePoint(x: 100, y: 60)])
        let found = try await landmarker().landmarks(of: nowhere, in: Reference.photo("coffee")).value
        #expect(found.presence < 0.5)
    }

    static let noFaces = [
        Face(score: 1, box: PictureBox(left: 0, top: 0, right: 9, bottom: 9), points: []),
        Face(
            score: 1, box: PictureBox(left: 5, top: 5, right: 5, bottom: 5),
            points: [PicturePoint(x: 0, y: 0), PicturePoint(x: 1, y: 0)]),
        Face(
            score: 1, box: PictureBox(left: 0, top: 0, right: .infinity, bottom: 9),
            points: [PicturePoint(x: 0, y: 0), PicturePoint(x: 1, y: 0)]),
        Face(
            score: 1, box: PictureBox(left: 0, top: 0, right: 9, bottom: 9),
            points: [PicturePoint(x: .nan, y: 0), PicturePoint(x: 1, y: 0)]),
    ]

    @Test(arguments: noFaces)
    func facesWithoutExtentAreRefused(face: Face) async throws {
        let landmarker = try await landmarker()
        let photo = try Reference.photo("coffee")
        let error = await #expect(throws: InferenceError.self) { try await landmarker.landmarks(of: face, in: photo) }
        #expect(error?.code == .invalidData)
    }

    @Test(arguments: ["astronaut", "grace-hopper", "face-a-2"])
    func posesAreThoseOfPython(photo: String) async throws {
        let picture = try Reference.photo(photo)
        let pose = try await PoseEstimator(await model("movenet-lightning")).estimate(in: picture).value
        let expected = try Reference.tensor("pose-\(photo)").elements(as: Float.self)
        #expect(pose.joints.map(\.name) == PoseJoint.Name.allCases)
        for (index, joint) in pose.joints.enumerated() where expected[3 * index + 2] >= Pose.threshold + 0.1 {
            let (x, y) = (joint.point.x - expected[3 * index], joint.point.y - expected[3 * index + 1])
            // A fiftieth of the picture: the network sees 192 pixels of it, and answers in steps.
            #expect((x * x + y * y).squareRoot() < Float(max(picture.width, picture.height)) / 50, "\(joint.name)")
            #expect(abs(joint.score - expected[3 * index + 2]) < 0.1, "\(joint.name)")
        }
        // All of them show a person from the front.
        let (left, right) = (pose.joint(.leftShoulder), pose.joint(.rightShoulder))
        #expect(try #require(left).point.x > #require(right).point.x)
        #expect(pose.score > 0.2)
    }

    @Test func eachPersonOfAPictureHasAPose() async throws {
        let picture = try Reference.photo("street")
        let estimator = try PoseEstimator(await model("movenet-lightning"))
        let persons = try await ObjectDetector(await model("picodet")).detect(in: picture).value
            .filter { $0.label == "person" && $0.box.height > 150 }
        #expect(persons.count >= 3)
        for person in persons {
            let pose = try await estimator.estimate(in: picture, box: person.box).value
            let seen = pose.joints.filter { $0.score >= Pose.threshold }
            #expect(seen.count >= 6)
            let room = person.box.height / 4
            for joint in seen {
                #expect(joint.point.x > person.box.left - room && joint.point.x < person.box.right + room)
                #expect(joint.point.y > person.box.top - room && joint.point.y < person.box.bottom + room)
            }
        }
    }

    @Test(arguments: [
        PictureBox(left: 900, top: 0, right: 950, bottom: 10), PictureBox(left: 5, top: 5, right: 5, bottom: 9),
        PictureBox(left: .nan, top: 0, right: 9, bottom: 9), PictureBox(left: 0, top: 0, right: .infinity, bottom: 9),
    ])
    func boxesOutsideOfThePictureAreRefused(box: PictureBox) async throws {
        let estimator = try PoseEstimator(await model("movenet-lightning"))
        let photo = try Reference.photo("coffee")
        let error = await #expect(throws: InferenceError.self) { try await estimator.estimate(in: photo, box: box) }
        #expect(error?.code == .invalidData)
        let finder = try await finder()
        let other = await #expect(throws: InferenceError.self) { try await finder.find(in: photo, box: box) }
        #expect(other?.code == .invalidData)
    }

    private func finder() async throws -> HandFinder {
        try await HandFinder(palms: model("palm-detection"), landmarks: model("hand-landmarks"))
    }

    @Test(arguments: [("right", 540), ("left", 180)] as [(String, Float)])
    func handsAreThoseOfPython(name: String, left: Float) async throws {
        let box = PictureBox(left: left, top: 180, right: left + 120, bottom: 300)
        let found = try await finder().find(in: Reference.photo("street"), box: box)
        let hand = try #require(found.value.first)
        #expect(hand.side.rawValue == name)
        #expect(hand.sideScore > 0.95)
        #expect(hand.score > 0.98)
        let presence = try Reference.tensor("hand-\(name)-presence").elements(as: Float.self)[0]
        #expect(abs(hand.score - presence) < 0.01)
        let expected = try Reference.tensor("hand-\(name)-points").elements(as: Float.self)
        #expect(hand.points.count == 21)
        for index in hand.points.indices {
            // The hand is some forty pixels long.
            #expect(distance(hand.points[index], expected[3 * index..<3 * index + 3]) < 1.5, "\(index)")
            #expect(abs(hand.points[index].z - expected[3 * index + 2]) < 3, "\(index)")
        }
        #expect(found.timing.infer > .zero)
    }

    @Test(arguments: ["grace-hopper", "street", "chelsea"])
    func whatPassesForAPalmIsNoHandYet(photo: String) async throws {
        let picture = try Reference.photo(photo)
        #expect(try await finder().find(in: picture, minimumPalmScore: 0.4).value.isEmpty)
        var finder = try await finder()
        finder.maximumHands = 0
        #expect(try await finder.find(in: picture, minimumPalmScore: 0, minimumScore: 0).value.isEmpty)
    }

    @Test func atMostAsManyHandsAsAreWanted() async throws {
        var finder = try await finder()
        finder.maximumHands = 2
        let found = try await finder.find(in: Reference.photo("street"), minimumPalmScore: 0.01, minimumScore: 0).value
        #expect((1...2).contains(found.count))
    }

    @Test func modelsForAnotherTaskAreRefused() async throws {
        let (yunet, mesh) = (try await model("yunet"), try await model("face-landmarks"))
        let (palms, movenet) = (try await model("palm-detection"), try await model("movenet-lightning"))
        let refusals: [() throws -> Any] = [
            { try FaceLandmarker(landmarks: yunet) }, { try FaceLandmarker(landmarks: palms) },
            { try FaceLandmarker(landmarks: mesh, expressions: mesh) }, { try PoseEstimator(palms) },
            { try PoseEstimator(yunet) }, { try HandFinder(palms: mesh, landmarks: mesh) },
            { try HandFinder(palms: palms, landmarks: movenet) }, { try HandFinder(palms: palms, landmarks: palms) },
        ]
        for refusal in refusals {
            let error = #expect(throws: InferenceError.self) { _ = try refusal() }
            #expect(error?.code == .invalidDescription)
        }
    }
}
