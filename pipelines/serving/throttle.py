"""How often one client may ask, and how often it may be wrong about its token.

Thirty lines of our own: the library for this starts a thread for every request, trusts the wall clock, which an office
sets by hand, and never forgets a client.
"""

import math
import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from threading import Lock

CLIENTS = 4096  # are remembered, the last to ask; an office network has fewer


@dataclass(frozen=True)
class Allowance:
    """So many times in so many seconds."""

    times: int
    seconds: float


REQUESTS = Allowance(300, 60)
WRONG_TOKENS = Allowance(10, 15 * 60)


class Window:
    """The times at which each client did something, as far as they lie within the allowance's seconds."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def add(self, client: str) -> None:
        """Count one."""
        with self._lock:
            self._recent(client).append(time.monotonic())

    def full(self, client: str) -> bool:
        """Whether the client has used up its allowance."""
        with self._lock:
            return len(self._recent(client)) >= self._allowance.times

    def seconds_left(self, client: str) -> int:
        """How long until its oldest falls out of the window, at least one second."""
        with self._lock:
            seen = self._recent(client)
            return max(1, math.ceil(seen[0] + self._allowance.seconds - time.monotonic())) if seen else 1

    def _recent(self, client: str) -> deque[float]:
        seen = self._seen.setdefault(client, deque(maxlen=self._allowance.times))
        self._seen.move_to_end(client)
        while len(self._seen) > CLIENTS:
            self._seen.popitem(last=False)
        while seen and seen[0] <= time.monotonic() - self._allowance.seconds:
            seen.popleft()
        return seen
