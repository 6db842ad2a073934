"""However a text is cut into pieces, its rows are the same; what no row can be is left out with its line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading import limits
from analysis.reading.row_blocks import IrregularError, RowBlocks

CELLS = st.text(st.sampled_from('ab,"\né\0'), max_size=6)


def cut(text: str, size: int) -> list[str]:
    return [text[begin : begin + size] for begin in range(0, len(text), size)]


def rows_of(blocks: list[bytes]) -> list[list[str]]:
    return [row for block in blocks for row in csv.reader(io.StringIO(block.decode(), newline=""))]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=6), st.integers(1, 9))
def test_rows_are_whole_and_those_with_a_nul_are_listed_by_their_line(rows, size):
    # Expected: what was written, by Python's own writer; a row begins in the line behind all those of the rows before it.
    file = io.StringIO()
    csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    reader = RowBlocks(",", 1)
    blocks = list(reader.of(cut(file.getvalue(), size)))
    assert rows_of(blocks) == [row for row in rows if "\0" not in "".join(row)]
    assert all(block.count(b'"') % 2 == 0 for block in blocks)
    lines = [1 + sum("".join(row).count("\n") + 1 for row in rows[:number]) for number in range(len(rows))]
    unfit = [line for line, row in zip(lines, rows, strict=True) if "\0" in "".join(row)]
    assert [unread.position for unread in reader.rejected] == [f"line {line}" for line in unfit]


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
@pytest.mark.parametrize("ending", ["", "\n"])
def test_a_row_that_is_too_long_is_dropped_while_it_comes(monkeypatch, size, ending):
    monkeypatch.setattr(limits, "MOST_DOCUMENT_BYTES", 20)
    text = f'h,i\n1,"{"x" * 15}\n{"y" * 15}"\n2,b\n3,{"z" * 30}{ending}'
    reader = RowBlocks(",", 4)
    assert b"".join(reader.of(cut(text, size))) == b"h,i\n2,b\n"
    # By hand: the header stands in line 4, the first row in 5 and 6, the third in 8; 2 + 33 and 2 + 30 bytes, with the line end.
    assert [unread.position for unread in reader.rejected] == ["line 5", "line 8"]


@pytest.mark.parametrize("text", ['a,b"c\n', 'a,"b" c\n', 'a,"b\n', '"a""\n', 'a,b\n"c"d,e\n'])
@pytest.mark.parametrize("size", [1, 2, 100])
def test_a_mark_that_does_neither_is_told_wherever_the_text_is_cut(text, size):
    with pytest.raises(IrregularError):
        list(RowBlocks(",", 1).of(cut(text, size)))
