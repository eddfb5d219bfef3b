# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Drives a real Chromium over its DevTools protocol, for tests of pages.

    with Browser() as browser:
        page = browser.page("http://127.0.0.1:8000/")
        page.wait("document.readyState === 'complete'")
        page.screenshot("page.png")

Source: Chrome DevTools Protocol, https://chromedevtools.github.io/devtools-protocol/.
"""

import base64
import json
import mimetypes
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.request

from websockets.sync.client import connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class BrowserError(Exception):
    """Something that the page or the browser did not do."""


class Browser:
    """A headless Chromium with a profile of its own, which is gone afterwards."""

    def __init__(self, camera=True):
        program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        if program is None:
            raise BrowserError("no Chromium found; install Debian's package `chromium`, or set CHROMIUM")
        self.profile = tempfile.mkdtemp(prefix="retort-browser-")
        arguments = [
            program, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={self.profile}",
            "--no-first-run", "--no-default-browser-check", "--disable-gpu", "--disable-dev-shm-usage",
            "--disable-background-networking", "--disable-extensions", "--hide-scrollbars", "--mute-audio",
            # A mouse, which machines without a screen do not have: pages ask for it.
            "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            arguments.append("--no-sandbox")
        if camera:
            arguments += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
        self.process = subprocess.Popen(arguments + ["about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self.port = self._port()
        except BrowserError:
            self.close()
            raise

    def _port(self):
        file = pathlib.Path(self.profile, "DevToolsActivePort")
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise BrowserError(f"Chromium ended with status {self.process.returncode}")
            if file.exists() and file.read_text().strip():
                return int(file.read_text().splitlines()[0])
            time.sleep(0.05)
        raise BrowserError("Chromium did not start within 30 seconds")

    def page(self, url="about:blank", **emulation):
        """A new page, which shows `url`."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/json/new?about:blank", method="PUT")
        with urllib.request.urlopen(request) as answer:
            target = json.load(answer)
        page = Page(target["webSocketDebuggerUrl"])
        page.emulate(**emulation)
        if url != "about:blank":
            page.go(url)
        return page

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Page:
    """A page: scripts run in it, keys and the mouse act on it as a person's would."""

    def __init__(self, address):
        self.socket = connect(address, max_size=None, open_timeout=20)
        self.number = 0
        self.complaints = []  # errors of scripts, of the network and of the policy of the page
        self.requests = []
        for domain in ("Page", "Runtime", "Log", "Network", "DOM", "Accessibility"):
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        """A command of the protocol, and its result."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=60))
            if message.get("id") == self.number:
                if "error" in message:
                    raise BrowserError(f"{method}: {message['error']['message']}")
                return message["result"]
            self._note(message)

    def _note(self, message):
        method, details = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            thrown = details["exceptionDetails"]
            self.complaints.append(thrown.get("exception", {}).get("description") or thrown["text"])
        elif method == "Runtime.consoleAPICalled" and details["type"] in ("error", "assert", "warning"):
            self.complaints.append(" ".join(str(one.get("value", one.get("description"))) for one in details["args"]))
        elif method == "Log.entryAdded" and details["entry"]["level"] in ("error", "warning"):
            # An answer of 4xx that a test asks for is no fault of the page.
            if details["entry"]["source"] != "network":
                self.complaints.append(details["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(details["request"]["url"])

    # Looking

    def run(self, script):
        """The value of an expression; promises are waited for."""
        result = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description") or details["text"])
        return result["result"].get("value")

    def wait(self, condition, seconds=20, what=None):
        """Waits until an expression is true."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.run(f"Promise.resolve({condition}).then(Boolean)"):
                return
            time.sleep(0.05)
        raise BrowserError(f"not within {seconds} seconds: {what or condition}")

    def text(self, selector):
        return self.run(f"document.querySelector({json.dumps(selector)})?.innerText ?? null")

    def count(self, selector):
        return self.run(f"document.querySelectorAll({json.dumps(selector)}).length")

    def middle(self, selector):
        """Where an element is on the screen, scrolled into view first."""
        box = self.run(
            f"""(() => {{ const one = document.querySelector({json.dumps(selector)});
            if (!one) return null; one.scrollIntoView({{ block: "center", behavior: "instant" }});
            const {{ x, y, width, height }} = one.getBoundingClientRect(); return {{ x, y, width, height }}; }})()""")
        if not box:
            raise BrowserError(f"no element {selector}")
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def screenshot(self, path, whole=False, quality=84):
        """What is seen, as a PNG or, by the name of the file, as a JPEG."""
        kind = {"format": "jpeg", "quality": quality} if str(path).endswith(".jpg") else {"format": "png"}
        data = self.call("Page.captureScreenshot", captureBeyondViewport=whole, **kind)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def accessible_nodes(self):
        """What a screen reader is told: role and name of each node."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [
            {"role": node.get("role", {}).get("value", ""), "name": node.get("name", {}).get("value", ""),
             "node": node.get("backendDOMNodeId")}
            for node in nodes if not node.get("ignored")
        ]

    # Acting

    def go(self, url):
        self.call("Page.navigate", url=url)
        self.wait("document.readyState === 'complete'")

    def emulate(self, width=1280, height=800, scale=1, dark=False, phone=False, still=True):
        """The screen and the wishes of a user: size, colours, little motion."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=phone)
        self.call("Emulation.setTouchEmulationEnabled", enabled=phone)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if still else "no-preference"},
        ])

    def move(self, x, y):
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click(self, selector):
        self.click_at(*self.middle(selector))

    def click_at(self, x, y):
        self.move(x, y)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def drag(self, start, end, steps=8):
        self.move(*start)
        self.call("Input.dispatchMouseEvent", type="mousePressed", x=start[0], y=start[1], button="left", clickCount=1)
        for step in range(1, steps + 1):
            x, y = (start[i] + (end[i] - start[i]) * step / steps for i in (0, 1))
            self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, button="left", buttons=1)
        self.call("Input.dispatchMouseEvent", type="mouseReleased", x=end[0], y=end[1], button="left", clickCount=1)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def press(self, key, modifiers=0):
        """A key by the name that `event.key` has; 1 is Alt, 2 Control, 8 Shift."""
        codes = {"Enter": 13, "Tab": 9, "Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39,
                 "ArrowDown": 40, "Home": 36, "End": 35, "PageUp": 33, "PageDown": 34}
        text = {"Enter": "\r", " ": " "}.get(key, key if len(key) == 1 else "")
        code = codes.get(key) or (ord(key.upper()) if len(key) == 1 and key.isalnum() else 0)
        shared = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        if text and modifiers in (0, 8):
            self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **shared)
        else:
            self.call("Input.dispatchKeyEvent", type="rawKeyDown", **shared)
        self.call("Input.dispatchKeyEvent", type="keyUp", **shared)

    def choose_files(self, selector, *paths):
        """Files for an `<input type="file">`."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(pathlib.Path(path).resolve()) for path in paths])

    def drop(self, selector, *paths):
        """Drops files on an element, as from a file manager."""
        self._transfer(selector, paths, ("dragenter", "dragover", "drop"), "DragEvent", "dataTransfer")

    def paste(self, selector, *paths):
        """Pastes files, as from the clipboard."""
        self._transfer(selector, paths, ("paste",), "ClipboardEvent", "clipboardData")

    def _transfer(self, selector, paths, events, kind, member):
        files = [
            {"name": pathlib.Path(path).name, "type": mimetypes.guess_type(str(path))[0] or "",
             "data": base64.b64encode(pathlib.Path(path).read_bytes()).decode()}
            for path in paths
        ]
        self.run(
            f"""(() => {{
              const transfer = new DataTransfer();
              for (const file of {json.dumps(files)}) {{
                const bytes = Uint8Array.from(atob(file.data), (character) => character.charCodeAt(0));
                transfer.items.add(new File([bytes], file.name, {{ type: file.type }}));
              }}
              const target = document.querySelector({json.dumps(selector)});
              for (const name of {json.dumps(events)}) target.dispatchEvent(new {kind}(name, {{
                bubbles: true, cancelable: true, composed: true, {member}: transfer }}));
            }})()""")

    def close(self):
        self.socket.close()


def run_cases(cases, pictures=None, only=()):
    """Runs functions that take a page, each with a new one, and prints what failed, and at last "N passed, M failed".

    Where a folder `pictures` is given, it gets what was seen of those that failed. 1 if any did, and else 0.
    """
    passed = failed = 0
    with Browser() as browser:
        for run in cases:
            if only and run.__name__ not in only:
                continue
            page = browser.page()
            try:
                run(page)
                assert not page.complaints, page.complaints
                passed += 1
            except Exception:
                failed += 1
                print(f"FAILED {run.__name__}")
                traceback.print_exc(file=sys.stdout)
                if pictures:
                    page.screenshot(pictures / f"failed-{run.__name__}.png")
            page.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0
