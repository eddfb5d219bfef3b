# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Twice the rows, and how many rows the request has."""

import numpy as np
import triton_python_backend_utils as pb_utils

FACTOR = np.float32(2)


class TritonPythonModel:
    def execute(self, requests):
        return [answer(pb_utils.get_input_tensor_by_name(request, "x").as_numpy()) for request in requests]


def answer(x):
    rows = np.full((len(x), 1), len(x), np.int32)
    return pb_utils.InferenceResponse([pb_utils.Tensor("out_x", x * FACTOR), pb_utils.Tensor("n", rows)])
