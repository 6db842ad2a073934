"""Word vectors: counts against a plain loop, the decomposition against numpy, files against their lines."""

from collections import Counter
from math import log

import numpy as np
import pytest

import analysis as fa
from analysis.learning.vectors import Vectors, ppmi, read_vectors, train_vectors

BODIES = (
    "the weak leader met the strong leader. The strong wall held",
    "a weak wall fell and a strong wind blew",
    "the leader blew hot and the wind blew cold. Weak weak wall",
)


def direct_ppmi(sentences: list[list[str]], words: list[str], window: int) -> np.ndarray:
    """Return the matrix by the formula of `train_vectors`, in plain loops."""
    pairs = Counter(
        (word, sentence[other])
        for sentence in sentences
        for place, word in enumerate(sentence)
        for other in range(max(0, place - window), min(len(sentence), place + window + 1))
        if other != place and word in words and sentence[other] in words
    )
    total = {word: sum(n for (first, _), n in pairs.items() if first == word) for word in words}
    smoothed = {word: total[word] ** 0.75 for word in words}
    norm = sum(smoothed.values())
    matrix = np.zeros((len(words), len(words)))
    for (word, context), n in pairs.items():
        value = log(n * norm / (total[word] * smoothed[context]))
        matrix[words.index(word), words.index(context)] = max(0, value)
    return matrix


@pytest.mark.parametrize(("window", "min_count"), [(1, 1), (2, 1), (5, 2)])
def test_association_is_that_of_plain_loops(encode, window, min_count):
    matrix, words = ppmi(encode(*BODIES), n_words=100, min_count=min_count, window=window)
    sentences = [sentence.lower().split() for body in BODIES for sentence in body.split(". ")]
    counts = Counter(word for sentence in sentences for word in sentence)
    assert words == sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    np.testing.assert_allclose(matrix.toarray(), direct_ppmi(sentences, words, window), rtol=1e-5)  # expected: formula


def test_the_window_ends_with_the_sentence_and_the_field(encode):
    tokens = encode(headline=["alpha beta"], body=["Gamma delta. Epsilon zeta"])
    matrix, words = ppmi(tokens, n_words=10, min_count=1, window=5)
    pairs = {(words[i], words[j]) for i, j in zip(*matrix.nonzero(), strict=True)}
    near = [("alpha", "beta"), ("gamma", "delta"), ("epsilon", "zeta")]  # by hand
    assert pairs == {*near, *((b, a) for a, b in near)}


def test_vectors_are_the_leading_singular_vectors(encode):
    tokens = encode(*BODIES)
    vectors = train_vectors(tokens, min_count=1, window=2, n_dimensions=3)
    matrix, words = ppmi(tokens, n_words=100, min_count=1, window=2)
    left, singular, _ = np.linalg.svd(matrix.toarray().astype(float))  # expected: numpy's full decomposition
    expected = left[:, :3] * np.sqrt(singular[:3])
    expected *= np.sign(expected[np.abs(expected).argmax(axis=0), range(3)])
    assert list(vectors.words) == words
    np.testing.assert_allclose(vectors.matrix, expected, atol=1e-4)
    assert vectors.origin["window"] == 2
    assert vectors.origin["token_rule"] == tokens.rule
    assert vectors.origin["vectors_seed"] == 1


def test_the_same_seed_gives_the_same_bytes(encode):
    first, second = (train_vectors(encode(*BODIES), min_count=1, n_dimensions=4) for _ in range(2))
    assert first.matrix.tobytes() == second.matrix.tobytes()
    assert first.hash == second.hash


def test_another_seed_gives_the_same_vectors(encode):
    # By construction: singular values and vectors are those of the matrix, whatever the iteration starts from.
    first, second = (train_vectors(encode(*BODIES), min_count=1, n_dimensions=4, seed=seed) for seed in (1, 2))
    np.testing.assert_allclose(first.matrix, second.matrix, atol=1e-5)


def test_dimensions_beyond_the_rank_are_zero(encode):
    # By hand: of five words two have no neighbour, so that the matrix has rank 3 at most.
    vectors = train_vectors(encode("alpha beta gamma", "lonely", "single"), min_count=1, window=1, n_dimensions=4)
    lengths = np.linalg.norm(vectors.matrix, axis=0)
    assert lengths[0] > 0
    assert lengths[3] == pytest.approx(0, abs=1e-6)
    assert "lonely" not in vectors


def test_a_corpus_without_neighbours_is_refused(encode):
    with pytest.raises(fa.FramingError, match="no two words stand near each other more often than by chance"):
        train_vectors(encode("alpha", "beta", "gamma"), min_count=1, n_dimensions=1)


def test_a_word_without_neighbours_counts_as_without_vector(encode):
    vectors = train_vectors(encode("lonely", *BODIES), min_count=1, n_dimensions=2)
    assert "weak" in vectors
    assert "lonely" in vectors.words
    assert "lonely" not in vectors  # its row of the matrix is all zeros
    with pytest.raises(fa.FramingError, match="no vector for 'lonely'"):
        vectors["lonely"]


def test_nearest_by_hand():
    vectors = Vectors(["a", "b", "c", "zero"], np.array([[1, 0], [1, 1], [-2, 0], [0, 0]], np.float32), {})
    table = vectors.nearest("a", 5)
    assert table["word"].tolist() == ["b", "c"]
    assert table["cosine"].tolist() == pytest.approx([np.sqrt(0.5), -1])  # by hand: 45 and 180 degrees


def test_too_few_words_for_the_dimensions_are_refused_with_advice(encode):
    with pytest.raises(fa.FramingError, match=r"n_dimensions=50, but 2 words stand .* lower n_dimensions or min_count"):
        train_vectors(encode("weak talks"), min_count=1, n_dimensions=50)
    with pytest.raises(fa.FramingError, match="but 0 words"):
        train_vectors(encode(""), min_count=1, n_dimensions=5)


@pytest.mark.parametrize("option", ["n_words", "min_count", "window"])
def test_options_below_one_are_refused(encode, option):
    with pytest.raises(fa.FramingError, match=f"{option}=0; it must be at least 1"):
        train_vectors(encode("weak"), **{option: 0})


@pytest.mark.parametrize("text", ["2 2\nweak 0.5 -1\nNew York 1e-2 3 \n", "weak 0.5 -1\nNew York 1e-2 3"])
def test_both_text_forms_are_read(tmp_path, text):
    (tmp_path / "v.txt").write_text(text.replace("New York", "New\u0085York"), encoding="utf-8")
    vectors = read_vectors(tmp_path / "v.txt")
    assert vectors.words == ["weak", "New\u0085York"]  # a line ends at a line feed only
    np.testing.assert_allclose(vectors.matrix, [[0.5, -1], [0.01, 3]])  # as written in the file
    assert vectors.origin["vectors"] == "v.txt"


def test_only_the_words_asked_for_are_kept(tmp_path):
    (tmp_path / "v.txt").write_text("a 1 2\n. . . 3 4\nc 5 6\n", encoding="utf-8")
    assert read_vectors(tmp_path / "v.txt", words=["c", ". . ."]).words == [". . .", "c"]
    with pytest.raises(fa.FramingError, match="holds none of the 1 words asked for"):
        read_vectors(tmp_path / "v.txt", words=["z"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no word"),
        ("weak\n", "line 1: found 0 numbers after the word"),
        ("a 1 2\nb 1\n", "line 2: found 1 numbers after the word, needed are 2"),
        ("a 1 2\nb 1 two\n", "line 2: could not convert string to float"),
        ("a 1 2\nb 1 nan\n", "line 2: a value is not finite"),
        ("a 1 2\nb 1 2\na 1 2\n", "line 3: 'a' stands here for the second time (first in line 1)"),
        ("3 2\na 1 2\n", "its first line states 3 words, 1 follow"),
    ],
)
def test_a_bad_file_is_refused_by_line(tmp_path, text, message):
    (tmp_path / "v.txt").write_text(text, encoding="utf-8")
    with pytest.raises(fa.FramingError) as caught:
        read_vectors(tmp_path / "v.txt")
    assert message in str(caught.value)


def test_a_binary_or_absent_file_is_refused(tmp_path):
    (tmp_path / "v.bin").write_bytes(b"2 2\na \xff\xfe\x00")
    with pytest.raises(fa.FramingError, match="not UTF-8"):
        read_vectors(tmp_path / "v.bin")
    with pytest.raises(fa.FramingError, match="cannot be read"):
        read_vectors(tmp_path / "absent.txt")
