# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""What Debian's OpenCV makes of a photograph: the reference of the tests of RetortImaging.

usage: opencv_peer.py PHOTO FOLDER

Writes FOLDER/NAME.raw, the bytes of each result, and FOLDER/results.json with shapes, types and numbers. One thread, as
Retort's server runs OpenCV.
"""

import json
import pathlib
import sys

import cv2
import numpy

cv2.setNumThreads(1)
photo, folder = sys.argv[1], pathlib.Path(sys.argv[2])
results = {}


def picture(name, array):
    array = numpy.ascontiguousarray(array)
    (folder / f"{name}.raw").write_bytes(array.tobytes())
    height, width = array.shape[:2]
    channels = 1 if array.ndim == 2 else array.shape[2]
    results[name] = {"width": width, "height": height, "channels": channels, "type": str(array.dtype)}


def numbers(name, value):
    results[name] = {"numbers": [float(each) for each in numpy.ravel(numpy.asarray(value, dtype=float))]}


image = cv2.imread(photo)
gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
height, width = gray.shape
picture("decode", image)
picture("decode-gray", cv2.imread(photo, cv2.IMREAD_GRAYSCALE))
picture("gray", gray)
for name, code in {
    "rgb": cv2.COLOR_BGR2RGB, "hsv": cv2.COLOR_BGR2HSV, "hls": cv2.COLOR_BGR2HLS, "lab": cv2.COLOR_BGR2Lab,
    "luv": cv2.COLOR_BGR2Luv, "ycrcb": cv2.COLOR_BGR2YCrCb, "xyz": cv2.COLOR_BGR2XYZ, "yuv": cv2.COLOR_BGR2YUV,
    "bgra": cv2.COLOR_BGR2BGRA,
}.items():
    picture(name, cv2.cvtColor(image, code))
picture("crop", image[20:120, 30:180])
picture("resize-area", cv2.resize(image, (width // 3, height // 3), interpolation=cv2.INTER_AREA))
picture("resize-lanczos", cv2.resize(image, (width + 37, height + 51), interpolation=cv2.INTER_LANCZOS4))
picture("resize-cubic", cv2.resize(image, (width + 37, height + 51), interpolation=cv2.INTER_CUBIC))
picture("turned", cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE))
picture("flipped", cv2.flip(image, 1))
turn = cv2.getRotationMatrix2D((100, 80), -30, 1.0)
picture("warp", cv2.warpAffine(image, turn, (width, height)))
corners = numpy.float32([[30, 20], [250, 40], [240, 200], [20, 210]])
square = numpy.float32([[0, 0], [200, 0], [200, 150], [0, 150]])
picture("perspective", cv2.warpPerspective(image, cv2.getPerspectiveTransform(corners, square), (200, 150)))
picture("threshold", cv2.threshold(gray, 100, 255, cv2.THRESH_BINARY)[1])
for name, kind in {"otsu": cv2.THRESH_OTSU, "triangle": cv2.THRESH_TRIANGLE}.items():
    used, made = cv2.threshold(gray, 0, 255, kind)
    picture(name, made)
    numbers(f"{name}-threshold", used)
picture("adaptive", cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 11, 2))
picture("range", cv2.inRange(cv2.cvtColor(image, cv2.COLOR_BGR2HSV), (5, 40, 40), (30, 255, 255)))
picture("box-blur", cv2.blur(image, (7, 5)))
picture("gaussian", cv2.GaussianBlur(image, (0, 0), 2.5))
picture("median", cv2.medianBlur(image, 5))
picture("bilateral", cv2.bilateralFilter(image, 9, 75, 75))
picture("filter", cv2.filter2D(image, -1, numpy.float32([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])))
kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
for name, operation in {
    "erode": cv2.MORPH_ERODE, "dilate": cv2.MORPH_DILATE, "open": cv2.MORPH_OPEN, "close": cv2.MORPH_CLOSE,
    "gradient": cv2.MORPH_GRADIENT, "tophat": cv2.MORPH_TOPHAT, "blackhat": cv2.MORPH_BLACKHAT,
}.items():
    picture(name, cv2.morphologyEx(image, operation, kernel, iterations=2))
other = cv2.flip(image, 1)
picture("difference", cv2.absdiff(image, other))
picture("blend", cv2.addWeighted(image, 0.3, other, 0.7, 5))
edges = cv2.Canny(gray, 100, 200)
picture("canny", edges)
picture("canny-all", cv2.Canny(gray, 0, 0))
picture("canny-few", cv2.Canny(gray, 10.5, 900))
picture("canny-crossed", cv2.Canny(gray, 300, 50.9))
picture("canny-odd", cv2.Canny(gray[17:108, 31:204].copy(), 100, 200))
picture("canny-tiny", cv2.Canny(gray[30:33, 40:42].copy(), 1, 9))
picture("canny-row", cv2.Canny(gray[50:51, 5:205].copy(), 5, 20))
picture("canny-column", cv2.Canny(gray[0:200, 60:61].copy(), 5, 20))
picture("canny-5-l2", cv2.Canny(gray, 400, 900, apertureSize=5, L2gradient=True))
picture("sobel", cv2.Sobel(gray, cv2.CV_32F, 1, 0, ksize=3))
picture("laplacian", cv2.Laplacian(gray, cv2.CV_32F))
numbers("sharpness", cv2.Laplacian(gray, cv2.CV_64F).var())
lines = cv2.HoughLines(edges, 1, numpy.pi / 180, 120)
numbers("hough-lines", lines if lines is not None else [])
segments = cv2.HoughLinesP(edges, 1, numpy.pi / 180, 50, minLineLength=30, maxLineGap=10)
numbers("hough-segments", segments if segments is not None else [])
circles = cv2.HoughCircles(gray, cv2.HOUGH_GRADIENT, 1, 40, param1=100, param2=50)
numbers("hough-circles", circles if circles is not None else [])
otsu = cv2.threshold(gray, 0, 255, cv2.THRESH_OTSU)[1]
contours, _ = cv2.findContours(otsu, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
numbers("contour-areas", [cv2.contourArea(each) for each in contours])
numbers("contour-perimeters", [cv2.arcLength(each, True) for each in contours])
numbers("contour-points", numpy.concatenate([each.reshape(-1) for each in contours]))
count, labels, stats, centers = cv2.connectedComponentsWithStats(otsu)
picture("components", labels)
numbers("component-stats", stats[1:])
numbers("histogram", [cv2.calcHist([image], [channel], None, [64], [0, 256]) for channel in range(3)])
numbers("correlation", numpy.mean([
    cv2.compareHist(cv2.calcHist([image], [channel], None, [64], [0, 256]),
                    cv2.calcHist([cv2.GaussianBlur(image, (0, 0), 2.5)], [channel], None, [64], [0, 256]),
                    cv2.HISTCMP_CORREL) for channel in range(3)]))
picture("equalize", cv2.equalizeHist(gray))
picture("clahe", cv2.createCLAHE(2.0, (8, 8)).apply(gray))
pattern = image[40:90, 60:130]
picture("template", cv2.matchTemplate(image, pattern, cv2.TM_CCOEFF_NORMED))
keypoints, descriptors = cv2.ORB_create(300).detectAndCompute(gray, None)
numbers("orb", [[each.pt[0], each.pt[1], each.angle] for each in keypoints])
numbers("good-features", cv2.goodFeaturesToTrack(gray, 50, 0.01, 7))
moved = cv2.warpAffine(gray, numpy.float32([[1, 0, 3], [0, 1, 2]]), (width, height), borderMode=cv2.BORDER_REPLICATE)
points = cv2.goodFeaturesToTrack(gray, 50, 0.01, 7)
numbers("flow", cv2.calcOpticalFlowPyrLK(gray, moved, points, None)[0])
picture("dense-flow", cv2.calcOpticalFlowFarneback(gray, moved, None, 0.5, 3, 15, 3, 5, 1.2, 0))
subtractor = cv2.createBackgroundSubtractorMOG2(500, 16, True)
for _ in range(5):
    subtractor.apply(image)
picture("background", subtractor.apply(other))
small = cv2.resize(gray, (32, 32), interpolation=cv2.INTER_AREA)
waves = cv2.dct(numpy.float32(small))[:8, :8].flatten()
numbers("hash", waves > waves[1:].mean())
mean, deviation = cv2.meanStdDev(image)
numbers("statistics", numpy.concatenate([mean, deviation]))
for name in [
    "frontalface_alt", "frontalface_alt2", "frontalface_default", "profileface", "eye", "eye_tree_eyeglasses", "smile",
    "frontalcatface", "frontalcatface_extended", "fullbody", "upperbody", "lowerbody", "russian_plate_number",
]:
    cascade = cv2.CascadeClassifier(f"/usr/share/opencv4/haarcascades/haarcascade_{name}.xml")
    numbers(f"cascade-{name}", cascade.detectMultiScale(gray, 1.1, 5, minSize=(25, 25)))
written = []
for one in (image, gray):
    for quality, progressive in ((95, 0), (40, 0), (90, 1)):
        settings = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_PROGRESSIVE, progressive]
        file = cv2.imencode(".jpg", one, settings)[1].astype(numpy.int64)
        written += [len(file), int((file * numpy.arange(1, len(file) + 1)).sum() % 1_000_003)]
numbers("jpeg-bytes", written)
(folder / "results.json").write_text(json.dumps(results))
