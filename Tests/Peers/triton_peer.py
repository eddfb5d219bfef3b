# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Asks a server of the Open Inference Protocol with Triton's own client, over HTTP.

usage: triton_peer.py HOST:PORT [METRICS-URL]

The server has the models doubler (versions 1 and 2), ident, img and types. Prints what failed, and at last
"N passed, M failed".
"""

import json
import sys
import traceback
import urllib.request

import ml_dtypes
import numpy as np
import tritonclient.http as http
from tritonclient.utils import InferenceServerException

address = sys.argv[1]
client = http.InferenceServerClient(address, concurrency=4)
passed = failed = 0


def case(function):
    """Runs a function at once, and counts it."""
    global passed, failed
    try:
        function()
        passed += 1
    except Exception:
        failed += 1
        print(f"FAILED {function.__name__}", traceback.format_exc(), sep="\n")


def same(left, right):
    if left != right:
        raise AssertionError(f"{left!r} is not {right!r}")


def refused(status, function, *arguments, **named):
    """The sentence of an error of that status."""
    try:
        function(*arguments, **named)
    except InferenceServerException as error:
        same(error.status(), str(status))
        if not error.message():
            raise AssertionError("the error says nothing")
        return error.message()
    raise AssertionError(f"{function.__name__} was not refused")


def infer_input(name, array, datatype, binary):
    one = http.InferInput(name, array.shape, datatype)
    one.set_data_from_numpy(array, binary_data=binary)
    return one


x = np.array([[1, 2, 3, 4], [5, 6, 7, 8.5]], dtype=np.float32)


@case
def health():
    same(client.is_server_live(), True)
    same(client.is_server_ready(), True)
    same(client.is_model_ready("doubler"), True)
    same(client.is_model_ready("doubler", "1"), True)
    same(client.is_model_ready("doubler", "9"), False)
    same(client.is_model_ready("nope"), False)


@case
def metadata():
    server = client.get_server_metadata()
    for extension in ["binary_tensor_data", "classification", "model_repository", "statistics"]:
        same(extension in server["extensions"], True)
    model = client.get_model_metadata("doubler")
    same(model["versions"], ["1", "2"])
    same(model["inputs"], [{"name": "x", "datatype": "FP32", "shape": [-1, 4]}])
    same(client.get_model_metadata("doubler", "1")["versions"], ["1"])
    refused(404, client.get_model_metadata, "nope")
    refused(404, client.get_model_metadata, "doubler", "9")


@case
def configuration():
    config = client.get_model_config("doubler")
    same(config["max_batch_size"], 8)
    same(config["input"], [{"name": "x", "data_type": "TYPE_FP32", "dims": [4]}])
    same(client.get_model_config("ident")["input"][0]["data_type"], "TYPE_STRING")


# Two ways in, three ways out.
for binary_in in [False, True]:
    for binary_out in [False, True, None]:

        @case
        def modes():
            outputs = None
            if binary_out is not None:
                outputs = [http.InferRequestedOutput(name, binary_data=binary_out) for name in ["out_x", "n"]]
            result = client.infer(
                "doubler", [infer_input("x", x, "FP32", binary_in)], outputs=outputs, request_id="seven")
            np.testing.assert_array_equal(result.as_numpy("out_x"), x * 4)
            np.testing.assert_array_equal(result.as_numpy("n"), [[2], [2]])
            answer = result.get_response()
            same(answer["id"], "seven")
            same(answer["model_version"], "2")
            is_binary = "binary_data_size" in answer["outputs"][0].get("parameters", {})
            # Who says nothing gets bytes: the client asks for them.
            same(is_binary, binary_out is not False)
            old = client.infer("doubler", [infer_input("x", x, "FP32", binary_in)], model_version="1", outputs=outputs)
            np.testing.assert_array_equal(old.as_numpy("out_x"), x * 2)

        @case
        def types():
            arrays = {
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
            inputs, outputs = [], []
            for datatype, array in arrays.items():
                needs_bytes = datatype in ["FP16", "BF16"]
                inputs.append(infer_input(datatype, array, datatype, binary_in or needs_bytes))
                if binary_out is not None:
                    outputs.append(
                        http.InferRequestedOutput(f"out_{datatype}", binary_data=binary_out or needs_bytes))
            result = client.infer("types", inputs, outputs=outputs or None)
            for datatype, array in arrays.items():
                found = result.as_numpy(f"out_{datatype}")
                if datatype == "BYTES":
                    found = np.array([[t.decode() if isinstance(t, bytes) else t for t in found[0]]], dtype=object)
                np.testing.assert_array_equal(found, array, datatype)


@case
def any_bytes():
    texts = np.array([b"\xff\x00", b"", b"plain"], dtype=object)
    result = client.infer("ident", [infer_input("i", texts, "BYTES", True)])
    same(list(result.as_numpy("o")), list(texts))
    # Bytes that are no text cannot be JSON.
    outputs = [http.InferRequestedOutput("o", binary_data=False)]
    refused(400, client.infer, "ident", [infer_input("i", texts, "BYTES", True)], outputs=outputs)


@case
def large_tensors():
    image = np.random.default_rng(1).integers(0, 256, (8, 480, 640, 3), dtype=np.uint8)
    result = client.infer("img", [infer_input("image", image, "UINT8", True)])
    np.testing.assert_allclose(result.as_numpy("probs")[:, 0], image.reshape(8, -1).mean(axis=1), rtol=1e-5)
    result = client.infer("img", [infer_input("image", image[:1, :100], "UINT8", False)])
    np.testing.assert_allclose(result.as_numpy("probs")[0, 0], image[:1, :100].mean(), rtol=1e-5)


@case
def classification():
    image = np.array([[[[10, 20, 30]]], [[[250, 250, 250]]]], dtype=np.uint8)
    for binary_out in [False, True]:
        outputs = [http.InferRequestedOutput("probs", binary_data=binary_out, class_count=2)]
        result = client.infer("img", [infer_input("image", image, "UINT8", True)], outputs=outputs)
        found = [[t.decode() if isinstance(t, bytes) else t for t in row] for row in result.as_numpy("probs")]
        same(found, [["235.000000:1:dark", "20.000000:0:bright"], ["250.000000:0:bright", "5.000000:1:dark"]])


@case
def errors():
    refused(404, client.infer, "nope", [infer_input("x", x, "FP32", True)])
    for binary in [False, True]:
        assert "4" in refused(400, client.infer, "doubler", [infer_input("x", x[:, :3], "FP32", binary)])
        refused(400, client.infer, "doubler", [infer_input("y", x, "FP32", binary)])
        refused(400, client.infer, "doubler", [infer_input("x", x.astype(np.float64), "FP64", binary)])
    nothing = [http.InferRequestedOutput("nothing")]
    refused(400, client.infer, "doubler", [infer_input("x", x, "FP32", True)], outputs=nothing)
    refused(503, client.infer, "full", [infer_input("x", np.zeros(1, np.float32), "FP32", True)])
    sentence = refused(500, client.infer, "broken", [infer_input("x", np.zeros(1, np.float32), "FP32", True)])
    assert "secret" not in sentence


@case
def many_at_once():
    wanted = [client.async_infer("doubler", [infer_input("x", x + n, "FP32", n % 2 == 0)]) for n in range(200)]
    for n, one in enumerate(wanted):
        np.testing.assert_array_equal(one.get_result().as_numpy("out_x"), (x + n) * 4)


@case
def statistics():
    before = client.get_inference_statistics("doubler", "2")["model_stats"][0]
    client.infer("doubler", [infer_input("x", x, "FP32", True)])
    after = client.get_inference_statistics("doubler", "2")["model_stats"][0]
    same(after["inference_count"] - before["inference_count"], 2)
    same(after["execution_count"] - before["execution_count"], 1)
    same(after["inference_stats"]["success"]["count"] - before["inference_stats"]["success"]["count"], 1)
    same(after["batch_stats"][0]["batch_size"], 2)
    names = {(one["name"], one["version"]) for one in client.get_inference_statistics()["model_stats"]}
    same({("doubler", "1"), ("doubler", "2"), ("ident", "1")} <= names, True)


@case
def repository():
    def states():
        return {one["version"]: one["state"] for one in client.get_model_repository_index() if one["name"] == "doubler"}

    same(states(), {"1": "READY", "2": "READY"})
    client.unload_model("doubler")
    same(states(), {"1": "UNAVAILABLE", "2": "UNAVAILABLE"})
    same(client.is_model_ready("doubler"), False)
    refused(404, client.infer, "doubler", [infer_input("x", x, "FP32", True)])
    refused(404, client.get_model_metadata, "doubler")
    client.load_model("doubler")
    same(states(), {"1": "READY", "2": "READY"})
    result = client.infer("doubler", [infer_input("x", x, "FP32", True)])
    np.testing.assert_array_equal(result.as_numpy("out_x"), x * 4)
    refused(404, client.load_model, "nope")
    refused(404, client.unload_model, "nope")
    refused(400, client.load_model, "doubler", config=json.dumps({"name": "doubler"}))


@case
def metrics():
    if len(sys.argv) < 3:
        return
    page = urllib.request.urlopen(sys.argv[2]).read().decode()
    for name in [
        "nv_inference_request_success", "nv_inference_count", "nv_inference_exec_count",
        "nv_inference_request_duration_us", "nv_inference_queue_duration_us",
        "nv_inference_compute_input_duration_us", "nv_inference_compute_infer_duration_us",
        "nv_inference_compute_output_duration_us", "nv_inference_pending_request_count",
    ]:
        same(f'\n{name}{{model="doubler",version="2"}} ' in page, True)
    for reason in ["REJECTED", "CANCELED", "BACKEND", "OTHER"]:
        same(f'nv_inference_request_failure{{model="broken",version="1",reason="{reason}"}}' in page, True)


print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
