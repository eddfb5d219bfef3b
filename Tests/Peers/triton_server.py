# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""NVIDIA's Triton as `Scripts/setup triton` has unpacked it, with the models of `Tests/Peers/triton_models`.

    with Triton() as triton:
        print(triton.http, triton.grpc, triton.metrics)

It listens on free ports of this machine alone, and stops when the block or this process ends.
"""

import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

MODELS = pathlib.Path(__file__).parent / "triton_models"
FOLDER = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "retort/triton-0.7.0"
SERVER = FOLDER / "pytriton/tritonserver"
# The most seconds until it is ready; two are usual, and more on a machine that is busy.
START = 120
PR_SET_PDEATHSIG = 1


def is_installed():
    return os.access(SERVER / "bin/tritonserver", os.X_OK)


def free_ports(count):
    """Ports that nobody listens on; all are held until the last is found, so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def die_with_parent():
    """Asks the kernel to end this process when the one that started it ends, however it does."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Triton:
    """A Triton that runs while the block does. `http` and `grpc` are HOST:PORT, `metrics` is a URL."""

    def __init__(self, models=MODELS, options=()):
        self.models, self.options = pathlib.Path(models), list(options)

    def __enter__(self):
        if not is_installed():
            raise RuntimeError("Triton is not there: run `Scripts/setup triton`.")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="retort-triton-"))
        # A copy, so that nothing that Python compiles is left beside the sources.
        shutil.copytree(self.models, self.folder / "models", ignore=shutil.ignore_patterns("__pycache__"))
        http, grpc, metrics = free_ports(3)
        self.http, self.grpc = f"127.0.0.1:{http}", f"127.0.0.1:{grpc}"
        self.metrics = f"http://127.0.0.1:{metrics}/metrics"
        self.log = self.folder / "log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                self.command(http, grpc, metrics), env=self.environment(), stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, cwd=self.folder, start_new_session=True, preexec_fn=die_with_parent)
        try:
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def command(self, http, grpc, metrics):
        return [
            SERVER / "bin/tritonserver", f"--model-repository={self.folder / 'models'}",
            f"--backend-directory={SERVER / 'backends'}", "--model-control-mode=explicit", "--load-model=*",
            "--http-address=127.0.0.1", f"--http-port={http}", "--grpc-address=127.0.0.1", f"--grpc-port={grpc}",
            "--metrics-address=127.0.0.1", f"--metrics-port={metrics}", "--exit-timeout-secs=5",
            # Names of its own for the memory that is shared with the models, and little of it.
            f"--backend-config=python,shm-region-prefix-name={self.folder.name}",
            "--backend-config=python,shm-default-byte-size=1048576", *self.options,
        ]

    def environment(self):
        """The system's Python has to be the first: the backend looks for the library of the same version there."""
        return {
            "PATH": "/usr/bin:/bin", "HOME": str(self.folder), "PYTHONPATH": str(FOLDER / "python"),
            "LD_LIBRARY_PATH": str(FOLDER / "nvidia_pytriton.libs"), "PYTHONDONTWRITEBYTECODE": "1",
            # One thread of NumPy's is enough for models of this size.
            "OPENBLAS_NUM_THREADS": "1",
        }

    def wait(self):
        end = time.monotonic() + START
        while time.monotonic() < end:
            if (code := self.process.poll()) is not None:
                raise RuntimeError(f"Triton ended with {code}:\n{self.output()}")
            try:
                with urllib.request.urlopen(f"http://{self.http}/v2/health/ready", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"Triton was not ready after {START} seconds:\n{self.output()}")

    def output(self):
        return self.log.read_text(errors="replace")[-4000:]

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            pass
        # The processes of the models, and the server where it did not end by itself.
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        for region in pathlib.Path("/dev/shm").glob(f"{self.folder.name}*"):
            region.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
