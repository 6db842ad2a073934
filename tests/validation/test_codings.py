"""Codings read back: each fault named with file, place, what was found and what to do, and nothing lost."""

import json

import openpyxl
import pandas as pd
import pytest
from coding_cases import CODEBOOK, sample_of, towns

import analysis as fa
from analysis.core.schema import TABLES
from analysis.validation.codings import read_codings
from analysis.validation.sheets import write_sheet

# Two items, u0000-1 (a match) and u0000 (its sentence), two questions each: four codings a coder.
WHOLE = {
    ("u0000-1", "category"): "weakness", ("u0000-1", "voice"): "narrator",
    ("u0000", "missed"): "none", ("u0000", "relevant"): "yes",
}  # fmt: skip
N = len(WHOLE)


@pytest.fixture(scope="module")
def tokens():
    return towns(1)


@pytest.fixture(scope="module")
def sample(tokens):
    return sample_of(tokens)


@pytest.fixture
def read(tmp_path, sample):
    """Return a function from files, as names and contents, to what is read of them."""

    def reading(**files):
        for name, content in files.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        paths = [tmp_path / name.replace("_", ".") for name in files]
        return read_codings(paths, sample=sample, codebook=CODEBOOK)

    return reading


def saved(codings=WHOLE, *, coder="A", **facts):
    """Return a file of a coding page."""
    rows = [
        {"item": item, "variable": variable, "value": value, "comment": "", "place": place}
        for place, ((item, variable), value) in enumerate(codings.items(), start=1)
    ]
    head = {"sample_id": "s1", "coder": coder, "codebook": "small", "codebook_version": "2", "n_codings": len(rows)}
    return json.dumps(head | facts | {"codings": rows}, indent=1)


def csv(codings=WHOLE, *, coder="A", sep=","):
    rows = [sep.join((coder, *key, f'"{value}"', "s1")) for key, value in codings.items()]
    return "\n".join([sep.join(("coder", "item", "variable", "value", "sample_id")), *rows]) + "\n"


def changed(**values):
    """Return the four codings with some of them changed, named by their variable."""
    return {key: values.get(key[1], value) for key, value in WHOLE.items()}


def values_of(codings):
    return {(row["item"], row["variable"]): row["value"] for row in codings.table.to_dict("records")}


def only_fault(codings):
    (fault,) = codings.rejected.to_dict("records")
    return fault


def test_a_whole_file_of_the_page(read, sample):
    codings = read(codings_json=saved())
    assert values_of(codings) == WHOLE
    assert codings.rejected.empty
    assert codings.notes == ()
    table = TABLES["CODINGS"].check(codings.table)
    assert table["place"].tolist() == [1, 2, 3, 4]
    assert set(table["kind"]) == {"person"}
    match = sample.iloc[0]
    assert table.iloc[0][["unit_id", "start", "end", "probability"]].tolist() == [
        "u0000",
        match["start"],
        match["end"],
        0.5,
    ]
    assert table.attrs["sample_id"] == "s1"
    assert table.attrs["variables"]["missed"]["several"] is True


@pytest.mark.parametrize("sep", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_csv_form_in_any_encoding_and_with_any_delimiter(read, sep, encoding):
    text = csv(coder="Jörg", sep=sep)
    codings = read(mine_csv=text.encode(encoding))
    assert values_of(codings) == WHOLE
    assert set(codings.table["coder"]) == {"Jörg"}
    assert codings.rejected.empty


def test_half_a_file_is_told_and_what_is_whole_is_kept(read):
    text = saved()
    cut = text[: text.index('"u0000", ' if '"u0000", ' in text else '"u0000"') + 3]
    codings = read(half_json=cut)
    # By hand: the two codings of the first item stand whole before the break.
    assert values_of(codings) == dict(list(WHOLE.items())[:2])
    first, *others = codings.rejected.to_dict("records")
    assert first["file"] == "half.json"
    assert first["reason"].startswith("half a file: it breaks off in line ")
    assert "behind 2 whole codings, which are read" in first["reason"]
    assert [(one["item"], one["variable"], one["reason"]) for one in others] == [
        ("u0000", "missed", "not coded"), ("u0000", "relevant", "not coded"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "{}", "[1, 2]", '{"coder": "A"', "<html>", '{"codings": [], "coder": 1}'])
def test_what_is_no_file_of_a_page_is_told(read, text):
    fault = only_fault(read(other_json=text))
    assert "no file of a coding page" in fault["reason"]
    assert fault["remedy"] == "open the coding page, save again and take that file"


def test_codings_that_were_taken_out_by_hand_are_missed(read):
    tree = json.loads(saved())
    del tree["codings"][3]
    reasons = read(cut_json=json.dumps(tree)).rejected["reason"].tolist()
    assert reasons == [
        "the file says that it holds 4 codings and holds 3: it was changed after it was saved",
        "not coded",
    ]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"sample_id": "s2"}, "of another sample (found sample_id s2, needed is s1)"),
        ({"codebook": "large"}, "by another codebook (found codebook large, needed is small)"),
        ({"codebook_version": "1"}, "by another version of the codebook (found codebook_version 1, needed is 2)"),
    ],
)
def test_a_file_of_something_else_is_refused_and_every_value_listed(read, facts, reason):
    codings = read(other_json=saved(**facts), mine_csv=csv(coder="B"))
    assert set(codings.table["coder"]) == {"B"}
    first, *others = codings.rejected.to_dict("records")
    assert (first["file"], first["reason"]) == ("other.json", reason)
    assert [one["found"] for one in others] == list(WHOLE.values())


def test_a_csv_of_another_sample_is_known_by_its_column_or_by_its_places(read, sample):
    other = csv().replace(",s1", ",s2")
    assert read(other_csv=other).table.empty
    moved = (
        "coder,item,variable,value,article_id,start\nA,u0000-1,voice,source,row-1,45\nA,u0000,relevant,yes,row-1,23\n"
    )
    codings = read(moved_csv=moved)
    assert values_of(codings) == {("u0000", "relevant"): "yes"}
    start = int(sample["start"].iat[0])
    assert codings.rejected["reason"].iat[0] == f"item u0000-1 has the start {start} in the sample, and '45' here"
    assert codings.notes == ("moved.csv: names no sample (sample_id), so that it is of this one is not checked",)


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        (
            "category",
            "weaknes",
            "no code of 'category'; known are 'weakness', 'strength', 'none'; did you mean 'weakness'?",
        ),
        ("missed", "strength;danger", "no code of 'missed'; known are 'weakness', 'strength', 'none'"),
        ("missed", "none;strength", "'none' stands beside other codes"),
        ("relevant", "2026-01-02", "a date, which Excel makes of a code; codes of 'relevant' are 'yes', 'no'"),
        ("relevant", "02. Jan", "a date, which Excel makes of a code; codes of 'relevant' are 'yes', 'no'"),
        ("relevant", "1", "no code of 'relevant'; known are 'yes', 'no'"),
        ("voice", "", "empty: not coded"),
    ],
)
def test_a_value_that_is_no_code_is_listed_with_what_is_allowed(read, key, value, reason):
    codings = read(mine_csv=csv(changed(**{key: value})))
    assert len(codings.table) == N - 1
    fault = only_fault(codings)
    assert (fault["coder"], fault["variable"], fault["found"], fault["reason"]) == ("A", key, value, reason)
    assert fault["place"] == f"row {[name for _, name in WHOLE].index(key) + 2}"


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [
        ("category", "Weakness", "weakness"),
        ("category", "weakness : ", None),
        ("category", "NO FRAME OF THESE", "none"),
        ("relevant", "TRUE", "yes"),
        ("relevant", "Falsch", "no"),
        ("missed", "Strength; weakness", "weakness;strength"),
    ],
)
def test_a_value_that_means_one_code_only_is_read_so_and_that_is_said(read, key, written, meant):
    codings = read(mine_csv=csv(changed(**{key: written})))
    if meant is None:
        assert only_fault(codings)["found"] == written.strip()
        return
    assert values_of(codings) == changed(**{key: meant})
    assert codings.notes == (f"1 values were read as the codes that they mean: {written!r} as {meant!r} (1)",)


def test_an_unknown_item_or_variable_is_listed_with_the_near_one(read):
    text = csv().replace("u0000-1,voice", "u000-1,voice").replace("relevant", "relevance")
    reasons = read(mine_csv=text).rejected["reason"].tolist()
    assert reasons == [
        "the sample has no such item; did you mean item 'u0000-1'?",
        "the codebook has no such variable; known are category, voice, missed, relevant; did you mean variable 'relevant'?",
        "not coded",
        "not coded",
    ]


def test_a_question_that_is_not_asked_of_the_item(read):
    text = csv() + "A,u0000,voice,source,s1\n"
    assert only_fault(read(mine_csv=text))["reason"] == "'voice' is asked about a match, and this item is a unit"


def test_a_coder_twice_with_the_same_codings_is_taken_once(read):
    codings = read(between_json=saved(dict(list(WHOLE.items())[:2])), codings_json=saved())
    assert values_of(codings) == WHOLE
    assert codings.rejected.empty
    assert codings.notes == (
        "coder A stands in between.json and codings.json: 2 codings that are the same in both are taken once",
    )


def test_a_coder_twice_who_says_two_things_is_taken_in_neither(read):
    codings = read(one_json=saved(), two_csv=csv(changed(voice="source")))
    assert len(codings.table) == N - 1
    assert codings.rejected["found"].tolist() == ["narrator", "source"]
    assert set(codings.rejected["reason"]) == {
        "coder 'A' coded this twice, and not alike: 'narrator' in one.json, coding 2; 'source' in two.csv, row 3"
    }
    assert "a second time of its own is coder 'A (2)'" in codings.rejected["remedy"].iat[0]


def test_a_second_time_is_a_coder_of_its_own(read):
    codings = read(one_json=saved(), two_json=saved(changed(voice="source"), coder="A (2)"))
    assert codings.table.groupby("coder").size().to_dict() == {"A": N, "A (2)": N}
    assert codings.rejected.empty
    assert codings.notes == ()


def test_models_are_coders_of_their_own_kind_and_never_mixed_with_people(read):
    model = "coder,item,variable,value,kind,sample_id\n" + "".join(
        f"gpt,{item},{variable},{value},model,s1\n" for (item, variable), value in WHOLE.items()
    )
    codings = read(one_json=saved(), model_csv=model)
    assert codings.table.groupby("kind").size().to_dict() == {"model": N, "person": N}
    mixed = read(model_csv=model, person_csv=model.replace(",model,", ",person,"))
    assert set(mixed.table["kind"]) == {"model"}
    assert len(mixed.rejected) == N
    assert "coder 'gpt' is a person here and a model in model.csv; people and models are never mixed" in set(
        mixed.rejected["reason"]
    )
    odd = read(odd_csv=model.replace(",model,", ",robot,"))
    assert set(odd.rejected["reason"]) == {"kind 'robot' is unknown; known are person, model, adjudicated"}


def test_a_coder_whom_the_sample_does_not_name_is_said(read):
    assert read(mine_csv=csv(coder="a")).notes == (
        "coder 'a' is none of the sample's (A, B) and stands alone; did you mean coder 'A'?",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("coder,item,value\nA,u0000,yes\n", "no column 'variable'; found are 'coder', 'item', 'value'"),
        (
            "coder,item,variabel,value\nA,u0000,relevant,yes\n",
            "no column 'variable'; found are 'coder', 'item', 'variabel', 'value'; did you mean column 'variabel'?",
        ),
        ('coder,item,variable,value\nA,u0000,relevant,"yes\n', "a quotation mark that opens there is not closed, or not doubled"),
        ("coder,item,variable,value\nA,u0000,relevant\n", "3 cells where the header has 4"),
    ],
)  # fmt: skip
def test_a_csv_that_lacks_something(read, text, reason):
    fault = only_fault(read(bad_csv=text))
    assert fault["file"] == "bad.csv"
    assert fault["reason"].endswith(reason)
    assert fault["remedy"]


def test_comments_come_back_and_are_kept_with_what_is_refused(read):
    text = csv().replace("sample_id", "sample_id,comment").replace('narrator",s1', 'nobody",s1,"hm; unsure"')
    text = text.replace('"weakness",s1', '"weakness",s1,\'=1+1').replace("s1\n", "s1,\n")
    codings = read(mine_csv=text)
    assert codings.table["comment"].tolist() == ["=1+1", "", ""]  # the guard against formulas is taken off
    assert only_fault(codings)["found"] == "nobody (comment: hm; unsure)"


def test_without_sample_and_codebook_what_stands_there_is_taken(tmp_path):
    (tmp_path / "mine.csv").write_text(csv(changed(voice="whoever")), encoding="utf-8")
    codings = read_codings(tmp_path)
    assert values_of(codings) == changed(voice="whoever")
    assert codings.table["article_id"].isna().all()
    TABLES["CODINGS"].check(codings.table)
    assert "4 codings of 2 items by 1 coders; 0 rejected" in repr(codings)


def test_files_that_are_not_there_or_hold_no_codings(tmp_path, read):
    with pytest.raises(fa.FramingError, match="there is no such file of codings"):
        read_codings(tmp_path / "none.csv")
    with pytest.raises(fa.FramingError, match=r"no file of codings among .*; they end in \.json, \.xlsx or \.csv"):
        read_codings(tmp_path)
    assert only_fault(read(a_pdf="%PDF"))["reason"] == "a file .pdf, which holds no codings"


# ---- the workbook


@pytest.fixture
def sheet(tmp_path, sample, tokens):
    """Return a function that fills the sheet of coder A, saves it and reads it; cells are named by row and column."""
    names: list[str] = []

    def filled(answers, *, spoil=lambda book: None):
        path = write_sheet(sample, tokens, CODEBOOK, tmp_path / "coding-A.xlsx", coder="A")
        book = openpyxl.load_workbook(path, rich_text=True)
        coding = book["Coding"]
        names[:] = [cell.value for cell in coding[1]]
        for (row, name), value in answers.items():
            coding.cell(row, names.index(name) + 1).value = value
        spoil(book)
        book.save(path)
        return read_codings(path, sample=sample, codebook=CODEBOOK)

    return filled


ANSWERS = {
    (3, "category"): "weakness", (3, "voice"): "narrator: The paper", (4, "missed=weakness"): "x", (4, "missed=strength"): "X",
    (4, "relevant"): "yes", (4, "comment"): "fine",
}  # fmt: skip


def test_a_sheet_filled_in_is_read_back(sheet):
    codings = sheet(ANSWERS)
    assert values_of(codings) == changed(missed="weakness;strength")
    assert codings.rejected.empty
    assert codings.notes == ()
    assert codings.table["comment"].tolist() == ["", "", "fine", "fine"]


@pytest.mark.parametrize(
    ("answer", "place", "found", "reason"),
    [
        ({(3, "voice"): None}, "row 3, column 'voice'", "", "empty: not coded"),
        ({(3, "voice"): "me"}, "row 3, column 'voice'", "me", "no code of 'voice'; known are 'narrator', 'source'"),
        ({(4, "relevant"): pd.Timestamp(2026, 2, 1)}, "row 4, column 'relevant'", "2026-02-01", "a date, which Excel"),
        ({(4, "missed=none"): "perhaps"}, "row 4, column 'missed'", "weakness;strength;none=perhaps", "no code of"),
        ({(4, "missed=none"): "x"}, "row 4, column 'missed'", "weakness;strength;none", "'none' stands beside other"),
    ],
)
def test_cells_of_a_sheet_that_are_no_answers(sheet, answer, place, found, reason):
    fault = only_fault(sheet(ANSWERS | answer))
    assert (fault["file"], fault["place"], fault["found"].partition(" (comment")[0]) == ("coding-A.xlsx", place, found)
    assert fault["reason"].startswith(reason)


def test_values_that_excel_changed(sheet):
    codings = sheet(ANSWERS | {(4, "relevant"): True, (3, "category"): "STRENGTH"})
    assert values_of(codings) == changed(missed="weakness;strength", category="strength")
    assert codings.notes == (
        "2 values were read as the codes that they mean: 'STRENGTH' as 'strength' (1), 'TRUE' as 'yes' (1)",
    )


def test_a_sheet_whose_rows_were_torn_apart_is_refused(sheet):
    codings = sheet(ANSWERS | {(3, "item"): "u0000"})
    assert len(codings.table) == 2
    torn, *others = codings.rejected.to_dict("records")
    assert torn["place"] == "row 3"
    assert torn["reason"].startswith("item 'u0000' does not belong to the sentence in this row")
    assert torn["found"] == "category 'weakness'; voice 'narrator: The paper'"  # nothing is lost
    assert [one["reason"] for one in others] == ["not coded", "not coded"]


def test_a_sheet_of_another_sample_without_a_sheet_or_a_column(sheet):
    def other(book):
        book["About"]["B2"] = "s2"

    def without_about(book):
        del book["About"]

    def without_item(book):
        book["Coding"]["A1"] = "items"

    assert sheet(ANSWERS, spoil=other).rejected["reason"].iat[0].startswith("of another sample (found sample_id s2")
    assert (
        only_fault(sheet(ANSWERS, spoil=without_about))["reason"] == "no sheet 'About'; found are 'Coding', 'Codebook'"
    )
    reason = only_fault(sheet(ANSWERS, spoil=without_item))["reason"]
    assert reason == "no column 'item' in the first row; did you mean column 'items'?"


def test_half_a_workbook_and_one_that_is_not_filled_in(sheet, read):
    assert "it is broken or half a file" in only_fault(read(a_xlsx=b"PK\x03\x04broken"))["reason"]
    codings = sheet({})
    assert codings.table.empty
    assert codings.rejected.empty
    assert codings.notes == ("coding-A.xlsx: holds no coding yet",)
