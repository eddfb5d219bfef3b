# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""The work of the rows of pictures with OpenCV's Python, as Flask and FastAPI do it."""

import threading

import cv2
import numpy

# There are as many workers as cores; OpenCV's own threads beside them would only get in the way.
cv2.setNumThreads(1)
local = threading.local()


def faces():
    """A classifier of each thread: two threads cannot share one."""
    if not hasattr(local, "faces"):
        local.faces = cv2.CascadeClassifier("/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt.xml")
    return local.faces


def jpeg(image):
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()


def read(data, flags):
    return cv2.imdecode(numpy.frombuffer(data, numpy.uint8), flags)


def small(image):
    height, width = image.shape[:2]
    return cv2.resize(image, (640, 640 * height // width), interpolation=cv2.INTER_AREA)


def canny(data):
    return jpeg(cv2.Canny(read(data, cv2.IMREAD_GRAYSCALE), 100, 200))


def thumbnail(data):
    return jpeg(small(read(data, cv2.IMREAD_REDUCED_COLOR_4)))


def found(image):
    boxes = faces().detectMultiScale(image, 1.1, 5, minSize=(25, 25))
    return {"detections": [{"box": [int(x), int(y), int(x + w), int(y + h)]} for x, y, w, h in boxes]}


def detect(data):
    return found(read(data, cv2.IMREAD_GRAYSCALE))


def detect_small(data):
    return found(small(read(data, cv2.IMREAD_REDUCED_GRAYSCALE_4)))
