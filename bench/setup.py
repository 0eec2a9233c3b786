"""How long the first and a later `make run` take, on a clean copy of the repository."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.serving import ROOT
from tests.cluster import free_port

PATIENCE = 900.0


def run(folder: Path) -> float:
    """Seconds from `make run` to the first page that answers; then stopped."""
    port = free_port()
    started = time.perf_counter()
    with (folder / "run.log").open("w") as log:
        process = subprocess.Popen(
            ["/usr/bin/make", "run", f"PORT={port}"], cwd=folder, stdout=log, stderr=log, start_new_session=True
        )
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                    return time.perf_counter() - started
            except (OSError, urllib.error.URLError):
                if process.poll() is not None or time.perf_counter() - started > PATIENCE:
                    raise RuntimeError((folder / "run.log").read_text()[-2000:]) from None
                time.sleep(0.1)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        subprocess.run(["git", "clone", "--quiet", ROOT, folder / "clean"], check=True)
        print("\n`make run` on a clean copy")
        print(f"first           {run(folder / 'clean'):6.1f} s   target <= 300")
        print(f"a later one     {run(folder / 'clean'):6.1f} s   target <= 5")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
