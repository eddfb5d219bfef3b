# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""A tensor of every type as it came."""

import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        return [pb_utils.InferenceResponse([copy(tensor) for tensor in request.inputs()]) for request in requests]


def copy(tensor):
    name = f"out_{tensor.name()}"
    if tensor.name() == "BYTES":
        return pb_utils.Tensor(name, tensor.as_numpy())
    # NumPy has no BF16; this way no element is looked at.
    return pb_utils.Tensor.from_dlpack(name, tensor.to_dlpack())
