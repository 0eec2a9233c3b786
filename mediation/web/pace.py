"""How often the same somebody may ask: counted in this process, for addresses that need no sign-in.

Secrets are long enough that guessing is hopeless at any pace; this keeps a mad program from taking the server's time.
"""

import threading
import time
from collections import OrderedDict

REMEMBERED = 10_000


class Pace:
    """At most so many in so many seconds, for each key."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, list[float]] = OrderedDict()

    def wait(self, key: str) -> int:
        """Count one more; 0 when it may pass, otherwise after how many seconds to come again."""
        now = time.monotonic()
        with self._lock:
            lately = [at for at in self._seen.pop(key, []) if now - at < self.seconds]
            self._seen[key] = lately
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
            if len(lately) >= self.limit:
                return int(self.seconds - (now - lately[0])) + 1
            lately.append(now)
            return 0

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._seen.clear()
