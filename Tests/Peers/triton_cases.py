# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""What a server is asked that it has to do: the server itself, tensors in all forms, classes, compressed bodies."""

import gzip
import json
import zlib

import numpy as np
import tritonclient.http as triton
from triton_asking import BYTES, DOUBLER, HEADER, X, case, short, status, tensor, text, x
from triton_tensors import TYPES

# Health, metadata, configuration

@case("live and ready", "True True")
def _(server):
    return f"{server.client.is_server_live()} {server.client.is_server_ready()}"


@case("models that are ready: doubler, its version 1, its version 9, an unknown one", "True True False False")
def _(server):
    ready = server.client.is_model_ready
    return f"{ready('doubler')} {ready('doubler', '1')} {ready('doubler', '9')} {ready('nope')}"


status("is an unknown model ready", 404, "GET", "/v2/models/nope/ready")


@case("what health says", '{"live":true}')
def _(server):
    return server.send("GET", "/v2/health/live")[2].decode()


@case("extensions", "all")
def _(server):
    found = server.client.get_server_metadata()["extensions"]
    wanted = [
        "binary_tensor_data", "classification", "model_configuration", "model_repository", "schedule_policy",
        "statistics",
    ]
    return "all" if set(wanted) <= set(found) else short(found)


@case(
    "metadata",
    '["1","2"] [{"name":"x","datatype":"FP32","shape":[-1,4]}] '
    '[{"name":"out_x","datatype":"FP32","shape":[-1,4]},{"name":"n","datatype":"INT32","shape":[-1,1]}]')
def _(server):
    model = server.client.get_model_metadata("doubler")
    return " ".join(short(model[name]) for name in ["versions", "inputs", "outputs"])


@case("members of metadata", '["inputs","name","outputs","platform","versions"]')
def _(server):
    return short(sorted(server.client.get_model_metadata("doubler")))


@case("metadata of a version", '["1"]')
def _(server):
    return short(server.client.get_model_metadata("doubler", "1")["versions"])


@case("metadata of an unknown model, and of an unknown version", "404 404")
def _(server):
    ask = server.client.get_model_metadata
    return f"{text(ask, 'nope')} {text(ask, 'doubler', '9')}"


@case("configuration", "8 x TYPE_FP32 [4], 0 i TYPE_STRING [-1]")
def _(server):
    found = []
    for name in ["doubler", "ident"]:
        config = server.client.get_model_config(name)
        one = config["input"][0]
        found.append(f"{config['max_batch_size']} {one['name']} {one['data_type']} {one['dims']}")
    return ", ".join(found)


status("the path of the server with a slash", 200, "GET", "/v2/")
status("an unknown path", 404, "GET", "/v2/nothing")
status("infer by GET", 405, "GET", DOUBLER)
status("health by POST", 405, "POST", "/v2/health/live", b"")
status("load by GET", 405, "GET", "/v2/repository/models/doubler/load")
status("infer by OPTIONS", 200, "OPTIONS", DOUBLER)


# Tensors

def modes():
    """Two ways in, three ways out: who says nothing gets bytes, since the client asks for them."""
    for is_binary in [False, True]:
        for wanted in [False, True, None]:
            way_in = "bytes" if is_binary else "JSON"
            way_out = {False: "JSON", True: "bytes", None: "as is usual"}[wanted]
            answer = "JSON" if wanted is False else "bytes"
            mode(is_binary, wanted, f"in {way_in}, out {way_out}", answer)


def mode(is_binary, wanted, name, answer):
    @case(f"infer, {name}", f"version 2 id seven {answer}, version 1")
    def _(server):
        outputs = None
        if wanted is not None:
            outputs = [triton.InferRequestedOutput(name, binary_data=wanted) for name in ["out_x", "n"]]
        result = server.client.infer(
            "doubler", [tensor("x", X, "FP32", is_binary)], outputs=outputs, request_id="seven")
        np.testing.assert_array_equal(result.as_numpy("out_x"), X * 4)
        np.testing.assert_array_equal(result.as_numpy("n"), [[2], [2]])
        found = result.get_response()
        sent = "bytes" if "binary_data_size" in found["outputs"][0].get("parameters", {}) else "JSON"
        old = server.client.infer(
            "doubler", [tensor("x", X, "FP32", is_binary)], model_version="1", outputs=outputs)
        np.testing.assert_array_equal(old.as_numpy("out_x"), X * 2)
        version = old.get_response()["model_version"]
        return f"version {found['model_version']} id {found['id']} {sent}, version {version}"

    @case(f"all types, {name}", "the same")
    def _(server):
        inputs, outputs = [], []
        for datatype, array in TYPES.items():
            needs_bytes = datatype in ["FP16", "BF16"]
            inputs.append(tensor(datatype, array, datatype, is_binary or needs_bytes))
            if wanted is not None:
                outputs.append(triton.InferRequestedOutput(f"out_{datatype}", binary_data=wanted or needs_bytes))
        result = server.client.infer("types", inputs, outputs=outputs or None)
        for datatype, array in TYPES.items():
            found = result.as_numpy(f"out_{datatype}")
            if datatype == "BYTES":
                found = np.array([[t.decode() if isinstance(t, bytes) else t for t in found[0]]], dtype=object)
            np.testing.assert_array_equal(found, array, datatype)
        return "the same"


modes()


@case("outputs in the order of the request", '["n","out_x"]')
def _(server):
    outputs = [triton.InferRequestedOutput(name) for name in ["n", "out_x"]]
    result = server.client.infer("doubler", [tensor("x", X, "FP32")], outputs=outputs)
    np.testing.assert_array_equal(result.as_numpy("out_x"), X * 4)
    return short([one["name"] for one in result.get_response()["outputs"]])


@case(
    "an answer, byte for byte",
    'application/json {"id":"a","model_name":"doubler","model_version":"2","outputs":'
    '[{"name":"out_x","datatype":"FP32","shape":[1,4],"data":[4.0,8.0,12.0,16.0]},'
    '{"name":"n","datatype":"INT32","shape":[1,1],"data":[1]}]}')
def _(server):
    _, headers, answer = server.infer("doubler", {"id": "a", **x()})
    return f"{headers['content-type']} {answer.decode()}"


@case("no id, and an empty one", 'none ""')
def _(server):
    answers = [json.loads(server.infer("doubler", body)[2]) for body in [x(), {"id": "", **x()}]]
    return " ".join("none" if "id" not in answer else short(answer["id"]) for answer in answers)


@case("one of the outputs, and none of them named", '["n"] ["out_x","n"]')
def _(server):
    found = []
    for outputs in [[{"name": "n"}], []]:
        answer = json.loads(server.infer("doubler", {**x(), "outputs": outputs})[2])
        found.append(short([one["name"] for one in answer["outputs"]]))
    return " ".join(found)


@case("the setting of an output before that of the request", "JSON")
def _(server):
    body = {
        **x(), "parameters": {"binary_data_output": True},
        "outputs": [{"name": "n", "parameters": {"binary_data": False}}],
    }
    code, headers, answer = server.infer("doubler", body)
    return "JSON" if json.loads(answer)["outputs"][0]["data"] == [1] else f"{code} {answer}"


@case("texts that are no UTF-8, as bytes", "the same")
def _(server):
    texts = np.array([b"\xff\x00", b"", b"plain"], dtype=object)
    result = server.client.infer("ident", [tensor("i", texts, "BYTES")])
    return "the same" if list(result.as_numpy("o")) == list(texts) else str(result.as_numpy("o"))


@case("texts that are no UTF-8, as JSON", "400")
def _(server):
    body = json.dumps({
        "inputs": [{"name": "i", "shape": [1], "datatype": "BYTES", "parameters": {"binary_data_size": 6}}],
    }).encode()
    code, _, answer = server.infer("ident", body + b"\2\0\0\0\xff\xfe", **{HEADER: str(len(body))})
    return f"{code} with what is no UTF-8" if b"\xff" in answer else str(code)


@case("texts with quotes and control characters in JSON", '["hi","é\\u0001\\""]')
def _(server):
    body = '{"inputs":[{"name":"i","shape":[2],"datatype":"BYTES","data":["hi","é\\u0001\\""]}]}'.encode()
    return short(json.loads(server.infer("ident", body)[2])["outputs"][0]["data"])


@case("eight pictures as bytes, and one in JSON", "the same")
def _(server):
    image = np.random.default_rng(1).integers(0, 256, (8, 480, 640, 3), dtype=np.uint8)
    result = server.client.infer("img", [tensor("image", image, "UINT8")])
    np.testing.assert_allclose(result.as_numpy("probs")[:, 0], image.reshape(8, -1).mean(axis=1), rtol=1e-5)
    result = server.client.infer("img", [tensor("image", image[:1, :100], "UINT8", False)])
    np.testing.assert_allclose(result.as_numpy("probs")[0, 0], image[:1, :100].mean(), rtol=1e-5)
    return "the same"


@case("an infinity and what is no number, as bytes", "[inf, nan, -inf, 4.0]")
def _(server):
    odd = np.array([[np.inf, np.nan, -np.inf, 1]], np.float32)
    return str(server.client.infer("doubler", [tensor("x", odd, "FP32")]).as_numpy("out_x")[0].tolist())


@case("no texts at all, as JSON and as bytes", "[0] [0]")
def _(server):
    none = np.array([], dtype=object)
    results = [server.client.infer("ident", [tensor("i", none, "BYTES", way)]) for way in [False, True]]
    return " ".join(str(result.get_output("o")["shape"]) for result in results)


@case("200 requests at once", "the same")
def _(server):
    wanted = [server.client.async_infer("doubler", [tensor("x", X + n, "FP32", n % 2 == 0)]) for n in range(200)]
    for n, one in enumerate(wanted):
        np.testing.assert_array_equal(one.get_result().as_numpy("out_x"), (X + n) * 4)
    return "the same"


# Classes

def classes(name, expected, count, binary):
    @case(name, expected)
    def _(server):
        image = np.array([[[[10, 20, 30]]], [[[250, 250, 250]]]], dtype=np.uint8)
        outputs = [triton.InferRequestedOutput("probs", binary_data=binary, class_count=count)]
        result = server.client.infer("img", [tensor("image", image, "UINT8")], outputs=outputs)
        return short([[t.decode() if isinstance(t, bytes) else t for t in row] for row in result.as_numpy("probs")])


TWO = '[["235.000000:1:dark","20.000000:0:bright"],["250.000000:0:bright","5.000000:1:dark"]]'
classes("two classes as JSON", TWO, 2, False)
classes("two classes as bytes", TWO, 2, True)
classes(
    "more classes than there are",
    '[["235.000000:1:dark","20.000000:0:bright","1.000000:2:other"],'
    '["250.000000:0:bright","5.000000:1:dark","1.000000:2:other"]]', 9, False)


@case(
    "classes without labels",
    '{"name":"out_x","datatype":"BYTES","shape":[1,2],"data":["16.000000:3","12.000000:2"]}')
def _(server):
    body = {**x(), "outputs": [{"name": "out_x", "parameters": {"classification": 2}}]}
    return short(json.loads(server.infer("doubler", body)[2])["outputs"][0])


status(
    "a negative number of classes", 400, "POST", DOUBLER,
    {**x(), "outputs": [{"name": "out_x", "parameters": {"classification": -1}}]})


# Compressed bodies

for algorithm in ["gzip", "deflate"]:
    for is_binary in [False, True]:
        kind = f"{algorithm}, {'bytes' if is_binary else 'JSON'}"

        @case(f"compressed request, {kind}", "the same")
        def _(server, algorithm=algorithm, is_binary=is_binary):
            result = server.client.infer(
                "doubler", [tensor("x", X, "FP32", is_binary)], request_compression_algorithm=algorithm)
            np.testing.assert_array_equal(result.as_numpy("out_x"), X * 4)
            return "the same"

        @case(f"compressed answer, {kind}", f"{algorithm}, the same")
        def _(server, algorithm=algorithm, is_binary=is_binary):
            texts = np.array([b"a text that is said again and again"] * 1000, dtype=object)
            outputs = [triton.InferRequestedOutput("o", binary_data=is_binary)]
            result = server.client.infer(
                "ident", [tensor("i", texts, "BYTES")], outputs=outputs, response_compression_algorithm=algorithm)
            assert [t if isinstance(t, bytes) else t.encode() for t in result.as_numpy("o")] == list(texts)
            body = {
                "inputs": [{"name": "i", "shape": [1000], "datatype": "BYTES", "data": ["again"] * 1000}],
                "parameters": {"binary_data_output": is_binary},
            }
            coding = server.infer("ident", body, Accept_Encoding=algorithm)[1]["content-encoding"]
            return f"{coding}, the same"


status("gzip that is none", 400, "POST", DOUBLER, json.dumps(x()).encode(), Content_Encoding="gzip")
status(
    "gzip that ends early", 400, "POST", DOUBLER, gzip.compress(json.dumps(x()).encode())[:-12],
    Content_Encoding="gzip")
status("deflate that is none", 400, "POST", DOUBLER, json.dumps(x()).encode(), Content_Encoding="deflate")
status(
    "two codings", 415, "POST", DOUBLER, gzip.compress(zlib.compress(json.dumps(x()).encode())),
    Content_Encoding="deflate, gzip")
status("an unknown coding", 415, "POST", DOUBLER, json.dumps(x()).encode(), Content_Encoding="snappy")
status("identity as coding", 200, "POST", DOUBLER, json.dumps(x()).encode(), Content_Encoding="identity")
