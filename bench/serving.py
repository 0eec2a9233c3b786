"""A real server process as in production, and a loader that drives it over open connections."""

import contextlib
import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.cluster import free_port

ROOT = Path(__file__).resolve().parent.parent
# One worker and two connections: the worker is never idle, and the loader has the other core.
CONNECTIONS = 2
PATIENCE = 30.0


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    headers: dict[str, str]
    body: str | None = None
    expected: int = 200


@dataclass(frozen=True)
class Taken:
    """What a round of requests took."""

    per_second: float
    p95: float
    # Of the server's own processes, without the database server: steady however busy the machine is.
    cpu: float

    @property
    def each(self) -> float:
        """Milliseconds of the busy worker for one request: the figure the ratios are made of."""
        return 1000 / self.per_second


@dataclass(frozen=True)
class Server:
    """Where it answers, and its first process."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of CPU that it and its worker have used."""
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        used = 0
        for pid in (self.pid, *workers):
            after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used += int(after_name[11]) + int(after_name[12])
        return used / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serve(app: str, **environment: str) -> Iterator["Server"]:
    """One gunicorn worker with this application."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4",
        "--worker-class", "gthread", "--keep-alive", "60", "--log-level", "warning",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        if time.monotonic() > end:
            raise TimeoutError("the server does not answer")
        time.sleep(0.05)


def drive(server: Server, next_request: Callable[[], Asked], *, seconds: float = 4.0, warm: int = 12) -> Taken:
    """Keep the server busy for a while and tell what it managed."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        for _ in range(warm):
            _send(connection, next_request())
    taken: list[float] = []
    end = time.perf_counter() + seconds
    faults: list[BaseException] = []

    def client() -> None:
        try:
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as own:
                while time.perf_counter() < end:
                    started = time.perf_counter()
                    _send(own, next_request())
                    taken.append(time.perf_counter() - started)
        except BaseException as fault:  # noqa: BLE001 told by the main thread
            faults.append(fault)

    started, used = time.perf_counter(), server.cpu()
    clients = [threading.Thread(target=client) for _ in range(CONNECTIONS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    if faults:
        raise faults[0]
    lasted = time.perf_counter() - started
    taken.sort()
    p95 = taken[max(0, int(len(taken) * 0.95) - 1)]
    return Taken(len(taken) / lasted, 1000 * p95, 1000 * (server.cpu() - used) / len(taken))


def _send(connection: http.client.HTTPConnection, asked: Asked) -> None:
    method = "GET" if asked.body is None else "POST"
    connection.request(method, asked.path, asked.body, asked.headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != asked.expected:
        raise AssertionError(f"{asked.path}: {answer.status} {body[:400]!r}")
