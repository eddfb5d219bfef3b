# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""What a server is asked that does not fit: numbers, members, lengths."""

import json

import numpy as np
import tritonclient.http as triton
from triton_asking import BYTES, DOUBLER, HEADER, ONE, case, short, status, tensor, text, x

# Numbers in JSON

def numbers(name, expected, model, one):
    @case(name, expected)
    def _(server):
        code, _, answer = server.infer(model, {"inputs": [one]})
        if code != 200:
            return str(code)
        # As it is written, which a parser would hide.
        return answer.decode().split('"data":')[1].split("]")[0] + "]"


def one_byte(value):
    return {"name": "image", "shape": [1, 1, 1, 3], "datatype": "UINT8", "data": [10, 20, value]}


numbers("how FP32 is written", "[0.4,-0.2,4e+30,1.3333334]", "doubler", {**ONE, "data": [0.1, -0.05, 1e30, 1 / 3]})
numbers("300 as UINT8", "400", "img", one_byte(300))
numbers("-1 as UINT8", "400", "img", one_byte(-1))
numbers("3.7 as UINT8", "400", "img", one_byte(3.7))
numbers("1e39 as FP32", "400", "doubler", {**ONE, "data": [1, 1e39, 3, 4]})
numbers("an output that is infinite", "400", "doubler", {**ONE, "data": [1, 3e38, 3, 4]})
numbers("true as FP32", "400", "doubler", {**ONE, "data": [True, 2, 3, 4]})
numbers("null as FP32", "400", "doubler", {**ONE, "data": [None, 2, 3, 4]})
numbers("30.0 as UINT8", "[20.0,235.0,1.0]", "img", one_byte(30.0))
numbers("nested data", "[4.0,8.0,12.0,18.0]", "doubler", {**ONE, "data": [[1, 2], [3, 4.5]]})


# Requests that do not fit

status("an unknown model", 404, "POST", "/v2/models/nope/infer", x())
status("an unknown version", 404, "POST", "/v2/models/doubler/versions/7/infer", x())
status("a version that is no number", 404, "POST", "/v2/models/doubler/versions/new/infer", x())
status("no JSON", 400, "POST", DOUBLER, b"{bad")
status("no body", 400, "POST", DOUBLER, b"")
status("an array", 400, "POST", DOUBLER, b"[]")
status("bytes that are no text", 400, "POST", DOUBLER, b"\xff\xfe")
status("no inputs", 400, "POST", DOUBLER, {})
status("an empty list of inputs", 400, "POST", DOUBLER, {"inputs": []})
status("inputs that are no list", 400, "POST", DOUBLER, {"inputs": 1})
status("an input without a name", 400, "POST", DOUBLER, x(name=None))
status("an input without a shape", 400, "POST", DOUBLER, x(shape=None))
status("an input without a datatype", 400, "POST", DOUBLER, x(datatype=None))
status("an input without data", 400, "POST", DOUBLER, x(data=None))
status("an input that nobody knows", 400, "POST", DOUBLER, x(name="y"))
status("the same input twice", 400, "POST", DOUBLER, {"inputs": [ONE, ONE]})
status("an unknown datatype", 400, "POST", DOUBLER, x(datatype="FP33"))
status("another datatype than the model's", 400, "POST", DOUBLER, x(datatype="FP64"))
status("FP16 in JSON", 400, "POST", DOUBLER, x(datatype="FP16"))
status("another shape than the model's", 400, "POST", DOUBLER, x(shape=[1, 5], data=[1, 2, 3, 4, 5]))
status("another rank than the model's", 400, "POST", DOUBLER, x(shape=[4]))
status("more rows than a batch has", 400, "POST", DOUBLER, x(shape=[9, 4], data=[1] * 36))
status("no rows", 400, "POST", DOUBLER, x(shape=[0, 4], data=[]))
status("a negative dimension", 400, "POST", DOUBLER, x(shape=[-1, 4]))
status("less data than the shape says", 400, "POST", DOUBLER, x(data=[1, 2, 3]))
status("more data than the shape says", 400, "POST", DOUBLER, x(data=[1, 2, 3, 4, 5]))
status("a text among numbers", 400, "POST", DOUBLER, x(data=[1, 2, 3, "4"]))
status(
    "a number among texts", 400, "POST", "/v2/models/ident/infer",
    {"inputs": [{"name": "i", "shape": [2], "datatype": "BYTES", "data": ["hi", 3]}]})
status("an id that is a number", 400, "POST", DOUBLER, {"id": 7, **x()})
status("an output that nobody knows", 400, "POST", DOUBLER, {**x(), "outputs": [{"name": "y"}]})
status("the same output twice", 400, "POST", DOUBLER, {**x(), "outputs": [{"name": "n"}, {"name": "n"}]})
status("an output without a name", 400, "POST", DOUBLER, {**x(), "outputs": [{}]})
status("members that nobody knows", 200, "POST", DOUBLER, {**x(extra=1), "foo": 1})
status("parameters that nobody knows", 200, "POST", DOUBLER, {**x(), "parameters": {"mine": 1, "yours": "a"}})
status("parameters that are an array", 400, "POST", DOUBLER, {**x(), "parameters": []})
status("a priority", 200, "POST", DOUBLER, {**x(), "parameters": {"priority": 1}})
status("a priority that is negative", 400, "POST", DOUBLER, {**x(), "parameters": {"priority": -1}})
status("a timeout that is negative", 400, "POST", DOUBLER, {**x(), "parameters": {"timeout": -1}})
status("an answer that comes too late", 504, "POST", DOUBLER, {**x(), "parameters": {"timeout": 1}})
status("a sequence with a name", 200, "POST", DOUBLER, {**x(), "parameters": {"sequence_id": "a"}})
status("a sequence", 200, "POST", DOUBLER, {**x(), "parameters": {"sequence_id": 1, "sequence_start": True}})
status(
    "shared memory that is not there", 400, "POST", DOUBLER,
    x(data=None, parameters={"shared_memory_region": "r", "shared_memory_byte_size": 16}))
status("a model that fails", 500, "POST", "/v2/models/broken/infer", x(shape=[1], data=[1]))


@case("what a model that fails tells", "a sentence")
def _(server):
    error = json.loads(server.infer("broken", x(shape=[1], data=[1]))[2])["error"]
    return "a path of the server" if "/" in error else "a sentence" if error else "nothing"



@case("the type of an error", "application/json")
def _(server):
    return server.infer("nope", x())[1]["content-type"]


@case("a queue that is full", "503")
def _(server):
    # Triton has a queue for models with batches only, whose inputs have one axis more.
    axes = server.client.get_model_metadata("full")["inputs"][0]["shape"]
    one = [tensor("x", np.zeros([1] * len(axes), np.float32), "FP32")]
    waiting = [server.client.async_infer("full", one) for _ in range(8)]
    found = {text(lambda one=one: one.get_result() and "200") for one in waiting}
    return next((code for code in sorted(found) if code != "200"), "200")


# Bytes behind the JSON

BINARY = json.dumps({
    "inputs": [{"name": "x", "shape": [1, 4], "datatype": "FP32", "parameters": {"binary_data_size": 16}}],
    "outputs": [{"name": "out_x", "parameters": {"binary_data": True}}],
}).encode()

@case("what a binary answer is", "application/octet-stream, 16 bytes behind the JSON")
def _(server):
    code, headers, answer = server.infer("doubler", BINARY + BYTES, **{HEADER: str(len(BINARY))})
    length = int(headers["inference-header-content-length"])
    sent = json.loads(answer[:length])["outputs"][0]
    if sent["parameters"] != {"binary_data_size": 16} or "data" in sent:
        return short(sent)
    np.testing.assert_array_equal(np.frombuffer(answer[length:], "<f4"), [4, 8, 12, 16])
    return f"{headers['content-type']}, {len(answer) - length} bytes behind the JSON"


def header(name, expected, value, body):
    status(name, expected, "POST", DOUBLER, body, **({HEADER: value} if value else {}))


header("a header that is longer than the body", 400, "9999", BINARY + BYTES)
header("a header that is negative", 400, "-1", BINARY + BYTES)
header("a header that is no number, before a binary request", 400, "abc", BINARY + BYTES)
header("a header that is no number, before 16 bytes", 400, "abc", BYTES)
header("a header with a sign", 400, f"+{len(BINARY)}", BINARY + BYTES)
header("a header that ends within the JSON", 400, str(len(BINARY) - 5), BINARY + BYTES)
header("no header before a binary request", 400, None, BINARY + BYTES)
header("a byte too few", 400, str(len(BINARY)), BINARY + BYTES[:-1])
header("a byte too many", 400, str(len(BINARY)), BINARY + BYTES + b"\0")


def binary(name, expected, **parameters):
    one = {"name": "x", "shape": [1, 4], "datatype": "FP32", **parameters}
    body = json.dumps({"inputs": [one]}).encode()
    header(name, expected, str(len(body)), body + BYTES)


binary("binary_data_size that does not fit the shape", 400, parameters={"binary_data_size": 12})
binary("binary_data_size that is negative", 400, parameters={"binary_data_size": -16})
binary("binary_data_size that is a text", 400, parameters={"binary_data_size": "16"})
binary("data and binary_data_size", 400, data=[1, 2, 3, 4], parameters={"binary_data_size": 16})


@case("BYTES whose lengths do not fit", "400")
def _(server):
    one = {"name": "i", "shape": [1], "datatype": "BYTES", "parameters": {"binary_data_size": 6}}
    body = json.dumps({"inputs": [one]}).encode()
    return str(server.infer("ident", body + b"\xff\0\0\0hi", **{HEADER: str(len(body))})[0])


@case("16 bytes and nothing else", "[[4.0, 8.0, 12.0, 16.0]] [[1]]")
def _(server):
    code, headers, answer = server.infer("doubler", BYTES, **{HEADER: "0"})
    result = triton.InferenceServerClient.parse_response_body(
        answer, header_length=int(headers["inference-header-content-length"]))
    return f"{result.as_numpy('out_x').tolist()} {result.as_numpy('n').tolist()}"


@case("a picture and nothing else", r"[b'\xff\xd8\xff']")
def _(server):
    code, headers, answer = server.infer("ident", b"\xff\xd8\xff", **{HEADER: "0"})
    if code != 200:
        return str(code)
    result = triton.InferenceServerClient.parse_response_body(
        answer, header_length=int(headers["inference-header-content-length"]))
    return str(result.as_numpy("o").tolist())


status("15 bytes and nothing else", 400, "POST", DOUBLER, BYTES[:-1], **{HEADER: "0"})
status("bytes and nothing else, for many inputs", 400, "POST", "/v2/models/types/infer", BYTES, **{HEADER: "0"})
status("bytes and nothing else, for many axes", 400, "POST", "/v2/models/img/infer", BYTES, **{HEADER: "0"})
