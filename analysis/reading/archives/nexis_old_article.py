"""One article of the old nexis.com: its blocks of lines → fields and paragraphs, in whatever order the labels stand."""

import re
from itertools import pairwise

from analysis.core.errors import CorpusError
from analysis.reading.archives.nexis_blocks import Block, block_of
from analysis.reading.archives.nexis_body import article, without_abstract
from analysis.reading.archives.nexis_head import add
from analysis.reading.archives.nexis_labels import ALONE, CLASSIFICATION_COLUMNS, is_rest_of_copyright, one_line
from analysis.reading.archives.nexis_top import HEAD, STRONG, is_body_mark, is_head, read_top
from analysis.reading.records import Record

_BELOW_TEXT = (*CLASSIFICATION_COLUMNS, "document_type", "transcript", "distribution")
_TAIL = (*_BELOW_TEXT, "graphic", *HEAD)
# What may follow the last label of the head where an article has no text; any other label there is a line of text.
_ENDING = ("language", "load_date", "publication_type", "url", "copyright", "correction", "graphic", "journal_code")
_OF_SHOWS = ("show", "transcript")
_PEOPLE = re.compile(r"(?:GUEST|ANCHOR|HOST|REPORTER)S?|GÄSTE|INVITÉS?")
_LONG_VALUES = ("graphic", "correction")
_MOST_CONTINUED = 20
_TO_BODY_MARK = 12
_PERCENT = re.compile(r"\(\d{1,3}%\)")
_INDENT = re.compile(r"\s{2,}\S")


def old_article(blocks: list[Block], *, wrapped: bool) -> Record:
    """Return the article of the blocks below one separator; the lines of a wrapped file are joined to paragraphs.

    Raises
    ------
    CorpusError
        When there is neither a date nor a label, or nothing above the labels.
    """
    tail_at = _tail_start(blocks)
    fields, core = _without_copyright(blocks[:tail_at])
    core = _read_labels(read_top(core, fields), fields)
    text, tail = (core, blocks[tail_at:]) if core else _text_among_labels(blocks[tail_at:])
    if not tail and not fields.keys() & {"date", *STRONG[1:]}:
        raise CorpusError("neither a date nor a label, so this is no article")
    _read_tail(tail, fields)
    paragraphs = [paragraph for block in text for paragraph in _paragraphs(block.lines, wrapped=wrapped)]
    return article(fields, without_abstract(paragraphs, fields))


def _text_among_labels(tail: list[Block]) -> tuple[list[Block], list[Block]]:
    """Return the text of an article that seems to have none, "CITY: the mayor spoke.", and the labels around it."""
    end = next((place for place, block in enumerate(tail) if block.is_copyright or block.column in _ENDING), len(tail))
    text = [block for block in tail[:end] if block.column not in HEAD and not _PERCENT.search(block.value)]
    return text, [block for block in tail if not any(block is of_text for of_text in text)]


def _without_copyright(blocks: list[Block]) -> tuple[dict[str, str], list[Block]]:
    """Return a field with the notices above the text, and the blocks without them."""
    fields: dict[str, str] = {}
    kept: list[Block] = []
    for block in blocks:
        lines = block.lines
        if block.is_copyright:
            count = next(
                (place for place, line in enumerate(lines[1:], 1) if not is_rest_of_copyright(line.strip())), 0
            )
            # The outlet may follow the notice without a blank line.
            count = count or len(lines)
            add(fields, "copyright", one_line("\n".join(lines[:count])))
            lines = lines[count:]
        if lines:
            kept.append(block_of(lines) if len(lines) < len(block.lines) else block)
    return fields, kept


def _tail_start(blocks: list[Block]) -> int:
    """Return where the labels after the text begin, each of which stands once; the same words further above are text."""
    seen: set[str] = set()
    start = len(blocks)
    while start:
        place = _continued(blocks, start - 1)
        block = blocks[place]
        # A label that is not known counts only where one that is known to stand below texts is above it.
        nearest = (blocks[at] for at in range(place - 1, max(place - _MOST_CONTINUED, 0) - 1, -1))
        above = next((one.column for one in nearest if one.column or not one.label), "")
        if block.column in seen or not (block.is_copyright or block.column in _TAIL or block.label):
            break
        if block.label and not block.column and above not in _BELOW_TEXT:
            break
        seen |= {block.column} - {""}
        start = place
    return start


def _continued(blocks: list[Block], place: int) -> int:
    """Return the place of the label whose value goes on in the block at `place`, or `place` itself."""
    for above in range(place, max(place - _MOST_CONTINUED, 0), -1):
        block = blocks[above]
        if block.is_copyright or block.label:
            may_go_on = block.column in _LONG_VALUES or (
                block.column in _TAIL and not block.value and above == place - 1
            )
            return above if may_go_on and blocks[above - 1].column not in HEAD else place
    return place


def _read_labels(core: list[Block], fields: dict[str, str]) -> list[Block]:
    """Read the labels between headline and text into `fields`; return the text."""
    marked = (place for place, block in enumerate(core[:_TO_BODY_MARK]) if is_body_mark(block) and not block.value)
    mark = next(marked, -1)
    pending = ""
    for at, block in enumerate(core):
        following = core[at + 1] if at + 1 < len(core) else None
        is_before_label = following is not None and (is_head(following) and following.column not in fields)
        if is_body_mark(block):
            return _after_mark(core[at:])
        if block.column in HEAD and not fields.get(block.column):
            fields[block.column] = block.value
            pending = "" if block.value else block.column
        elif block.column in _OF_SHOWS and not fields.get(block.column):
            fields[block.column] = block.value
        elif _PEOPLE.fullmatch(block.label) and is_before_label:
            add(fields, "further", block.text)
        elif at < mark or (pending and is_before_label):
            add(fields, pending or "further", block.text)
        elif block.label and is_before_label and "length_stated" not in fields:
            add(fields, "further", block.text)
        else:
            return core[at:]
    return []


def _after_mark(core: list[Block]) -> list[Block]:
    """Return the text from the block of the mark on, without the mark."""
    mark = core[0]
    first = mark.lines[0].strip()[len(mark.label) :].lstrip(" :")
    lines = [line for line in [first, *mark.lines[1:]] if line.strip()]
    return [Block("", "", "", lines), *core[1:]] if lines else core[1:]


def _paragraphs(lines: list[str], *, wrapped: bool) -> list[str]:
    """Return the paragraphs of a block: each line, or what was wrapped into lines of one width."""
    if not wrapped:
        return [line.strip() for line in lines]
    width = max(len(line.rstrip()) for line in lines)
    found = [[lines[0]]]
    for above, line in pairwise(lines):
        fits = len(above.rstrip()) + 1 + len(line.split()[0]) <= width / 2
        if fits or _INDENT.match(line):
            found.append([line])
        else:
            found[-1].append(line)
    return [one_line("\n".join(paragraph)) for paragraph in found]


def _read_tail(tail: list[Block], fields: dict[str, str]) -> None:
    others: list[str] = []
    last = ""
    for block in tail:
        column = block.column
        if block.is_copyright:
            add(fields, "copyright", block.text)
        elif column == "url" and not block.value.startswith("http"):
            # "VIEW ORIGINAL PAGE: ," of a page without one.
            others.append(block.text)
        elif column in (*ALONE, *HEAD) and not fields.get(column):
            fields[column] = block.value
            last = column
        elif not block.label and last:
            add(fields, last, block.text)
        else:
            others.append(block.text)
    add(fields, "classification", "\n".join(others))
