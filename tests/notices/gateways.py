"""A mail server and a text message gateway on this machine, to send to in earnest."""

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from mediation.notices.channels import signature

SECRET = "the secret of the gateway of the tests"


@dataclass
class Gateway:
    """What the gateway was told, and how it behaves: ok, hang, drop, garbage, or a status."""

    behaviour: str = "ok"
    url: str = ""
    messages: dict[str, dict[str, str]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    unsigned: int = 0
    held: threading.Event = field(default_factory=threading.Event)
    free: threading.Event = field(default_factory=threading.Event)


@contextlib.contextmanager
def gateway() -> Iterator[Gateway]:
    told = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_args: Any) -> None:
            pass

        def do_POST(self) -> None:  # noqa: PLR0911
            body = self.rfile.read(int(self.headers["Content-Length"]))
            key = self.headers["Idempotency-Key"]
            if self.headers["X-Signature"] != signature(SECRET, self.headers["X-Timestamp"], body):
                told.unsigned += 1
                return self.answer(401, b"{}")
            told.requests.append(key)
            if told.behaviour.isdecimal():
                return self.answer(int(told.behaviour), b'{"error": "no"}')
            if told.behaviour == "garbage":
                return self.answer(200, b"<html>welcome</html>")
            if told.behaviour == "drip":
                return self.drip()
            if told.behaviour != "hang":
                told.messages.setdefault(key, json.loads(body))
            if told.behaviour in {"hang", "accept and hang"}:
                told.held.set()
                told.free.wait(20)
                return None
            if told.behaviour == "drop":
                self.connection.shutdown(socket.SHUT_RDWR)
                return None
            return self.answer(200, json.dumps({"id": f"r-{key}"}).encode())

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def drip(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            with contextlib.suppress(OSError):
                while not told.free.wait(0.2):
                    self.wfile.write(b" ")
                    self.wfile.flush()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.url = f"http://127.0.0.1:{server.server_address[1]}/messages"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield told
    finally:
        told.free.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Post:
    """The letters a mail server took, and the answer it gives to the next ones."""

    port: int = 0
    letters: list[Any] = field(default_factory=list)
    answer: str = "250 OK"
    recipient_answer: str = "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.original_content, policy=policy.default))
        return self.answer


@contextlib.contextmanager
def mail_server() -> Iterator[Post]:
    post = Post(port=nobody_listens())
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()


def nobody_listens() -> int:
    """A port of this machine at which nothing answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
