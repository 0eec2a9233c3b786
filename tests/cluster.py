"""A throw-away PostgreSQL cluster for one test run: from the machine's own binaries, reachable from this machine only.

The process that runs the tests calls `start()` once; workers of pytest-xdist inherit the address through the
environment and call `url(worker)` to get a database of their own. The application connects as the plain owner of its
database, never as a superuser, as in production.
"""

import atexit
import contextlib
import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

ADDRESS = "MEDIATION_TEST_CLUSTER"
OWNER = "court"
PREFIX = "mediation-postgresql-"
PATIENCE = 30.0

_running: "Cluster | None" = None


class NoPostgreSQL(RuntimeError):
    """The machine has no PostgreSQL server; `scripts/setup.sh test` installs it."""


def binaries() -> Path:
    """The folder of the newest PostgreSQL server that Debian has put on this machine."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not found:
        raise NoPostgreSQL("no PostgreSQL server under /usr/lib/postgresql: run scripts/setup.sh test")
    return max(found, key=lambda path: int(path.parent.name))


def account() -> str | None:
    """The server refuses to run as root: then it runs as Debian's own account for it."""
    if os.geteuid() != 0:
        return None
    return pwd.getpwnam("postgres").pw_name


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """One server with its own folder. `postgres` is its superuser; databases belong to `court`."""

    def __init__(self, settings: dict[str, str] | None = None) -> None:
        # Beside the usual ones: of a server that is to be measured.
        self.settings = settings or {}
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        self.data = self.folder / "data"
        self.port = free_port()
        self.user = account()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> "Cluster":
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def _start(self) -> None:
        home = binaries()
        if self.user:
            shutil.chown(self.folder, self.user)
        options = [
            "-k",
            "--locale=C.UTF-8",
            "-E",
            "UTF8",
            "--auth=trust",
            "-U",
            "postgres",
            "--no-sync",
            "--no-instructions",
        ]
        run = {"cwd": self.folder, "user": self.user, "stderr": subprocess.STDOUT}
        with (self.folder / "log").open("wb") as log:
            subprocess.run([home / "initdb", "-D", self.data, *options], check=True, stdout=log, **run)
            settings = {
                "listen_addresses": "127.0.0.1",
                "port": str(self.port),
                "unix_socket_directories": str(self.folder),
                # Every worker of a run may have a crowd of two hundred at the same moment (tests/crowd.py).
                "max_connections": "1000",
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
                "shared_buffers": "64MB",
                "timezone": "UTC",
                **self.settings,
            }
            flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
            # A session of its own: an interrupt at the keyboard ends the tests, and they end the server.
            self.process = subprocess.Popen(
                [home / "postgres", "-D", self.data, *flags], stdout=log, start_new_session=True, **run
            )
        self._wait()
        with psycopg.connect(self._superuser("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(OWNER)))

    def _superuser(self, database: str) -> str:
        return f"postgresql://postgres@{self.address}/{database}"

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self._superuser("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                if self.process is None or self.process.poll() is not None or time.monotonic() > end:
                    raise NoPostgreSQL((self.folder / "log").read_text(errors="replace")[-2000:]) from None
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """Immediate shutdown: there is nothing to keep."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> str:
    """Start this run's cluster, unless one is running; give its address and make it known to child processes."""
    global _running  # noqa: PLW0603
    if ADDRESS not in os.environ:
        remove_left_behind()
        _running = Cluster().start()
        os.environ[ADDRESS] = _running.address
        atexit.register(stop)
    return os.environ[ADDRESS]


def stop() -> None:
    """Stop the cluster that this process started; nothing otherwise."""
    global _running  # noqa: PLW0603
    if _running is not None:
        _running.stop()
        _running = None
        os.environ.pop(ADDRESS, None)


def url(name: str, *, like: str = "") -> str:
    """The address of a new database of the run's cluster: empty, or a copy of one to which nobody is connected."""
    return database(start(), f"court_{name}", like=f"court_{like}" if like else "template1")


def database(address: str, name: str, *, like: str = "template1") -> str:
    """A new database of a cluster, with the one extension the schema needs; its owner's address."""
    new, owner, pattern = (sql.Identifier(one) for one in (name, OWNER, like))
    with psycopg.connect(f"postgresql://postgres@{address}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(new))
        # Copied file by file: the server would otherwise write every page to its log.
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy").format(new, owner, pattern)
        )
    with psycopg.connect(f"postgresql://{OWNER}@{address}/{name}", autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    return f"postgresql+psycopg://{OWNER}@{address}/{name}"


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A cluster of one's own for the length of a block, for tests that stop or break the server."""
    own = Cluster().start()
    try:
        yield own.address
    finally:
        own.stop()


def remove_left_behind() -> None:
    """End and remove clusters of runs that were killed before they could clean up."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if Path("/proc", owner).exists() or folder.owner() not in {getpass.getuser(), account()}:
            continue
        with contextlib.suppress(OSError, ValueError, IndexError):
            os.kill(int((folder / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
