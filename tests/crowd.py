"""Many people at the same moment, each on a connection of their own: for everything that must hold in a race."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.pool import NullPool

from mediation.kernel.db import db, prepare_engine

Run = Callable[[Sequence[Callable[[], object]]], Counter]


@contextmanager
def own_connections() -> Iterator[None]:
    """Whoever asks the database meanwhile has a connection of the own: nobody waits for a free one of the pool."""
    real = db.engines[None]
    db.engines[None] = sa.create_engine(real.url, poolclass=NullPool)
    prepare_engine(db.engines[None])
    try:
        yield
    finally:
        db.session.remove()
        db.engines[None].dispose()
        db.engines[None] = real


@contextmanager
def crowd(app: Flask) -> Iterator[Run]:
    """Runs acts at once, each in a thread with its own session and connection; counts what each came to."""

    def run(acts: Sequence[Callable[[], object]]) -> Counter:
        db.session.remove()
        ends: Counter = Counter()
        gate = threading.Barrier(len(acts))

        def one(act: Callable[[], object]) -> None:
            with app.app_context():
                gate.wait()
                try:
                    ends[act()] += 1
                except BaseException as error:  # noqa: BLE001 counted, so that the test shows it
                    ends[f"{type(error).__name__}: {error}"[:300]] += 1
                finally:
                    db.session.remove()

        threads = [threading.Thread(target=one, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return ends

    with own_connections():
        yield run
