# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""What a server is asked about its models: statistics, metrics, and what is loaded. Last, since it changes that."""

import http.client
import json
import time
import urllib.request

import numpy as np
from triton_asking import BYTES, X, case, short, status, tensor, text, x

# Statistics and metrics

def counts(server, model, version=""):
    one = server.client.get_inference_statistics(model, version)["model_stats"][-1]
    stats = one["inference_stats"]
    batches = {batch["batch_size"]: batch["compute_infer"]["count"] for batch in one["batch_stats"]}
    return {
        "rows": one["inference_count"], "executions": one["execution_count"], "success": stats["success"]["count"],
        "fail": stats["fail"]["count"], "queue": stats["queue"]["count"], "compute": stats["compute_infer"]["count"],
        "batches of 2": batches.get(2, 0),
    }


def settled(server, model):
    """The counts when they no longer change: Triton counts a request shortly after it has answered it."""
    found = counts(server, model)
    for _ in range(50):
        time.sleep(0.2)
        last, found = found, counts(server, model)
        if last == found:
            break
    return found


def change(server, model, function, is_counted=True):
    before = settled(server, model)
    function()
    # A machine that is busy may take its time.
    for _ in range(50 if is_counted else 0):
        if counts(server, model) != before:
            break
        time.sleep(0.1)
    after = settled(server, model)
    return short({name: after[name] - before[name] for name in after if after[name] != before[name]})


@case(
    "statistics of a request with two rows",
    '{"rows":2,"executions":1,"success":1,"queue":1,"compute":1,"batches of 2":1}')
def _(server):
    return change(server, "doubler", lambda: server.client.infer("doubler", [tensor("x", X, "FP32")]))


@case("statistics of a request that is refused", "{}")
def _(server):
    return change(server, "doubler", lambda: server.infer("doubler", x(shape=[1, 5], data=[1, 2, 3, 4, 5])), False)


@case("statistics of a request that fails", '{"fail":1}')
def _(server):
    found = json.loads(change(server, "broken", lambda: server.infer("broken", x(shape=[1], data=[1]))))
    return short({name: found[name] for name in ["success", "fail"] if name in found})


@case(
    "members of statistics",
    "batch_stats execution_count inference_count inference_stats last_inference memory_usage name response_stats "
    "version, cache_hit cache_miss compute_infer compute_input compute_output fail queue success")
def _(server):
    one = server.client.get_inference_statistics("doubler", "2")["model_stats"][0]
    return f"{' '.join(sorted(one))}, {' '.join(sorted(one['inference_stats']))}"


@case("members of statistics of a batch", "batch_size compute_infer compute_input compute_output")
def _(server):
    one = server.client.get_inference_statistics("doubler", "2")["model_stats"][0]
    return " ".join(sorted(one["batch_stats"][0]))


@case("statistics of all models, and of a version", "all 1")
def _(server):
    found = {(one["name"], one["version"]) for one in server.client.get_inference_statistics()["model_stats"]}
    wanted = {("doubler", "1"), ("doubler", "2"), ("ident", "1"), ("img", "1"), ("types", "1")}
    one = server.client.get_inference_statistics("doubler", "1")["model_stats"]
    return f"{'all' if wanted <= found else found} {', '.join(model['version'] for model in one)}"


@case("statistics of an unknown model", "404")
def _(server):
    return text(server.client.get_inference_statistics, "nope")


@case("metrics", "all")
def _(server):
    page = urllib.request.urlopen(server.metrics, timeout=20).read().decode()
    # The order of labels says nothing.
    lines = {tuple(sorted(line.split("{")[1].split("}")[0].split(","))) + (line.split("{")[0],)
             for line in page.split("\n") if "{" in line and not line.startswith("#")}
    wanted = [
        f"nv_inference_{name}" for name in [
            "request_success", "count", "exec_count", "request_duration_us", "queue_duration_us",
            "compute_input_duration_us", "compute_infer_duration_us", "compute_output_duration_us",
            "pending_request_count",
        ]
    ]
    missing = [name for name in wanted if ('model="doubler"', 'version="2"', name) not in lines]
    for reason in ["REJECTED", "CANCELED", "BACKEND", "OTHER"]:
        labels = ('model="broken"', f'reason="{reason}"', 'version="1"', "nv_inference_request_failure")
        missing += [] if labels in lines else [reason]
    return "all" if not missing else f"without {missing}"


# The repository, last, since it changes what is there

def states(server, settled=True):
    """The states of the versions of doubler, once none is on its way to another one."""
    for _ in range(100):
        found = {one["version"]: one["state"] for one in server.client.get_model_repository_index()
                 if one["name"] == "doubler"}
        if not settled or not set(found.values()) & {"LOADING", "UNLOADING"}:
            break
        time.sleep(0.1)
    return short(found)


@case("the index", '{"1":"READY","2":"READY"}')
def _(server):
    return states(server)


@case("unload", '{"1":"UNAVAILABLE","2":"UNAVAILABLE"} unloaded')
def _(server):
    server.client.unload_model("doubler")
    found = states(server)
    index = server.client.get_model_repository_index()
    return f"{found} {next(one for one in index if one['name'] == 'doubler')['reason']}"


@case("an unloaded model: is it ready, infer, metadata, configuration", "False 404 404 404")
def _(server):
    client = server.client
    return " ".join([
        str(client.is_model_ready("doubler")), text(client.infer, "doubler", [tensor("x", X, "FP32")]),
        text(client.get_model_metadata, "doubler"), text(client.get_model_config, "doubler"),
    ])


@case("statistics of an unloaded model", "{'model_stats': []}")
def _(server):
    return text(server.client.get_inference_statistics, "doubler")


@case("the index of what is ready", '["broken","full","ident","img","types"]')
def _(server):
    found = json.loads(server.send("POST", "/v2/repository/index", {"ready": True})[2])
    return short(sorted({one["name"] for one in found}))


@case("unload again, with those that depend on it", "None")
def _(server):
    return text(server.client.unload_model, "doubler", unload_dependents=True)


@case("load", '{"1":"READY","2":"READY"} the same')
def _(server):
    server.client.load_model("doubler")
    found = states(server)
    result = server.client.infer("doubler", [tensor("x", X, "FP32")])
    np.testing.assert_array_equal(result.as_numpy("out_x"), X * 4)
    return f"{found} the same"


@case("load again", "None")
def _(server):
    return text(server.client.load_model, "doubler")


@case("load an unknown model", "404")
def _(server):
    return text(server.client.load_model, "nope")


@case("unload an unknown model", "404")
def _(server):
    return text(server.client.unload_model, "nope")


@case("load with another configuration", "400")
def _(server):
    config = json.dumps(server.client.get_model_config("ident"))
    return text(server.client.load_model, "ident", config=config)


@case("load with files", "400")
def _(server):
    config = json.dumps(server.client.get_model_config("ident"))
    source = b"import triton_python_backend_utils\nclass TritonPythonModel: pass\n"
    return text(server.client.load_model, "ident", config=config, files={"file:1/model.py": source})


status("a body of load that is no JSON", 400, "POST", "/v2/repository/models/ident/load", b"{bad")
status("an empty body of the index", 200, "POST", "/v2/repository/index", {})
status("a text as ready of the index", 400, "POST", "/v2/repository/index", {"ready": "yes"})
status("a body of the index that is no JSON", 400, "POST", "/v2/repository/index", b"{bad")


# What Retort leaves out

status("generate", 404, "POST", "/v2/models/doubler/generate", {"x": [1, 2, 3, 4]})
status("settings of the trace", 404, "GET", "/v2/trace/setting")
status("settings of the log", 404, "GET", "/v2/logging")
status("shared memory", 404, "GET", "/v2/systemsharedmemory/status")


# The last of all: Triton does not survive it

@case("classes of texts", "400")
def _(server):
    body = {
        "inputs": [{"name": "i", "shape": [1], "datatype": "BYTES", "data": ["a"]}],
        "outputs": [{"name": "o", "parameters": {"classification": 1}}],
    }
    try:
        return str(server.infer("ident", body)[0])
    except (ConnectionError, http.client.HTTPException):
        return "the server ends"
