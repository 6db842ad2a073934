"""Files as people make and publish them: what is read, what is left out and said, what is refused.

The files are invented; their forms are those of R, pandas, Excel, Lexicoder, LIWC, OpeNER, Pattern, SentiWS and published norms.
Expected entries are counted in them by hand.
"""

import logging

import openpyxl
import pandas as pd
import pytest

import analysis as fa
from analysis.core.errors import LexiconError


def load(folder, name, content, **options):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return fa.read_lexicon(path, **options)


def entries(lexicon):
    return [(entry.text, entry.category, entry.weight) for entry in lexicon.own_entries]


def reasons(lexicon, severity):
    return [skipped.reason for skipped in lexicon.skipped if skipped.severity == severity]


def findings(lexicon, severity):
    table = fa.check_lexicon(lexicon)
    return table.loc[table["severity"] == severity, "finding"].tolist()


def test_odd_entries_are_left_out_counted_once_and_carried_on(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        lexicon = load(tmp_path, "words.txt", "war\na+\nWar\nfraud.*\nf**k\nlaw\nC#\npeace\nstrike\n" + "calm\n")
    assert [entry.text for entry in lexicon.entries] == ["war", "law", "peace", "strike", "calm"]
    assert [(skipped.line, skipped.severity) for skipped in lexicon.skipped] == [
        (2, "error"), (3, "hint"), (4, "error"), (5, "error"), (7, "error"),
    ]  # fmt: skip
    (record,) = caplog.records
    assert "4 entries are left out" in record.getMessage()
    assert "line 2: entry 'a+' would count as 'a'" in record.getMessage()
    assert "(and 1 more)" in record.getMessage()
    hits = fa.find_hits(fa.tokenize(fa.read(pd.DataFrame({"body": ["A war, a grade."]}))), lexicon)
    assert hits["text"].tolist() == ["war"]
    assert hits.attrs["lexicon_left_out"] == 4
    assert len(findings(lexicon, "error")) == 4
    with pytest.raises(LexiconError, match="line 2: entry 'a\\+'"):
        fa.read_lexicon(tmp_path / "words.txt", unsupported="raise")


def test_the_remedy_for_hidden_letters_is_no_wider_pattern(tmp_path):
    lexicon = load(tmp_path, "words.txt", "f**k\nbull****\nsh*t\nwar\n" + "".join(f"word{n}\n" for n in range(30)))
    assert len(lexicon.entries) == 31
    assert all(reason.endswith("; write the word out") for reason in reasons(lexicon, "error"))
    # A list with stems uses * as a wildcard, and so does the project's form.
    assert "wom*n" in [entry.text for entry in load(tmp_path, "stems.txt", "wom*n\nfeminis*\n").entries]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yml", "war: [attack, Attack, strike]\n"),
        ("a.json", '{"war": ["attack", "Attack", "strike"]}'),
        ("a.csv", "word,category\nattack,war\nAttack,war\nstrike,war\n"),
        ("a.dic", "%\n1\twar\n%\nattack\t1\nAttack\t1\nstrike\t1\n"),
        ("war.txt", "attack\nAttack\nstrike\n"),
    ],
)
def test_a_harmless_repeat_is_a_remark_in_every_format(tmp_path, name, content):
    lexicon = load(tmp_path, name, content, unsupported="raise")
    assert entries(lexicon) == [("attack", "war", 1), ("strike", "war", 1)]
    (hint,) = reasons(lexicon, "hint")
    assert "stands twice" in hint


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        # R: write.csv with row names, write.table, and row names that are the words; pandas: to_csv with its index.
        ("r.csv", '"","x","y"\n"1","dire",-1\n"2","fine",1\n', [("dire", "negative", 1), ("fine", "positive", 1)]),
        ("r.txt", '"term" "category"\n"1" "dire" "bad"\n"2" "fine" "good"\n', [("dire", "bad", 1), ("fine", "good", 1)]),
        ("r.csv", '"bad","good"\n"dire",1,0\n"fine",0,1\n', [("dire", "bad", 1), ("fine", "good", 1)]),
        ("p.csv", ",expressed,bad\n0,dire,2\n1,fine,0\n", [("dire", "bad", 2)]),
        # Excel of countries with decimal commas.
        ("e.csv", "sep=;\nword;score\ndire;-1,5\nfine;2,25\n", [("dire", "negative", 1.5), ("fine", "positive", 2.25)]),
        ("t.tsv", 'word\tcategory\n5" gun\twar\ncalm\tpeace\n', [('5" gun', "war", 1), ("calm", "peace", 1)]),
        # Loughran and McDonald: years are no weights, and a minus takes out; counts are no categories.
        (
            "lm.csv",
            "Word,Seq_num,Word Count,Std Dev,Negative,Positive\nDIRE,1,70,0.5,2009,0\nSURE,2,9,0.1,-2020,0\nFINE,3,8,0.2,0,2009\n",
            [("DIRE", "Negative", 1), ("FINE", "Positive", 1)],
        ),
        # Norms: the deviations and numbers of raters are not read.
        ("n.csv", ",Word,V.Mean.Sum,V.SD.Sum,V.Rat.Sum\n1,dire,2.1,0.9,20\n2,fine,7.5,1.1,22\n",
         [("dire", "V.Mean.Sum", 2.1), ("fine", "V.Mean.Sum", 7.5)]),
        # HurtLex: of many columns, lemma and category are read.
        ("h.tsv", "id\tpos\tcategory\tstereotype\tlemma\tlevel\nA1\tn\tps\tno\toaf\tlow\n", [("oaf", "ps", 1)]),
        # A column called category wins; so one of sentiment beside it decides nothing.
        ("c.csv", "word,sentiment,category\nriot,vice,order\n", [("riot", "order", 1)]),
        # SentiWS: part of speech behind |, inflected forms in the third column.
        ("s.txt", "Krise|NN\t-0.5\tKrisen\ngut|ADJX\t0.25\n",
         [("Krise", "negative", 0.5), ("Krisen", "negative", 0.5), ("gut", "positive", 0.25)]),
        ("g.txt", "dire\t\t-2.5\nfine\t\t1.5\n", [("dire", "negative", 2.5), ("fine", "positive", 1.5)]),
        ("w.txt", "dire -2\nvery fine 3\n", [("dire", "negative", 2), ("very fine", "positive", 3)]),
        ("v.txt", "dire\t-2.9\t1.1\t[-3, -2, -4]\n", [("dire", "negative", 2.9)]),
        ("lc.lc3", "+bad#FF0000\n dire\n+good #00FF00\n fine\n", [("dire", "bad", 1), ("fine", "good", 1)]),
        ("l.dic", "%\n2\tbad\n5\tgood\n%\ndire  2\t5\n", [("dire", "bad", 1), ("dire", "good", 1)]),
        ("u.csv", "word,category\ncost_of_living,prices\n", [("cost of living", "prices", 1)]),
    ],
)  # fmt: skip
def test_what_files_of_other_programs_mean(tmp_path, name, content, expected):
    assert sorted(entries(load(tmp_path, name, content))) == sorted(expected)


def test_lexicoder_of_topics_has_edges_where_blanks_stand(tmp_path):
    text = (
        '<dictionary style="Lexicoder" name="p"><cnode name="a"><pnode name=" TAX"/><pnode name=" AID "/>'
        '<pnode name="WAR "/></cnode><cnode name="b"><pnode name=" FUND"/></cnode></dictionary>'
    )
    found = [entry.text for entry in load(tmp_path, "t.lcd", text).entries]
    assert found == ["TAX*", "AID", "*WAR", "FUND*"]


def test_sentiment_lexicons_in_xml(tmp_path):
    opener = (
        '<LexicalResource><Lexicon><LexicalEntry><Lemma writtenForm="dire"/><Sense><Sentiment polarity="negative"/></Sense>'
        '</LexicalEntry><LexicalEntry><Lemma writtenForm="fine"/><Sense><Sentiment polarity="positive"/></Sense>'
        '<Sense><Sentiment polarity="neutral"/></Sense></LexicalEntry></Lexicon></LexicalResource>'
    )
    assert entries(load(tmp_path, "o.xml", opener)) == [
        ("dire", "negative", 1), ("fine", "positive", 1), ("fine", "neutral", 1),
    ]  # fmt: skip
    # By hand: the mean of 0.5 and -0.1 is 0.2.
    pattern = (
        '<sentiment language="en"><word form="fine" polarity="0.5"/><word form="fine" polarity="-0.1"/>'
        '<word form="dire" polarity="-0.7"/></sentiment>'
    )
    assert entries(load(tmp_path, "p.xml", pattern)) == [("fine", "positive", 0.2), ("dire", "negative", 0.7)]
    with pytest.raises(LexiconError, match="<html> begins the file"):
        load(tmp_path, "h.xml", "<html/>")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("r.txt", "dire, Adj, bad, no\nfine, Adj, good, no\n", "could hold the terms"),
        ("r.txt", "dire NEG=0.7 adj\nfine POS=0.2 adj\n", "are no terms"),
        ("r.txt", "1. dire\n2. fine\n3. calm\n", "begins with a number"),
        ("r.txt", "dire VB\nfine NN\n", "has a part of speech, 'VB'"),
        ("r.txt", "".join(f"word{n}x A{n % 2}\n" for n in range(60)), "this is a table, no list of words"),
        ("r.txt", "dire: bad\nfine: good\n", "ends in a label"),
        ("r.txt", "dire - bad\nfine - good\nlaw -> order\n", "ends in a label"),
        ("r.txt", "dire adj\ndeal noun\n", "ends in a label"),
        ("r.txt", "dire -2.0 0.3\nfine 3 0.1\n", "holds several numbers"),
        ("r.txt", "-2 dire\n3.5 fine\n", "begins with a number"),
        ("r.txt", "dire.a.01\ndeal.n.02\n", "has a part of speech, 'a.01'"),
        ("r.txt", "elend/ADJD\nlaufen/VVINF\n", "has a part of speech, 'VVINF'"),
        ("r.txt", "dire.JJ\nruin.VB\n", "has a part of speech, 'JJ'"),
        ("r.txt", "dire, bad, sad\nfine, good\n", "several terms"),
        ("r.csv", "category,terms\nx,dire; sad\n", "several terms"),
        ("r.csv", 'category,terms\nx,"dire, sad"\ny,"fine, good"\n', "several terms"),
        ("r.csv", "bad,good\ndire,fine\nsad,calm\n", "where each column is a category, write a row for each term"),
        ("r.txt", "dire OR sad\n", "the operator of a search"),
        ("r.txt", "tax w/5 cut\n", "the operator of a search"),
        ("r.csv", "1,dire,-2\n2,fine,3\n", "the first column holds numbers, such as '1'"),
        ("r.csv", "british,american\ncolour,color\n", "the columns 'british', 'american' could hold the terms"),
        ("r.csv", 'word,category,weight\ndire,x,"1,5"\n', "weight '1,5' of 'dire'"),
        ("r.dic", "%\n2\tbad\n5\tgood\n%\ndire 2\t5\n", "'dire 2' ends in 2, which may be the number of a category"),
    ],
)
def test_records_and_numbers_are_never_words(tmp_path, name, content, what):
    with pytest.raises(LexiconError) as caught:
        load(tmp_path, name, content)
    assert what in str(caught.value)


def test_a_column_can_be_named(tmp_path):
    table = "Headword,Topic,Points,Rank\ndire,bad,-2,1\nfine,good,3,2\n"
    columns = {"term": "Headword", "category": "Topic"}
    assert entries(load(tmp_path, "a.csv", table, columns=columns)) == [("dire", "bad", 1), ("fine", "good", 1)]
    # Without a category, that of the weights; its signs part it.
    columns = {"term": "headword", "weight": "Points"}
    assert entries(load(tmp_path, "a.csv", table, columns=columns)) == [
        ("dire", "Points > negative", 2), ("fine", "Points > positive", 3),
    ]  # fmt: skip
    with pytest.raises(LexiconError, match="there is no column 'Word' for 'term'; the columns are 'Headword', 'Topic'"):
        load(tmp_path, "a.csv", table, columns={"term": "Word"})
    with pytest.raises(LexiconError, match="'term' must name a column"):
        load(tmp_path, "a.csv", table, columns={"category": "Topic"})
    with pytest.raises(LexiconError, match="the file is none"):
        load(tmp_path, "a.txt", "dire\n", columns={"term": "Word"})


def test_a_guessed_encoding_is_a_finding_with_a_sample(tmp_path, caplog):
    lexicon = load(tmp_path, "a.txt", "caf\u00e9\ncalm\n".encode("cp1252"))
    assert "cp1252 is a guess, which gives 'caf\u00e9'" in caplog.text
    (finding,) = findings(lexicon, "warning")
    assert "cp1252 is a guess, which gives 'caf\u00e9'" in finding
    assert lexicon.n_left_out == 0
    said = load(tmp_path, "a.txt", "caf\u00e9\ncalm\n".encode("cp1252"), encoding="cp1252")
    assert findings(said, "warning") == []


def test_letters_that_no_word_has_refuse_the_guess(tmp_path):
    data = "kryzys\nw\u015bciek\u0142o\u015b\u0107\n".encode("iso-8859-2")
    with pytest.raises(LexiconError, match=r"as cp1252 the letters are no words .*name its encoding"):
        load(tmp_path, "a.txt", data)
    assert entries(load(tmp_path, "a.txt", data, encoding="iso-8859-2"))[1][0] == "w\u015bciek\u0142o\u015b\u0107"
    with pytest.raises(LexiconError, match="encoding='nonsense' is no encoding that is known here"):
        load(tmp_path, "a.txt", data, encoding="nonsense")
    yaml = "angst: [caf\u00e9]\n".encode("cp1252")
    assert entries(load(tmp_path, "a.yml", yaml, encoding="cp1252")) == [("caf\u00e9", "angst", 1)]


def test_workbooks_of_several_sheets(tmp_path):
    def write(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "a.xlsx")
        return fa.read_lexicon(tmp_path / "a.xlsx")

    lists = write(Bad=[["dire"], ["grim"]], Good=[["Word"], ["fine"]])
    assert entries(lists) == [("dire", "Bad", 1), ("grim", "Bad", 1), ("fine", "Good", 1)]
    header = ["term", "category"]
    assert entries(write(A=[header, ["dire", "bad"]], B=[header, ["fine", "good"]])) == [
        ("dire", "bad", 1), ("fine", "good", 1),
    ]  # fmt: skip
    documented = write(About=[["Made in 2020", "by hand"]], Words=[["word", "category"], ["dire", "bad"]])
    assert entries(documented) == [("dire", "bad", 1)]
    assert reasons(documented, "warning") == [
        "sheet 'About' is not read, only 'Words' is; save it as a file of its own"
    ]


def test_a_wildcard_stops_at_a_hyphen():
    lexicon = fa.extend.lexicon_from_mapping({"peace": ["anti*war"]})
    (finding,) = findings(lexicon, "warning")
    assert finding == "'anti*war' stays within one word, so it does not find 'anti-war', whose hyphen parts two words"
    # What the remedy says is true.
    tokens = fa.tokenize(fa.read(pd.DataFrame({"body": ["An anti-war march."]})))
    assert len(fa.find_hits(tokens, lexicon)) == 0
    assert len(fa.find_hits(tokens, fa.extend.lexicon_from_mapping({"peace": ["anti war"]}))) == 1


def test_a_comma_within_few_phrases_is_no_list(tmp_path):
    text = "first, do no harm\nred, white and blue\nwar\nlaw\n10,000 troops\nWAR AND PEACE\n"
    assert len(load(tmp_path, "a.txt", text).entries) == 6
    places = 'term,category\n"Paris, Texas",a\n"Washington, D.C.",a\n"Rome, Georgia",a\n'
    assert len(load(tmp_path, "a.csv", places).entries) == 3
    # A search of capitals only cannot be told from words in capitals; lists of strings are what they say.
    assert len(load(tmp_path, "a.yml", "place: ['Paris, Texas', 'Washington, D.C.']\n").entries) == 2


@pytest.mark.parametrize("name", ["scores.json", "scores.yml"])
def test_words_with_their_scores_are_weights(tmp_path, name):
    lexicon = load(tmp_path, name, '{"fine": 1.5, "not fine": "-2"}\n')
    assert entries(lexicon) == [("fine", "positive", 1.5), ("not fine", "negative", 2)]


def test_columns_named_in_other_languages(tmp_path):
    expected = [("elend", "arm", 2), ("fein", "reich", 1)]
    for header in (
        "Begriff;Kategorie;Gewicht",
        "Mot;Catégorie;Poids",
        "palabra;categoría;peso",
        "woord;categorie;waarde",
    ):
        assert entries(load(tmp_path, "a.csv", f"{header}\nelend;arm;2\nfein;reich;1\n")) == expected
    # Of intensities of affects, one word can have several.
    text = "term\tscore\tAffectDimension\ndire\t0.9\tfear\ndire\t0.4\tanger\n"
    assert entries(load(tmp_path, "a.txt", text)) == [("dire", "fear", 0.9), ("dire", "anger", 0.4)]


def test_deviations_are_no_categories_however_they_are_named(tmp_path):
    text = "word\thappy_rank\thappy_average\thappy_standard_deviation\tJoySD\tWord No.\ndire\t7\t2.5\t0.9\t0.8\t12\n"
    assert entries(load(tmp_path, "a.txt", text)) == [("dire", "happy_average", 2.5)]


def test_missing_values_are_neither_categories_nor_weights(tmp_path):
    lexicon = load(tmp_path, "a.csv", "term,category,weight\ndire,NA,1\nsad,x,NA\nNA,x,2\n")
    assert entries(lexicon) == [("NA", "x", 2)]
    assert [skipped.line for skipped in lexicon.skipped] == [2, 3]
    wide = load(tmp_path, "b.csv", "word,fear,joy\ndire,1,NA\nfine,#N/A,1\n")
    assert entries(wide) == [("dire", "fear", 1), ("fine", "joy", 1)]


def test_the_minus_of_unicode_is_one(tmp_path):
    assert entries(load(tmp_path, "a.csv", "word,score\ndire,−2\nfine,1\n")) == [
        ("dire", "negative", 2), ("fine", "positive", 1),
    ]  # fmt: skip
    assert entries(load(tmp_path, "a.txt", "dire −2\nfine 1\n"))[0] == ("dire", "negative", 2)


def test_sheets_of_terms_and_scores_are_categories(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {"fear": [("dire", 2), ("sad", 1)], "joy": [("fine", 3)]}.items():
        sheet = book.create_sheet(name)
        for row in [("term", "weight"), *rows]:
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    assert entries(fa.read_lexicon(tmp_path / "a.xlsx")) == [
        ("dire", "fear", 2),
        ("sad", "fear", 1),
        ("fine", "joy", 3),
    ]


def test_a_pattern_with_an_operator_is_refused_in_a_concordance():
    tokens = fa.tokenize(fa.read(pd.DataFrame({"body": ["Weak or failing."]})))
    with pytest.raises(LexiconError, match="holds 'OR', the operator of a search"):
        fa.concordance(tokens, "weak OR fail*")
