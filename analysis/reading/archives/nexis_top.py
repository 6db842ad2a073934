"""What stands above the labels of an article of the old nexis.com: outlet, date and headline, in either order."""

import re

from analysis.core.errors import CorpusError
from analysis.reading.archives.nexis_blocks import Block, block_of, is_body_label
from analysis.reading.archives.nexis_head import (
    DATE_FORMS,
    add,
    add_below_date,
    add_date,
    date_line,
    is_correction,
    is_edition,
    is_notice,
    is_notice_start,
    is_time,
    is_weekday,
)
from analysis.reading.archives.nexis_labels import stated_words

# Where one of these stands above the text, the article is in the usual order: outlet, date, headline, labels, text.
STRONG = ("headline", "byline", "section", "length_stated")
HEAD = (*STRONG, "standfirst", "dateline")

_DEEPEST_DATE = 8
_TO_LABELS = 12
_MOST_NAME_WORDS = 8
_ADDRESS = re.compile(r"https?://\S+")
# "47-4 Pub. Util. Comm. 3": volume, journal and page.
_CITATION = re.compile(r"\d[\d-]* (?=\D*\.).{1,60} \d+")
_WRITTEN_BY = re.compile(r"(?:by|von|van|door|par|por|da|di)\s(?:\S+\s?){1,9}$", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d")


def is_body_mark(block: Block) -> bool:
    """Whether a block begins with the label of the text, "BODY:"."""
    return is_body_label(block.label)


def is_head(block: Block) -> bool:
    """Whether a block begins with a label that stands above the text."""
    return block.column in HEAD or is_body_mark(block)


def read_top(core: list[Block], fields: dict[str, str]) -> list[Block]:
    """Read outlet, date and headline of the blocks above the last labels into `fields`; return the blocks below them.

    The usual order is outlet, date, headline, labels; agencies have the headline above the date and most labels below the text.
    """
    if not core:
        raise CorpusError("no publication, date and headline before the first label")
    labelled = _labelled(core)
    is_usual = any(block.column in STRONG for block in core[labelled : labelled + _TO_LABELS])
    above, below, after_at = _at_date(core[:labelled] if is_usual else core, fields)
    names = _named(above, fields)
    after = core[after_at : labelled if is_usual else len(core)]
    has_label = is_usual and any(block.column == "headline" for block in core[labelled : labelled + _TO_LABELS])
    after = _read_below_date(below, after, fields)
    if has_label:
        add(fields, "further", "\n".join(block.text for block in after))
        after = []
    elif is_usual and after:
        _read_headline(after, fields, has_byline=any(block.column == "byline" for block in core[labelled:]))
        after = []
    elif names[1:]:
        fields["headline"] = " ".join(names[1:])
        names = names[:1]
        after = _without_byline(after, fields)
    elif after:
        fields["headline"] = after[0].text
        after = _without_length(after[1:], fields)
    fields["outlet"] = " ".join(names)
    return [*after, *(core[labelled:] if is_usual else [])]


def _labelled(core: list[Block]) -> int:
    """Return the place of the first label of the head; a headline that begins like one is none."""
    places = [place for place, block in enumerate(core) if is_head(block)]
    if len(places) < 2:
        return places[0] if places else len(core)
    first = core[places[0]]
    is_below_date = places[0] > 0 and any(
        fits(line.strip()) for fits in DATE_FORMS for line in core[places[0] - 1].lines
    )
    repeats = any(block.column == first.column for block in core[places[0] + 1 : places[0] + _TO_LABELS])
    is_headline = is_below_date and (repeats if first.column else bool(first.value))
    return places[1] if is_headline else places[0]


def _at_date(core: list[Block], fields: dict[str, str]) -> tuple[list[Block], list[str], int]:
    """Read the date; return the blocks above it, the lines below it in its block, and the place of what follows."""
    for fits in DATE_FORMS:
        for place, block in enumerate(core[:_DEEPEST_DATE]):
            at = next((at for at, line in enumerate(block.lines) if fits(line.strip())), None)
            if at is None or (not place and not at and fits is not date_line):
                continue
            above = [*core[:place], *([block_of(block.lines[:at])] if at else [])]
            line = block.lines[at].strip()
            (add_below_date if fits is is_correction else add_date)(fields, line)
            return above, [line.strip() for line in block.lines[at + 1 :]], place + 1
    return core[:1], [], 1


def _named(above: list[Block], fields: dict[str, str]) -> list[str]:
    """Return the names above the date, one a block, without notices, addresses and editions."""
    names: list[str] = []
    for block in above:
        lines = [line.strip() for line in block.lines]
        notice = next(
            (at for at, line in enumerate(lines) if is_notice_start(line) and is_notice(" ".join(lines[at:]))),
            len(lines),
        )
        add(fields, "further", " ".join(lines[notice:]))
        name = " ".join(lines[:notice])
        if _ADDRESS.match(name):
            fields["url"] = name.replace(" ", "")
        elif names and is_edition(name):
            add(fields, "edition", name)
        elif name:
            names.append(name)
    return names


def _read_below_date(below: list[str], after: list[Block], fields: dict[str, str]) -> list[Block]:
    """Read what stands between date and headline into `fields`; return the blocks from the headline on."""
    loose: list[str] = []
    for line in below:
        if is_time(line) or is_weekday(line) or is_edition(line) or is_correction(line) or date_line(line) or after:
            add_below_date(fields, line)
        else:
            loose.append(line)
    while after and not loose:
        block = after[0]
        text = block.text
        if block.column == "show" and (len(after) > 1 or _CLOCK.search(text)):
            fields["show"] = block.value
        elif is_edition(text) or is_correction(text) or is_time(text) or is_weekday(text):
            add_below_date(fields, text)
        elif date_line(text) and len(after) > 1:
            add(fields, "date_further", text)
        else:
            break
        after = after[1:]
    return [block_of(loose), *after] if loose else after


def _read_headline(after: list[Block], fields: dict[str, str], *, has_byline: bool) -> None:
    """Read the blocks between date and labels: a citation, the headline, and below it who wrote, where no label says so."""
    while len(after) > 1 and _CITATION.fullmatch(after[0].text):
        add(fields, "further", after[0].text)
        after = after[1:]
    while len(after) > 1 and after[-1].label and not after[-1].column:
        # "GUESTS: …" of a transcript.
        add(fields, "further", after[-1].text)
        after = after[:-1]
    while len(after) > 1 and not has_byline and _WRITTEN_BY.match(after[-1].text):
        fields["byline"] = after[-1].text
        after, has_byline = after[:-1], True
    fields["headline"] = " ".join(block.text for block in after)


def _without_byline(after: list[Block], fields: dict[str, str]) -> list[Block]:
    """Return the blocks below the date of an agency, without the name that stands alone above its DATELINE."""
    if len(after) > 1 and after[1].column == "dateline" and not after[0].label:
        text = after[0].text
        if len(text.split()) <= _MOST_NAME_WORDS and not text.endswith("."):
            fields["byline"] = text
            return after[1:]
    return after


def _without_length(after: list[Block], fields: dict[str, str]) -> list[Block]:
    """Return the blocks below a headline without the length that stands there without a label."""
    if after and stated_words(after[0].text) is not None:
        fields["length_stated"] = after[0].text
        return after[1:]
    return after
