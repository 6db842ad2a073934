"""framing sample, coders who code, framing score: from a corpus to agreement, accuracy and a list of what cannot be used."""

import json

import pandas as pd
import pytest

import analysis as fa
from analysis.cli import main
from analysis.core.schema import TABLES

LEXICON = "name: small\nversion: '1'\ncategories:\n  weakness: [weak*]\n  strength: [strong*]\n"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Return a folder with a corpus of 30 articles, a lexicon, and the sample that the command draws."""
    folder = tmp_path_factory.mktemp("study")
    bodies = [f"The mayor looked {('weak', 'strong', 'calm')[number % 3]} in town {number}." for number in range(30)]
    table = pd.DataFrame({"article_id": [f"a{number}" for number in range(30)], "outlet": "North", "body": bodies})
    table.to_csv(folder / "articles.csv", index=False)
    (folder / "small.yml").write_text(LEXICON, encoding="utf-8")
    arguments = [
        "sample",
        "articles.csv",
        "--lexicon",
        "small.yml",
        "--n",
        "12",
        "--coders",
        "2",
        "--screen",
        "0",
        "--out",
        "coding",
    ]
    assert main([str(folder / one) if "." in one or one == "coding" else one for one in arguments]) == 0
    return folder


def coded(study, coder, **changes):
    """Write the file of a coder who finds the lexicon right everywhere, but for some answers named by item."""
    sample = fa.validate.read_sample(study / "coding")
    corpus = pd.read_csv(study / "articles.csv").set_index("article_id")["body"]
    rows = []
    for number, item in enumerate(sample.to_dict("records"), start=1):
        text = corpus[item["article_id"]]
        answers = {"frame": "weakness" if "weak" in text else "strength"}
        if item["about"] == "unit":
            answers = {"further": "none", "relevant": "yes"}
        for variable, value in answers.items():
            value = changes.get(f"{item['item']} {variable}", value)
            rows.append({"item": item["item"], "variable": variable, "value": value, "comment": "", "place": number})
    head = {"sample_id": sample.attrs["sample_id"], "coder": coder, "codebook": "small", "codebook_version": "1"}
    path = study / "coding" / f"codings-{coder}.json"
    path.write_text(json.dumps(head | {"n_codings": len(rows), "codings": rows}), encoding="utf-8")
    return path


def score(study, *arguments):
    return main(["score", *map(str, arguments), "--out", str(study / "scores")])


def test_from_the_folder_of_a_study_to_agreement_and_accuracy(study, capsys):
    matches = [one for one in fa.validate.read_sample(study / "coding")["item"] if "-" in one]
    wrong, doubtful = matches[0], matches[1]
    coded(study, "A", **{f"{wrong} frame": "none"})
    coded(study, "B", **{f"{wrong} frame": "none", f"{doubtful} frame": "none"})
    capsys.readouterr()
    of_corpus = ["--corpus", study / "articles.csv", "--lexicon", study / "small.yml"]
    assert score(study, *sorted((study / "coding").iterdir()), *of_corpus) == 0
    out, err = capsys.readouterr()
    assert out.startswith("56 codings of ") or " by 2 coders; 0 rejected or not coded" in out
    assert "krippendorff_alpha" in out
    assert "Accuracy, weighted by how units were drawn" in out
    # The workbooks that were sent out lie in the same folder, and nobody has filled them in.
    assert "framing: coding-A.xlsx: holds no coding yet\n" in err
    n_undecided = pd.read_csv(study / "scores" / "accuracy.csv")["n_undecided"].sum()
    assert f"framing: {n_undecided} judgements on which coders are split are left out of accuracy" in err
    # By hand: both coders say of all that it belongs to the subject.
    assert "Search: share of its articles that belong to the subject" in out
    search = TABLES["SEARCH_PRECISION"].check(
        pd.read_csv(study / "scores" / "search_precision.csv", dtype={"reason": "str"}, keep_default_na=False)
    )
    assert search[["n_units", "n_relevant", "precision"]].iloc[0].tolist() == [12, 12, 1]
    codings = pd.read_csv(study / "scores" / "codings.csv")
    assert set(codings["coder"]) == {"A", "B"}
    accuracy = pd.read_csv(study / "scores" / "accuracy.csv")
    # By hand: both coders call one hit wrong; on another they differ, so that it is left out.
    assert accuracy["n_hits"].sum() == len(matches) - 1
    assert accuracy["n_right"].sum() == len(matches) - 2
    disagreements = pd.read_csv(study / "scores" / "disagreements.csv")
    assert disagreements["item"].tolist() == [doubtful]


def test_what_it_writes_can_be_scored_again(study, capsys):
    coded(study, "A")
    assert score(study, study / "coding" / "codings-A.json") == 0
    first = pd.read_csv(study / "scores" / "codings.csv")
    again = main(
        [
            "score",
            str(study / "scores" / "codings.csv"),
            "--study",
            str(study / "coding"),
            "--out",
            str(study / "again"),
        ]
    )
    assert again == 0
    pd.testing.assert_frame_equal(pd.read_csv(study / "again" / "codings.csv"), first)
    assert "no --corpus, so accuracy is not measured" in capsys.readouterr().err


def test_what_cannot_be_used_is_told_and_written_and_ends_with_1(study, capsys):
    path = coded(study, "A", **{"u0001 relevant": "perhaps"})
    assert score(study, path) == 1
    err = capsys.readouterr().err
    assert "framing: rejected: codings-A.json, coding " in err
    assert (
        "A u0001 relevant: no code of 'relevant'; known are 'yes', 'no' (found 'perhaps'); write one of its codes\n"
        in err
    )
    rejected = pd.read_csv(study / "scores" / "rejected.csv", keep_default_na=False)
    TABLES["REJECTED_CODINGS"].check(rejected.astype("str"))
    assert rejected["found"].tolist() == ["perhaps"]


def test_without_a_study_it_is_said_what_is_not_checked(study, tmp_path, capsys):
    path = tmp_path / "mine.csv"
    path.write_text("coder,item,variable,value\nA,x,tone,warm\nB,x,tone,cold\n", encoding="utf-8")
    assert score(study, path) == 0
    err = capsys.readouterr().err
    assert "no sample (sample.csv), so items are not checked" in err
    assert "no codebook (codebook.yml), so codes are not checked" in err


def test_a_folder_without_codings_is_an_error(study, tmp_path, capsys):
    (tmp_path / "page.html").write_text("", encoding="utf-8")
    assert score(study, tmp_path) == 2
    assert "no file of codings; coders send back .json, .xlsx or .csv" in capsys.readouterr().err
