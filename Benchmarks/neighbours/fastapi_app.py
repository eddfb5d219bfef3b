# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of the comparison, in FastAPI: uvicorn with uvloop and httptools, one process."""

import os

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel

app = FastAPI()


class Greeting(BaseModel):
    id: int
    title: str
    tags: list[str]
    score: float


@app.get("/", response_class=PlainTextResponse)
async def hello():
    return "Hello, World!"


@app.get("/json")
async def json() -> Greeting:
    return Greeting(id=1, title="Hello, World!", tags=["web", "swift"], score=0.5)


@app.get("/posts/{id}", response_class=PlainTextResponse)
async def post(id: int):
    return f"post {id}"


@app.get("/search", response_class=PlainTextResponse)
async def search(q: str, page: int = 1, size: int = 10):
    return f"{q} {page} {size}"


@app.post("/upload", response_class=PlainTextResponse)
async def upload(request: Request):
    count = 0
    async for piece in request.stream():
        count += len(piece)
    return str(count)


class Pass:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


deep = FastAPI()


@deep.get("/", response_class=PlainTextResponse)
async def deep_hello():
    return "Hello, World!"


for _ in range(10):
    deep.add_middleware(Pass)
app.mount("/deep", deep)
app.mount("/static", StaticFiles(directory=os.environ["BENCH_FILES"]))
