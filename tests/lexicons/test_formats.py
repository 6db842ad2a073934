"""Lexicons in the forms of other programs: what they mean, and what each doubtful line says.

The files are written here by hand after the descriptions of the formats; expected entries are counted in them.
"""

import json

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from patience import soon

import analysis as fa
from analysis.core.errors import LexiconError
from analysis.reading.fetching import shared_folder

# As the fixture shared_data, which cannot be asked for while tests are collected.
SHARED = shared_folder()
HAZARDS = SHARED / "robustness" / "hazards-lexicon" / "cases.dev.jsonl"


def load(folder, name, content, **options):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return fa.read_lexicon(path, **options)


def terms(lexicon):
    """Return the terms of each category, copies of parents left out."""
    found = {}
    for entry in lexicon.own_entries:
        found.setdefault(entry.category, []).append(entry.text if entry.weight == 1 else (entry.text, entry.weight))
    return found


def message(folder, name, content):
    with pytest.raises(LexiconError) as caught:
        load(folder, name, content, unsupported="raise")
    return str(caught.value).replace(str(folder / name), "FILE")


DIC = "%\n01\tAffect\n\t02\tPosemo\n\t03\tNegemo\n10\tEmpty\n%\n"
CAT = "ECONOMY\r\n\tINFLATION\r\n\t\tPRICE* (1)\r\n   \t\tCOST_OF_LIVING (2.5)\r\n\tJOBS (1)\r\nLAW\r\n\tCOURT (1)\r\n"
YKD = (
    '<?xml version="1.0"?>\n<dictionary style="050805" patternengine="substring">\n<cnode name="Mine" desc="">\n'
    '<cnode name="A" desc="Of A."><pnode name="more"/>\n<cnode name="B" desc=""><pnode name="lamb*" score="2"/></cnode>'
    "</cnode></cnode></dictionary>"
)
TFF = "type={} len=1 word1={} pos1=noun stemmed1=n priorpolarity={}\n"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.dic", DIC + "good*\t02\nkind of  02\nbad\t\t3 \t\n", {"Posemo": ["good*", "kind of"], "Negemo": ["bad"]}),
        ("a.dic", DIC + "good 2 3\n", {"Posemo": ["good"], "Negemo": ["good"]}),
        ("a.txt", DIC + "good\t2\n", {"Posemo": ["good"]}),
        ("a.dicx", 'DicTerm,A,B\n"kind, of",X,\nwar*,0.5,0\npeace,,yes\n', {"A": ["kind, of", ("war*", 0.5)], "B": ["peace"]}),
        ("a.lc3", "+One thing\nmore*\nnot good\n\n+Two\nhad\n", {"One thing": ["more*", "not good"], "Two": ["had"]}),
        (
            "a.cat",
            CAT,
            {"ECONOMY > INFLATION": ["PRICE*", ("COST OF LIVING", 2.5)], "ECONOMY": ["JOBS"], "LAW": ["COURT"]},
        ),
        ("a.ykd", YKD, {"A": ["more"], "A > B": [("lamb*", 2)]}),
        ("a.lcd", YKD, {"A": ["more"], "A > B": [("lamb*", 2)]}),
        (
            "a.yml",
            'economy:\n  inflation: [price*, "cost of living"]\n  __: [econom*]\nlaw: [no, 12:30]\n',
            {"economy > inflation": ["price*", "cost of living"], "economy": ["econom*"], "law": ["no", "12:30"]},
        ),
        ("a.json", '{"war": ["attack", "no"], "law": {"court": 2, "judge": 0.5}}',
         {"war": ["attack", "no"], "law": [("court", 2), ("judge", 0.5)]}),
        ("a.csv", 'word,category,weight\nNA,x,1\n"a, b",y,2\n', {"x": ["NA"], "y": [("a, b", 2)]}),
        ("a.csv", "word;sentiment\nwar;x\n", {"x": ["war"]}),
        ("a.tsv", "war\t-2\npeace\t3\nfine\t1.0\n", {"negative": [("war", 2)], "positive": [("peace", 3), "fine"]}),
        ("a.csv", "word,score\nwar,-2\n", {"negative": [("war", 2)]}),
        ("a.csv", "word,sentiment\nwar,-2\n", {"negative": [("war", 2)]}),
        ("a.csv", "term,A,B\nwar,1,-0.5\npeace,0,\n", {"A": ["war"], "B > negative": [("war", 0.5)]}),
        ("a.csv", "Entry,Positiv,Negativ,,\nABLE,Positiv,,,\nBAD,,Negativ,,\n", {"Positiv": ["ABLE"], "Negativ": ["BAD"]}),
        ("a.csv", "verb,agency\nact,agency_pos\nfall,agency_neg\n", {"agency_pos": ["act"], "agency_neg": ["fall"]}),
        ("nrc.txt", "aback\tanger\t0\nabandon\tfear\t1\nabandon\tsadness\t1\n", {"fear": ["abandon"], "sadness": ["abandon"]}),
        ("nrc.txt", "anger\tfury\t0.9\njoy\tglee\t0.8\n", {"anger": [("fury", 0.9)], "joy": [("glee", 0.8)]}),
        ("vader.txt", "war\t-2.9\t1.1\t[-3, -2]\nglee\t3.2\t0.8\t[3, 4]\n", {"negative": [("war", 2.9)], "positive": [("glee", 3.2)]}),
        ("words.txt", "; a remark\n# another\n##\n\nwar\nfind out\nna\u00efve\n", {"words": ["war", "find out", "na\u00efve"]}),
        ("words.csv", "word\nwar\nlaw\n", {"words": ["war", "law"]}),
        (
            "a.tff",
            TFF.format("strongsubj", "war", "negative") + TFF.format("weaksubj", "calm", "positive"),
            {"strongsubj": ["war"], "negative": ["war"], "weaksubj": ["calm"], "positive": ["calm"]},
        ),
    ],
)  # fmt: skip
def test_what_a_file_means(tmp_path, name, content, expected):
    assert terms(load(tmp_path, name, content)) == expected


def test_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    for row in (["term", "category", "weight"], ["attack*", "war", 2], ["no", "war", 0.5], [1984, "law", 1]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    lexicon = fa.read_lexicon(tmp_path / "a.xlsx")
    assert terms(lexicon) == {"war": [("attack*", 2), ("no", 0.5)], "law": ["1984"]}
    assert [entry.line for entry in lexicon.entries] == [2, 3, 4]
    book.create_sheet("more").append(["term", "category"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(LexiconError, match="sheet 'more' is not read, only 'Sheet' is"):
        fa.read_lexicon(tmp_path / "a.xlsx", unsupported="raise")
    assert terms(fa.read_lexicon(tmp_path / "a.xlsx"))["law"] == ["1984"]


def test_words_with_exceptions(tmp_path):
    # The form of a Dutch dictionary: "bang*" is afraid, and Bangkok is a city.
    text = '{"fear": {"list": ["bang*", "angst"], "except_when": ["bangkok"]}}'
    first, second = load(tmp_path, "a.json", text).entries
    assert (first.text, first.exceptions, second.exceptions) == ("bang*", ("bangkok",), ())
    assert "contains no entry" in message(tmp_path, "b.json", text.replace("bangkok", "tokio"))


@pytest.mark.parametrize(
    ("name", "content", "line", "what"),
    [
        ("a.dic", DIC + "kind\t<of>2/3\n", 7, "'<of>2/3' after 'kind' is no category number"),
        ("a.dic", DIC + "war\t9\n", 7, "category number 9 of 'war' is not defined; the list above has 1, 2, 3, 10"),
        ("a.dic", DIC + "anti*war\t3\n", 7, "entry 'anti*war' has a wildcard within a word"),
        ("a.dic", DIC + "*phobia\t3\n", 7, "entry '*phobia' has a wildcard within a word"),
        ("a.dic", DIC + "war\n", 7, "'war' has no category"),
        ("a.dic", DIC + "\t3\n", 7, "has numbers but no word"),
        ("a.dic", DIC + ":)\t3\n", 7, "entry ':)' has no letter or digit"),
        ("a.dic", DIC + "*\t3\n", 7, "entry '*' has a word of wildcards only"),
        ("a.dic", "%\n1\tA\n1\tB\n%\nwar\t1\n", 3, "has a number or name that stands above"),
        ("a.dic", "%\n1\tA\nwar\t1\n", 1, "the second line '%'"),
        ("a.dic", "war\t1\n", 1, "begins with a line '%'"),
        ("a.dic", "%\nA\n%\nwar\t1\n", 2, "'A' is no category"),
        ("a.lc3", "war\n+A\n", 1, "stands before the first category"),
        ("a.lc3", "+A\nwar\n+A\nlaw\n", 3, "one that stands above"),
        ("a.cat", CAT + "@NOTGOOD [#ECONOMY AFTER #LAW /S 3] (1)\n", 8, "is a rule; rules are not supported"),
        ("a.cat", CAT + "\t\t\t\tDEEP (1)\n", 8, "stands 4 tabs deep, but the line above it opens only 1"),
        ("a.cat", "WAR (1)\n", 1, "stands 0 tabs deep"),
        ("a.ykd", YKD.replace("substring", "regexp"), 5, "pattern 'lamb*' is a regular expression"),
        ("a.ykd", YKD.replace('score="2"', 'score="2,5"'), 5, "weight '2,5' of 'lamb*'"),
        ("a.ykd", YKD.replace("</cnode>", "", 1), 5, "not valid XML"),
        ("a.ykd", "<!DOCTYPE d [<!ENTITY a 'b'>]><dictionary/>", 1, "a document type"),
        ("a.json", '{\n"war": ["attack",]}', 2, "not valid JSON: found ']' where a value is expected"),
        ("a.json", '{"war": [true]}', 1, "not valid JSON: found 'true]}'"),
        ("a.json", '{"war": ["a"],\n"war": ["b"]}', 2, "'war' stands here for the second time (first in line 1)"),
        ("a.json", "[" * 100_000, 1, "nested more than 20 deep"),
        ("a.csv", "word,category\nwar\n", 2, "the row of 'war' has 1 cells and the header 2"),
        ("a.csv", 'word,category\nlaw,x\n"war,x\nend,x\n', 3, "a quotation mark is not closed"),
        ("a.csv", 'word,category\n"wa\nr",x\n', 2, "holds a control character or line end"),
        ("a.csv", "word,word\nwar,x\n", 1, "2 columns are named 'word'"),
        ("a.csv", 'word,category,weight\nwar,x,"1,5"\n', 2, "weight '1,5' of 'war'; allowed is a number with a decimal point"),
        ("a.csv", "word,category,year\nwar,x,1984\n", 1, "column 'year' is not read: terms stand in 'word', categories in 'category'"),
        ("a.csv", "word,category\nwar,x\n,x\n", 3, "the cell of the term is empty"),
        ("a.csv", "word,category\nwar,\n", 2, "'war' has no category"),
        ("a.csv", "word,category\n1-Mar,x\n", 2, "entry '1-Mar' looks like a date"),
        ("a.csv", "word,category\n1E+05,x\n", 2, "entry '1E+05' looks like a date, number"),
        ("a.csv", "word,category\nABOUT#1,x\n", 2, "is one sense of a word"),
        ("a.csv", "british,american\ncolour,color\n", 1, "the columns 'british', 'american' could hold the terms"),
        ("a.csv", "word,category,weight\nwar,x,1\nwar,x,2\n", 3, "once with the weight 1, once with 2"),
        ("a.tsv", "war\t-2\npeace\tmuch\n", 2, "score 'much' of 'peace'"),
        ("a.txt", "war\n- attack\n", 2, "'- attack' is no term of a word list"),
        ("a.txt", "war:\nattack\n", 1, "'war:' is no term of a word list"),
        ("a.txt", "war\n#metoo\n", 2, "entry '#metoo' would count as 'metoo', since no word keeps the sign '#'"),
        ("a.tff", TFF.format("weaksubj", "war", "bad"), 1, "clue 'war' has a field that is missing, unknown"),
        ("a.tff", TFF.format("weaksubj", "war", "both").replace("noun", "noun m"), 1, "clue 'war' has 'm' without a value"),
    ],
)  # fmt: skip
def test_doubtful_lines_are_errors_with_their_line(tmp_path, name, content, line, what):
    found = message(tmp_path, name, content)
    assert found.startswith(f"FILE, line {line}: ")
    assert what in found


def test_what_is_skipped_is_listed_and_the_rest_of_the_line_is_kept(tmp_path):
    text = DIC + "like\t(02 134)125/464\t2\t99\nanti*war\t3\n"
    lexicon = load(tmp_path, "a.dic", text, unsupported="skip")
    assert terms(lexicon) == {"Posemo": ["like"]}
    # Line 0: Negemo and Empty are left without an entry.
    assert [(skipped.line, skipped.found) for skipped in lexicon.skipped] == [
        (0, "Negemo"),
        (0, "Empty"),
        (7, "(02 134)125/464"),
        (7, "99"),
        (8, "anti*war"),
    ]
    assert all(skipped.reason for skipped in lexicon.skipped)


def test_a_word_that_stands_twice_is_read_once_and_listed(tmp_path):
    lexicon = load(tmp_path, "a.txt", "war\nlaw\nWar\n")
    assert terms(lexicon) == {"a": ["war", "law"]}
    assert [(skipped.line, skipped.found) for skipped in lexicon.skipped] == [(3, "War")]


def test_prose_is_no_word_list_even_if_skipped(tmp_path):
    text = "The lists were made by hand. They have words.\n" * 3 + "war\n" * 7
    with pytest.raises(LexiconError, match="3 of 10 lines are no terms"):
        load(tmp_path, "readme.txt", text, unsupported="skip")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_encodings_and_line_ends(tmp_path, encoding, end):
    text = end.join(["%", "1\tA", "%", "caf\u00e9\t1", "war*\t1"])
    lexicon = load(tmp_path, "a.dic", text.encode(encoding))
    assert terms(lexicon) == {"A": ["caf\u00e9", "war*"]}
    assert [skipped.line for skipped in lexicon.skipped] == ([0] if encoding == "windows-1252" else [])


@pytest.mark.parametrize(
    ("start", "kind"), [(b"\x1f\x8b", "R data file"), (b"\xd0\xcf\x11\xe0", ".xls"), (b"PK\x03\x04", "workbook")]
)
def test_other_kinds_of_file_are_named(tmp_path, start, kind):
    assert kind in message(tmp_path, "a.csv", start + b"\0" * 100)


def test_an_option_that_is_not_known(tmp_path):
    with pytest.raises(LexiconError, match="unsupported 'ignore' is not known"):
        load(tmp_path, "a.txt", "war", unsupported="ignore")


@pytest.mark.parametrize("name", ["a.dic", "a.csv", "a.txt", "a.cat", "a.json", "a.tff", "a.lc3", "a.ykd"])
@given(text=st.text(st.sampled_from(' \t\n"%,;+@()[]{}<>=*?#:-1ax\u00e9\u0628\0'), max_size=40))
def test_any_text_loads_or_is_a_lexicon_error(tmp_path_factory, name, text):
    folder = tmp_path_factory.getbasetemp()
    for start in ("", "%\n1\tA\n%\n", "word,category\n", "A\n\t", "type=", "<dictionary>"):
        for unsupported in ("raise", "skip"):
            try:
                assert load(folder, name, start + text, unsupported=unsupported).entries
            except LexiconError as error:
                assert name in str(error)


@pytest.mark.parametrize("content", ["[" * 500_000, '{"a":' * 200_000, '{"a": [' + '"b",' * 10], ids=["[", "{", "open"])
def test_hostile_json_is_refused_at_once(tmp_path, content):
    with soon():
        assert message(tmp_path, "a.json", content).startswith("FILE, line 1")


def categories_of(lexicon, word):
    """Return the categories that hit a text of this one word."""
    hits = fa.find_hits(fa.tokenize(fa.read(pd.DataFrame({"body": [word]}))), lexicon)
    return sorted(set(hits["category"]))


def hazards():
    if not HAZARDS.exists():
        reason = pytest.mark.skip(reason=f"the shared data are not here: {HAZARDS}")
        return [pytest.param(None, id="absent", marks=reason)]
    return [
        pytest.param(row, id=row["id"]) for row in map(json.loads, HAZARDS.read_text(encoding="utf-8").splitlines())
    ]


@pytest.mark.parametrize("case", hazards())
def test_hazards(tmp_path, case):
    try:
        lexicon = load(tmp_path, f"hazard.{case['format']}", case["content"])
    except LexiconError as error:
        # What may warn is an error too where nothing is left. Two cases were written when "a+" was still the word "a".
        assert case["expect"] != "load" or case["id"] in ("799f5604da35", "eb3531cf0e07")
        assert "hazard" in str(error)
        return
    assert case["expect"] in ("load", "load or error")
    expected = {word: sorted(categories) for word, categories in case["probe"].items()}
    assert {word: categories_of(lexicon, word) for word in case["probe"]} == expected
