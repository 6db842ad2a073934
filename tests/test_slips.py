"""What people write by mistake: each slip is either taken as it was meant, or gets a message that says what was found and what to do."""

import logging

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import analysis as fa
from analysis.cli import main

LEXICON = (
    "name: mine\nversion: '1'\nlanguage: en\nsources: [me]\ncategories:\n  weakness: [weak, fail*]\n  talk: [talk*]\n"
)
TABLE = pd.DataFrame(
    {
        "outlet": ["The Harbour Post", "Inland Mirror"] * 3,
        "date": ["2025-01-01", "2025-02-03"] * 3,
        "headline": ["Mayor looks weak", "Talks go on"] * 3,
        "body": ["Critics said the mayor was failing. He is not weak.", "The mayor held talks. Weak, a rival said."]
        * 3,
    }
)
WEAK = {"weakness": ["weak", "fail*"]}
Pair, Near = fa.compare.Pair, fa.compare.Near
BOTH = Pair(focus="The Harbour Post", reference="Inland Mirror")


class World:
    """What a researcher has at hand: files, a corpus, tokens, a lexicon, hits, rates, and poorer corpora."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "articles").mkdir()
        (folder / "articles" / "a.txt").write_text("Mayor looks weak\n\nCritics said that he was failing.", "utf-8")
        (folder / "articles" / "b.txt").write_text("Talks go on\n\nThe mayor held talks. He said little.", "utf-8")
        (folder / "mine.yml").write_text(LEXICON, "utf-8")
        (folder / "mine.csv").write_text("term,category\nweak,weakness\n", "utf-8")
        self.lexicon = fa.read_lexicon(folder / "mine.yml")
        self.targets = fa.extend.lexicon_from_mapping({"The Mayor": ["mayor"]})
        self.corpus = fa.read(TABLE)
        self.tokens = fa.tokenize(self.corpus)
        self.hits = fa.find_hits(self.tokens, self.lexicon)
        self.rates = fa.rates(self.hits, self.tokens, by=["outlet", "category"])
        self.undated, self.undated_hits = self.of(TABLE.drop(columns="date"))
        self.nameless, self.nameless_hits = self.of(TABLE.drop(columns="outlet"))
        self.one, self.one_hits = self.of(TABLE[TABLE["outlet"] == "Inland Mirror"])

    def of(self, table):
        tokens = fa.tokenize(fa.read(table))
        return tokens, fa.find_hits(tokens, self.lexicon)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return World(tmp_path_factory.mktemp("slips"))


# The slip, and what its message holds: what was found, and what to do.
SLIPS = {
    "an empty mapping for a lexicon": (
        lambda w: fa.find_hits(w.tokens, {}),
        ["an empty mapping", "fa.read_lexicon", "{'weakness': ["],
    ),
    "a list of words for a lexicon": (lambda w: fa.find_hits(w.tokens, ["weak"]), ["a list", "{'weakness': ["]),
    "nothing for a lexicon": (lambda w: fa.find_hits(w.tokens, None), ["None", "fa.read_lexicon"]),
    "a word for a lexicon": (lambda w: fa.find_hits(w.tokens, "weak"), ["no file 'weak'", "fa.concordance(tokens"]),
    "lexicon before tokens": (
        lambda w: fa.find_hits(w.lexicon, w.tokens),
        ["find_hits(tokens, lexicon)", "a Lexicon", "in the place of the tokens"],
    ),
    "a list for targets": (lambda w: fa.find_hits(w.tokens, w.lexicon, targets=["mayor"]), ["a list", "the targets"]),
    "a text for a corpus": (
        lambda w: fa.tokenize("Mayor looks weak."),
        ["Mayor looks weak.", "pd.DataFrame({'body': [text]})"],
    ),
    "texts for a corpus": (lambda w: fa.tokenize(["Mayor looks weak."]), ["pd.DataFrame({'body': [text]})"]),
    "hits for a corpus": (lambda w: fa.tokenize(w.hits), ["a table HITS", "fa.read(paths) returns"]),
    "a lexicon for a corpus": (lambda w: fa.tokenize(w.lexicon), ["a Lexicon", "fa.read(paths) returns"]),
    "nothing for a corpus": (lambda w: fa.tokenize(None), ["None", "fa.read(paths) returns"]),
    "a corpus path with a typo": (
        lambda w: fa.read(w.folder / "artcles"),
        ["artcles: there is no such file or folder", "did you mean '", "articles'?"],
    ),
    "a path with a typo in a folder": (
        lambda w: fa.read(w.folder / "nowhere" / "articles"),
        ["there is no folder '", "nowhere'"],
    ),
    "reading nothing": (lambda w: fa.read(None), ["None", "a table of articles"]),
    "reading a mapping": (lambda w: fa.read({"body": ["Weak."]}), ["a mapping", "pd.DataFrame("]),
    "reading a corpus": (lambda w: fa.read(w.corpus), ["read already", "fa.tokenize(corpus)"]),
    "reading hits": (lambda w: fa.read(w.hits), ["a table HITS", "which holds no articles"]),
    "reading a lexicon file": (lambda w: fa.read(w.folder / "mine.yml"), ["'.yml'", "fa.read_lexicon"]),
    "reading a lexicon table": (lambda w: fa.read(w.folder / "mine.csv"), ["'term', 'category'", "fa.read_lexicon"]),
    "a lexicon of an article": (
        lambda w: fa.read_lexicon(w.folder / "articles" / "b.txt"),
        ["is no term of a word list", "articles are read with fa.read"],
    ),
    "a folder for a lexicon": (lambda w: fa.read_lexicon(w.folder), ["is a folder", "mine.csv'"]),
    "a lexicon path with a typo": (lambda w: fa.read_lexicon(w.folder / "mien.yml"), ["did you mean '", "mine.yml'?"]),
    "reading a mapping as a lexicon": (lambda w: fa.read_lexicon(WEAK), ["a dict", "fa.extend.lexicon_from_mapping"]),
    "tokens for a report": (lambda w: fa.report(w.tokens, w.lexicon, w.folder / "r.html"), ["Tokens", "the corpus"]),
    "path before lexicon": (
        lambda w: fa.report(w.corpus, w.folder / "r.html", w.lexicon),
        ["report(corpus, lexicon, path)", "a Lexicon in the place of the path"],
    ),
    "a folder to write": (lambda w: fa.report(w.corpus, w.lexicon, w.folder), ["a file to write", "report.html"]),
    "tokens before hits": (
        lambda w: fa.rates(w.tokens, w.hits),
        ["rates(hits, tokens)", "a table HITS in the place of the tokens"],
    ),
    "divergence(tokens, hits)": (
        lambda w: fa.divergence(w.tokens, w.hits),
        ["divergence(hits, tokens)", "a table HITS"],
    ),
    "concordance(hits, tokens)": (
        lambda w: fa.concordance(w.hits, w.tokens),
        ["concordance(tokens, pattern_or_hits)", "a table HITS"],
    ),
    "a lexicon for tokens": (lambda w: fa.rates(w.hits, w.lexicon), ["a Lexicon", "fa.tokenize(corpus) returns"]),
    "rates for hits": (lambda w: fa.rates(w.rates, w.tokens), ["a table RATES", "fa.find_hits makes such a table"]),
    "hits of two lexicons": (
        lambda w: fa.rates(pd.concat([w.hits, fa.find_hits(w.tokens, WEAK)]), w.tokens),
        ["name no lexicon", "fa.compare_lexicons(old, new, tokens)"],
    ),
    "hits of another corpus": (lambda w: fa.rates(w.hits, w.one), ["found in the corpus", "fa.find_hits"]),
    "a capital": (lambda w: fa.rates(w.hits, w.tokens, by="Outlet"), ["no column 'Outlet'", "did you mean 'outlet'?"]),
    "frame": (lambda w: fa.rates(w.hits, w.tokens, by="frame"), ["no column 'frame'", "did you mean 'category'?"]),
    "source": (lambda w: fa.rates(w.hits, w.tokens, by="source"), ["no column 'source'", "did you mean 'outlet'?"]),
    "a plural": (lambda w: fa.tfidf(w.tokens, by="outlets"), ["did you mean 'outlet'?"]),
    "months of blank dates": (
        lambda w: fa.rates(w.undated_hits, w.undated, by="month"),
        ["no article has a value of 'date'", "columns={'date': '…'}"],
    ),
    "a blank column": (
        lambda w: fa.rates(w.nameless_hits, w.nameless, by=["outlet", "category"]),
        ["no article has a value of 'outlet'", "columns={'outlet': '…'}"],
    ),
    "words of a blank column": (lambda w: fa.tfidf(w.nameless), ["no article has a value of 'outlet'"]),
    "trends without dates": (
        lambda w: fa.trends(w.undated_hits, w.undated),
        ["no article has a value of 'date'", "columns={'date': '…'}"],
    ),
    "months": (lambda w: fa.trends(w.hits, w.tokens, period="months"), ["'months'", "did you mean 'month'?"]),
    "a part of a name": (
        lambda w: fa.keyness(w.tokens, focus={"outlet": "Harbour"}),
        ["outlet has 'Harbour'", "did you mean outlet 'The Harbour Post'?"],
    ),
    "an outlet for a focus": (
        lambda w: fa.keyness(w.tokens, focus="Inland Mirror"),
        ["'Inland Mirror'", "focus={'outlet': 'Inland Mirror'}"],
    ),
    "a measure without a sign": (
        lambda w: fa.keyness(w.tokens, focus={"outlet": "Inland Mirror"}, measure="loglikelihood"),
        ["'loglikelihood'", "did you mean 'log_likelihood'?"],
    ),
    "a plural zone": (lambda w: fa.keyness(w.tokens, focus={"zone": "headlines"}), ["did you mean zone 'headline'?"]),
    "one number for ngrams": (
        lambda w: fa.keyness(w.tokens, focus={"outlet": "Inland Mirror"}, ngrams=2),
        ["ngrams 2", "(1, 2)"],
    ),
    "near a part of a target": (
        lambda w: fa.keyness(w.tokens, focus={"near": Near(w.targets, "mayor")}),
        ["did you mean target 'The Mayor'?"],
    ),
    "a tuple for a pair": (
        lambda w: fa.differences(w.hits, w.tokens, ("The Harbour Post", "Inland Mirror")),
        ["('The Harbour Post', 'Inland Mirror')", "fa.compare.Pair(focus="],
    ),
    "a pair of one": (
        lambda w: fa.differences(w.hits, w.tokens, Pair(focus="Inland Mirror", reference="Inland Mirror")),
        ["both 'Inland Mirror'", "name two groups"],
    ),
    "paired with one outlet": (
        lambda w: fa.compare.paired(w.one_hits, w.one, BOTH, event="date"),
        ["outlet has no 'The Harbour Post'", "nothing to compare"],
    ),
    "paired without events": (
        lambda w: fa.compare.paired(w.hits, w.tokens, BOTH),
        ["'event_id'", "fa.compare.with_events"],
    ),
    "a category with a typo": (
        lambda w: fa.suggest(w.tokens, w.lexicon, "weaknes"),
        ["no category 'weaknes'", "did you mean category 'weakness'?"],
    ),
    "a category in capitals": (
        lambda w: fa.extend.key_terms(w.tokens, w.lexicon, "Weakness"),
        ["did you mean category 'weakness'?"],
    ),
    "an empty pattern": (lambda w: fa.concordance(w.tokens, ""), ["the pattern is empty", "write a word or phrase"]),
    "a regular expression": (lambda w: fa.concordance(w.tokens, "weak|fail"), ["signs that no word keeps (|)"]),
    "table before figure": (
        lambda w: fa.save_figure(w.rates, plt.figure(), "x", folder=w.folder),
        ["save_figure(figure, table, name)", "a table RATES and a Figure"],
    ),
    "a path for a figure's name": (
        lambda w: fa.save_figure(plt.figure(), w.rates, "figs/x.png"),
        ["'figs/x.png'", "folder=…"],
    ),
    "a lexicon in a bundle": (
        lambda w: fa.reproduce.bundle(w.corpus, w.lexicon, w.folder / "b.zip"),
        ["a Lexicon", "the path of its file"],
    ),
    "tokens for a description": (lambda w: fa.describe(w.tokens), ["Tokens in the place of the corpus"]),
    "many articles for one": (lambda w: fa.read_article(w.tokens, w.lexicon), ["6 articles", "tokens of one article"]),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_what_was_found_and_what_to_do(world, slip):
    wrong, parts = SLIPS[slip]
    with pytest.raises(fa.FramingError) as caught:
        wrong(world)
    plt.close("all")
    assert [part for part in parts if part not in str(caught.value)] == [], str(caught.value)
    assert len(str(caught.value)) < 1500


# What is clear is taken: the call, and the strict one that gives the same.
MEANT = {
    "a corpus to find hits in": (
        lambda w: fa.find_hits(w.corpus, w.lexicon),
        lambda w: w.hits,
    ),
    "a table to find hits in": (lambda w: fa.find_hits(TABLE, w.lexicon), lambda w: w.hits),
    "the path of a lexicon": (lambda w: fa.find_hits(w.tokens, str(w.folder / "mine.yml")), lambda w: w.hits),
    "words by category": (
        lambda w: fa.find_hits(w.tokens, WEAK),
        lambda w: fa.find_hits(w.tokens, fa.extend.lexicon_from_mapping(WEAK)),
    ),
    "targets by name": (
        lambda w: fa.find_hits(w.tokens, w.lexicon, targets={"The Mayor": ["mayor"]}),
        lambda w: fa.find_hits(w.tokens, w.lexicon, targets=w.targets),
    ),
    "rates of hits and their corpus": (
        lambda w: fa.rates(w.hits, w.corpus),
        lambda w: fa.rates(w.hits, w.tokens),
    ),
    "articles as they were read": (
        lambda w: fa.concordance(w.corpus.articles, "weak"),
        lambda w: fa.concordance(w.tokens, "weak"),
    ),
    "voices of a folder": (
        lambda w: fa.voices(w.folder / "articles"),
        lambda w: fa.voices(fa.tokenize(fa.read(w.folder / "articles"))),
    ),
    "names of paths": (
        lambda w: fa.names([w.folder / "articles" / "a.txt"]),
        lambda w: fa.names(fa.tokenize(fa.read(w.folder / "articles" / "a.txt"))),
    ),
    "a check of a file": (
        lambda w: fa.check_lexicon(w.folder / "mine.yml", w.folder / "articles"),
        lambda w: fa.check_lexicon(w.lexicon, fa.tokenize(fa.read(w.folder / "articles"))),
    ),
    "one article from its file": (
        lambda w: fa.read_article(w.folder / "articles" / "a.txt", w.folder / "mine.yml").hits,
        lambda w: fa.find_hits(fa.tokenize(fa.read(w.folder / "articles" / "a.txt")), w.lexicon),
    ),
}


@pytest.mark.parametrize("name", MEANT)
def test_what_is_clear_is_taken_as_it_is_meant(world, name):
    loose, strict = MEANT[name]
    found, expected = loose(world), strict(world)
    shared = [column for column in expected.columns if column in found.columns]
    assert len(shared) == len(expected.columns)
    pd.testing.assert_frame_equal(found[shared].reset_index(drop=True), expected.reset_index(drop=True))


@pytest.mark.parametrize(
    "given", [lambda w: w.corpus, lambda w: TABLE, lambda w: w.corpus.articles, lambda w: w.tokens]
)
def test_a_corpus_is_the_same_in_whatever_form_it_is_given(world, given):
    assert fa.tokenize(given(world)).corpus_hash == world.tokens.corpus_hash


def test_articles_that_were_read_are_not_cut_again():
    text = "The mayor is weak.\n\nSign up for our newsletter to get the best stories in your inbox."
    kept = fa.read(pd.DataFrame({"body": [text]}), boilerplate="keep")
    assert fa.tokenize(kept.articles).text_of(0, "body") == text


def test_a_report_of_a_file_in_one_call(world):
    article = world.folder / "articles" / "a.txt"
    path = fa.report(article, world.folder / "mine.yml", world.folder / "of-file.html")
    corpus = fa.read(article)
    assert path.read_bytes() == fa.report(corpus, world.lexicon, world.folder / "of-corpus.html").read_bytes()


def test_rejected_files_are_told_of_where_only_a_path_was_given(world, tmp_path, caplog):
    (tmp_path / "good.txt").write_text("Mayor looks weak\n\nCritics said so.", "utf-8")
    (tmp_path / "bad.yml").write_text("a: b", "utf-8")
    with caplog.at_level(logging.WARNING):
        fa.tokenize(tmp_path)
    assert "tokenize(corpus): 1 of 2 articles were rejected; fa.read(…).rejected says why" in caplog.messages


def test_a_figure_makes_its_folder(world):
    fa.save_figure(plt.figure(), world.rates, "x", folder=world.folder / "no" / "such")
    plt.close("all")
    assert (world.folder / "no" / "such" / "x.svg").is_file()


def test_divergence_without_targets_says_what_it_compares(world, caplog):
    with caplog.at_level(logging.WARNING):
        fa.divergence(world.hits, world.tokens)
    assert any("no targets" in message and "give targets= to fa.find_hits" in message for message in caplog.messages)
    caplog.clear()
    fa.divergence(fa.find_hits(world.tokens, world.lexicon, targets=world.targets), world.tokens)
    assert caplog.messages == []


GERMAN = (
    "Der Minister wirkt schwach, und die Regierung steckt seit dem Herbst in der Krise, sagte er am Montag im Landtag."
)


@pytest.mark.parametrize(
    ("table", "is_told"),
    [
        ({"body": [GERMAN, GERMAN + " Mehr sagte er nicht."]}, True),  # told by the text
        ({"body": ["Kurz.", "Und gut."], "language": ["de-AT", "de"]}, True),  # told by the column
        (
            {"body": ["The minister looks weak, and the government has been in trouble since the autumn, he said."]},
            False,
        ),
        ({"body": [GERMAN], "language": ["en"]}, False),  # the column is believed
        ({"body": ["Schwach."]}, False),  # too short to tell
    ],
)
def test_a_lexicon_in_another_language_is_told_of(world, table, is_told, caplog):
    tokens = fa.tokenize(pd.DataFrame(table))
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        fa.find_hits(tokens, world.lexicon)
    told = [message for message in caplog.messages if "lexicon 'mine' is in 'en', most articles are in 'de'" in message]
    assert bool(told) is is_told


def test_hits_on_the_command_line_name_the_lexicon_that_was_not_named(world, capsys):
    main(["hits", str(world.folder / "articles"), "--out", "-"])
    assert "no --lexicon, so frames.yml of the project is used; --lexicon FILE names yours" in capsys.readouterr().err
    main(["hits", str(world.folder / "articles"), "--lexicon", str(world.folder / "mine.yml"), "--out", "-"])
    assert "no --lexicon" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "meant"),
    [("find_hit", "fa.find_hits"), ("Rates", "fa.rates"), ("cooccurence", "fa.compare.cooccurrence")],
)
def test_a_name_that_the_package_lacks_names_the_near_one(name, meant):
    with pytest.raises(AttributeError, match=f"analysis has no '{name}'; did you mean {meant}"):
        getattr(fa, name)
    with pytest.raises(AttributeError, match="did you mean 'paired'"):
        fa.compare.pairde  # noqa: B018
