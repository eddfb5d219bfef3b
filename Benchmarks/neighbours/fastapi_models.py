# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of models, in FastAPI with OpenVINO: the work is done on threads beside the event loop."""

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

import model_work

app = FastAPI()


@app.post("/classify")
async def classify(request: Request):
    return await run_in_threadpool(model_work.classify, await request.body())


@app.post("/faces")
async def faces(request: Request):
    return await run_in_threadpool(model_work.faces, await request.body())


@app.post("/tensor/{name}")
async def tensor(name: str, request: Request):
    body = await request.body()
    found = await run_in_threadpool(model_work.tensor, name, body)
    return Response(b"".join(value.tobytes() for value in found.values()), media_type="application/octet-stream")
