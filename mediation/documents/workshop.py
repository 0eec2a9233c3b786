"""Where pages are typeset: two worker processes with limits, or this process, or later by command.

Typesetting takes a tenth of a second of pure computing and holds Python's lock: in a thread of the web server it would
hold up every other page. A worker that exceeds its time or memory is ended, and only its document fails: whatever was
beside it when the workers ended is done once more, alone. Time is what a document computes; that the machine is busy
with something else is no fault of a document, which then goes on waiting.
"""

import atexit
import contextlib
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from flask import current_app

from mediation.documents.composing import Composed
from mediation.documents.sealkeys import Place

WORKERS = 2
SECONDS = 20  # of computing for one document; the longest of ours takes less than one
PATIENCE = 40.0  # in which somebody waits for an answer, with a queue before it
UNHURRIED = 600.0  # in which nobody waits: parts of a batch, on a machine busy with something else
LONGEST = 300  # on the clock, for a worker that computes nothing and never ends
MEMORY = 1 << 30
NICE = 5


class TooMuch(Exception):
    """The document needed more time or memory than a document may."""


class Busy(TooMuch):
    """The workers had no time for it: nothing is wrong with the document, which goes on waiting."""


@dataclass
class _Pool:
    lock: threading.Lock = field(default_factory=threading.Lock)
    executor: ProcessPoolExecutor | None = None
    owner: int = 0


_pool = _Pool()


def mode() -> str:
    """`pool`: produce at once in a worker; `here`: at once in this process; `later`: only when the command runs."""
    found: str = current_app.config["DOCUMENTS"]
    return found


def address(code: str) -> str:
    """Where the code on the paper leads: the verification page, or the bare code while the court has no address."""
    public: str = current_app.config["PUBLIC_URL"]
    return f"{public.rstrip('/')}/verify/{code}" if public else code


def _prepare() -> None:
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


@contextlib.contextmanager
def _limited(seconds: int) -> Iterator[None]:
    """In the worker: give this piece of work its time, counted from what the worker has used so far."""
    _limit(seconds)
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _do(work: Callable[[Any], Any], given: Any) -> Any:
    """Runs in the worker: any work within its time."""
    with _limited(SECONDS):
        return work(given)


def _work(page: Composed, facts: Mapping[str, Any], seconds: int) -> bytes:
    """Runs in the worker: one document within its time."""
    from mediation.documents import engine  # noqa: PLC0415  only workers load the typesetter

    with _limited(seconds):
        return engine.render(page.html, created=page.created, pictures=page.pictures, facts=facts)


def _workers(number: int) -> ProcessPoolExecutor:
    context = get_context("forkserver")
    context.set_forkserver_preload(["mediation.documents.engine"])
    return ProcessPoolExecutor(number, mp_context=context, initializer=_prepare)


def _executor() -> ProcessPoolExecutor:
    with _pool.lock:
        # A pool does not survive a fork of the web server: each of its processes makes one of its own.
        if _pool.executor is None or _pool.owner != os.getpid():
            _pool.executor = _workers(WORKERS)
            _pool.owner = os.getpid()
        return _pool.executor


def _retire(executor: ProcessPoolExecutor) -> None:
    """Nothing new goes to these workers; what they have begun they end."""
    with _pool.lock:
        if _pool.executor is executor:
            _pool.executor = None
    executor.shutdown(wait=False)


def close() -> None:
    """End the workers."""
    with _pool.lock:
        executor, _pool.executor = _pool.executor, None
    if executor is not None and _pool.owner == os.getpid():
        for worker in list((executor._processes or {}).values()):  # noqa: SLF001  it has no public way to end a stuck one
            with contextlib.suppress(ProcessLookupError):
                worker.terminate()
        executor.shutdown(wait=False, cancel_futures=True)


atexit.register(close)


def _done(patience: float, work: Callable[..., Any], *given: Any) -> Any:
    """Have it done by a worker. When the workers end, each piece of work they had is done once more, alone."""
    executor = _executor()
    try:
        return _answer(executor.submit(work, *given), patience)
    except MemoryError as problem:
        # What is left of that memory must not be the next document's.
        _retire(executor)
        raise TooMuch(type(problem).__name__) from problem
    except (BrokenProcessPool, CancelledError):
        _retire(executor)
    alone = _workers(1)
    try:
        return _answer(alone.submit(work, *given), patience)
    except (BrokenProcessPool, MemoryError) as problem:
        raise TooMuch(type(problem).__name__) from problem
    finally:
        alone.shutdown(wait=False)


def _answer(future: "Future[Any]", patience: float) -> Any:
    try:
        return future.result(timeout=patience)
    except TimeoutError as problem:
        future.cancel()
        raise Busy(f"{patience:g} s") from problem


def typeset(page: Composed, facts: Mapping[str, Any], *, seconds: int = SECONDS, patience: float = PATIENCE) -> bytes:
    """Typeset in a worker and wait for the bytes."""
    made: bytes = _done(patience, _work, page, facts, seconds)
    return made


Given = TypeVar("Given")
Found = TypeVar("Found")


def aside(work: Callable[[Given], Found], given: Given, *, patience: float = PATIENCE) -> Found:
    """Do a piece of work on something from outside in a worker with the same limits; here when nothing runs at once."""
    if mode() != "pool":
        return work(given)
    found: Found = _done(patience, _do, work, given)
    return found


def seals() -> Place:
    """Where the electronic seals of this installation lie."""
    told = current_app.config
    return Place(Path(told["SEAL_FOLDER"]), told["SEAL_PASSPHRASE"], told["SEAL_TOKEN"])


def typeset_here(page: Composed, facts: Mapping[str, Any]) -> bytes:
    """Typeset in this process, for the command line and for tests."""
    from mediation.documents import engine  # noqa: PLC0415  the web server does not load the typesetter

    return engine.render(page.html, created=page.created, pictures=page.pictures, facts=facts)
