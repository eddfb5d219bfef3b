# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of models: Retort beside FastAPI and MLServer with OpenVINO, and OpenVINO alone.

All compute with the same OpenVINO and the same files. The limit is OpenVINO's own `benchmark_app`, which computes without
pause and has nobody to answer. Servers and `wrk` share the cores, and the servers take turns within each row.
"""

import base64
import json
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
import time
import urllib.request

import comparevision

here = pathlib.Path(__file__).resolve().parent
root = here.parent
cores = os.cpu_count()
cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "retort"
models, photo = cache / "models", cache / "photos/street.jpg"
python = root / ".build" / "bench-models-python" / "bin"
# Title, input, its type in tensors that are sent, its shape.
NETWORKS = {
    "pplcnet-v2": ("PP-LCNet v2", "x", "FP32", [1, 3, 224, 224]),
    "yunet": ("YuNet", "input", "UINT8", [1, 3, 640, 640]),
}
CALLERS = (1, 8, 32)
PHOTOGRAPHS = {"JPEG": "a photograph of 800×564", "camera": "a photograph of 4000×3000"}

# Writes the tensors and the photograph of a camera that are sent.
FILES = """
import pathlib, sys, cv2, numpy
import model_work
photo, folder = pathlib.Path(sys.argv[1]).read_bytes(), pathlib.Path(sys.argv[2])
image = cv2.imdecode(numpy.frombuffer(photo, numpy.uint8), cv2.IMREAD_COLOR)
tensors = {"pplcnet-v2": model_work.prepare_classes(image), "yunet": model_work.prepare_faces(image)[0]}
for name, tensor in tensors.items():
    (folder / f"{name}.bin").write_bytes(tensor.tobytes())
large = cv2.resize(image, (4000, 3000), interpolation=cv2.INTER_CUBIC)
large = numpy.clip(large + numpy.random.default_rng(7).normal(0, 4, large.shape), 0, 255).astype(numpy.uint8)
(folder / "camera.jpg").write_bytes(cv2.imencode(".jpg", large, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes())
"""

# Prints what OpenVINO takes without a server: ms that an inference on all cores and the decoding of a photograph last, and
# ms of processor time for an inference on one thread.
BARE = """
import pathlib, statistics, sys, time, cv2, numpy
import model_work
name, tensor, photo, seconds = sys.argv[1], *(pathlib.Path(path).read_bytes() for path in sys.argv[2:4]), float(sys.argv[4])
tensor = numpy.frombuffer(tensor, model_work.TYPES[name]).reshape(model_work.SHAPES[name])
def repeated(work):
    work()
    times, spent, until = [], time.process_time(), time.monotonic() + seconds
    while time.monotonic() < until:
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3, (time.process_time() - spent) / len(times) * 1e3
one = model_work.compiled(name, INFERENCE_NUM_THREADS=1).create_infer_request()
print(repeated(lambda: model_work.networks[name](tensor))[0],
      repeated(lambda: cv2.imdecode(numpy.frombuffer(photo, numpy.uint8), cv2.IMREAD_COLOR))[0],
      repeated(lambda: one.infer([tensor], share_inputs=True))[1])
"""


class Server(comparevision.Server):
    """A server with what it needs in its environment."""

    def __init__(self, name, port, command, **environment):
        super().__init__(name, port, command)
        self.environment = {"BENCH_MODELS": str(models), **environment}

    def __enter__(self):
        before = dict(os.environ)
        os.environ.update(self.environment)
        try:
            return super().__enter__()
        finally:
            os.environ.clear()
            os.environ.update(before)


def file_of(name):
    """The file of a network."""
    return next(path for end in ("onnx", "pdmodel") for path in (models / name / "1").glob(f"*.{end}"))


def fastapi(port, workers):
    return [python / "uvicorn", "fastapi_models:app", "--port", port, "--log-level", "critical", "--no-access-log",
            "--loop", "uvloop", "--http", "httptools", "--workers", workers]


def mlserver(folder, port):
    """A folder of settings; the models share the processes that compute."""
    folder = folder / "mlserver"
    folder.mkdir()
    settings = {"host": "127.0.0.1", "http_port": port, "grpc_port": port + 100, "metrics_port": port + 200,
                "parallel_workers": cores, "debug": False, "environments_dir": str(folder / "environments"),
                "metrics_dir": str(folder / "metrics"),
                "logging_settings": {"version": 1, "root": {"level": "CRITICAL", "handlers": []}}}
    (folder / "settings.json").write_text(json.dumps(settings))
    for name in ("classify", "faces", *NETWORKS):
        (folder / name).mkdir()
        (folder / name / "model-settings.json").write_text(
            json.dumps({"name": name, "implementation": "mlserver_models.Worker"}))
    return [python / "mlserver", "start", folder]


def requests(folder):
    """For each kind of server, network and form: path, headers, and the file of the body."""
    result = {}
    for name, (_, port, kind, shape) in NETWORKS.items():
        task = "classify" if name == "pplcnet-v2" else "faces"
        tensor = (folder / f"{name}.bin").read_bytes()
        head = json.dumps({
            "inputs": [{"name": port, "datatype": kind, "shape": shape,
                        "parameters": {"binary_data_size": len(tensor)}}],
            "parameters": {"binary_data_output": True}}).encode()
        bodies = {"JPEG": photo.read_bytes(), "camera": (folder / "camera.jpg").read_bytes(), "oip": head + tensor,
                  "raw": tensor}
        for form in ("JPEG", "camera", "raw"):
            bodies[f"mlserver-{form}"] = json.dumps({"inputs": [{
                "name": "data", "shape": [1], "datatype": "BYTES",
                "data": [base64.b64encode(bodies[form]).decode()]}]}).encode()
        for form, body in bodies.items():
            (folder / f"{name}-{form}").write_bytes(body)
        jpeg, octets, plain = "image/jpeg", "application/octet-stream", "application/json"
        for form in PHOTOGRAPHS:
            result["Retort", name, form] = (f"/{task}", {"Content-Type": jpeg}, form)
            result["FastAPI", name, form] = (f"/{task}", {"Content-Type": jpeg}, form)
            result["MLServer", name, form] = (f"/v2/models/{task}/infer", {"Content-Type": plain}, f"mlserver-{form}")
        result["Retort", name, "tensor"] = (
            f"/v2/models/{name}/infer",
            {"Content-Type": octets, "Inference-Header-Content-Length": str(len(head))}, "oip")
        result["FastAPI", name, "tensor"] = (f"/tensor/{name}", {"Content-Type": octets}, "raw")
        result["MLServer", name, "tensor"] = (f"/v2/models/{name}/infer", {"Content-Type": plain}, "mlserver-raw")
    for (kind, name, form), (path, headers, body) in list(result.items()):
        script = folder / f"{kind}-{name}-{form}.lua"
        lines = [f'local file = io.open("{folder / f"{name}-{body}"}", "rb")', 'wrk.method = "POST"',
                 'wrk.body = file:read("*a")', "file:close()"]
        lines += [f'wrk.headers["{key}"] = "{value}"' for key, value in headers.items()]
        script.write_text("\n".join(lines) + "\n")
        result[kind, name, form] = (path, script)
    return result


def ready(server):
    """Waits for the models of MLServer, which takes connections before they are there."""
    for name in ("classify", "faces", *NETWORKS):
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{server.port}/v2/models/{name}/ready").close()
                break
            except OSError:
                time.sleep(0.25)


def load(server, path, script, callers, seconds):
    """Requests a second, CPU ms of the server for each, ms that the middle one took."""
    command = ["wrk", "-t1", f"-c{callers}", "--timeout", "60s", "--latency", "-s", script,
               f"http://127.0.0.1:{server.port}{path}"]
    subprocess.run([*command, "-d1s"], stdout=subprocess.DEVNULL)
    before = server.cpu()
    text = subprocess.run([*command, f"-d{seconds}s"], capture_output=True, text=True).stdout
    spent = server.cpu() - before
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    if failed:
        raise RuntimeError(f"{server.name} answered {failed[1]} requests for {path} with an error")
    count = int(re.search(r"(\d+) requests in", text)[1])
    middle = re.search(r"50%\s+([\d.]+)(us|ms|s)", text)
    scale = {"us": 1e-3, "ms": 1, "s": 1e3}[middle[2]]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), spent / max(count, 1) * 1e3, float(middle[1]) * scale


def limit(name, seconds):
    """Inferences a second of `benchmark_app`, at its best of the two goals."""
    _, port, kind, shape = NETWORKS[name]
    best = 0
    for goal in ("throughput", "latency"):
        command = [python / "benchmark_app", "-m", file_of(name), "-d", "CPU", "-hint", goal,
                   "-t", str(seconds), "-shape", f"{port}[{','.join(map(str, shape))}]",
                   "-ip", kind.lower().replace("uint", "u").replace("fp", "f")]
        text = subprocess.run(command, capture_output=True, text=True, cwd=tempfile.gettempdir()).stdout
        best = max(best, float(re.search(r"Throughput:\s+([\d.]+) FPS", text)[1]))
    return best


def in_python(code, *arguments):
    """What a program prints that does the work of the neighbours."""
    environment = dict(os.environ, PYTHONPATH=str(here / "neighbours"), BENCH_MODELS=str(models))
    return subprocess.run([python / "python", "-c", code, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True,
                          env=environment).stdout


def measure(release, rounds, say, quick=False):
    """The section of RESULTS.md about models, as lines."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="retort-bench-models-"))
    seconds = 2 if quick else 4
    in_python(FILES, photo, folder)
    pictures = {"JPEG": photo, "camera": folder / "camera.jpg"}
    scripts = requests(folder)
    program = release / "bench-models"
    everyone = [
        Server("Retort", 8221, [program, 8221, models, "batch"]),
        Server("Retort, each alone", 8222, [program, 8222, models]),
        Server("FastAPI", 8223, fastapi(8223, 1)),
        Server("FastAPI, a process a core", 8224, fastapi(8224, cores), BENCH_THREADS="1"),
        Server("MLServer", 8225, mlserver(folder, 8225), BENCH_THREADS="1"),
    ]
    names = [server.name for server in everyone]
    rows, bare, limits = {}, {}, {name: [] for name in NETWORKS}
    started = []
    try:
        for server in everyone:
            started.append(server.__enter__())
            if server.name == "MLServer":
                ready(server)
        for name in NETWORKS:
            for form in (*PHOTOGRAPHS, "tensor"):
                for callers in CALLERS:
                    found = {server.name: [] for server in everyone}
                    alone = []
                    for _ in range(rounds):
                        for server in everyone:
                            # Some go on with requests whose clients have left.
                            for other in everyone:
                                comparevision.wait_until_idle(other)
                            path, script = scripts[server.name.split(",")[0], name, form]
                            found[server.name].append(load(server, path, script, callers, seconds))
                        # Beside them, since the machine is not always as fast.
                        if form == "tensor":
                            if callers == CALLERS[-1]:
                                limits[name].append(limit(name, seconds))
                        else:
                            text = in_python(BARE, name, folder / f"{name}.bin", pictures[form], 0.5 if quick else 1)
                            alone.append([float(word) for word in text.split()])
                    bare[name, form, callers] = [statistics.median(column) for column in zip(*alone)]
                    rows[name, form, callers] = {
                        key: [statistics.median(column) for column in zip(*values)] for key, values in found.items()}
                    cells = rows[name, form, callers]
                    say(f"{name:11}{form:7}{callers:3}  " + "  ".join(
                        f"{key} {rate:.1f}/s {cpu:.2f} ms" for key, (rate, cpu, _) in cells.items()))
    finally:
        for server in started:
            server.__exit__()
    return written(rows, {name: statistics.median(values) for name, values in limits.items()}, bare, names, rounds)


def written(rows, limits, bare, names, rounds):
    """The tables."""
    lines = ["## Models", "", f"{cores} cores, which `wrk` and the servers share; medians of {rounds} rounds in which all "
             "take turns; OpenVINO chooses the precision. MLServer takes JSON alone, with photographs and tensors as "
             "base64; both it and the second FastAPI have a process for each core. `benchmark_app` at the better of its two "
             "goals has no network, no photographs and no answers.", ""]
    for kind, what in (("tensor", "binary tensors, 0.6 MB of FP32 and 1.2 MB of UINT8"), *PHOTOGRAPHS.items()):
        lines += [f"| requests a second, {what} | callers | " + " | ".join(names) + " | `benchmark_app` |",
                  "|---|--:|" + "--:|" * (len(names) + 1)]
        lines += [f"| {NETWORKS[name][0]} | {callers} | "
                  + " | ".join(f"{cells[server][0]:.0f}" for server in names) + f" | {limits[name]:.0f} |"
                  for (name, own, callers), cells in rows.items() if own == kind] + [""]
    for kind, what in PHOTOGRAPHS.items():
        lines += [f"| CPU ms a request outside of the network, {what} | callers | " + " | ".join(names) + " |",
                  "|---|--:|" + "--:|" * len(names)]
        lines += [f"| {NETWORKS[name][0]} | {callers} | "
                  + " | ".join(f"{cells[server][1] - bare[name, kind, callers][2]:.2f}" for server in names) + " |"
                  for (name, own, callers), cells in rows.items() if own == kind] + [""]
    lines += ["| one caller | ms of an answer by Retort | inference alone | decoding alone | more than both |",
              "|---|--:|--:|--:|--:|"]
    for name, (title, *_) in NETWORKS.items():
        for kind, what in PHOTOGRAPHS.items():
            own, (lone, decode, _) = rows[name, kind, 1]["Retort"][2], bare[name, kind, 1]
            lines.append(f"| {title}, {what} | {own:.2f} | {lone:.2f} | {decode:.2f} | {own - lone - decode:+.2f} |")
    lines += ["", "Goals: with binary tensors and 32 callers at least 90 % of `benchmark_app`; ahead of FastAPI and MLServer "
              "in every row, with a third of FastAPI's processor time outside of the network; one caller waits at most 1 ms "
              "more than for inference and decoding; batching never slower than without."]
    return lines
