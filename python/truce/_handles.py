"""Who owns what: memory of the library is freed when the last Python object that needs it is gone.

A result points into its scenario and must be freed before it. The collector of cycles may end objects in any order, so
the scenario is counted rather than trusted to outlive its results: it is freed by whoever leaves it last.
"""

from __future__ import annotations

import ctypes as c
import signal
import threading
from typing import Any, Callable, Optional, Tuple

from . import _structs as s
from ._library import library
from .errors import ChoiceError, LimitError


class ScenarioMemory:
    """A scenario of the library, and how many need it."""

    def __init__(self, address: int) -> None:
        self.address = address
        self.needed = 0
        self.lock = threading.Lock()

    def take(self) -> None:
        """One more needs it."""
        with self.lock:
            self.needed += 1

    def leave(self) -> None:
        """One less; the last one frees it."""
        with self.lock:
            self.needed -= 1
            last = self.needed == 0
        if last:
            library.truce_scenario_free(self.address)


class Owner:
    """Owns one result (or the scenario's own place among those that need it)."""

    def __init__(self, memory: ScenarioMemory, address: int, free: Optional[Callable[[int], None]]) -> None:
        self.memory, self.address, self._free = memory, address, free
        memory.take()
        self._open = True

    def close(self) -> None:
        """Frees it; a second time does nothing."""
        if not self._open:
            return
        self._open = False
        if self._free is not None:
            self._free(self.address)
        self.memory.leave()

    def __del__(self) -> None:
        if getattr(self, "_open", False):
            self.close()


class Watch:
    """A truce_stop: the deadline, and Python's own reasons to stop.

        with watch:
            status = library.truce_X_find(…, byref(watch.stop), …)
        watch.ended()

    The library asks now and then whether to go on. What ``progress`` or a strategy raised meanwhile is kept, the library
    stops, and ``ended()`` raises it. So is what Ctrl-C raises: the handler of SIGINT is wrapped for the time, because an
    exception that it raised on the first instruction of a callback would be lost in ctypes.
    """

    def __init__(self, seconds: Optional[float], threads: int,
                 progress: Optional[Callable[[str, float], Any]] = None) -> None:
        if seconds is not None and seconds <= 0:
            raise ChoiceError(f"seconds must be more than 0, not {seconds}")
        if threads < 1:
            raise ChoiceError(f"threads must be at least 1, not {threads}")
        self.failure: Optional[BaseException] = None
        self._progress, self._seconds, self._threads = progress, seconds, threads
        self._before: Any = None
        self._calls: Tuple[Any, ...] = ()
        self.stop = s.stop()

    def __enter__(self) -> Watch:
        # bound methods make a cycle with this object; __exit__ breaks it
        self._calls = s.cancelled_call(self._cancelled), s.progress_call(self._told)
        deadline = library.truce_seconds() + self._seconds if self._seconds is not None else 0.0
        self.stop = s.stop(deadline, self._calls[0], self._calls[1], None, self._threads)
        if threading.current_thread() is threading.main_thread():
            before = signal.getsignal(signal.SIGINT)
            if callable(before):
                self._before = before
                signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(self, *_: Any) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        self._calls, self._before, self.stop = (), None, s.stop()

    def _interrupted(self, number: int, frame: Any) -> None:
        try:
            self._before(number, frame)
        except BaseException as why:
            self.failure = self.failure or why

    def _cancelled(self, _user: Any) -> bool:
        return self.failure is not None

    def _told(self, _user: Any, what: bytes, part: float) -> None:
        try:
            if self._progress is not None and self.failure is None:
                self._progress((what or b"").decode(), part)
        except BaseException as why:
            self.failure = why

    def ended(self) -> None:
        """To be called when the library is done: raises what was kept."""
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure


def found(status: int, address: Optional[int], error: Any) -> int:
    """The address of a result, or the exception that its status means."""
    if address:
        return address
    message = error.message.decode(errors="replace")
    if status == 4:
        raise LimitError(message or "time or memory ended")
    if status == 2:
        raise ChoiceError(message or "the choices make no sense")
    raise RuntimeError(message or f"libtruce answered with status {status}")


def text(bytes_: Optional[bytes]) -> Optional[str]:
    """A text of the library, or None."""
    return None if bytes_ is None else bytes_.decode()


def texts(items: Any, count: int) -> Tuple[str, ...]:
    """An array of texts."""
    return tuple(items[n].decode() for n in range(count))


def text_array(all_of: Any) -> Tuple[Any, int]:
    """Texts for the library: an array of C strings, and how many."""
    given = [one.encode() for one in all_of]
    return (s.text * max(1, len(given)))(*given), len(given)


def list_of(indices: Any) -> Any:
    """Indices for the library, as a truce_list."""
    given = list(indices)
    array = (s.size * max(1, len(given)))(*given)
    return s.listing(c.cast(array, c.POINTER(s.size)), len(given))
