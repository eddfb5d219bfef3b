# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""A tensor of each type, with the ends of its range."""

import ml_dtypes
import numpy as np

TYPES = {
    "BOOL": np.array([[True, False]]),
    "UINT8": np.array([[0, 255]], np.uint8),
    "UINT16": np.array([[0, 65535]], np.uint16),
    "UINT32": np.array([[0, 2**32 - 1]], np.uint32),
    "UINT64": np.array([[0, 2**64 - 1]], np.uint64),
    "INT8": np.array([[-128, 127]], np.int8),
    "INT16": np.array([[-(2**15), 2**15 - 1]], np.int16),
    "INT32": np.array([[-(2**31), 2**31 - 1]], np.int32),
    "INT64": np.array([[-(2**63), 2**63 - 1]], np.int64),
    "FP32": np.array([[0.1, -3.4e38]], np.float32),
    "FP64": np.array([[0.1, 1e308]], np.float64),
    "BYTES": np.array([["héllo", ""]], dtype=object),
    # No type of JSON: these are bytes in every mode.
    "FP16": np.array([[0.5, 65504]], np.float16),
    "BF16": np.array([[0.5, 2.0]], ml_dtypes.bfloat16),
}
