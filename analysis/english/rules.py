"""The rules that link a hit to a target, in the order in which they are asked: `analysis.english.targets` says what each is."""

RULES = (
    "", "itself", "modifier", "object", "possessive", "of", "accusation", "copula", "passive", "subject", "apposition",
    "clause", "sentence", "headline",
)  # fmt: skip
(
    UNLINKED, ITSELF, MODIFIER, OBJECT, POSSESSIVE, OF, ACCUSATION, COPULA, PASSIVE, SUBJECT, APPOSITION, CLAUSE, SENTENCE, HEADLINE,
) = range(len(RULES))  # fmt: skip
