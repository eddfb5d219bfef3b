# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of pictures, in Flask: gunicorn, a worker for each core."""

from flask import Flask, Response, request

import vision_work

app = Flask(__name__, static_folder=None)


@app.get("/")
def hello():
    return "Hello, World!"


@app.post("/canny")
def canny():
    return Response(vision_work.canny(request.get_data()), mimetype="image/jpeg")


@app.post("/thumbnail")
def thumbnail():
    return Response(vision_work.thumbnail(request.get_data()), mimetype="image/jpeg")


@app.post("/detect")
def detect():
    return vision_work.detect(request.get_data())


@app.post("/detect-small")
def detect_small():
    return vision_work.detect_small(request.get_data())
