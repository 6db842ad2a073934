"""A sample on disk: written and read back, and what was changed since is told."""

import pandas as pd
import pytest

import analysis as fa

FRAMES = fa.extend.lexicon_from_mapping({"weakness": ["weak"], "strength": ["strong"]})


@pytest.fixture
def sample(encode):
    # An id that a reader of CSV could take for a number, and one for a missing value.
    tokens = encode(
        article_id=["007", "NA", 'c,"d"'], outlet=["x", None, "y"], body=["Weak. Calm.", "Strong. Calm.", "Weak."]
    )
    return fa.sample(fa.find_hits(tokens, FRAMES), tokens, n=4, by=["category", "outlet"])


def test_what_is_written_is_read_back_with_its_attrs(sample, tmp_path):
    folder = fa.validate.write_sample(sample, tmp_path / "coding")
    read = fa.validate.read_sample(folder)
    pd.testing.assert_frame_equal(read, sample)
    assert read.attrs == sample.attrs
    assert read["probability"].tolist() == sample["probability"].tolist()


@pytest.mark.parametrize(
    "order", [lambda text: text.replace(",unit,", ",match,", 1), lambda text: "\n".join(text.splitlines()[:-1]) + "\n"]
)
def test_items_that_were_changed_are_told(sample, tmp_path, order):
    folder = fa.validate.write_sample(sample, tmp_path)
    path = folder / "sample.csv"
    path.write_text(order(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(
        fa.SchemaError, match=rf"sample\.csv: was changed since the sample {sample.attrs['sample_id']} was drawn"
    ):
        fa.validate.read_sample(folder)


@pytest.mark.parametrize(
    ("name", "text"), [("sample.csv", ""), ("sample.csv", "a,b\n1,2\n"), ("sample.json", "{"), ("sample.json", "[]")]
)
def test_files_that_are_broken_are_told(sample, tmp_path, name, text):
    folder = fa.validate.write_sample(sample, tmp_path)
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(fa.SchemaError, match="cannot be read as they were written"):
        fa.validate.read_sample(folder)


def test_a_folder_without_a_sample_is_told(tmp_path):
    with pytest.raises(fa.SchemaError, match=r"sample\.csv: not there; give the folder that framing sample wrote"):
        fa.validate.read_sample(tmp_path)


def test_what_is_no_sample_is_not_written(tmp_path):
    with pytest.raises(fa.SchemaError, match="table SAMPLE: no column"):
        fa.validate.write_sample(pd.DataFrame({"item": ["u1"]}), tmp_path)
