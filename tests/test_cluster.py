"""A real Dask scheduler and two workers, as processes: results are equal, and what dies on the way is done again or named.

They are started once; the last test kills the scheduler. `tests/tokens/test_workers.py` has the rest, without processes.
"""

import os
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from patience import HANGING
from stores import bytes_of, corpus

import analysis as fa
from analysis import cli, cluster
from analysis.core.errors import ClusterError, SchemaError
from analysis.reading import saving
from analysis.tokens.compiling import n_compiled

pytest.importorskip("distributed", reason="Dask is not installed: pip install '.[cluster]'")
LEXICON = fa.extend.lexicon_from_mapping({"weakness": ["weak*", "fail*"], "calm": ["quiet"]})
# No voices are read of it: a worker that starts anew is soon ready.
FRENCH = replace(LEXICON, language="fr")
TARGETS = fa.extend.lexicon_from_mapping({"Hurd": ["hurd"], "Renn": ["renn"]})
TESTS = Path(__file__).parent


@contextmanager
def dask(*arguments: str, folder: Path):
    """Run a command of Dask until the block ends."""
    settings = {
        "PYTHONPATH": str(TESTS),
        "FRAMING_DEADLY": str(folder),
        # A task is given up at the first death, with those that waited behind it: so few workers must start anew, and the second tries
        # are ours. With 3, as usual, Dask tries first.
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    }
    with (folder / f"{arguments[0]}.log").open("w") as log:
        process = subprocess.Popen(
            [shutil.which("dask", path=str(Path(os.sys.executable).parent)), *arguments],
            env=os.environ | settings, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()  # its workers end with it; politely they would look for their scheduler first
        process.wait(HANGING)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="module")
def tokens(folder):
    return fa.open_corpus(fa.save_corpus(corpus(), folder / "c.framing", part_bytes=150))


@pytest.fixture(scope="module")
def here(tokens, folder):
    """Return the hits without a cluster; what the workers then read from the cache is compiled here, if need be."""
    return fa.find_hits(tokens, LEXICON, targets=TARGETS, out=folder / "here")


@pytest.fixture(scope="module")
def french(tokens, folder):
    return bytes_of(fa.find_hits(tokens, FRENCH, out=folder / "french").folder)


@pytest.fixture(scope="module")
def scheduler(folder, here):
    file = folder / "scheduler.json"
    local = ("--host", "127.0.0.1", "--no-dashboard")
    worker = ("worker", "--scheduler-file", str(file), "--nworkers", "2", "--nthreads", "1", "--preload", "deadly")
    with (
        dask("scheduler", *local, "--port", "0", "--scheduler-file", str(file), folder=folder) as process,
        dask(*worker, "--no-dashboard", "--local-directory", str(folder), folder=folder),
    ):
        until(file.exists)
        yield process


@pytest.fixture(scope="module")
def client(folder, scheduler):
    with cluster.connected(str(folder / "scheduler.json"), seconds=HANGING) as client:
        client.wait_for_workers(2, timeout=HANGING)
        yield client


def until(condition):
    begin = time.monotonic()
    while not condition():
        assert time.monotonic() - begin < HANGING
        time.sleep(0.05)


def french_in(tokens, out, client):
    return bytes_of(fa.find_hits(tokens, FRENCH, out=out, client=client).folder)


def test_results_are_equal_and_workers_compile_nothing(tokens, here, client, tmp_path):
    there = fa.find_hits(tokens, LEXICON, targets=TARGETS, client=client)
    pd.testing.assert_frame_equal(there, here.read(), check_exact=True)
    assert there.attrs == here.read().attrs
    written = fa.find_hits(tokens, LEXICON, targets=TARGETS, out=tmp_path / "h", client=client)
    assert bytes_of(written.folder) == bytes_of(here.folder)
    assert set(client.run(n_compiled).values()) == {0}


def test_the_command_finds_the_same(folder, here, tokens, client, tmp_path):
    (tmp_path / "l.yml").write_text(
        "name: l\nversion: '1'\ncategories:\n  weakness: [weak*, fail*]\n", encoding="utf-8"
    )
    call = ["hits", str(tokens.folder), "--lexicon", str(tmp_path / "l.yml"), "--out"]
    assert cli.main([*call, str(tmp_path / "here.csv")]) == 0
    assert cli.main([*call, str(tmp_path / "there.csv"), "--cluster", str(folder / "scheduler.json")]) == 0
    assert (tmp_path / "here.csv").read_bytes() == (tmp_path / "there.csv").read_bytes()


def test_the_command_encodes_the_same_bytes_where_a_worker_is_killed_too(folder, client, monkeypatch, tmp_path):
    monkeypatch.setattr(saving.encode_files, "__kwdefaults__", saving.encode_files.__kwdefaults__ | {"part_bytes": 150})
    corpus().articles.to_parquet(tmp_path / "articles.parquet")
    call = ["encode", str(tmp_path / "articles.parquet"), "--boilerplate", "keep", "--out"]
    assert cli.main([*call, str(tmp_path / "here.framing")]) == 0
    (folder / "dies-encoding").touch()
    address = ["--cluster", str(folder / "scheduler.json")]
    assert cli.main([*call, str(tmp_path / "there.framing"), *address]) == 0
    assert not (folder / "dies-encoding").exists()
    assert len(fa.open_corpus(tmp_path / "there.framing").manifest.parts) > 2
    assert bytes_of(tmp_path / "there.framing") == bytes_of(tmp_path / "here.framing")


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(tokens, french, client, folder, tmp_path):
    (folder / "dies-once-1").touch()
    assert french_in(tokens, tmp_path / "h", client) == french
    assert not (folder / "dies-once-1").exists()


def test_a_part_that_kills_workers_is_named_and_the_run_goes_on(tokens, french, client, folder, tmp_path):
    (folder / "dies-2").touch()
    with pytest.raises(ClusterError) as caught:
        french_in(tokens, tmp_path / "h", client)
    named = [line for line in str(caught.value).splitlines() if line.startswith("- ")]
    (folder / "dies-2").unlink()
    ids = list(tokens.parts())[2].articles["article_id"]
    assert len(named) == 1 and named[0].startswith(
        f"- part 3 ({len(ids)} articles, {ids.iloc[0]!r} to {ids.iloc[-1]!r}): KilledWorker: "
    )
    with pytest.raises(SchemaError, match="hits of 3 parts are written"):
        fa.open_hits(tmp_path / "h")
    assert french_in(tokens, tmp_path / "h", None) == french


def test_a_worker_of_another_version_is_refused(client, monkeypatch):
    ours = cluster._versions()
    monkeypatch.setattr(cluster, "_PACKAGES", ())
    monkeypatch.setattr(cluster.sys, "version", "3.1.4 (made up)")
    with pytest.raises(ClusterError, match=rf"has other versions \(Python: {ours['Python']}, here 3\.1\.4\)"):
        cluster._check_versions(client)


def test_where_no_scheduler_answers_the_error_says_so():
    with pytest.raises(ClusterError, match=r"no scheduler answers at tcp://127\.0\.0\.1:1 "):
        cluster.connected("tcp://127.0.0.1:1", seconds=0.2).__enter__()


def test_a_scheduler_that_is_killed_ends_the_run_which_goes_on(tokens, french, scheduler, client, folder, tmp_path):
    (folder / "waits-3").touch()
    killed = []

    def kill():
        until((tmp_path / "h" / "part-00000.parquet").exists)
        scheduler.kill()
        killed.append(time.monotonic())

    killing = threading.Thread(target=kill)
    killing.start()
    with pytest.raises(ClusterError, match=r"the scheduler of the cluster is gone.* of 4 parts not done"):
        french_in(tokens, tmp_path / "h", client)
    took = time.monotonic() - killed[0]
    killing.join()
    assert took < 30
    assert (tmp_path / "h" / "part-00000.parquet").exists()
    (folder / "waits-3").unlink()
    assert french_in(tokens, tmp_path / "h", None) == french
