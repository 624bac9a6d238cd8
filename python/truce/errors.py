"""What can go wrong, as exceptions. Their texts are the library's own sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence, Tuple


class TruceError(Exception):
    """The ancestor of all that this package raises on its own account."""


class LibraryError(TruceError, ImportError):
    """libtruce cannot be loaded, or is of another version than this package."""


class ChoiceError(TruceError, ValueError):
    """The choices of a call make no sense: an unknown party, an impossible size, …"""


class LimitError(TruceError):
    """Time or memory ended before there was anything to give."""


@dataclass(frozen=True)
class Remark:
    """One thing that the reader of a file found wrong.

    ``line`` and ``column`` count from 1, columns in characters; ``line`` is 0 without a place.
    """

    severity: str  #: "error" or "warning"
    message: str
    file: Optional[str]
    line: int
    column: int
    hint: Optional[str]
    source: Optional[str]  #: the text of the line at fault

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.file and self.line else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{place}{self.severity}: {self.message}{hint}"


class InputError(TruceError, ValueError):
    """A file is wrong. ``remarks`` has all that was said; ``message``, ``file``, ``line`` and ``column`` are
    those of the first error."""

    def __init__(self, remarks: Sequence[Remark]) -> None:
        self.remarks: Tuple[Remark, ...] = tuple(remarks)
        errors = [remark for remark in self.remarks if remark.severity == "error"]
        first = errors[0] if errors else None
        self.message: str = first.message if first else "the input cannot be read"
        self.file: Optional[str] = first.file if first else None
        self.line: int = first.line if first else 0
        self.column: int = first.column if first else 0
        super().__init__("\n".join(map(str, errors)) or self.message)
