# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of pictures, in FastAPI: uvicorn with uvloop and httptools, a worker for each core."""

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse

import vision_work

app = FastAPI()


@app.get("/", response_class=PlainTextResponse)
async def hello():
    return "Hello, World!"


@app.post("/canny")
async def canny(request: Request):
    return Response(await run_in_threadpool(vision_work.canny, await request.body()), media_type="image/jpeg")


@app.post("/thumbnail")
async def thumbnail(request: Request):
    return Response(await run_in_threadpool(vision_work.thumbnail, await request.body()), media_type="image/jpeg")


@app.post("/detect")
async def detect(request: Request):
    return await run_in_threadpool(vision_work.detect, await request.body())


@app.post("/detect-small")
async def detect_small(request: Request):
    return await run_in_threadpool(vision_work.detect_small, await request.body())
