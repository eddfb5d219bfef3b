# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of models, in MLServer with OpenVINO.

Its HTTP takes JSON alone, so pictures and tensors come as base64 in an input of the type BYTES.
"""

import asyncio
import json

import base64
from mlserver import MLModel
from mlserver.types import InferenceRequest, InferenceResponse, ResponseOutput

import model_work


class Worker(MLModel):
    """A model whose name says what it does: `classify`, `faces`, or the name of a network for tensors."""

    async def load(self):
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        value = payload.inputs[0].data
        value = value[0] if isinstance(value, list) else value.root[0] if hasattr(value, "root") else value
        data = base64.b64decode(value)
        if self.name in ("classify", "faces"):
            found = await asyncio.to_thread(getattr(model_work, self.name), data)
            outputs = [ResponseOutput(name="result", shape=[1], datatype="BYTES", data=[json.dumps(found)])]
        else:
            found = await asyncio.to_thread(model_work.tensor, self.name, data)
            outputs = [ResponseOutput(name=name, shape=[1], datatype="BYTES",
                                      data=[base64.b64encode(value.tobytes()).decode()])
                       for name, value in found.items()]
        return InferenceResponse(model_name=self.name, outputs=outputs)
