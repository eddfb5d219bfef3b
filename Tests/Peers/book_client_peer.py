# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Calls the lab as the book's client scripts call the book's servers, and compares what it finds with Debian's OpenCV.

    book_client_peer.py LAB PHOTOS FOLDER

LAB and PHOTOS are addresses like http://127.0.0.1:8000, of the lab and of a server that has the files of FOLDER. Prints
what failed, and "N passed, M failed". Run it with Debian's Python, which has `python3-opencv`.
"""

import json
import pathlib
import sys
import traceback
import urllib.error
import urllib.parse
import urllib.request
import uuid

import cv2
import numpy

LAB, PHOTOS, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
CASCADES = pathlib.Path("/usr/share/opencv4/haarcascades")
FACES = ["street.jpg", "astronaut.png", "grace-hopper.jpg", "china.jpg", "coffee.png", "rocket.jpg"]
# The colours of rocket.jpg are those of its profile, which the lab heeds and OpenCV does not.
PLAIN = [name for name in FACES if name != "rocket.jpg"] + ["chelsea.png", "page.png"]
cv2.setNumThreads(1)
CASES = []


def case(*values):
    """A check, which is run once for each of the values."""

    def add(function):
        CASES.extend([(function, (value,)) for value in values] or [(function, ())])
        return function

    return add


class Response:
    """The answer to a request, whatever its status."""

    def __init__(self, opened):
        self.status_code = opened.status
        self.headers = opened.headers
        self.content = opened.read()

    def json(self):
        return json.loads(self.content)


def request(method, url, params=None, files=None):
    """Sends a request as the client library of the book's scripts does: same headers, same forms."""
    if params:
        url += "?" + urllib.parse.urlencode(params)
    headers = {"User-Agent": "python-requests/2.32", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
    data = None
    if files:
        boundary = uuid.uuid4().hex
        headers["Content-Type"] = f"multipart/form-data; boundary={boundary}"
        data = b""
        for name, content in files.items():
            data += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n\r\n'.encode()
            data += content + b"\r\n"
        data += f"--{boundary}--\r\n".encode()
    elif method in ("POST", "PUT"):
        headers["Content-Length"] = "0"
    made = urllib.request.Request(url, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(made, timeout=60) as opened:
            return Response(opened)
    except urllib.error.HTTPError as error:
        return Response(error)


def expected_boxes(image, cascade):
    """The boxes of Debian's OpenCV, in the way in which the book asks for them."""
    image = cv2.imread(str(FOLDER / image)) if isinstance(image, str) else image
    detector = cv2.CascadeClassifier(str(CASCADES / f"haarcascade_{cascade}.xml"))
    found = detector.detectMultiScale(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), 1.1, 5, minSize=(25, 25))
    return {(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h in found}


def boxes(response):
    assert response.status_code == 200, (response.status_code, response.content)
    assert response.headers["Content-Type"] == "application/json", response.headers
    value = response.json()
    assert list(value) == ["result", "status"] and value["status"] == "ok", value
    assert response.content.endswith(b"\n")
    return {tuple(one["box"]) for one in value["result"]}


@case()
def the_five_calls_of_the_first_client():
    content = (FOLDER / "astronaut.png").read_bytes()
    expected = expected_boxes("astronaut.png", "frontalface_alt")
    assert expected
    # A path that there is not.
    r = request("GET", LAB + "/process")
    assert (r.status_code, r.json()) == (404, {"message": "route not found", "status": "not found"}), r.content
    # The address of a picture.
    r = request("GET", LAB + "/detect", params={"url": f"{PHOTOS}/astronaut.png"})
    assert boxes(r) == expected, (boxes(r), expected)
    # No address.
    r = request("GET", LAB + "/detect")
    assert (r.status_code, r.json()) == (400, {"message": "Parameter url is not present", "status": "bad request"})
    # A file.
    r = request("POST", LAB + "/detect", files={"image": content})
    assert boxes(r) == expected, (boxes(r), expected)
    # A method that is refused.
    r = request("PUT", LAB + "/detect", files={"image": content})
    assert (r.status_code, r.json()) == (405, {"message": "PUT method not supported for API", "status": "failure"})


@case(*FACES)
def faces_are_those_of_opencv(photo):
    expected = expected_boxes(photo, "frontalface_alt")
    r = request("POST", LAB + "/detect", files={"image": (FOLDER / photo).read_bytes()})
    assert boxes(r) == expected, (photo, boxes(r), expected)
    r = request("GET", LAB + "/detect", params={"url": f"{PHOTOS}/{photo}"})
    assert boxes(r) == expected, (photo, boxes(r), expected)


def tilted_cat(degrees):
    """A cat that looks at the camera, turned around its nose: as an array, and as a file."""
    cat = cv2.imread(str(FOLDER / "chelsea.png"))
    height, width = cat.shape[:2]
    turn = cv2.getRotationMatrix2D((225, 150), degrees, 1)
    cat = cv2.warpAffine(cat, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return cat, cv2.imencode(".png", cat)[1].tobytes()


@case(-20, 0)
def faces_of_cats_are_those_of_opencv(degrees):
    cat, content = tilted_cat(degrees)
    expected = expected_boxes(cat, "frontalcatface_extended")
    # The cascade knows the tilted one only.
    assert len(expected) == (1 if degrees else 0), expected
    r = request("POST", LAB + "/catfacedetection", files={"image": content})
    assert boxes(r) == expected, (boxes(r), expected)


@case()
def the_drawing_client_can_draw():
    content = (FOLDER / "grace-hopper.jpg").read_bytes()
    image = cv2.imdecode(numpy.frombuffer(content, numpy.uint8), -1)
    before = image.copy()
    for item in request("POST", LAB + "/detect", files={"image": content}).json()["result"]:
        left, top, right, bottom = item["box"]
        cv2.rectangle(image, (left, top), (right, bottom), (0, 255, 255), 10)
        for corner in ((left, top), (right, bottom)):
            cv2.circle(image, corner, 20, (0, 0, 255), -1)
    changed = numpy.argwhere((image != before).any(axis=2))
    assert len(changed) > 1_000
    # The picture that the server draws has its frame in the same place.
    drawn = request("POST", LAB + "/detect?format=png", files={"image": content})
    assert drawn.headers["Content-Type"] == "image/png"
    theirs = cv2.imdecode(numpy.frombuffer(drawn.content, numpy.uint8), cv2.IMREAD_COLOR)
    assert theirs.shape == before.shape
    frame = numpy.argwhere((theirs != before).any(axis=2))
    assert abs(frame[:, 0].max() - bottom) < 12 and abs(frame[:, 1].min() - left) < 12, (frame.max(0), item)


@case(*PLAIN)
def edges_are_those_of_opencv(photo):
    gray = cv2.cvtColor(cv2.imread(str(FOLDER / photo)), cv2.COLOR_BGR2GRAY)
    expected = cv2.Canny(gray, 100, 200)
    r = request("GET", LAB + "/canny", params={"url": f"{PHOTOS}/{photo}", "format": "png"})
    assert r.status_code == 200, r.content
    found = cv2.imdecode(numpy.frombuffer(r.content, numpy.uint8), cv2.IMREAD_UNCHANGED)
    assert found.ndim == 2 and numpy.array_equal(found, expected), (photo, found.shape, expected.shape)
    # What the book gets: a grey JPEG of quality 95, equal to that which OpenCV makes of the same edges.
    r = request("GET", LAB + "/canny", params={"url": f"{PHOTOS}/{photo}"})
    assert r.headers["Content-Type"] == "image/jpeg"
    found = cv2.imdecode(numpy.frombuffer(r.content, numpy.uint8), cv2.IMREAD_UNCHANGED)
    usual = cv2.imencode(".jpg", expected, [cv2.IMWRITE_JPEG_QUALITY, 95])[1]
    assert found.ndim == 2, found.shape
    assert numpy.array_equal(found, cv2.imdecode(usual, cv2.IMREAD_UNCHANGED)), photo


def main():
    passed = failed = 0
    for run, values in CASES:
        try:
            run(*values)
            passed += 1
        except Exception:
            failed += 1
            print(f"FAILED {run.__name__} {' '.join(map(str, values))}")
            traceback.print_exc(file=sys.stdout)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
