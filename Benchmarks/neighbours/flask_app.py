# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of the comparison, in Flask: gunicorn, one worker."""

import os

from flask import Flask, request, send_from_directory

app = Flask(__name__, static_folder=None)
app.config["MAX_CONTENT_LENGTH"] = 4_000_000


@app.get("/")
def hello():
    return "Hello, World!"


@app.get("/json")
def json():
    return {"id": 1, "title": "Hello, World!", "tags": ["web", "swift"], "score": 0.5}


@app.get("/posts/<int:id>")
def post(id):
    return f"post {id}"


@app.get("/search")
def search():
    page, size = request.args.get("page", 1, type=int), request.args.get("size", 10, type=int)
    return f"{request.args['q']} {page} {size}"


@app.get("/static/<path:name>")
def static(name):
    return send_from_directory(os.environ["BENCH_FILES"], name)


@app.post("/upload")
def upload():
    return str(len(request.get_data()))


class Pass:
    """A layer of WSGI around one path, as ten of them stand around /deep/."""

    def __init__(self, inner):
        self.inner = inner

    def __call__(self, environ, start_response):
        return self.inner(environ, start_response)


@app.get("/deep/")
def deep():
    return "Hello, World!"


layered = app.wsgi_app
for _ in range(10):
    layered = Pass(layered)
plain = app.wsgi_app
app.wsgi_app = lambda environ, start: (layered if environ["PATH_INFO"] == "/deep/" else plain)(environ, start)
