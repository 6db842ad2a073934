"""The file of a model of polarity: what is written is read, and nothing else is."""

import json

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.core.shipped import shipped
from analysis.learning.polarity_model import SHIPPED, PolarityModel, rounded


@pytest.fixture
def model() -> PolarityModel:
    weights = rounded(np.arange(18, dtype=float).reshape(3, 2, 3) ** 2 / 7)
    signs = {"hit, negative, link own": rounded(np.array([1.0, 0.5, -2]))}
    return PolarityModel(rounded(np.array([0.1, 0.2, 0.3])), signs, ("weak", "naïve"), weights, {"seed": 1})


def test_what_is_written_is_read(model, tmp_path):
    model.save(tmp_path / "model.json")
    read = fa.learn.read_polarity(tmp_path / "model.json")
    assert (read.words, read.origin, read.hash) == (model.words, model.origin, model.hash)
    np.testing.assert_allclose(read.word_weights, model.word_weights)
    np.testing.assert_allclose(read.intercept, model.intercept)
    np.testing.assert_allclose(read.signs["hit, negative, link own"], model.signs["hit, negative, link own"])
    read.save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "model.json").read_bytes()


def test_weights_are_kept_in_hundredths_that_sum_to_zero():
    # By hand: the mean of 1, 2 and 6 is 3, which changes no probability.
    assert rounded(np.array([1.0, 2, 6])).tolist() == [-2, -1, 3]
    assert rounded(np.array([0.333, 0, -0.333])).tolist() == [0.33, 0, -0.33]


def altered(text: str) -> str:
    return text.replace('"weak":[', '"meek":[')


def cut(text: str) -> str:
    return text[: len(text) // 2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (altered, "was altered since it was written"),
        (cut, "is no JSON, or is cut short"),
        (lambda text: "[1, 2]", "is no model of polarity"),
        (lambda text: json.dumps({"format": "other"}), "is no model of polarity"),
        (lambda text: text.replace('"version": 1', '"version": 2'), "version 2 of the file's form is not known"),
    ],
)
def test_an_altered_cut_or_foreign_file_is_refused(model, tmp_path, change, message):
    path = tmp_path / "model.json"
    model.save(path)
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")
    with pytest.raises(fa.FramingError, match=message):
        fa.learn.read_polarity(path)


def test_bytes_that_are_no_text_and_a_missing_file_are_refused(tmp_path):
    (tmp_path / "model.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(fa.FramingError, match="is no JSON"):
        fa.learn.read_polarity(tmp_path / "model.json")
    with pytest.raises(fa.FramingError, match="cannot be read"):
        fa.learn.read_polarity(tmp_path / "other.json")


def test_the_shipped_model_is_small_and_fits_the_shipped_frames():
    model = fa.learn.read_polarity()
    assert SHIPPED.stat().st_size < 300_000
    assert model.origin["lexicon_hash"] == fa.read_lexicon(shipped("frames.yml")).hash, "run tools/train_polarity.py"


def test_the_shipped_model_codes_plain_sentences_right():
    targets = {"Vale": ["vale"]}
    bodies = {
        "Vale was accused of lying and of corruption.": "negative",
        "Critics said Vale had failed and had been weak.": "negative",
        "Vale won praise for her courage and success.": "positive",
        "Vale met reporters at the airport on Tuesday.": "neutral",
    }
    tokens = fa.tokenize(fa.read(pd.DataFrame({"body": list(bodies)}), boilerplate="keep"))
    hits = fa.find_hits(tokens, shipped("frames.yml"), targets=targets)
    assert fa.learn.polarity(tokens, targets, hits=hits)["label"].tolist() == list(bodies.values())
