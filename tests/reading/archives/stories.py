"""Invented stories, hostile but realistic, for the archive export generators."""

import datetime
import random
from dataclasses import dataclass, field

__all__ = ["Story", "stories"]


@dataclass(frozen=True)
class Story:
    """One article as its newspaper printed it.

    Parameters
    ----------
    outlet, date, headline, byline, section, url, language
        As published. Headline and outlet are never empty; the other texts may be.
    standfirst
        The line between headline and text, or "".
    lead, rest
        Paragraphs that Factiva puts in LP and in TD. No paragraph has two blanks in a row or blanks at an end.
    city
        Where the outlet appears: ``Outlet(City)`` in Nexis, and the dateline.
    agency
        The wire service named in the credit, or "".
    caption
        Words under the picture, which belong to no body.
    """

    outlet: str
    date: datetime.date
    headline: str
    standfirst: str
    lead: tuple[str, ...]
    rest: tuple[str, ...]
    byline: str
    section: str
    url: str
    language: str = "en"
    city: str = ""
    agency: str = ""
    caption: str = field(default="Photo: the quay at low tide")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All paragraphs in order."""
        return self.lead + self.rest

    @property
    def body(self) -> str:
        """All paragraphs, joined by an empty line."""
        return "\n\n".join(self.paragraphs)

    @property
    def words(self) -> int:
        """Words in the body, as the archive would state them."""
        return len(self.body.split())


# Every character below exists in cp1252, so that every story can be written in every encoding.
OUTLETS = {
    "en": [
        ("The Saltmere Gazette", "Saltmere"),
        ("Wexcombe Evening Post", "Wexcombe"),
        ("The Daily Lantern & Echo", "Northbrae"),
        ("24 Hours Tidewell", "Tidewell"),
    ],
    "de": [("Der Uferbote", "Grünhafen"), ("Mühlbacher Anzeiger", "Mühlbach")],
    "fr": [("Le Courrier de l’Étang", "Valmère"), ("L’Écho du Môle", "Port-Aubry")],
}
SECTIONS = {
    "en": ["News", "HOME NEWS; Pg. 5", "Business", "Comment & Debate", "Sport", ""],
    "de": ["Politik", "LOKALES; S. 3", "Wirtschaft", ""],
    "fr": ["Société", "Région", "Économie", ""],
}
BYLINES = ["Orla Fennimore", "Tobiah Quillstrand", "Zoé Marchelune", "Ilse Grünwetter and Piet van Oosterkamp", "", ""]
AGENCIES = ["", "", "", "Coastwire", "Tidings Agency"]
SLOTS = {
    "en": {
        "who": [
            "the ferry board",
            "residents of Kiln Row",
            "the tram drivers’ union",
            "a café owner",
            "the parish clerk",
        ],
        "what": [
            "a £4.2m repair fund",
            "the disputed sea wall",
            "late-night timetables",
            "a ban on bonfires",
            "the rent freeze",
        ],
        "verb": ["rejected", "welcomed", "quietly shelved", "demanded", "voted down", "agreed to"],
        "when": [
            "on Tuesday",
            "after a nine-hour meeting",
            "before dawn",
            "in a letter seen by readers",
            "at the weekend",
        ],
        "where": [
            "in Saltmere",
            "near the old customs house",
            "outside Wexcombe town hall",
            "along the canal",
            "in Tidewell",
        ],
        "why": [
            "citing the cost",
            "to general surprise",
            "for the third time",
            "despite the storm",
            "without a debate",
        ],
    },
    "de": {
        "who": ["der Fährausschuss", "die Anwohner", "die Gewerkschaft der Straßenbahner", "ein Cafébesitzer"],
        "what": ["den Hilfsfonds über 4,2 Mio. £", "die Ufermauer", "den Nachtfahrplan", "das Böllerverbot"],
        "verb": ["begrüßte", "verwarf", "forderte", "vertagte"],
        "when": ["am Dienstag", "nach neun Stunden", "vor Tagesanbruch", "am 3. März"],
        "where": ["in Grünhafen", "am alten Zollhaus", "vor dem Rathaus", "längs des Kanals"],
        "why": ["wegen der Kosten", "zum dritten Mal", "trotz des Sturms", "ohne Aussprache"],
    },
    "fr": {
        "who": ["la régie des bacs", "un cafetier", "le syndicat des traminots", "la mairie"],
        "what": ["un fonds de 4,2 M£", "la digue contestée", "l’horaire de nuit", "le gel des loyers"],
        "verb": ["a rejeté", "a salué", "a réclamé", "a reporté"],
        "when": ["mardi", "après neuf heures de séance", "avant l’aube", "le 3 février"],
        "where": ["à Valmère", "près de l’ancienne douane", "devant la mairie", "le long du canal"],
        "why": ["en raison du coût", "pour la troisième fois", "malgré la tempête", "sans débat"],
    },
}
PATTERNS = {
    "en": [
        "{who} {verb} {what} {when}, {why}.",
        "{when} {who} {verb} {what} {where}.",
        "{where}, {who} {verb} {what} {why}.",
        "“It is true that {who} {verb} {what}”, one of {number} witnesses said {when} – {why}.",
        "Some {number} letters asked why {who} {verb} {what} {where}; “nobody knows”, ran the answer.",
    ],
    "de": [
        "{who} {verb} {when} {what}, {why}.",
        "{when} {verb} {who} {what} {where}.",
        "„{who} {verb} {what}“, sagte {when} eine von {number} Zeuginnen – {why}.",
    ],
    "fr": [
        "{when}, {who} {verb} {what}, {why}.",
        "{where}, {who} {verb} {what} {when}.",
        "«\u00a0{who} {verb} {what}\u00a0», dit {when} l’un des {number} témoins, {why}.",
    ],
}
HEADLINES = {
    "en": [
        "{who} {verb} {what}",
        "{what}: {who} {verb} it {when}",
        "{number} words on {what}, {why}",
        "‘{why}’ – {who} {verb} {what} {where}",
        "1 July, {where}: why {who} {verb} {what}",
        "LETTER: {who} {verb} {what} & more",
    ],
    "de": [
        "{who} {verb} {what}",
        "„{why}“: {who} {verb} {what}",
        "{number} Briefe {where}, {why}",
        "3. März: {who} {verb} {what}",
    ],
    "fr": ["{who} {verb} {what}", "«\u00a0{why}\u00a0»\u00a0: {who} {verb} {what}", "{number} lettres {where}, {why}"],
}
# Paragraphs that look like the furniture of an export but are what the newspaper printed. None can be taken for a
# label by a reader that knows where in an article it is: bare labels that follow the text are left out.
HOSTILE = [
    "Body",
    "Silence.",
    "None",
    "NA",
    "SECTION: that is how the tenants spell the word, in capitals, on every door of block {number}.",
    "BYLINE: unknown, said the archivist, who had read the note {number} times.",
    "HIGHLIGHT: the evening’s best remark came from a child of {number}.",
    "Length:\u00a03 metres, said the surveyor; Length: 3 was what the form said {when}.",
    "The plan’s label, “Length: 3”, was wrong by {number} cm, {who} said {when}.",
    "The clerk read aloud “1 of 10 DOCUMENTS” and then, {number} minutes later, 2 of 10 DOCUMENTS were missing.",
    "LP records, at £{number} apiece, outsold everything else {where}.",
    "TD stands for “tide”, not for text, {who} insisted {when}.",
    "The last page said End of Document, and nobody {where} had turned it before.",
    "Classification of the {number} wrecks will take years; Load-Date: a sticker says, is unknown.",
    "Copyright was never the point, {who} said {when}: credit was.",
    "On July {day}, 2003 Monday came a day late, the joke {where} goes.",
    "1er avril 2011, 3. März 2012, 12 décembre 2013: the dates on the wall {where} agree on nothing.",
    "5 < 7 & 9 > {number}, the graffiti {where} says; <b>bold</b>, it adds, and {{curly}} \\ back again.",
    "£{number}\u00a0000 was spent at the café – “a fortune”, {who} said; it wasn’t the clerk’s money…",
    "- {number} cups, washed {when}",
    "________ was all the sign {where} said.",
    "“Full text: to follow”, {who} promised {when}.",
    "{number} words",
    "By the water {where}, {number} people waited.",
    "Null.",
]


def stories(seed: int, n: int) -> list[Story]:
    """Make `n` different stories; the same seed gives the same ones.

    Two thirds are in English, the rest in German and French; some have no standfirst, byline or section, some have
    one paragraph only. No two headlines and no two addresses are the same.
    """
    random_ = random.Random(seed)
    made: list[Story] = []
    seen: set[str] = set()
    while len(made) < n:
        language = random_.choice(["en", "en", "en", "en", "de", "fr"])
        headline = _fill(random_, random_.choice(HEADLINES[language]), language)
        if headline in seen:
            # A number makes the headline new, where the few words have been used up.
            headline = f"{headline} ({len(made) + 1})"
        seen.add(headline)
        made.append(_story(random_, language, headline, len(made)))
    return made


def _story(random_: random.Random, language: str, headline: str, index: int) -> Story:
    """Make one story under a given headline."""
    outlet, city = random_.choice(OUTLETS[language])
    lead = [_prose(random_, language) for _ in range(random_.choice([1, 1, 1, 2, 3]))]
    # A first sentence with the story's number makes each body different from all others.
    lead[0] = f"{lead[0]} File {index + 1}/{random_.randint(1000, 9999)}."
    rest = [_prose(random_, language) for _ in range(random_.choice([0, 1, 2, 3, 5, 8]))]
    for hostile in random_.sample(HOSTILE, random_.randint(0, 5)) if rest else []:
        # Never last: what ends an article is often cut as boilerplate, which is another module's matter.
        rest.insert(random_.randint(0, len(rest) - 1), _fill(random_, hostile, language, capital=False))
    slug = f"{random_.randint(10**7, 10**8 - 1)}-{index}"
    return Story(
        outlet=outlet,
        date=datetime.date(1996, 1, 1) + datetime.timedelta(days=random_.randrange(365 * 28)),
        headline=headline,
        standfirst=_prose(random_, language, most=1) if random_.random() < 0.6 else "",
        lead=tuple(lead),
        rest=tuple(rest),
        byline=random_.choice(BYLINES),
        section=random_.choice(SECTIONS[language]),
        url=f"https://{language}.news.example.org/story/{slug}?a=1&b=2",
        language=language,
        city=city,
        agency=random_.choice(AGENCIES),
        caption=f"Photo: {random_.choice(SLOTS[language]['where'])}",
    )


def _prose(random_: random.Random, language: str, most: int = 3) -> str:
    """Make a paragraph of one to `most` sentences."""
    return " ".join(
        _fill(random_, random_.choice(PATTERNS[language]), language) for _ in range(random_.randint(1, most))
    )


def _fill(random_: random.Random, pattern: str, language: str, *, capital: bool = True) -> str:
    """Fill a pattern with words of the language."""
    words = {slot: random_.choice(choices) for slot, choices in SLOTS[language].items()}
    text = pattern.format(**words, number=random_.randint(11, 990), day=random_.randint(1, 28))
    return text[0].upper() + text[1:] if capital else text
