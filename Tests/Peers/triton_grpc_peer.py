# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Asks a server of the Open Inference Protocol with Triton's own client, over gRPC.

usage: triton_grpc_peer.py HOST:PORT [--server retort|triton]

The server has the models doubler (versions 1 and 2), ident, img, types, full and broken. A Retort server also has slow, which
answers after three seconds, left, which answers how many seconds remain until the deadline of its request, and a model
for each type, type_UINT8 for example, that answers its input. Prints what failed, and at last "N passed, M failed".

Where Triton answers something else (2.51), the cases expect it of Triton:

- The sentence of an error that a model raises, with paths of the server, gets out there.
- Statistics of a model that is not known are INVALID_ARGUMENT there, and NOT_FOUND here, as for everything else.
- Loading a model that is not known is INTERNAL there, and unloading one is nothing. Here both are NOT_FOUND. A
  configuration may come with the request there, and is INVALID_ARGUMENT here.
- Bytes that are no message are INTERNAL there, as for every server that uses gRPC's own library; here INVALID_ARGUMENT.
- The health of a service that is not known is NOT_SERVING there, and NOT_FOUND here, as the specification wants it.
- More of `raw_input_contents` than inputs are passed over there, and are INVALID_ARGUMENT here.
- The header `triton_grpc_error` ends a stream with the status of its first error here, and not in 2.51.
- Numbers that do not fit their type, 300 as UINT8, are cut there. Here they are INVALID_ARGUMENT.
- Shared memory, traces and the log are there alone; here they are UNIMPLEMENTED.
"""

import argparse
import queue
import sys
import threading
import time
import traceback

import grpc
import numpy as np
import tritonclient.grpc as client_library
from tritonclient.grpc import service_pb2, service_pb2_grpc
from tritonclient.utils import InferenceServerException
from triton_tensors import TYPES

options = argparse.ArgumentParser()
options.add_argument("address")
options.add_argument("--server", choices=["retort", "triton"], default="retort")
given = options.parse_args()
is_triton = given.server == "triton"
client = client_library.InferenceServerClient(given.address)
MESSAGES = [("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1)]
channel = grpc.insecure_channel(given.address, MESSAGES)
stub = service_pb2_grpc.GRPCInferenceServiceStub(channel)
SERVICE = "inference.GRPCInferenceService"
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


def refused(code, function, *arguments, **named):
    """The sentence of an error of that code."""
    try:
        function(*arguments, **named)
    except InferenceServerException as error:
        found, sentence = error.status().removeprefix("StatusCode."), error.message()
    except grpc.RpcError as error:
        found, sentence = error.code().name, error.details()
    else:
        raise AssertionError(f"the call was not refused: {arguments} {named}")
    if found != code:
        raise AssertionError(f"{found} is not {code}: {sentence}")
    if not sentence:
        raise AssertionError("the error says nothing")
    return sentence


def infer_input(name, array, datatype):
    one = client_library.InferInput(name, list(array.shape), datatype)
    one.set_data_from_numpy(array)
    return one


def typed(model, datatype, shape, version="", name="x", outputs=(), **contents):
    """A request whose elements are numbers and texts of Protocol Buffers."""
    request = service_pb2.ModelInferRequest(model_name=model, model_version=version)
    tensor = request.inputs.add(name=name, datatype=datatype, shape=shape)
    for field, values in contents.items():
        getattr(tensor.contents, field).extend(values)
    for output in outputs:
        request.outputs.add(name=output)
    return request


x = np.array([[1, 2, 3, 4], [5, 6, 7, 8.5]], dtype=np.float32)
one = np.zeros(1, np.float32)


@case
def health():
    same(client.is_server_live(), True)
    same(client.is_server_ready(), True)
    same(client.is_model_ready("doubler"), True)
    same(client.is_model_ready("doubler", "1"), True)
    same(client.is_model_ready("doubler", "9"), False)
    same(client.is_model_ready("nope"), False)


@case
def health_of_grpc():
    # HealthCheckRequest has the service in field 1, HealthCheckResponse the status in field 1: 1 is SERVING.
    check = channel.unary_unary("/grpc.health.v1.Health/Check")
    same(check(b""), b"\x08\x01")
    if not is_triton:
        same(check(b"\x0a" + bytes([len(SERVICE)]) + SERVICE.encode()), b"\x08\x01")
        refused("NOT_FOUND", check, b"\x0a\x04nope")


@case
def metadata():
    server = client.get_server_metadata()
    for extension in ["binary_tensor_data", "classification", "model_repository", "statistics"]:
        same(extension in server.extensions, True)
    model = client.get_model_metadata("doubler")
    same(list(model.versions), ["1", "2"])
    same([(port.name, port.datatype, list(port.shape)) for port in model.inputs], [("x", "FP32", [-1, 4])])
    same([port.name for port in model.outputs], ["out_x", "n"])
    same(list(client.get_model_metadata("doubler", "1").versions), ["1"])
    refused("NOT_FOUND", client.get_model_metadata, "nope")
    refused("NOT_FOUND", client.get_model_metadata, "doubler", "9")


@case
def configuration():
    config = client.get_model_config("doubler").config
    same(config.max_batch_size, 8)
    same([(port.name, port.data_type, list(port.dims)) for port in config.input], [("x", 11, [4])])
    same([(port.name, port.data_type, list(port.dims)) for port in config.output], [("out_x", 11, [4]), ("n", 8, [1])])
    same(client.get_model_config("ident").config.input[0].data_type, 13)
    refused("NOT_FOUND", client.get_model_config, "nope")


@case
def raw():
    result = client.infer("doubler", [infer_input("x", x, "FP32")], request_id="seven")
    np.testing.assert_array_equal(result.as_numpy("out_x"), x * 4)
    np.testing.assert_array_equal(result.as_numpy("n"), [[2], [2]])
    answer = result.get_response()
    same((answer.id, answer.model_name, answer.model_version), ("seven", "doubler", "2"))
    same(len(answer.raw_output_contents), 2)
    old = client.infer("doubler", [infer_input("x", x, "FP32")], model_version="1")
    np.testing.assert_array_equal(old.as_numpy("out_x"), x * 2)
    only = client.infer("doubler", [infer_input("x", x, "FP32")], outputs=[client_library.InferRequestedOutput("n")])
    same([output.name for output in only.get_response().outputs], ["n"])


@case
def typed_contents():
    result = stub.ModelInfer(typed("doubler", "FP32", [2, 4], fp32_contents=x.flatten()))
    # Answers are bytes, also to those who sent numbers.
    same(len(result.outputs[0].contents.fp32_contents), 0)
    np.testing.assert_array_equal(np.frombuffer(result.raw_output_contents[0], np.float32), x.flatten() * 4)


FIELDS = {
    "BOOL": "bool_contents", "INT8": "int_contents", "INT16": "int_contents", "INT32": "int_contents",
    "INT64": "int64_contents", "UINT8": "uint_contents", "UINT16": "uint_contents", "UINT32": "uint_contents",
    "UINT64": "uint64_contents", "FP32": "fp32_contents", "FP64": "fp64_contents", "BYTES": "bytes_contents",
}


def plain(datatype, array):
    if datatype != "BYTES":
        return array
    return np.array([[t.decode() if isinstance(t, bytes) else t for t in array[0]]], dtype=object)


@case
def types_raw():
    result = client.infer("types", [infer_input(name, array, name) for name, array in TYPES.items()])
    for name, array in TYPES.items():
        found = result.as_numpy(f"out_{name}")
        np.testing.assert_array_equal(plain(name, found), array, name)


@case
def types_typed():
    request = service_pb2.ModelInferRequest(model_name="ident")
    tensor = request.inputs.add(name="i", datatype="BYTES", shape=[3])
    tensor.contents.bytes_contents.extend([b"\xff\x00", b"", b"plain"])
    result = stub.ModelInfer(request)
    same(result.raw_output_contents[0], b"\x02\0\0\0\xff\x00\0\0\0\0\x05\0\0\0plain")
    if is_triton:
        return
    for name, field in FIELDS.items():
        values = [v.encode() if name == "BYTES" else v.item() for v in TYPES[name][0]]
        result = stub.ModelInfer(typed(f"type_{name}", name, [1, 2], **{field: values}))
        expected = b"\x06\0\0\0h\xc3\xa9llo\0\0\0\0" if name == "BYTES" else TYPES[name].tobytes()
        same((name, result.raw_output_contents[0]), (name, expected))
    for name in ["FP16", "BF16"]:
        refused("INVALID_ARGUMENT", stub.ModelInfer, typed(f"type_{name}", name, [1, 1], uint_contents=[1]))


@case
def classification():
    image = np.array([[[[10, 20, 30]]], [[[250, 250, 250]]]], dtype=np.uint8)
    outputs = [client_library.InferRequestedOutput("probs", class_count=2)]
    result = client.infer("img", [infer_input("image", image, "UINT8")], outputs=outputs)
    found = [[t.decode() for t in row] for row in result.as_numpy("probs")]
    same(found, [["235.000000:1:dark", "20.000000:0:bright"], ["250.000000:0:bright", "5.000000:1:dark"]])


@case
def pictures():
    image = np.random.default_rng(1).integers(0, 256, size=(8, 480, 640, 3), dtype=np.uint8)
    result = client.infer("img", [infer_input("image", image, "UINT8")])
    np.testing.assert_allclose(result.as_numpy("probs")[:, 0], image.reshape(8, -1).mean(axis=1), rtol=1e-5)


@case
def large_tensors():
    # 48 MiB there and back.
    text = np.random.default_rng(2).bytes(48 << 20)
    request = service_pb2.ModelInferRequest(model_name="ident")
    request.inputs.add(name="i", datatype="BYTES", shape=[1])
    request.raw_input_contents.append(len(text).to_bytes(4, "little") + text)
    begin = time.monotonic()
    answer = stub.ModelInfer(request)
    same(answer.raw_output_contents[0][4:] == text, True)
    print(f"48 MiB there and back in {time.monotonic() - begin:.2f} s")


@case
def too_large():
    if is_triton:
        return
    request = service_pb2.ModelInferRequest(model_name="ident")
    request.inputs.add(name="i", datatype="BYTES", shape=[1])
    request.raw_input_contents.append(bytes(65 << 20))
    refused("RESOURCE_EXHAUSTED", stub.ModelInfer, request)
    # The connection goes on, and so do typed contents up to their own limit.
    same(stub.ServerLive(service_pb2.ServerLiveRequest()).live, True)
    many = typed("img", "UINT8", [1, 1, 1 << 20, 17], uint_contents=bytes(17 << 20))
    assert "raw_input_contents" in refused("INVALID_ARGUMENT", stub.ModelInfer, many)


@case
def errors():
    bad = "INVALID_ARGUMENT"
    refused("NOT_FOUND", client.infer, "nope", [infer_input("x", x, "FP32")])
    refused("NOT_FOUND", client.infer, "doubler", [infer_input("x", x, "FP32")], model_version="9")
    assert "4" in refused(bad, client.infer, "doubler", [infer_input("x", x[:, :3], "FP32")])
    refused(bad, client.infer, "doubler", [infer_input("y", x, "FP32")])
    refused(bad, client.infer, "doubler", [infer_input("x", x.astype(np.float64), "FP64")])
    nothing = [client_library.InferRequestedOutput("nothing")]
    refused(bad, client.infer, "doubler", [infer_input("x", x, "FP32")], outputs=nothing)
    if is_triton:
        # Of Retort's backends the engine refuses it too; the models of the tests have none.
        refused(bad, client.infer, "doubler", [infer_input("x", np.tile(x, (5, 1)), "FP32")])
    # Elements and shape that do not go together.
    refused(bad, stub.ModelInfer, typed("doubler", "FP32", [2, 4], fp32_contents=[1] * 7))
    refused(bad, stub.ModelInfer, typed("doubler", "FP32", [2, 4]))
    # Raw and typed together.
    mixed = typed("doubler", "FP32", [2, 4], fp32_contents=[1] * 8)
    mixed.raw_input_contents.append(x.tobytes())
    refused(bad, stub.ModelInfer, mixed)
    few = typed("doubler", "FP32", [2, 4])
    few.raw_input_contents.append(x.tobytes()[:-1])
    refused(bad, stub.ModelInfer, few)
    refused(bad, stub.ModelInfer, typed("doubler", "FP99", [2, 4], fp32_contents=[1] * 8))
    refused(bad, stub.ModelInfer, typed("doubler", "FP32", [-2, -4], fp32_contents=[1] * 8))
    if not is_triton:
        many = typed("doubler", "FP32", [2, 4])
        many.raw_input_contents.extend([x.tobytes()] * 2)
        refused(bad, stub.ModelInfer, many)
        refused(bad, stub.ModelInfer, typed("type_UINT8", "UINT8", [1, 1], uint_contents=[300]))
        refused(bad, stub.ModelInfer, typed("type_INT8", "INT8", [1, 1], int_contents=[-129]))
        refused(bad, stub.ModelInfer, typed("doubler", "FP32", [2, 4], fp64_contents=[1] * 8))
        refused(bad, stub.ModelInfer, typed("doubler", "FP32", [1 << 40, 1 << 40], fp32_contents=[1]))


@case
def failures_of_models():
    sentence = refused("INTERNAL", client.infer, "broken", [infer_input("x", one, "FP32")])
    if is_triton:
        return
    assert "secret" not in sentence
    refused("UNAVAILABLE", client.infer, "full", [infer_input("x", one, "FP32")])
    try:
        stub.ModelInfer(typed("full", "FP32", [1], fp32_contents=[0]))
    except grpc.RpcError as error:
        trailers = dict(error.trailing_metadata())
        same(trailers.get("grpc-retry-pushback-ms"), "1500")


@case
def hostile_bytes():
    call = channel.unary_unary(f"/{SERVICE}/ModelInfer")
    code = "INTERNAL" if is_triton else "INVALID_ARGUMENT"
    for message in [
        b"\x0a\xff\xff\xff\xff\x0f",  # a name of 4 GiB
        b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",  # and one of 2^64 bytes
        b"\x0a\x05do",  # a name that ends too early
        b"\x00",  # field 0
        b"\x0f",  # a wire type that is none
        b"\xff" * 11,  # a number without an end
        b"\x0a\x02\xff\xfe",  # a name that is no UTF-8
        b"\x0b" * 2000,  # groups in groups
        b"\x2a\x03\x1a\x01\x80",  # a shape that ends within a number
    ]:
        refused(code, call, message)
    same(channel.unary_unary(f"/{SERVICE}/ServerLive")(b"\x98\x06\x01\x93\x06\x94\x06"), b"\x08\x01")


@case
def absent_methods():
    for method in [f"/{SERVICE}/Nothing", "/nothing/Nothing"]:
        try:
            channel.unary_unary(method)(b"")
        except grpc.RpcError as error:
            same(error.code().name, "UNIMPLEMENTED")
        else:
            raise AssertionError(f"{method} is there")
    if not is_triton:
        assert "SystemSharedMemoryStatus" in refused("UNIMPLEMENTED", client.get_system_shared_memory_status)
        refused("UNIMPLEMENTED", client.get_trace_settings)
        refused("UNIMPLEMENTED", client.get_log_settings)


@case
def many_at_once():
    found = queue.Queue()
    for n in range(320):
        client.async_infer(
            "doubler", [infer_input("x", x + n, "FP32")],
            lambda result, error, n=n: found.put((n, result, error)))
    for _ in range(320):
        n, result, error = found.get(timeout=60)
        if error:
            raise error
        np.testing.assert_array_equal(result.as_numpy("out_x"), (x + n) * 4)


@case
def many_threads():
    def work(n):
        mine = client_library.InferenceServerClient(given.address)
        for k in range(10):
            result = mine.infer("doubler", [infer_input("x", x + n * k, "FP32")])
            np.testing.assert_array_equal(result.as_numpy("out_x"), (x + n * k) * 4)
        done.append(n)

    done = []
    threads = [threading.Thread(target=work, args=[n]) for n in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    same(sorted(done), list(range(32)))


@case
def stream():
    found = queue.Queue()
    with client_library.InferenceServerClient(given.address) as mine:
        mine.start_stream(callback=lambda result, error: found.put((result, error)))
        for n in range(40):
            mine.async_stream_infer("doubler", [infer_input("x", x + n, "FP32")], request_id=str(n))
        for n in range(40):
            result, error = found.get(timeout=30)
            same(error, None)
            same(result.get_response().id, str(n))
            np.testing.assert_array_equal(result.as_numpy("out_x"), (x + n) * 4)
        # An error is the answer to its request, and the stream goes on.
        mine.async_stream_infer("doubler", [infer_input("x", x[:, :3], "FP32")], request_id="bad")
        result, error = found.get(timeout=30)
        same((result, bool(error)), (None, True))
        mine.async_stream_infer("doubler", [infer_input("x", x, "FP32")], enable_empty_final_response=True)
        result, error = found.get(timeout=30)
        same(error, None)
        same(result.get_response().parameters["triton_final_response"].bool_param, True)
        mine.stop_stream()


@case
def stream_that_ends_with_an_error():
    requests = [typed("doubler", "FP32", [2, 3], fp32_contents=[1] * 6)]
    answers = list(stub.ModelStreamInfer(iter(requests)))
    same((len(answers), bool(answers[0].error_message)), (1, True))
    if not is_triton:
        answers = stub.ModelStreamInfer(iter(requests), metadata=[("triton_grpc_error", "true")])
        refused("INVALID_ARGUMENT", list, answers)
    same(list(stub.ModelStreamInfer(iter([]))), [])


@case
def deadlines():
    if is_triton:
        return
    begin = time.monotonic()
    refused("DEADLINE_EXCEEDED", client.infer, "slow", [infer_input("x", one, "FP32")], client_timeout=0.2)
    # What the server says, as this client waits for longer.
    refused("DEADLINE_EXCEEDED", client.infer, "slow", [infer_input("x", one, "FP32")], timeout=200_000)
    same(time.monotonic() - begin < 2, True)

    def left(**named):
        return client.infer("left", [infer_input("x", one, "FP32")], **named).as_numpy("y")[0]

    same(left() < 0, True)
    # gRPC's own library rounds up.
    same(round(left(client_timeout=10), 0), 10)
    same(1 < left(client_timeout=10, timeout=2_000_000) <= 2, True)
    # What the client drops is dropped.
    call = stub.ModelInfer.future(typed("slow", "FP32", [1], fp32_contents=[0]))
    time.sleep(0.2)
    call.cancel()


@case
def statistics():
    def sums():
        return client.get_inference_statistics("doubler", "2").model_stats[0]

    before = sums()
    client.infer("doubler", [infer_input("x", x, "FP32")])
    after = sums()
    same(after.inference_count - before.inference_count, 2)
    same(after.execution_count - before.execution_count, 1)
    same(after.inference_stats.success.count - before.inference_stats.success.count, 1)
    same(after.inference_stats.success.ns > before.inference_stats.success.ns, True)
    same(after.batch_stats[0].batch_size > 0, True)
    names = {(model.name, model.version) for model in client.get_inference_statistics().model_stats}
    same({("doubler", "1"), ("doubler", "2"), ("ident", "1")} <= names, True)
    refused("INVALID_ARGUMENT" if is_triton else "NOT_FOUND", client.get_inference_statistics, "nope")


@case
def repository():
    def states():
        return {
            model.version: model.state for model in client.get_model_repository_index().models
            if model.name == "doubler"
        }

    same(states(), {"1": "READY", "2": "READY"})
    client.unload_model("doubler")
    for _ in range(100):
        if not client.is_model_ready("doubler", "2"):
            break
        time.sleep(0.1)
    same(client.is_model_ready("doubler"), False)
    same("READY" in states().values(), False)
    ready = stub.RepositoryIndex(service_pb2.RepositoryIndexRequest(ready=True)).models
    same("doubler" in {model.name for model in ready}, False)
    refused("NOT_FOUND", client.infer, "doubler", [infer_input("x", x, "FP32")])
    refused("NOT_FOUND", client.get_model_metadata, "doubler")
    client.load_model("doubler")
    same(states(), {"1": "READY", "2": "READY"})
    result = client.infer("doubler", [infer_input("x", x, "FP32")])
    np.testing.assert_array_equal(result.as_numpy("out_x"), x * 4)
    if not is_triton:
        refused("NOT_FOUND", client.load_model, "nope")
        refused("NOT_FOUND", client.unload_model, "nope")
        refused("INVALID_ARGUMENT", client.load_model, "doubler", config='{"name": "doubler"}')


client.close()
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
