"""Parts handed to workers: equal results, small travellers, failures tried again alone and then named. `test_cluster` has real workers."""

import pandas as pd
import pytest
from stores import bytes_of, corpus
from workers import HereClient, KilledError

import analysis as fa
from analysis.core.errors import ClusterError, CorpusError, SchemaError
from analysis.reading.options import Reading
from analysis.reading.saving import encode_files

LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak*", "fail*"], "calm": ["quiet"]})
TARGETS = fa.extend.lexicon_from_mapping({"Hurd": ["hurd"], "Renn": ["renn"]})
# The corpus has four parts; call 0 hands the search over, calls 1 to 4 are the parts, later ones the second tries.
N_PARTS = 4


@pytest.fixture(scope="module")
def tokens(tmp_path_factory):
    return fa.open_corpus(fa.save_corpus(corpus(), tmp_path_factory.mktemp("store") / "c.framing", part_bytes=150))


def test_results_are_equal_and_what_travels_is_small(tokens, tmp_path):
    assert len(tokens.manifest.parts) == N_PARTS
    client = HereClient()
    here = fa.find_hits(tokens, LEXICON, targets=TARGETS)
    there = fa.find_hits(tokens, LEXICON, targets=TARGETS, client=client)
    pd.testing.assert_frame_equal(here, there, check_exact=True)
    assert here.attrs == there.attrs
    assert len(client.sizes) == N_PARTS + 1
    # Path, hash and number: far less than a part of a corpus, whatever its size.
    assert max(client.sizes[1:]) < 1000
    folders = [
        fa.find_hits(tokens, LEXICON, targets=TARGETS, out=tmp_path / name, client=one).folder
        for name, one in (("here", None), ("there", HereClient()))
    ]
    assert bytes_of(folders[0]) == bytes_of(folders[1])


def test_articles_that_were_given_further_columns_travel_with_their_part(tokens):
    french = tokens.with_articles(tokens.articles.assign(language=["fr", "en"] * 3 + ["fr"]))
    here, there = (fa.find_hits(french, LEXICON, client=client) for client in (None, HereClient()))
    pd.testing.assert_frame_equal(here, there, check_exact=True)
    assert here["voice"].isna().any() and here["voice"].notna().any()
    # The store that the workers have opened is the same as before.
    assert fa.find_hits(tokens, LEXICON, client=HereClient())["voice"].notna().all()


def test_a_part_that_fails_once_is_done_the_second_time(tokens):
    client = HereClient(lambda call: KilledError("died") if call in (2, 3) else None)
    pd.testing.assert_frame_equal(fa.find_hits(tokens, LEXICON, client=client), fa.find_hits(tokens, LEXICON))
    assert len(client.sizes) == 1 + N_PARTS + 2


def test_a_part_that_fails_twice_is_named_the_others_are_done_and_the_run_goes_on(tokens, tmp_path):
    # Part 2 is call 2; parts 2 and 3 fail, and the second tries are calls 5 and 6.
    client = HereClient(lambda call: KilledError("died") if call in (2, 3, 5) else None)
    part = list(tokens.parts())[1].articles["article_id"]
    with pytest.raises(ClusterError) as caught:
        fa.find_hits(tokens, LEXICON, out=tmp_path / "h", client=client)
    (named,) = [line for line in str(caught.value).splitlines() if line.startswith("- ")]
    assert named == f"- part 2 ({len(part)} articles, {part.iloc[0]!r} to {part.iloc[-1]!r}): KilledError: died"
    assert str(caught.value).startswith("1 of 4 parts could not be done")
    with pytest.raises(SchemaError, match="hits of 3 parts are written"):
        fa.open_hits(tmp_path / "h")
    again = HereClient()
    fa.find_hits(tokens, LEXICON, out=tmp_path / "h", client=again)
    assert len(again.sizes) == 1 + 1
    assert bytes_of(tmp_path / "h") == bytes_of(fa.find_hits(tokens, LEXICON, out=tmp_path / "whole").folder)


def test_a_scheduler_that_is_lost_is_an_error_and_the_run_goes_on_without_one(tokens, tmp_path):
    with pytest.raises(ClusterError, match=r"with 2 of 4 parts not done"):
        fa.find_hits(tokens, LEXICON, out=tmp_path / "h", client=HereClient(lost_from=3))
    with pytest.raises(SchemaError, match="hits of 2 parts are written"):
        fa.open_hits(tmp_path / "h")
    hits = fa.find_hits(tokens, LEXICON, out=tmp_path / "h")
    pd.testing.assert_frame_equal(hits.read(), fa.find_hits(tokens, LEXICON), check_exact=True)


def test_an_error_of_ours_is_raised_as_without_a_cluster(tokens):
    mentions = pd.DataFrame({"article_id": ["nobody's"], "field": ["body"], "start": [0], "end": [4], "target": ["X"]})
    said = []
    for client in (None, HereClient()):
        with pytest.raises(SchemaError) as caught:
            fa.find_hits(tokens, LEXICON, targets=mentions, client=client)
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_a_result_that_is_lost_between_two_looks_is_waited_for(tokens):
    class Forgetful(HereClient):
        forgotten = 0

        def gather(self, futures, *, errors):
            self.forgotten += 1
            if self.forgotten == 1:
                return []
            if self.forgotten == 2:
                raise ConnectionResetError
            return super().gather(futures, errors=errors)

    client = Forgetful()
    pd.testing.assert_frame_equal(fa.find_hits(tokens, LEXICON, client=client), fa.find_hits(tokens, LEXICON))
    assert client.forgotten == N_PARTS + 2


def test_a_corpus_in_memory_cannot_travel(tokens):
    with pytest.raises(CorpusError, match=r"in memory.*save_corpus"):
        fa.find_hits(fa.tokenize(corpus()), LEXICON, client=HereClient())
    with pytest.raises(ClusterError, match=r"found 'tcp://10\.0\.0\.1:8786'"):
        fa.find_hits(tokens, LEXICON, client="tcp://10.0.0.1:8786")


def test_a_worker_that_sees_another_corpus_or_none_says_so(tokens, tmp_path):
    folder = fa.save_corpus(corpus(), tmp_path / "c.framing", part_bytes=150)
    opened = fa.open_corpus(folder)
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(CorpusError, match=r"as .* sees it: there is no such folder"):
        fa.find_hits(opened, LEXICON, client=HereClient())
    fa.save_corpus(corpus(), folder, part_bytes=300)
    with pytest.raises(CorpusError, match=r"as .* sees it: another corpus"):
        fa.find_hits(opened, LEXICON, client=HereClient())


@pytest.fixture(scope="module")
def encoded(tmp_path_factory):
    """Return the file of some articles, and what is written of it without a cluster."""
    folder = tmp_path_factory.mktemp("encoded")
    corpus().articles.to_parquet(folder / "articles.parquet")
    return folder / "articles.parquet", bytes_of(encoded_by(None, folder / "articles.parquet", folder / "c.framing"))


def encoded_by(client, file, folder):
    encode_files([file], folder, Reading(boilerplate="keep"), part_bytes=150, client=client)
    return folder


def test_what_workers_encode_is_the_same_bytes(encoded, tmp_path):
    file, here = encoded
    client = HereClient()
    assert bytes_of(encoded_by(client, file, tmp_path / "c.framing")) == here
    assert len(client.sizes) == N_PARTS


def test_a_part_travels_without_the_texts_round_it(encoded, tmp_path):
    # An article of 400,000 letters stands in the first part, and in no other.
    articles = corpus().articles
    articles.loc[0, "body"] = "weak " * 80_000
    articles.to_parquet(tmp_path / "articles.parquet")
    client = HereClient()
    encoded_by(client, tmp_path / "articles.parquet", tmp_path / "c.framing")
    assert client.sizes[0] > 400_000 > 20_000 > max(client.sizes[1:])


def test_a_part_that_cannot_be_encoded_is_named_and_the_run_goes_on_without_a_cluster(encoded, tmp_path):
    file, here = encoded
    once = HereClient(lambda call: KilledError("died") if call == 2 else None)
    assert bytes_of(encoded_by(once, file, tmp_path / "once.framing")) == here
    assert len(once.sizes) == N_PARTS + 1
    always = HereClient(lambda call: KilledError("died") if call in (2, N_PARTS) else None)
    with pytest.raises(
        ClusterError, match=r"part 3 could not be done by the workers, the second time either: KilledError: died"
    ):
        encoded_by(always, file, tmp_path / "c.framing")
    with pytest.raises(CorpusError, match="not finished"):
        fa.open_corpus(tmp_path / "c.framing")
    assert bytes_of(encoded_by(None, file, tmp_path / "c.framing")) == here


def test_encoding_ends_where_the_scheduler_is_lost_and_goes_on_with_another(encoded, tmp_path):
    file, here = encoded
    with pytest.raises(
        ClusterError, match=r"scheduler of the cluster is gone.* with part 2 and those behind it not done"
    ):
        encoded_by(HereClient(lost_from=1), file, tmp_path / "c.framing")
    rest = HereClient()
    assert bytes_of(encoded_by(rest, file, tmp_path / "c.framing")) == here
    assert len(rest.sizes) == N_PARTS - 1
    with pytest.raises(ClusterError, match=r"found 'tcp://10\.0\.0\.1:8786'"):
        encoded_by("tcp://10.0.0.1:8786", file, tmp_path / "d.framing")
