"""Where pages are typeset: two worker processes with limits, or this process, or later by command.

Typesetting takes a tenth of a second of pure computing and holds Python's lock: in a thread of the web server it would
hold up every other page. A worker that exceeds its time or memory is ended, and only its document fails.
"""

import atexit
import contextlib
import os
import resource
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
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
PATIENCE = 40.0  # of waiting, with a queue before it
MEMORY = 1 << 30
NICE = 5


class TooMuch(Exception):
    """The document needed more time or memory than a document may."""


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


def _limited(work: Callable[[Any], Any], given: Any) -> Any:
    """Runs in the worker: any work within its time."""
    _limit(SECONDS)
    return work(given)


def _work(page: Composed, facts: Mapping[str, Any], seconds: int) -> bytes:
    """Runs in the worker: give this document its time, counted from what the worker has used so far."""
    from mediation.documents import engine  # noqa: PLC0415  only workers load the typesetter

    _limit(seconds)
    return engine.render(page.html, created=page.created, pictures=page.pictures, facts=facts)


def _executor() -> ProcessPoolExecutor:
    with _pool.lock:
        # A pool does not survive a fork of the web server: each of its processes makes one of its own.
        if _pool.executor is None or _pool.owner != os.getpid():
            context = get_context("forkserver")
            context.set_forkserver_preload(["mediation.documents.engine"])
            _pool.executor = ProcessPoolExecutor(WORKERS, mp_context=context, initializer=_prepare)
            _pool.owner = os.getpid()
        return _pool.executor


def close() -> None:
    """End the workers, for instance after one of them was ended by its limits."""
    with _pool.lock:
        executor, _pool.executor = _pool.executor, None
    if executor is not None and _pool.owner == os.getpid():
        for worker in list((executor._processes or {}).values()):  # noqa: SLF001  it has no public way to end a stuck one
            with contextlib.suppress(ProcessLookupError):
                worker.terminate()
        executor.shutdown(wait=False, cancel_futures=True)


atexit.register(close)


def typeset(page: Composed, facts: Mapping[str, Any], *, seconds: int = SECONDS, patience: float = PATIENCE) -> bytes:
    """Typeset in a worker and wait for the bytes."""
    try:
        return _executor().submit(_work, page, facts, seconds).result(timeout=patience)
    except (BrokenProcessPool, TimeoutError, MemoryError) as problem:
        close()
        raise TooMuch(type(problem).__name__) from problem


Given = TypeVar("Given")
Found = TypeVar("Found")


def aside(work: Callable[[Given], Found], given: Given) -> Found:
    """Do a piece of work on something from outside in a worker with the same limits; here when nothing runs at once."""
    if mode() != "pool":
        return work(given)
    try:
        found: Found = _executor().submit(_limited, work, given).result(timeout=PATIENCE)
    except (BrokenProcessPool, TimeoutError, MemoryError) as problem:
        close()
        raise TooMuch(type(problem).__name__) from problem
    return found


def seals() -> Place:
    """Where the electronic seals of this installation lie."""
    told = current_app.config
    return Place(Path(told["SEAL_FOLDER"]), told["SEAL_PASSPHRASE"], told["SEAL_TOKEN"])


def typeset_here(page: Composed, facts: Mapping[str, Any]) -> bytes:
    """Typeset in this process, for the command line and for tests."""
    from mediation.documents import engine  # noqa: PLC0415  the web server does not load the typesetter

    return engine.render(page.html, created=page.created, pictures=page.pictures, facts=facts)
