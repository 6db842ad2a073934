"""Public corpora, from a server of this machine that breaks off, ignores Range, or is not there."""

import errno
import hashlib
import http.server
import io
import json
import os
import threading
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.cli import main
from analysis.reading.downloading import ResumingDownload
from analysis.reading.known_corpora import known_corpora

ARTICLES = [
    {"ID": "k1", "source": "Kestrel News", "date": "2019-03-04", "title": "Mayor looks weak", "content": "The mayor looked weak."},
    {"ID": "k2", "source": "Heron Post", "date": "", "title": "Bridge opens", "content": "The bridge opened on “Monday”."},
    {"ID": "k3", "source": "Heron Post", "title": "Port closes", "content": "The port closed."},
]  # fmt: skip


def packed(articles=ARTICLES):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("corpus-1/README.md", "Three invented articles.")
        for article in articles:
            archive.writestr(f"corpus-1/data/jsons/{article['ID']}.json", json.dumps(article, indent=4))
    return data.getvalue()


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        server.asked.append(self.headers.get("Range"))
        start = int(self.headers["Range"][6:-1]) if self.headers.get("Range") and server.knows_ranges else 0
        if self.headers.get("If-Range") not in (None, server.etag):
            start = 0
        if start >= len(server.data):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(server.data) - 1}/{len(server.data)}")
        self.send_header("Content-Length", str(len(server.data) - start))
        if server.etag:
            self.send_header("ETag", server.etag)
        self.end_headers()
        stop = start + server.breaks.pop(0) if server.breaks else len(server.data)
        self.wfile.write(server.data[start:stop])

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    """Return a server of one file: `breaks` holds after how many bytes each answer breaks off, `asked` the ranges it was asked for."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.data, server.etag, server.knows_ranges, server.breaks, server.asked = packed(), '"one"', True, [], []
        server.url = f"http://127.0.0.1:{server.server_port}/corpus.zip"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def listed(tmp_path, monkeypatch):
    """Return a function that writes a list of one corpus, ``birds``, and returns its path; no shared data are there."""
    monkeypatch.setenv("FRAMING_SHARED", str(tmp_path / "shared"))
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path / "cache"))

    def write(address, sha256="null", n_articles=3, body="content"):
        path = tmp_path / "corpora.yml"
        path.write_text(
            f"birds:\n  title: Birds\n  licence: CC0\n  citation: Kestrel (2020).\n  address: {address}\n  sha256: {sha256}\n"
            f"  n_articles: {n_articles}\n  members: '*/data/jsons/*.json'\n  local: [birds/birds.parquet]\n"
            f"  columns: {{article_id: ID, outlet: source, date: date, headline: title, body: {body}}}\n"
        )
        return path

    return write


def download(server, part, **options):
    out = part.with_name("out")
    ResumingDownload(part, wait=0, **options)(server.url, str(out))
    return out.read_bytes()


def test_a_download_that_breaks_off_goes_on_where_it_stopped(server, tmp_path):
    server.breaks = [100, 50]
    assert download(server, tmp_path / "part") == server.data
    assert server.asked == [None, "bytes=100-", "bytes=150-"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_next_run_goes_on_too(server, tmp_path):
    server.breaks = [100]
    missing = len(server.data) - 100
    with pytest.raises(OSError, match=f"^the connection broke off with {missing:,} bytes to come$"):
        download(server, tmp_path / "part", attempts=1)
    assert (tmp_path / "part").read_bytes() == server.data[:100]
    assert download(server, tmp_path / "part", attempts=1) == server.data
    assert server.asked == [None, "bytes=100-"]


def test_a_server_that_ignores_ranges_sends_all_again(server, tmp_path):
    server.breaks, server.knows_ranges = [100], False
    assert download(server, tmp_path / "part") == server.data


def test_halves_of_two_versions_are_not_joined(server, tmp_path):
    server.breaks = [100]
    with pytest.raises(OSError, match=r"^the connection broke off"):
        download(server, tmp_path / "part", attempts=1)
    server.data, server.etag = packed(ARTICLES[:2]), '"two"'
    assert download(server, tmp_path / "part") == server.data


def test_without_a_version_nothing_is_kept(server, tmp_path):
    server.breaks, server.etag = [100], ""
    assert download(server, tmp_path / "part") == server.data
    assert server.asked == [None, None]


def test_a_part_that_is_too_long_is_thrown_away(server, tmp_path):
    (tmp_path / "part").write_bytes(server.data + b"more")
    (tmp_path / "part.of").write_text(server.etag)
    assert download(server, tmp_path / "part") == server.data


def test_a_corpus_is_fetched_once_and_read(server, listed, tmp_path):
    corpora = listed(server.url)
    path = fa.reproduce.fetch("birds", corpora=corpora)
    assert path == tmp_path / "cache" / "birds" / "birds.parquet"
    assert len(server.asked) == 1
    assert fa.reproduce.fetch("birds", corpora=corpora) == path
    assert len(server.asked) == 1  # from the cache, without a network
    articles = fa.read(path).articles
    assert articles["article_id"].tolist() == ["k1", "k2", "k3"]
    assert articles["outlet"].tolist() == ["Kestrel News", "Heron Post", "Heron Post"]
    assert articles["body"].tolist() == [article["content"] for article in ARTICLES]
    assert articles["date"].isna().tolist() == [False, True, True]
    sums = (path.parent / "SHA256SUMS").read_text().splitlines()
    assert sums[1] == f"{hashlib.sha256(server.data).hexdigest()}  birds.zip"


def test_read_takes_the_archive_too_but_takes_every_file_for_an_article(tmp_path):
    path = tmp_path / "birds.zip"
    path.write_bytes(packed())
    corpus = fa.read(path, columns={"article_id": "ID", "outlet": "source", "headline": "title", "body": "content"})
    assert corpus.articles["article_id"].tolist() == ["birds/corpus-1/README", "k1", "k2", "k3"]
    assert corpus.articles["outlet"].tolist()[1:] == ["Kestrel News", "Heron Post", "Heron Post"]


def test_a_local_copy_goes_first_unless_a_folder_is_given(server, listed, tmp_path):
    corpora = listed(server.url)
    local = tmp_path / "shared" / "birds" / "birds.parquet"
    local.parent.mkdir(parents=True)
    pd.DataFrame({"id": ["k1"], "body": ["One."]}).to_parquet(local)
    assert fa.reproduce.fetch("birds", corpora=corpora) == local
    assert server.asked == []
    assert (
        fa.reproduce.fetch("birds", folder=tmp_path / "here", corpora=corpora)
        == tmp_path / "here" / "birds" / "birds.parquet"
    )


def test_the_first_download_sets_the_checksum_of_the_next(server, listed):
    corpora = listed(server.url)
    path = fa.reproduce.fetch("birds", corpora=corpora)
    digest = hashlib.sha256(server.data).hexdigest()
    for name in ("birds.parquet", "birds.zip"):
        (path.parent / name).unlink()
    server.data = packed([{**ARTICLES[0], "title": "Changed"}, *ARTICLES[1:]])
    with pytest.raises(fa.CorpusError) as caught:
        fa.reproduce.fetch("birds", corpora=corpora)
    assert str(caught.value) == (
        f"corpus 'birds': what {server.url} sends is not the archive that is expected (SHA-256 {digest}); the publisher may have packed "
        f"it anew. If you trust it, delete {path.parent / 'SHA256SUMS'} and fetch again"
    )
    assert not path.exists()


def test_a_stated_checksum_is_demanded(server, listed):
    with pytest.raises(fa.CorpusError, match=r"is not the archive that is expected \(SHA-256 0{64}\)"):
        fa.reproduce.fetch("birds", corpora=listed(server.url, sha256="'" + "0" * 64 + "'"))


def test_a_changed_file_of_the_cache_is_refused(server, listed):
    path = fa.reproduce.fetch("birds", corpora=listed(server.url))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(fa.CorpusError) as caught:
        fa.reproduce.fetch("birds", corpora=path.parents[2] / "corpora.yml")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    assert str(caught.value) == (
        f"{path}: its SHA-256 is {found}, but SHA256SUMS beside it says {digest}: it was changed or damaged; delete it, and it is made "
        "anew from the archive"
    )
    path.unlink()
    assert fa.reproduce.fetch("birds", corpora=path.parents[2] / "corpora.yml") == path


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_articles": 4}, "{archive}: 3 files match '*/data/jsons/*.json', but corpus 'birds' has 4 articles; "
         "correct members or n_articles in the list, or, if the archive is damaged, delete it, "
                            "and it is downloaded again"),
        ({"body": "text"}, "{archive}: no article has the key 'text', which corpus 'birds' names for 'body'"),
    ],
)  # fmt: skip
def test_an_archive_that_does_not_fit_is_no_corpus(server, listed, tmp_path, options, message):
    archive = tmp_path / "cache" / "birds" / "birds.zip"
    with pytest.raises(fa.CorpusError) as caught:
        fa.reproduce.fetch("birds", corpora=listed(server.url, **options))
    assert str(caught.value) == message.format(archive=archive)
    assert sorted(path.name for path in archive.parent.iterdir() if not path.name.startswith(".")) == ["birds.zip"]


def test_half_an_archive_is_named(server, listed, tmp_path):
    server.data = server.data[:200]
    with pytest.raises(fa.CorpusError) as caught:
        fa.reproduce.fetch("birds", corpora=listed(server.url))
    archive = tmp_path / "cache" / "birds" / "birds.zip"
    assert str(caught.value) == (
        f"{archive}: no whole zip archive (File is not a zip file); delete it, and it is downloaded again"
    )


def test_offline_says_what_was_tried_and_an_archive_put_there_by_hand_is_taken(server, listed, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.reading.downloading.time.sleep", lambda seconds: None)
    server.shutdown()
    server.socket.close()
    corpora, place = listed(server.url), tmp_path / "cache" / "birds"
    with pytest.raises(fa.CorpusError) as caught:
        fa.reproduce.fetch("birds", corpora=corpora)
    host = server.url.split("/")[2]
    refused = f"[Errno {errno.ECONNREFUSED}] {os.strerror(errno.ECONNREFUSED)}"
    assert str(caught.value) == (
        f"corpus 'birds': not in the shared data ({tmp_path / 'shared'}), not in the cache ({place}), and {host} does not give it "
        f"({refused}). Download {server.url} elsewhere and save it as {place / 'birds.zip'}, or try again: what has "
        "come is kept"
    )
    (place / "birds.zip").write_bytes(packed())
    assert len(pd.read_parquet(fa.reproduce.fetch("birds", corpora=corpora))) == 3


def test_the_list_of_the_project_names_the_published_corpus():
    abp = known_corpora()["abp"]
    # The number that the publishers' README states.
    assert abp.n_articles == 37_554
    assert set(abp.columns) >= {"article_id", "outlet", "date", "headline", "body"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("birds: [1]", "{path}: no mapping from names to corpora; copy corpora.yml and change it"),
        ("birds: {title: x}", "{path}: birds: key 'address' is missing; needed are title, licence, citation, address, sha256, "
                              "n_articles, members, columns, local"),
    ],
)  # fmt: skip
def test_a_wrong_list_is_named(tmp_path, text, message):
    path = tmp_path / "corpora.yml"
    path.write_text(text)
    with pytest.raises(fa.CorpusError) as caught:
        fa.reproduce.fetch("birds", corpora=path)
    assert str(caught.value) == message.format(path=path)


def test_an_unknown_corpus_is_named():
    with pytest.raises(fa.CorpusError) as caught:
        fa.reproduce.fetch("bap")
    assert str(caught.value) == (
        "no corpus 'bap'; known are 'abp'; add yours to a list (corpora=…); did you mean corpus 'abp'?"
    )


def test_the_command_prints_the_path_and_says_licence_and_citation(server, listed, tmp_path, capsys):
    corpora = listed(server.url)
    assert main(["fetch", "birds", "--out", str(tmp_path / "here"), "--corpora", str(corpora)]) == 0
    out, err = capsys.readouterr()
    assert Path(out.rstrip("\n")) == tmp_path / "here" / "birds" / "birds.parquet"
    assert err.splitlines()[-3:] == [
        "framing: Birds: 3 of 3 articles",
        "framing: licence: CC0",
        "framing: please cite: Kestrel (2020).",
    ]


def test_a_corrected_list_reads_the_corpus_anew(server, listed):
    first = fa.read(fa.reproduce.fetch("birds", corpora=listed(server.url, body="title"))).articles
    assert first["body"].tolist() == [article["title"] for article in ARTICLES]
    again = fa.read(fa.reproduce.fetch("birds", corpora=listed(server.url))).articles
    assert again["body"].tolist() == [article["content"] for article in ARTICLES]
