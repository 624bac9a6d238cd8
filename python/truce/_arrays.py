"""Numbers in bulk: NumPy arrays where NumPy is there, memoryviews where not.

Both can be indexed ``a[row, column]``, both share the memory that they are made of, and both are read-only.
"""

from __future__ import annotations

import array
import ctypes as c
from typing import Any, Dict, Optional, Sequence, Tuple

try:
    import numpy
except ImportError:
    numpy = None  # type: ignore[assignment]

#: A NumPy array, or a memoryview without NumPy.
Array = Any

_KINDS: Dict[str, Any] = {"d": c.c_double, "I": c.c_uint32}


def has_numpy() -> bool:
    """Are results NumPy arrays?"""
    return numpy is not None


def shaped(owner: Any, letter: str, shape: Tuple[int, ...]) -> Array:
    """A read-only view of a buffer of ``letter`` ("d" double, "I" 32 bits); the owner lives as long as it does."""
    if numpy is not None:
        seen = numpy.frombuffer(owner, dtype=numpy.float64 if letter == "d" else numpy.uint32).reshape(shape)
        seen.flags.writeable = False
        return seen
    view = memoryview(owner).cast("B").cast(letter).toreadonly()
    if len(shape) > 1 and view.nbytes:  # a memoryview cannot have rows without columns
        view = view.cast("B").cast(letter, shape=shape)
    return view


def at_address(address: Optional[int], keep: Any, letter: str, shape: Tuple[int, ...]) -> Array:
    """A view of memory of the library, nothing copied; ``keep`` lives as long as it does."""
    count = 1
    for side in shape:
        count *= side
    kind = _KINDS[letter] * count
    if not address or not count:
        return shaped(kind(), letter, shape)
    buffer = kind.from_address(address)
    buffer.keep = keep
    return shaped(buffer, letter, shape)


def new(letter: str, shape: Tuple[int, ...]) -> Tuple[int, Any]:
    """Memory for the library to write into: its address, and the buffer for shaped()."""
    count = 1
    for side in shape:
        count *= side
    buffer = (_KINDS[letter] * count)()
    return c.addressof(buffer), buffer


def value_rows(rows: Any, issues: int) -> Tuple[int, int, Any]:
    """Rows of value indices for the library: address, rows, and what must live until it is done.

    A C-contiguous buffer of 32-bit numbers is taken as it is; other integers are copied once.
    """
    if numpy is not None and isinstance(rows, (numpy.ndarray, list, tuple)):
        given = numpy.asarray(rows)
        if given.size and not numpy.issubdtype(given.dtype, numpy.integer):
            raise TypeError(f"outcomes are whole numbers, not {given.dtype}")
        if given.dtype != numpy.uint32:
            if given.size and (given.min() < 0 or given.max() > 0xFFFFFFFF):
                raise ValueError("a value index lies between 0 and 2**32 - 1")
            given = given.astype(numpy.uint32)
        given = numpy.ascontiguousarray(given)
        if given.ndim > 2 or (given.ndim == 2 and given.shape[1] != issues and given.size):
            raise ValueError(f"outcomes have {issues} columns, one for each issue, not the shape {given.shape}")
        return given.ctypes.data, _whole_rows(given.size, issues), given
    if isinstance(rows, (list, tuple)):
        rows = array.array("I", _flat(rows, issues))
    view = memoryview(rows)
    if view.format not in ("I", "<I", "=I", "@I") or not view.c_contiguous:
        raise TypeError(f"outcomes are contiguous 32-bit whole numbers (format I), not format {view.format}")
    if view.ndim > 2 or (view.ndim == 2 and view.shape is not None and view.shape[1] != issues):
        raise ValueError(f"outcomes have {issues} columns, one for each issue, not the shape {view.shape}")
    count = _whole_rows(view.nbytes // 4, issues)
    if view.readonly or not view.nbytes:
        copy = (c.c_uint32 * max(1, view.nbytes // 4))()
        c.memmove(copy, view.tobytes(), view.nbytes)
        return c.addressof(copy), count, copy
    buffer = (c.c_uint32 * (view.nbytes // 4)).from_buffer(view.cast("B"))
    return c.addressof(buffer), count, buffer


def _flat(rows: Sequence[Any], issues: int) -> Sequence[int]:
    if rows and not isinstance(rows[0], int):
        for row in rows:
            if len(row) != issues:
                raise ValueError(f"an outcome has {issues} values, one for each issue, not {len(row)}")
        rows = [one for row in rows for one in row]
    if any(not 0 <= one <= 0xFFFFFFFF for one in rows):
        raise ValueError("a value index lies between 0 and 2**32 - 1")
    return rows


def _whole_rows(numbers: int, issues: int) -> int:
    if issues and numbers % issues:
        raise ValueError(f"{numbers} numbers are no whole rows of {issues} issues")
    return numbers // issues if issues else 0
