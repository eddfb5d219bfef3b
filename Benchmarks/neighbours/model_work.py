# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""The work of the rows of models with OpenVINO's and OpenCV's Python, as FastAPI and MLServer do it.

`BENCH_THREADS` says how many threads a process computes with; nothing leaves it to OpenVINO, for one request at a time.
"""

import glob
import os
import threading

import cv2
import numpy
import openvino

cv2.setNumThreads(1)
folder = os.environ["BENCH_MODELS"]
threads = os.environ.get("BENCH_THREADS")
# Faces are looked for in bytes, as they come; `benchmark_app` takes bytes too.
TYPES = {"pplcnet-v2": numpy.float32, "yunet": numpy.uint8}
SHAPES = {"pplcnet-v2": [1, 3, 224, 224], "yunet": [1, 3, 640, 640]}
MEAN, DEVIATION = [numpy.float32(v) for v in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))]
core = openvino.Core()


def file(name):
    """The file of a network."""
    return [path for end in ("onnx", "pdmodel") for path in glob.glob(f"{folder}/{name}/1/*.{end}")][0]


def compiled(name, **settings):
    model = core.read_model(file(name))
    model.reshape(SHAPES[name])
    if TYPES[name] == numpy.uint8:
        processor = openvino.preprocess.PrePostProcessor(model)
        processor.input().tensor().set_element_type(openvino.Type.u8)
        model = processor.build()
    if threads:
        settings["INFERENCE_NUM_THREADS"] = int(threads)
    return core.compile_model(model, "CPU", {"PERFORMANCE_HINT": "LATENCY", **settings})


class Network:
    """A model with a request of its own for each thread."""

    def __init__(self, name):
        self.model = compiled(name)
        self.local = threading.local()

    def __call__(self, tensor):
        if not hasattr(self.local, "request"):
            self.local.request = self.model.create_infer_request()
        self.local.request.infer([tensor], share_inputs=True)
        return {max(output.names): self.local.request.get_tensor(output).data for output in self.model.outputs}


networks = {name: Network(name) for name in SHAPES}
with open(f"{folder}/pplcnet-v2/labels.txt") as lines:
    labels = lines.read().split("\n")


def prepare_classes(image):
    """The middle of the picture, whose shorter side becomes 256 pixels."""
    height, width = image.shape[:2]
    scale = 256 / min(height, width)
    image = cv2.resize(image, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    top, left = (image.shape[0] - 224) // 2, (image.shape[1] - 224) // 2
    image = image[top : top + 224, left : left + 224, ::-1].astype(numpy.float32) / 255
    return numpy.ascontiguousarray(((image - MEAN) / DEVIATION).transpose(2, 0, 1)[None])


def classify(data):
    image = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_COLOR)
    scores = next(iter(networks["pplcnet-v2"](prepare_classes(image)).values()))[0]
    best = numpy.argsort(-scores)[:5]
    return {"classes": [{"index": int(i), "label": labels[i], "score": float(scores[i])} for i in best]}


def prepare_faces(image):
    height, width = image.shape[:2]
    scale = 640 / max(height, width)
    small = cv2.resize(image, (round(width * scale), round(height * scale)))
    canvas = numpy.zeros((640, 640, 3), numpy.uint8)
    canvas[: small.shape[0], : small.shape[1]] = small
    return numpy.ascontiguousarray(canvas.transpose(2, 0, 1)[None]), scale


def faces(data):
    image = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_COLOR)
    tensor, scale = prepare_faces(image)
    found = networks["yunet"](tensor)
    boxes, scores, points = [], [], []
    for stride in (8, 16, 32):
        score = numpy.sqrt(numpy.clip(found[f"cls_{stride}"][0, :, 0], 0, 1) * numpy.clip(found[f"obj_{stride}"][0, :, 0], 0, 1))
        kept = numpy.nonzero(score >= 0.7)[0]
        cells = numpy.stack([kept % (640 // stride), kept // (640 // stride)], 1)
        box, point = found[f"bbox_{stride}"][0, kept], found[f"kps_{stride}"][0, kept].reshape(-1, 5, 2)
        centre, size = (cells + box[:, :2]) * stride, numpy.exp(box[:, 2:]) * stride
        boxes.append(numpy.concatenate([centre - size / 2, size], 1))
        scores.append(score[kept])
        points.append((point + cells[:, None]) * stride)
    boxes, scores, points = numpy.concatenate(boxes), numpy.concatenate(scores), numpy.concatenate(points)
    order = cv2.dnn.NMSBoxes(boxes.tolist(), scores.tolist(), 0.7, 0.3)
    return {"detections": [{"score": float(scores[i]), "box": (boxes[i] / scale).tolist(),
                            "points": (points[i] / scale).tolist()} for i in numpy.array(order).flatten()]}


def tensor(name, data):
    """The outputs for the bytes of the input."""
    shaped = numpy.frombuffer(data, TYPES[name]).reshape(SHAPES[name])
    return networks[name](shaped)
