#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Computes what the tests of RetortInference are compared with: the same models and photographs, through OpenVINO's own
Python interface, with OpenCV and NumPy around it.

Everything goes into the folder inference-reference of the cache as .npy files, the photographs (blue, green, red) too,
so that the tests need no decoder. Running it again does nothing, unless this file has changed.
"""

import hashlib
import os
import pathlib
import sys

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "retort"
OUT = CACHE / "inference-reference"
STAMP = OUT / "stamp"
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
if STAMP.exists() and STAMP.read_text() == DIGEST:
    sys.exit(0)

import cv2  # noqa: E402
import numpy as np  # noqa: E402
import openvino as ov  # noqa: E402

OUT.mkdir(parents=True, exist_ok=True)
STAMP.unlink(missing_ok=True)
core = ov.Core()
MEAN = np.array([0.485, 0.456, 0.406])
DEVIATION = np.array([0.229, 0.224, 0.225])
photos = {}


def save(name, array):
    np.save(OUT / f"{name}.npy", np.ascontiguousarray(array))


def photo(name):
    if name not in photos:
        photos[name] = cv2.imread(str(next((CACHE / "photos").glob(name + ".*"))), cv2.IMREAD_COLOR)
        save(f"photo-{name}", photos[name])
    return photos[name]


def compiled(name, shapes=None, settings={"INFERENCE_PRECISION_HINT": "f32"}):
    file = next(
        path
        for path in sorted((CACHE / "models" / name / "1").iterdir())
        if path.suffix in (".onnx", ".tflite", ".pdmodel", ".xml")
    )
    model = core.read_model(file)
    if shapes:
        model.reshape(shapes)
    return core.compile_model(model, "CPU", settings)


def run(key, model, inputs):
    """Computes, and keeps all inputs and outputs."""
    result = model(inputs)
    for index, port in enumerate(model.inputs):
        save(f"{key}-input{index}", inputs[port.get_any_name()])
    outputs = [result[port] for port in model.outputs]
    for index, output in enumerate(outputs):
        save(f"{key}-output{index}", output)
    return outputs


def normalised(image):
    """A batch of one picture as planes of red, green and blue, with the mean and deviation of ImageNet."""
    values = (image[:, :, ::-1].astype(np.float32) / 255 - MEAN) / DEVIATION
    return values.transpose(2, 0, 1)[None].astype(np.float32)


def middle(image, short, side):
    height, width = image.shape[:2]
    factor = short / min(height, width)
    image = cv2.resize(image, (round(width * factor), round(height * factor)), interpolation=cv2.INTER_AREA)
    top, left = (image.shape[0] - side) // 2, (image.shape[1] - side) // 2
    return image[top : top + side, left : left + side]


def classification():
    model = compiled("pplcnet-v2", [1, 3, 224, 224])
    name = model.inputs[0].get_any_name()
    for key in ("chelsea", "coffee", "grace-hopper", "china"):
        run(f"pplcnet-{key}", model, {name: normalised(middle(photo(key), 256, 224))})


def usual_precision():
    """In the precision that OpenVINO takes when it is told none."""
    model = compiled("pplcnet-v2", [1, 3, 224, 224], {})
    name = model.inputs[0].get_any_name()
    run("pplcnet-usual", model, {name: normalised(middle(photo("coffee"), 256, 224))})
    model = compiled("yunet", {"input": [1, 3, 640, 640]}, {})
    canvas = np.zeros((640, 640, 3), np.uint8)
    part = photo("street")[:640, :640]
    canvas[: part.shape[0], : part.shape[1]] = part
    run("yunet-usual", model, {"input": canvas.transpose(2, 0, 1)[None].astype(np.float32)})


def embedding():
    model = compiled("mobilenet-v3-embedding", [1, 3, 224, 224])
    name = model.inputs[0].get_any_name()
    for key in ("chelsea", "coffee"):
        run(f"embedding-{key}", model, {name: normalised(middle(photo(key), 256, 224))})


def detection():
    model = compiled("picodet", {"image": [1, 3, 416, 416], "scale_factor": [1, 2]})
    for key in ("chelsea", "coffee", "astronaut", "street"):
        image = photo(key)
        height, width = image.shape[:2]
        scale = np.array([[416 / height, 416 / width]], np.float32)
        resized = cv2.resize(image, (416, 416), interpolation=cv2.INTER_CUBIC)
        run(f"picodet-{key}", model, {"image": normalised(resized), "scale_factor": scale})


def faces():
    model = compiled("yunet", {"input": [1, 3, 640, 640]})
    for key in ("astronaut", "grace-hopper", "street", "chelsea"):
        image = photo(key)
        height, width = image.shape[:2]
        factor = 640 / max(height, width)
        resized = cv2.resize(image, (round(width * factor), round(height * factor)))
        canvas = np.zeros((640, 640, 3), np.uint8)
        canvas[: resized.shape[0], : resized.shape[1]] = resized
        run(f"yunet-{key}", model, {"input": canvas.transpose(2, 0, 1)[None].astype(np.float32)})


def recognition():
    """Vectors of faces, with the alignment of OpenCV's own class for it."""
    zoo = CACHE / "models"
    detector = cv2.FaceDetectorYN.create(str(next((zoo / "yunet" / "1").glob("*.onnx"))), "", (320, 320))
    aligner = cv2.FaceRecognizerSF.create(str(next((zoo / "sface" / "1").glob("*.onnx"))), "")
    model = compiled("sface", [1, 3, 112, 112])
    for key in ("a-1", "a-2", "b-1", "b-2", "impostor-1", "impostor-2"):
        image = photo(f"face-{key}")
        detector.setInputSize((image.shape[1], image.shape[0]))
        _, found = detector.detect(image)
        best = max(found, key=lambda face: face[14])
        save(f"points-{key}", best[4:14].reshape(5, 2))
        aligned = aligner.alignCrop(image, best)
        save(f"aligned-{key}", aligned)
        run(f"sface-{key}", model, {"data": aligned[:, :, ::-1].transpose(2, 0, 1)[None].astype(np.float32)})


def cut_out():
    model = compiled("u2netp")
    name = model.inputs[0].get_any_name()
    for key in ("coffee", "astronaut"):
        run(f"u2netp-{key}", model, {name: normalised(cv2.resize(photo(key), (320, 320)))})


def safety():
    model = compiled("open-nsfw", [1, 224, 224, 3])
    name = model.inputs[0].get_any_name()
    for key in ("astronaut", "chelsea", "grace-hopper"):
        picture = cv2.resize(photo(key), (256, 256))[16:240, 16:240].astype(np.float32)
        run(f"open-nsfw-{key}", model, {name: (picture - np.array([104, 117, 123], np.float32))[None]})


def turned(image, centre, side, degrees, pixels):
    """A turned square of a picture, upright, and the way from its pixels to those of the picture."""
    there = cv2.getRotationMatrix2D(centre, degrees, pixels / side)
    there[:, 2] += [pixels / 2 - centre[0], pixels / 2 - centre[1]]
    crop = cv2.warpAffine(image, there, (pixels, pixels))
    return (crop[:, :, ::-1].astype(np.float32) / 255)[None], cv2.invertAffineTransform(there)


def places(numbers, back, scale):
    numbers = numbers.reshape(-1, 3)
    flat = numbers[:, :2] @ back[:, :2].T + back[:, 2]
    return np.concatenate([flat, numbers[:, 2:] * scale], axis=1).astype(np.float32)


def landmarks():
    """The shape of a face that OpenCV's own class has found, which is kept as well."""
    file = str(next((CACHE / "models" / "yunet" / "1").glob("*.onnx")))
    detector = cv2.FaceDetectorYN.create(file, "", (320, 320))
    mesh = compiled("face-landmarks", [1, 256, 256, 3])
    shapes = compiled("face-blendshapes")
    source = pathlib.Path(__file__).parents[2] / "Sources/RetortInference/Tasks/FaceLandmarker+Tables.swift"
    table = source.read_text().split("static let subset = [")[1].split("]")[0]
    subset = [int(number) for number in table.split(",") if number.strip()]
    for key in ("astronaut", "grace-hopper", "face-b-1"):
        image = photo(key)
        detector.setInputSize((image.shape[1], image.shape[0]))
        face = max(detector.detect(image)[1], key=lambda face: face[14]).astype(np.float64)
        save(f"landmarks-{key}-face", face.astype(np.float32))
        centre = (face[0] + face[2] / 2, face[1] + face[3] / 2)
        side = max(face[2], face[3]) * 1.5
        degrees = np.degrees(np.arctan2(face[7] - face[5], face[6] - face[4]))
        crop, back = turned(image, centre, side, degrees, 256)
        result = mesh(crop)
        points = places(result[0], back, side / 256)
        save(f"landmarks-{key}-points", points)
        save(f"landmarks-{key}-presence", 1 / (1 + np.exp(-result[1].reshape(1))))
        save(f"landmarks-{key}-expressions", shapes(points[subset][None, :, :2])[0])


def square(image, side):
    height, width = image.shape[:2]
    longest = max(height, width)
    canvas = np.zeros((longest, longest, 3), np.uint8)
    top, left = (longest - height) // 2, (longest - width) // 2
    canvas[top : top + height, left : left + width] = image
    return cv2.resize(canvas, (side, side))[:, :, ::-1], longest, left, top


def poses():
    model = compiled("movenet-lightning")
    for key in ("astronaut", "grace-hopper", "face-a-2"):
        small, longest, left, top = square(photo(key), 192)
        joints = model(np.ascontiguousarray(small[None]))[0][0, 0]
        save(f"pose-{key}", np.stack([joints[:, 1] * longest - left, joints[:, 0] * longest - top, joints[:, 2]], 1))


def hands():
    """The right hand of the woman with a telephone, and the left one of the man in front."""
    palms, hand = compiled("palm-detection"), compiled("hand-landmarks")
    anchors = []
    for cells, count in ((24, 2), (12, 6)):
        for row in range(cells):
            anchors += [((column + 0.5) / cells, (row + 0.5) / cells) for column in range(cells) for _ in range(count)]
    for key, x, y in (("right", 540, 180), ("left", 180, 180)):
        image = photo("street")[y : y + 120, x : x + 120]
        small, longest, left, top = square(image, 192)
        result = palms((small.astype(np.float32) / 255)[None])
        best = int(result[1][0, :, 0].argmax())
        numbers = result[0][0, best].reshape(9, 2) / 192 * longest
        numbers[[0, *range(2, 9)]] += np.array(anchors[best]) * longest - [left, top]
        middle, size, wrist, finger = numbers[0], numbers[1, 0], numbers[2], numbers[4]
        turn = np.pi / 2 - np.arctan2(wrist[1] - finger[1], finger[0] - wrist[0])
        centre = (middle[0] + np.sin(turn) * size / 2, middle[1] - np.cos(turn) * size / 2)
        crop, back = turned(image, (float(centre[0]), float(centre[1])), float(size * 2.6), np.degrees(turn), 224)
        result = hand(crop)
        save(f"hand-{key}-points", places(result[0], back, size * 2.6 / 224) + np.array([x, y, 0], np.float32))
        save(f"hand-{key}-presence", result[1].reshape(1))
        save(f"hand-{key}-side", result[2].reshape(1))


def clicks():
    """One click each: the cat's fur and the astronaut's suit."""
    model = compiled("eiseg", {"image": [1, 3, 400, 400], "coord_features": [1, 3, 400, 400]})
    rows, columns = np.mgrid[:400, :400]
    for key, x, y in (("chelsea", 0.45, 0.5), ("astronaut", 0.4, 0.8)):
        image = photo(key)
        features = np.zeros((1, 3, 400, 400), np.float32)
        features[0, 1] = (rows - y * 400) ** 2 + (columns - x * 400) ** 2 <= 25
        result = model({"image": normalised(cv2.resize(image, (400, 400))), "coord_features": features})
        logits = cv2.resize(result[0][0, 0], (image.shape[1], image.shape[0]))
        save(f"clicks-{key}-mask", (logits > 0).astype(np.uint8))


def text():
    for size in ("tiny", "small"):
        model = compiled(f"ocr-detection-{size}")
        name = model.inputs[0].get_any_name()
        run(f"ocr-detection-{size}", model, {name: normalised(cv2.resize(photo("page"), (1280, 640)))})
        model = compiled(f"ocr-recognition-{size}")
        name = model.inputs[0].get_any_name()
        line = cv2.resize(photo("page")[:32], (576, 48)).astype(np.float32) / 127.5 - 1
        run(f"ocr-recognition-{size}", model, {name: line.transpose(2, 0, 1)[None]})


def other_formats():
    """TensorFlow Lite, OpenVINO's own format, and what NumPy writes."""
    yunet = next((CACHE / "models" / "yunet" / "1").glob("*.onnx"))
    ov.save_model(core.read_model(yunet), OUT / "yunet.xml", compress_to_fp16=False)
    model = compiled("face-landmarks", [1, 256, 256, 3])
    name = model.inputs[0].get_any_name()
    picture = cv2.resize(photo("astronaut")[0:260, 100:360], (256, 256))[:, :, ::-1].astype(np.float32) / 255
    run("face-landmarks", model, {name: picture[None]})
    kinds = ["bool", "float16", "float32", "float64"] + [f"{u}int{bits}" for u in ("", "u") for bits in (8, 16, 32, 64)]
    for kind in kinds:
        save(f"numpy-{kind}", (np.arange(24) % 2 if kind == "bool" else np.arange(24)).astype(kind).reshape(2, 3, 4))
    np.save(OUT / "numpy-fortran.npy", np.asfortranarray(np.arange(24, dtype=np.float32).reshape(2, 3, 4)))
    np.save(OUT / "numpy-scalar.npy", np.float64(2.5))
    np.save(OUT / "numpy-big-endian.npy", np.arange(3, dtype=">i4"))
    np.save(OUT / "numpy-object.npy", np.array([{}], dtype=object), allow_pickle=True)


for key in ("chelsea", "coffee", "astronaut", "street", "page", "rocket", "grace-hopper", "china"):
    photo(key)
for part in (classification, usual_precision, embedding, detection, faces, recognition, cut_out, safety, landmarks, poses, hands, clicks, text, other_formats):
    part()
STAMP.write_text(DIGEST)
