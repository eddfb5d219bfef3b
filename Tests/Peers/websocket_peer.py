#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Talks to a WebSocket echo server as the Autobahn test suite does, with the package `websockets` as the other side.

usage: websocket_peer.py URL          one line for each case that fails, then "N passed, M failed"

The numbers are those of Autobahn's cases. Frames that no honest client sends are written byte by byte on a connection
whose handshake, and whose reading of the answers, is the package's.
"""

import os
import socket
import struct
import sys
import time
from urllib.parse import urlparse

from websockets.client import ClientProtocol
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import Opcode
from websockets.sync.client import connect
from websockets.uri import parse_uri

url = sys.argv[1]
passed, failed = 0, 0


def check(name, fine, found=""):
    global passed, failed
    if fine:
        passed += 1
    else:
        failed += 1
        print(f"not ok {name}: {found}"[:300], flush=True)


class Raw:
    """A connection on which any bytes can be sent, while `websockets` reads what comes back."""

    def __init__(self):
        parts = urlparse(url)
        self.socket = socket.create_connection((parts.hostname, parts.port), 10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.protocol = ClientProtocol(parse_uri(url), max_size=None)
        self.protocol.send_request(self.protocol.connect())
        self.flush()
        self.events = []
        while not self.events:
            self.receive()
        self.events = []

    def flush(self):
        for data in self.protocol.data_to_send():
            if data:
                self.socket.sendall(data)

    def receive(self):
        data = self.socket.recv(65_536)
        if data:
            self.protocol.receive_data(data)
        else:
            self.protocol.receive_eof()
        self.events += self.protocol.events_received()
        return bool(data)

    def send(self, data):
        try:
            self.socket.sendall(data)
        except OSError:
            pass

    def until_closed(self):
        """Everything that comes until the server closes: the frames before its Close, and the code of that."""
        try:
            while self.receive():
                if self.protocol.close_rcvd is not None:
                    break
        except OSError:
            pass
        self.socket.close()
        closed = self.protocol.close_rcvd
        return [e for e in self.events if e.opcode is not Opcode.CLOSE], closed.code if closed else None

    def frames(self, count):
        while len(self.events) < count and self.receive():
            pass
        got, self.events = self.events[:count], self.events[count:]
        return got


def frame(first, payload=b"", masked=True, length=None):
    """A frame with any first byte. The mask is not zero, so that unmasking is seen."""
    size = len(payload) if length is None else length
    bit = 0x80 if masked else 0
    if size < 126:
        head = struct.pack("!BB", first, bit | size)
    elif size < 65_536:
        head = struct.pack("!BBH", first, bit | 126, size)
    else:
        head = struct.pack("!BBQ", first, bit | 127, size)
    if not masked:
        return head + payload
    mask = b"\x12\x34\x56\x78"
    return head + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))


def refused(name, data, code=1002, echoes=None):
    """The violation is answered with a Close of this code.

    Whole messages before it may be echoed or not: a server may fail the connection as soon as it has read the violation,
    which Autobahn calls not strict, and which ends an attacker's connection at once.
    """
    raw = Raw()
    raw.send(data)
    frames, got = raw.until_closed()
    texts = [bytes(f.data) for f in frames]
    check(name, got == code and (echoes is None or texts in (echoes, [])), f"closed with {got}, echoed {texts}")


def group_1():
    for kind, sizes in (("text", (0, 125, 126, 127, 128, 65_535, 65_536)), ("binary", (0, 125, 126, 127, 128, 65_535, 65_536))):
        for number, size in enumerate(sizes, 1):
            message = "*" * size if kind == "text" else b"\xfe" * size
            with connect(url, compression=None, max_size=None) as ws:
                ws.send(message)
                check(f"1.{1 if kind == 'text' else 2}.{number}", ws.recv(10) == message)
    for name, first, payload in (("1.1.8", 0x81, b"*" * 65_536), ("1.2.8", 0x82, b"\xfe" * 65_536)):
        raw = Raw()
        data = frame(first, payload)
        for start in range(0, len(data), 997):
            raw.send(data[start:start + 997])
        check(name, bytes(raw.frames(1)[0].data) == payload)
        raw.socket.close()


def group_2():
    for number, payload in enumerate((b"", b"Hello, world!", bytes(range(125)), b"\xff" * 125), 1):
        with connect(url, compression=None) as ws:
            check(f"2.{number}", ws.ping(payload).wait(10))
    refused("2.5", frame(0x89, b"x" * 126))
    raw = Raw()
    for byte in frame(0x89, b"\xfe" * 125):
        raw.send(bytes([byte]))
    got = raw.frames(1)[0]
    check("2.6", got.opcode is Opcode.PONG and bytes(got.data) == b"\xfe" * 125)
    raw.socket.close()
    for name, payload in (("2.7", b""), ("2.8", b"unsolicited"), ("2.9", b"unsolicited")):
        raw = Raw()
        raw.send(frame(0x8A, payload) + frame(0x89, b"ping"))
        got = raw.frames(1)[0]
        check(name, got.opcode is Opcode.PONG and bytes(got.data) == b"ping")
        raw.socket.close()
    for name, pause in (("2.10", 0), ("2.11", 0.002)):
        raw = Raw()
        for index in range(10):
            raw.send(frame(0x89, b"payload-%d" % index))
            time.sleep(pause)
        check(name, [bytes(f.data) for f in raw.frames(10)] == [b"payload-%d" % i for i in range(10)])
        raw.socket.close()


def group_3_and_4():
    hello = frame(0x81, b"Hello")
    for number, bits in enumerate((0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70), 1):
        refused(f"3.{number}", hello + frame(0x81 | bits, b"*"), echoes=[b"Hello"])
    for group, opcodes in ((1, (3, 4, 5, 6, 7)), (2, (11, 12, 13, 14, 15))):
        for number, opcode in enumerate(opcodes, 1):
            payload = b"reserved" if number % 2 else b""
            refused(f"4.{group}.{number}", hello + frame(0x80 | opcode, payload) + frame(0x89), echoes=[b"Hello"])


def echoed(name, data, expected, pieces=1):
    raw = Raw()
    step = max(1, len(data) // pieces)
    for start in range(0, len(data), step):
        raw.send(data[start:start + step])
    got = [bytes(f.data) for f in raw.frames(len(expected))]
    check(name, got == expected, got)
    raw.socket.close()


def group_5():
    refused("5.1", frame(0x09, b"fragment1") + frame(0x80, b"fragment2"))
    refused("5.2", frame(0x0A, b"fragment1") + frame(0x80, b"fragment2"))
    for name, pieces in (("5.3", 1), ("5.4", 2), ("5.5", 40)):
        echoed(name, frame(0x01, b"fragment1") + frame(0x80, b"fragment2"), [b"fragment1fragment2"], pieces)
    for name, pieces in (("5.6", 1), ("5.7", 3), ("5.8", 60)):
        echoed(name, frame(0x01, b"fragment1") + frame(0x89, b"ping") + frame(0x80, b"fragment2"),
               [b"ping", b"fragment1fragment2"], pieces)
    for name, first in (("5.9", 0x80), ("5.10", 0x80), ("5.11", 0x80), ("5.12", 0x00), ("5.13", 0x00), ("5.14", 0x00)):
        refused(name, frame(first, b"non-continuation") + frame(0x81, b"Hello"))
    refused("5.15", frame(0x01, b"a") + frame(0x80, b"b") + frame(0x00, b"c") + frame(0x01, b"d"), echoes=[b"ab"])
    for name, first in (("5.16", 0x00), ("5.17", 0x80)):
        refused(name, frame(first, b"a") + frame(0x01, b"b") + frame(0x80, b"c"))
    refused("5.18", frame(0x01, b"a") + frame(0x01, b"b"))
    parts = frame(0x01, b"1") + frame(0x00, b"2") + frame(0x89, b"p1") + frame(0x00, b"3") + frame(0x00, b"4")
    parts += frame(0x89, b"p2") + frame(0x80, b"5")
    echoed("5.19", parts, [b"p1", b"p2", b"12345"])
    echoed("5.20", parts, [b"p1", b"p2", b"12345"], 100)


def group_6():
    valid = ["Hello-µ@ßöäüàá-UTF-8!!", "\u0000", "κόσμε", "\u0080", "\u0800", "\U00010000", "\u07ff", "\uffff",
             "\U0010ffff", "\ud7ff", "\ue000", "\ufffd", "\U0001fffe", "\U0003fffe", ""]
    for number, text in enumerate(valid, 1):
        data = text.encode("utf-8", "surrogatepass")
        echoed(f"6.valid.{number}", frame(0x81, data), [data])
        cut = len(data) // 2
        echoed(f"6.fragments.{number}", frame(0x01, data[:cut]) + frame(0x80, data[cut:]), [data])
        octets = b"".join(frame(0x01 if i == 0 else 0, bytes([b])) for i, b in enumerate(data)) if data else frame(0x01)
        echoed(f"6.octets.{number}", octets + frame(0x80), [data])
    bad = [b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited", b"\x80", b"\xbf", b"\x80\xbf\x80",
           b"\xc0 \xc1 ", b"\xe0 \xe1 ", b"\xf0 \xf1 ", b"\xf8 ", b"\xfc ", b"\xfe", b"\xff", b"\xfe\xfe\xff\xff",
           b"\xc0", b"\xe0\x80", b"\xf0\x80\x80", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf", b"\xc1\xbf",
           b"\xe0\x9f\xbf", b"\xf0\x8f\xbf\xbf", b"\xc0\x80", b"\xe0\x80\x80", b"\xf0\x80\x80\x80", b"\xf4\x90\x80\x80",
           b"\xed\xa0\x80", b"\xed\xad\xbf", b"\xed\xae\x80", b"\xed\xaf\xbf", b"\xed\xb0\x80", b"\xed\xbf\xbf",
           b"\xed\xa0\x80\xed\xb0\x80", b"\xdf", b"\xef\xbf", b"\xf7\xbf\xbf"]
    for number, data in enumerate(bad, 1):
        refused(f"6.invalid.{number}", frame(0x81, data), 1007)
        refused(f"6.invalid.{number}.fragments",
                b"".join(frame(0x01 if i == 0 else 0, bytes([b])) for i, b in enumerate(data)) + frame(0x80), 1007)
    # The frame is not complete, and its text is lost already: the answer must not wait for the rest.
    for name, start in (("6.4.1", b"\xce\xba\xf4\x90"), ("6.4.2", b"\xce\xba\xf4\x90\x80\x80"), ("6.4.3", b"a\xff")):
        refused(name, frame(0x81, start + b"edited" * 100)[: 8 + len(start)], 1007)


def group_7():
    for name, data, code in (
        ("7.1.1", frame(0x81, b"Hello") + frame(0x88, struct.pack("!H", 1000)), 1000),
        ("7.1.2", frame(0x88, struct.pack("!H", 1000)) + frame(0x88, struct.pack("!H", 1000)), 1000),
        ("7.1.3", frame(0x88, struct.pack("!H", 1000)) + frame(0x89, b"late"), 1000),
        ("7.1.4", frame(0x88, struct.pack("!H", 1000)) + frame(0x81, b"late"), 1000),
        ("7.1.5", frame(0x01, b"a") + frame(0x88, struct.pack("!H", 1000)) + frame(0x80, b"b"), 1000),
        ("7.3.2", frame(0x88, b"a"), 1002),
        ("7.3.3", frame(0x88, struct.pack("!H", 1000)), 1000),
        ("7.3.4", frame(0x88, struct.pack("!H", 1000) + b"Hello World!"), 1000),
        ("7.3.5", frame(0x88, struct.pack("!H", 1000) + b"*" * 123), 1000),
        ("7.3.6", frame(0x88, struct.pack("!H", 1000) + b"*" * 124), 1002),
        ("7.5.1", frame(0x88, struct.pack("!H", 1000) + b"\xce\xba\xe1\xbd\xb9\xed\xa0\x80"), 1007),
    ):
        refused(name, data, code)
    raw = Raw()
    raw.send(frame(0x88))
    check("7.3.1", raw.until_closed()[1] in (1000, 1005))
    for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999):
        refused(f"7.7.{code}", frame(0x88, struct.pack("!H", code)), code)
    for code in (0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535):
        refused(f"7.9.{code}", frame(0x88, struct.pack("!H", code)), 1002)


def group_9_and_10():
    for size in (65_536, 262_144, 1_048_576, 4_194_304):
        for kind in ("text", "binary"):
            message = "*" * size if kind == "text" else os.urandom(size)
            with connect(url, compression=None, max_size=None) as ws:
                ws.send(message)
                check(f"9.{kind}.{size}", ws.recv(60) == message)
                step = max(size // 64, 1024)
                ws.send([message[start:start + step] for start in range(0, size, step)])
                check(f"9.{kind}.{size}.fragments", ws.recv(60) == message)
    with connect(url, compression=None) as ws:
        for size in (0, 16, 64, 256, 1024):
            for _ in range(200):
                ws.send("*" * size)
            check(f"9.round.{size}", all(ws.recv(30) == "*" * size for _ in range(200)))
        ws.send(["*" * 1300 for _ in range(50)] + ["*" * 536])
        check("10.1.1", ws.recv(30) == "*" * 65_536)


def group_12():
    text = "Pack my box with five dozen liquor jugs, said the µ. " * 40_000
    agreements = [
        ("plain", ClientPerMessageDeflateFactory()),
        ("server-no-context", ClientPerMessageDeflateFactory(server_no_context_takeover=True)),
        ("client-no-context", ClientPerMessageDeflateFactory(client_no_context_takeover=True)),
        ("both", ClientPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)),
        ("server-9", ClientPerMessageDeflateFactory(server_max_window_bits=9)),
        ("client-9", ClientPerMessageDeflateFactory(client_max_window_bits=9)),
        ("both-10", ClientPerMessageDeflateFactory(server_max_window_bits=10, client_max_window_bits=10)),
    ]
    for label, factory in agreements:
        with connect(url, compression=None, extensions=[factory], max_size=None) as ws:
            check(f"12.{label}.agreed", len(ws.protocol.extensions) == 1, ws.protocol.extensions)
            for size in (16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072):
                messages = [text[i * 17:i * 17 + size] for i in range(10)] + [os.urandom(size)]
                for message in messages:
                    ws.send(message)
                check(f"12.{label}.{size}", all(ws.recv(30) == message for message in messages))
            ws.send([text[:50_000], text[50_000:90_000], text[90_000:131_072]])
            check(f"12.{label}.fragments", ws.recv(30) == text[:131_072])


for group in (group_1, group_2, group_3_and_4, group_5, group_6, group_7, group_9_and_10, group_12):
    try:
        group()
    except (ConnectionClosed, OSError, TimeoutError, IndexError) as error:
        check(group.__name__, False, repr(error))
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
