"""Delimited text in pieces → blocks of whole rows, and the rows that no article can be: too long, or with what is no character.

A row ends at a line end outside quotation marks. That is known only while every mark opens a cell at its start, closes it at its end,
or is doubled inside it; text of another kind is read by rows, see `analysis.reading.delimited`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.reading import limits
from analysis.reading.records import Unread
from analysis.reading.unfit import HALF_A_PAIR, NUL, too_long

_LINE_END, _MARK = ord("\n"), ord('"')
_MOST_RAW = 1_000

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[Any]


class IrregularError(ValueError):
    """A quotation mark neither opens nor closes a cell, so that nothing tells where a row ends."""


class RowBlocks:
    """Blocks of whole rows.

    Attributes
    ----------
    rejected : list of Unread
        The rows that were left out so far.
    """

    def __init__(self, delimiter: str, first_line: int) -> None:
        self.rejected: list[Unread] = []
        self._edges = np.array([ord(delimiter), _LINE_END, _MARK], np.uint8)
        self._kept: list[bytes] = []  # of the row that is not at its end
        self._size = 0  # its bytes, of which those are not kept that are too many
        self._reason = ""
        self._row_line = self._line = first_line
        self._is_inside = False
        self._before = _LINE_END

    def of(self, texts: Iterable[str]) -> Iterator[bytes]:
        """Yield the rows of a text that is given in pieces, as UTF-8.

        Raises
        ------
        IrregularError
            When a quotation mark neither opens nor closes a cell.
        """
        held = b""
        for text in texts:
            data = held + text.encode("utf-8", "surrogatepass")
            # What stands behind a mark says what it does, so marks at the end wait for the next piece.
            end = len(data.rstrip(b'"'))
            data, held = data[:end], data[end:]
            yield from self._of_piece(data)
        yield from self._of_piece(held)
        if self._is_inside:
            raise IrregularError
        yield from self._last()

    def _of_piece(self, data: bytes) -> Iterator[bytes]:
        if not data:
            return
        buffer = np.frombuffer(data, np.uint8)
        marks = np.flatnonzero(buffer == _MARK)
        self._check(buffer, marks)
        line_ends = np.flatnonzero(buffer == _LINE_END)
        outside = (np.searchsorted(marks, line_ends) + self._is_inside) % 2 == 0
        ends = line_ends[outside] + 1
        unfit = _unfit(buffer)
        if len(ends):
            yield from self._rows(data, ends, line_ends, unfit)
            self._start(int(self._line + np.searchsorted(line_ends, ends[-1])))
            data = data[ends[-1] :]
        self._reason = next((reason for place, reason in unfit if not len(ends) or place >= ends[-1]), self._reason)
        self._keep(data)
        self._line += len(line_ends)
        self._is_inside = bool((len(marks) + self._is_inside) % 2)
        self._before = int(buffer[-1])

    def _check(self, buffer: Bytes, marks: Places) -> None:
        opening, closing = (marks[1::2], marks[::2]) if self._is_inside else (marks[::2], marks[1::2])
        before = buffer[opening - 1]
        if len(opening) and opening[0] == 0:
            before[0] = self._before
        after = buffer[closing[closing < len(buffer) - 1] + 1]
        # A mark beside another one counts as closing and opening again, which is what a doubled mark does.
        if not (np.isin(before, self._edges).all() and np.isin(after, self._edges).all()):
            raise IrregularError

    def _rows(self, data: bytes, ends: Places, line_ends: Places, unfit: list[tuple[int, str]]) -> Iterator[bytes]:
        sizes = np.diff(ends, prepend=0)
        sizes[0] += self._size
        reasons = {int(row): too_long(int(sizes[row])) for row in np.flatnonzero(sizes > limits.MOST_DOCUMENT_BYTES)}
        for place, reason in unfit:
            row = int(np.searchsorted(ends, place, side="right"))
            if row < len(ends):
                reasons.setdefault(row, reason)
        if self._reason:
            reasons.setdefault(0, self._reason)
        begin, kept = 0, self._kept
        for row in sorted(reasons):
            start, end = (int(ends[row - 1]) if row else 0), int(ends[row])
            if start > begin or (row and kept):
                yield b"".join([*kept, data[begin:start]])
            line = int(self._line + np.searchsorted(line_ends, start)) if row else self._row_line
            self._reject(line, reasons[row], b"".join([*([] if row else self._kept), data[start:end]]))
            begin, kept = end, []
        if begin < ends[-1]:
            yield b"".join([*kept, data[begin : ends[-1]]])

    def _start(self, line: int) -> None:
        self._kept, self._size, self._reason, self._row_line = [], 0, "", line

    def _keep(self, data: bytes) -> None:
        """Keep the begin of a row that is not at its end; of one that is too long, what is shown of it."""
        self._size += len(data)
        self._kept.append(data)
        if self._size > limits.MOST_DOCUMENT_BYTES:
            self._kept = [b"".join(self._kept)[: 4 * _MOST_RAW]]

    def _last(self) -> Iterator[bytes]:
        """Yield the last row where no line end is behind it."""
        reason = too_long(self._size) if self._size > limits.MOST_DOCUMENT_BYTES else self._reason
        if reason:
            self._reject(self._row_line, reason, b"".join(self._kept))
        elif self._size:
            yield b"".join(self._kept)

    def _reject(self, line: int, reason: str, raw: bytes) -> None:
        text = raw[: 4 * _MOST_RAW].decode("utf-8", "replace").rstrip("\n")
        self.rejected.append(Unread(f"line {line}", reason, text if len(raw) <= 4 * _MOST_RAW else f"{text} …"))


def _unfit(buffer: Bytes) -> list[tuple[int, str]]:
    """Return where a NUL or half of a surrogate pair stands, and what it is."""
    found = [(int(place), NUL) for place in np.flatnonzero(buffer == 0)]
    leads = np.flatnonzero(buffer[:-1] == 0xED)
    # UTF-8 has no byte above 0x9F behind 0xED: that would be a surrogate.
    return found + [(int(place), HALF_A_PAIR) for place in leads[buffer[leads + 1] > 0x9F]]
