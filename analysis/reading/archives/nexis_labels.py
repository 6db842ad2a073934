"""The words of Nexis exports in the languages of its interfaces: labels, marks, separators, copyright lines and lengths."""

import re
import unicodedata
from functools import lru_cache

# Column → its labels in English, German, French, Dutch, Spanish, Italian and Portuguese. A further language is further words here.
LABELS = {
    "section": (
        *(
            "Section",
            "Rubrik",
            "Ressort",
            "Rubrique",
            "Rubriek",
            "Sectie",
            "Sección",
            "Sezione",
            "Seção",
            "Secção",
            "Sektion",
            "Avdelning",
        ),
    ),
    "length_stated": (
        *("Length", "Länge", "Laenge", "Longueur", "Lengte", "Longitud", "Extensión", "Lunghezza"),
        *("Comprimento", "Extensão", "Tamanho", "Längd", "Længde", "Lengde"),
    ),
    "byline": (
        *("Byline", "Author", "Autor", "Verfasser", "Auteur", "Signature", "Autore", "Författare", "Forfatter"),
    ),
    "standfirst": (
        *(
            "Highlight",
            "Hervorhebung",
            "Zusammenfassung",
            "Highlights",
            "Résumé",
            "Point saillant",
            "Chapeau",
            "Encart",
        ),
        *("Hoogtepunt", "Samenvatting", "Destacado", "Resumen", "Sommario", "In evidenza", "Destaque", "Resumo"),
    ),
    "dateline": (*("Dateline", "Ort", "Ortszeile", "Datumszeile", "Lieu", "Origine", "Plaats", "Lugar", "Luogo"),),
    "graphic": (
        *("Graphic", "Grafik", "Graphik", "Graphique", "Illustration", "Grafiek", "Gráfico", "Grafico", "Afbeelding"),
    ),
    "edition": ("Edition", "Ausgabe", "Édition", "Editie", "Edición", "Edizione", "Edição"),
    "abstract": ("Abstract",),
    "headline": (
        *("Headline", "Schlagzeile", "Überschrift", "Ueberschrift", "Titre", "Kop", "Titular", "Titolo", "Titulo"),
    ),
    "language": ("Language", "Sprache", "Langue", "Taal", "Idioma", "Lenguaje", "Lingua", "Språk", "Sprog"),
    "load_date": (
        *("Load-Date", "Update", "Ladedatum", "Date de chargement", "Date-Chargement", "Laaddatum", "Fecha de carga"),
        *("Data di caricamento", "Data de carregamento", "Data de carga"),
    ),
    "publication_type": (
        *("Publication-Type", "Pub-Type", "Publikationstyp", "Publikationsart", "Type de publication"),
        *("Type-Publication", "Publicatietype", "Tipo de publicación", "Tipo di pubblicazione", "Tipo de publicação"),
    ),
    "subject": ("Subject", "Pub-Subject", "Thema", "Schlagwort", "Sujet", "Onderwerp", "Tema", "Soggetto", "Assunto"),
    "company": ("Company", "Unternehmen", "Firma", "Société", "Entreprise", "Bedrijf", "Empresa", "Società"),
    "organization": ("Organization", "Organisation", "Organisatie", "Organización", "Organizzazione", "Organização"),
    "industry": ("Industry", "Branche", "Secteur", "Secteur-activité", "Industrie", "Industria", "Settore", "Setor"),
    "person": ("Person", "Personne", "Persoon", "Persona", "Pessoa"),
    "geographic": (
        *("Geographic", "Geographie", "Geografie", "Géographie", "Lieu géographique", "Localisation-geo"),
        *("Geo-localization", "Geográfico", "Geografia"),
    ),
    "country": ("Country", "Land", "Pays", "País", "Paese"),
    "city": ("City", "Stadt", "Ville", "Stad", "Ciudad", "Città", "Cidade"),
    "state": ("State", "Staat", "État", "Estado", "Stato"),
    "ticker": ("Ticker", "Stock-symbol", "Symbole-boursier"),
    "journal_code": ("Journal Code", "Zeitungs-Code", "Code du journal", "Code-Revue"),
    "copyright": ("Copyright",),
    "url": ("URL", "View original page", "Originalseite anzeigen", "Voir la page originale"),
    "correction": ("Correction", "Correction-Date", "Korrektur"),
    "series": ("Series", "Serie", "Série"),
    "acc_no": ("Acc-No",),
}
# Words that are labels in capitals only, as the old nexis.com has them: small, they begin too many lines of text.
_CAPITAL_LABELS = {
    "headline": ("Title", "Titel", "Título"),
    "byline": ("Name",),
    "document_type": ("Document-Type", "Type"),
    "transcript": ("Transcript",),
    "distribution": ("Distribution",),
    "show": ("Show", "Sendung", "Émission", "Program", "Programme", "Programma"),
}
# Lines that stand alone.
_MARK_WORDS = {
    "end": (
        *("End of Document", "Ende des Dokuments", "Dokumentende", "Fin du document", "Fin de document"),
        *(
            "Einde van document",
            "Einde van het document",
            "Fin del documento",
            "Fine del documento",
            "Fim do documento",
        ),
    ),
    "body": (
        *("Body", "Text", "Full Text", "Volltext", "Textkörper", "Haupttext", "Corps", "Corps du texte", "Texte"),
        *("Article", "Artikel", "Tekst", "Hoofdtekst", "Texto", "Cuerpo", "Cuerpo del texto", "Testo", "Corpo"),
        *("Corpo del testo", "Corpo do texto"),
    ),
    "classification": (
        *("Classification", "Klassifizierung", "Klassifikation", "Classificatie", "Clasificación", "Classificazione"),
        *("Classificação",),
    ),
    "graphic": LABELS["graphic"],
    "abstract": LABELS["abstract"],
    "full text": ("Full Text",),
    "correction": ("Correction", "Correction Appended", "Korrektur", "Rectificatif", "Rectificatie", "Corrección"),
    "related": (
        *("Related Articles", "Related Article", "Related Stories", "Related Coverage", "Related Content"),
        *("Verwandte Artikel", "Mehr zum Thema", "Articles connexes", "Articles liés", "Lire aussi"),
        *("Gerelateerde artikelen", "Lees ook", "Artículos relacionados", "Articoli correlati", "Artigos relacionados"),
    ),
}
HEAD_COLUMNS = ("section", "length_stated", "byline", "standfirst", "dateline", "graphic", "edition", "abstract")
CLASSIFICATION_COLUMNS = tuple(list(LABELS)[list(LABELS).index("language") :])

_COPYRIGHT = re.compile(
    r"(?:(?:Copyright|Copy|©|\(c\))\W*(?:\(c\)\W*|©\W*)?\d{4}\b|All rights reserved|Alle Rechte vorbehalten|Tous droits"
    r"|Alle rechten voorbehouden|Todos los derechos|Tutti i diritti|Todos os direitos)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:rights? )?reserved\b|(?:\w+ ){0,2}(?:vorbehalten|réservés|reservados|riservati)\b", re.IGNORECASE
)
_UNITS = "words?|wörter|woerter|worte|mots?|woorden|palabras|parole|palavras|ord"
_LENGTH = re.compile(rf"(\d[\d.,]*)\s*(?:{_UNITS})\b.{{0,20}}", re.IGNORECASE)
_NUMBERS = r"(\d[\d.,]{0,11}) (?:of|von|de|van|di|af|av|sur|aus) (\d[\d.,]{0,11})"
_DOCUMENTS = r"(?:documents?|dokumente?|documenten|documentos?|documenti|documento|stories|story)"
_SEPARATOR = re.compile(
    rf"(?:(?:focus|level \d+) ?- ?)?(?:{_NUMBERS} {_DOCUMENTS}|{_DOCUMENTS} {_NUMBERS})", re.IGNORECASE
)
_COUNTED = re.compile("[dD](?:OCUM|ocum|OKUM|okum)|STOR|stor")
_LONGEST_SEPARATOR = 200
_CAPITAL_LABEL = re.compile(r"([A-ZÀ-ÖØ-Þ]+(?:[ /-][A-ZÀ-ÖØ-Þ]+){0,4}) ?:(?:\s+(.*))?", re.DOTALL)


_LINE_END = re.compile(r"[ \t]*\n[ \t]*")


@lru_cache(2**12)
def folded(words: str) -> str:
    """Return words in small letters, without accents, full stops and hyphens."""
    kept = (char for char in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(char))
    return " ".join("".join(kept).replace("-", " ").replace(".", " ").split())


_COLUMN_OF = {folded(word): column for column, words in reversed(LABELS.items()) for word in words}
_CAPITAL_COLUMN_OF = {
    **{folded(word): column for column, words in _CAPITAL_LABELS.items() for word in words},
    **_COLUMN_OF,
}
_MARKS = {mark: frozenset(folded(word) for word in words) for mark, words in _MARK_WORDS.items()}
_ANY_WORD = "|".join(
    re.escape(word).replace(r"\-", "[ -]")
    for word in sorted({word for words in LABELS.values() for word in words}, key=len, reverse=True)
)
_LABEL = re.compile(rf"({_ANY_WORD})\s?:(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)


def one_line(text: str) -> str:
    """Return a text without its line ends; other blanks, such as the narrow ones of French, stay."""
    return _LINE_END.sub(" ", text).strip()


def label_words(*columns: str) -> str:
    """Return an alternation of the labels of some columns, for patterns."""
    return "|".join(re.escape(word) for column in columns for word in LABELS[column])


def is_mark(line: str, mark: str) -> bool:
    """Whether a line is a mark and nothing else: "Body", "End of Document"."""
    return len(line) < 60 and folded(line.strip().rstrip(":")) in _MARKS[mark]


def is_mark_word(label: str, mark: str) -> bool:
    """Whether a label of the old nexis.com, such as "TEXT", announces what a mark does."""
    return folded(label) in _MARKS[mark]


def column_of(line: str) -> str:
    """Return the column whose label begins the line, or ""."""
    match = _LABEL.fullmatch(line.strip())
    return _COLUMN_OF[folded(match[1])] if match else ""


def value_of(line: str) -> str:
    """Return what stands behind the label of a line, or ""."""
    match = _LABEL.fullmatch(line.strip())
    return (match[2] or "").strip() if match else ""


def capital_label(line: str) -> tuple[str, str]:
    """Return the label in capitals that begins a line, known or not, and what stands behind it; ("", "") without one."""
    match = _CAPITAL_LABEL.fullmatch(line.strip())
    return (match[1], (match[2] or "").strip()) if match else ("", "")


def capital_column(label: str) -> str:
    """Return the column of a label of the old nexis.com, or ""."""
    return _CAPITAL_COLUMN_OF.get(folded(label), "") if label else ""


def is_copyright(line: str) -> bool:
    """Whether a line begins as a copyright notice does."""
    return bool(_COPYRIGHT.match(line))


def is_rest_of_copyright(line: str) -> bool:
    """Whether a line goes on with a copyright notice: "Rights Reserved"."""
    return bool(_COPYRIGHT.match(line) or _RIGHTS.match(line))


def stated_words(text: str) -> int | None:
    """Return the number in "355 words", or None where the text is no length."""
    match = _LENGTH.fullmatch(text.strip())
    return int(re.sub(r"\D", "", match[1])) if match else None


def separator(line: str) -> tuple[int, int] | None:
    """Return (1, 10) for the line "1 of 10 DOCUMENTS"."""
    if len(line) > _LONGEST_SEPARATOR or not _COUNTED.search(line):
        return None
    match = _SEPARATOR.fullmatch(" ".join(line.split()))
    if not match:
        return None
    number, total = (int(re.sub(r"\D", "", group)) for group in match.groups() if group)
    return number, total
