"""Who says something in the passive: whoever *by* names, or nobody; compiled rules for voices, English only."""

from analysis.english.content import content_end, content_start
from analysis.english.kinds import BY
from analysis.english.phrases import phrase_end
from analysis.english.quotations import flag
from analysis.english.speech import ADDRESS, PAUSE, SPEECH
from analysis.english.words import RELATIVE, THAT
from analysis.tokens.compiling import compiled_step

_REACH = 25  # words behind a participle among which its agent is looked for


@compiled_step
def agent_of(text, roles, first, end):
    """Return the place of the *by* that names who does what the participle before token `first` says, or -1."""
    for i in range(first, min(end, first + _REACH)):
        if (i > first and text.gaps[i] & PAUSE) or flag(text, i) & (THAT | RELATIVE):
            return -1
        if roles[text.type_ids[i]] == BY:
            return i
    return -1


@compiled_step
def passive_parts(text, cue, bounds):
    """Return content (first token, end) and mention (first and last token, -1 for nobody) of a cue in the passive."""
    end, first = bounds.end, cue.last + 1
    by = agent_of(text, bounds.roles, first, end)
    category = cue.category if cue.category != ADDRESS else cue.category * 0 + SPEECH
    right = content_start(text, first, end, category)
    if by < 0 or by + 1 >= end:
        return right, content_end(text, right, end, category), by * 0 - 1, by * 0 - 1
    stop = max(by + 2, phrase_end(text, by + 1, end))
    if by == first or (stop < end and flag(text, stop) & THAT):
        return stop, content_end(text, stop, end, category), by + 1, stop - 1
    return min(right, by), by, by + 1, stop - 1
