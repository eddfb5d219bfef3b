# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""The ways in which a server of the Open Inference Protocol is asked, and the list of the cases."""

import http.client
import json

import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

# Name, answer, function, in the order in which they run.
CASES = []


class Asked:
    """One server, and the ways to ask it."""

    def __init__(self, address, metrics=None):
        self.address, self.metrics = address, metrics
        self.client = triton.InferenceServerClient(address, concurrency=8)

    def send(self, method, path, body=None, **headers):
        """Status, headers and body of a request of which every byte is given."""
        connection = http.client.HTTPConnection(self.address, timeout=20)
        try:
            if isinstance(body, (dict, list)):
                body = json.dumps(body).encode()
            fields = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, fields)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def infer(self, model, body, **headers):
        return self.send("POST", f"/v2/models/{model}/infer", body, **headers)


def case(name, expected):
    """A function that takes a server and gives its answer as a short text."""
    return lambda function: CASES.append((name, expected, function))


def status(name, expected, method, path, body=None, **headers):
    """A case of which the status matters; of errors there has to be a sentence too."""

    def function(server):
        code, _, answer = server.send(method, path, body, **headers)
        if code >= 400 and not json.loads(answer)["error"]:
            return f"{code} without a sentence"
        return str(code)

    CASES.append((name, str(expected), function))


def text(function, *arguments, **named):
    """What a call of the client answers, or the status of its error."""
    try:
        return str(function(*arguments, **named))
    except InferenceServerException as error:
        if not error.message():
            return f"{error.status()} without a sentence"
        return error.status()


def tensor(name, array, datatype, binary=True):
    one = triton.InferInput(name, array.shape, datatype)
    one.set_data_from_numpy(array, binary_data=binary)
    return one


def short(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


X = np.array([[1, 2, 3, 4], [5, 6, 7, 8.5]], dtype=np.float32)
ONE = {"name": "x", "shape": [1, 4], "datatype": "FP32", "data": [1, 2, 3, 4]}
BYTES = np.array([1, 2, 3, 4], "<f4").tobytes()
HEADER = "Inference_Header_Content_Length"
DOUBLER = "/v2/models/doubler/infer"


def x(**changed):
    """A request with a changed input; None removes a member."""
    one = {name: value for name, value in {**ONE, **changed}.items() if value is not None}
    return {"inputs": [one]}
