"""The bits that say what stands between two words.

The kernel sets them and decides nothing: whether ’ closes a quotation or a stop ends a sentence is decided later. Each of
the six marks that can both open and close has three bits: white space (or the field's edge) to its left, to its right,
and on neither side.
"""

STOP = 1 << 0  # .
EXCLAMATION = 1 << 1  # ! ? and their kin: they end a sentence without doubt
ELLIPSIS = 1 << 2  # … or three full stops
COMMA = 1 << 3
COLON = 1 << 4
SEMICOLON = 1 << 5
DASH = 1 << 6  # – — or a hyphen with white space on both sides, or two hyphens
BRACKET_OPEN = 1 << 7
BRACKET_CLOSE = 1 << 8
LINE_END = 1 << 9
PARAGRAPH_END = 1 << 10  # a blank line, or U+2029
LOW_QUOTE = 1 << 11  # „ ‚ « ‹: continental marks that open, as a rule
ANGLE_CLOSE = 1 << 12  # » ›

LEFT_SPACE, RIGHT_SPACE, NO_SPACE = 0, 1, 2
DOUBLE_LEFT = 13  # “ takes bits 13, 14 and 15 (shift by LEFT_SPACE, RIGHT_SPACE or NO_SPACE)
DOUBLE_RIGHT = 16  # ”
SINGLE_LEFT = 19  # ‘
SINGLE_RIGHT = 22  # ’ (also the apostrophe, where it stands outside a word)
STRAIGHT_DOUBLE = 25  # "
STRAIGHT_SINGLE = 28  # '

SEPARATOR = 1 << 31  # | ¦ • · ‣ and their kin, which part the items of a line

SENTENCE_END = STOP | EXCLAMATION | ELLIPSIS
# What no phrase runs over unless its entry has the mark. A full stop is not among them: where it does not end the sentence, it
# belongs to an abbreviation. Spaces, line ends, hyphens, slashes and quotation marks part no phrase.
PHRASE_BREAKS = (
    EXCLAMATION | ELLIPSIS | COMMA | COLON | SEMICOLON | DASH | BRACKET_OPEN | BRACKET_CLOSE | SEPARATOR
)  # fmt: skip
