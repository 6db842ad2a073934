"""The replication bundle: no text of the articles in it, the same bytes twice, and every change found by its check."""

import hashlib
import io
import json
import random
import zipfile
from functools import cache

import pandas as pd
import pytest

import analysis as fa
from analysis.cli import main
from analysis.core.cells import unguarded

LEXICON = "name: small\nversion: '1'\nlanguage: en\ncategories:\n  weakness: [weak*, caved in]\n  strength: [strong*]\n"
TARGETS = "name: people\nversion: '1'\nlanguage: en\ncategories:\n  Mara Dunmore: [mara dunmore, dunmore]\n"
ROWS = [
    ("a1", "Kestrel", "2020-01-02", "Mara Dunmore looks weak after the vote on the old harbour",
     "“Dunmore was weak from the first day to the last,” said a tired former member of the old harbour board on Monday.\n\n"
     "Nobody on the quay was surprised by any of it."),
    ("=1+1", "-Heron", "2020-02-03", "Council caved in over the bridge, engineers write in a long letter",
     "Mara Dunmore is strong, her friends told the Heron. The council caved in, and the bridge stays closed until spring."),
    ("a3", "Kestrel", None, "Rain", "It rained all day, and nothing else happened in the town at all."),
]  # fmt: skip


def table(rows=ROWS):
    return pd.DataFrame(rows, columns=["article_id", "outlet", "date", "headline", "body"])


@pytest.fixture(scope="module")
def lexica(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lexica")
    for name, text in (("small.yml", LEXICON), ("people.yml", TARGETS)):
        (folder / name).write_text(text)
    return folder / "small.yml", folder / "people.yml"


@pytest.fixture(scope="module")
def bundled(tmp_path_factory, lexica):
    path = tmp_path_factory.mktemp("bundle") / "bundle.zip"
    return fa.reproduce.bundle(fa.read(table()), lexica[0], path, targets=lexica[1])


def files_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def csv_of(path, name):
    return unguarded(pd.read_csv(io.BytesIO(files_of(path)[name]), dtype="str", keep_default_na=False))


def test_it_holds_hits_hashes_tables_lexica_and_versions(bundled, lexica):
    files = files_of(bundled)
    assert sorted(files) == [
        "README.txt", "SHA256SUMS", "articles.csv", "hits.csv", "lexicon/small.yml", "parameters.json",
        "rates-by-outlet.csv", "rates-by-voice.csv", "rates-by-zone.csv", "targets/people.yml",
    ]  # fmt: skip
    assert files["lexicon/small.yml"] == lexica[0].read_bytes()
    parameters = json.loads(files["parameters.json"])
    assert parameters["lexicon"] == {
        "file": "lexicon/small.yml", "name": "small", "version": "1", "hash": fa.read_lexicon(lexica[0]).hash,
    }  # fmt: skip
    # By hand: weak and weak in the first, caved in twice and strong in the second.
    assert (parameters["n_articles"], parameters["n_hits"]) == (3, 5)
    assert parameters["overlap"] == "longest_within_category"
    assert set(parameters["versions"]) >= {"python", "numpy", "pandas", "media-framing-analysis"}


def test_checksums_are_those_of_the_files(bundled):
    files = files_of(bundled)
    lines = [line.split("  ") for line in files.pop("SHA256SUMS").decode().splitlines()]
    assert {name: digest for digest, name in lines} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }


def test_an_article_is_named_by_the_hash_that_the_readme_defines(bundled):
    articles = csv_of(bundled, "articles.csv")
    written = json.dumps([ROWS[0][3], "", ROWS[0][4]], ensure_ascii=False, separators=(",", ":"))
    assert articles["text_sha256"][0] == hashlib.sha256(written.encode()).hexdigest()
    # By hand: 11 words of headline; 10 inside the marks, 12 after them and 10 in the second paragraph.
    assert articles[["article_id", "outlet", "date", "n_words"]].to_numpy().tolist()[0] == [
        "a1",
        "Kestrel",
        "2020-01-02",
        "43",
    ]
    assert list(articles) == ["article_id", "outlet", "date", "text_sha256", "n_words", "lead_paragraphs"]


def test_no_six_words_of_an_article_stand_in_it_in_a_row(bundled):
    everything = " ".join(" ".join(data.decode().split()) for data in files_of(bundled).values())
    for row in ROWS:
        for text in row[3:]:
            words = text.split()
            for place in range(len(words) - 5):
                assert " ".join(words[place : place + 6]) not in everything


def test_a_long_mention_of_a_speaker_is_named_by_its_hash(bundled):
    hits = fa.find_hits(
        fa.tokenize(fa.read(table())), fa.extend.lexicon_from_mapping({"weakness": ["weak*"]}, name="x")
    )
    mention = hits["speaker_text"].iloc[1]
    assert len(mention.split()) > 5, mention
    stated = csv_of(bundled, "hits.csv")["speaker_text"]
    assert stated[1] == f"sha256:{hashlib.sha256(mention.encode()).hexdigest()}"


def test_cells_that_a_spreadsheet_would_run_are_guarded_and_come_back(bundled):
    lines = files_of(bundled)["articles.csv"].decode().splitlines()
    assert lines[2].startswith("'=1+1,'-Heron,2020-02-03,")
    assert csv_of(bundled, "articles.csv")["article_id"].tolist() == ["a1", "=1+1", "a3"]


def test_the_same_input_gives_the_same_bytes(bundled, lexica, tmp_path):
    again = fa.reproduce.bundle(fa.read(table()), lexica[0], tmp_path / "again.zip", targets=lexica[1])
    assert again.read_bytes() == bundled.read_bytes()


def test_a_check_with_the_same_articles_agrees(bundled):
    check = fa.reproduce.check_bundle(bundled, fa.read(table()))
    assert check.agrees
    assert (len(check.hits), check.n_hits, check.versions) == (0, 5, ())
    assert check.tables == {"rates-by-outlet.csv": 0, "rates-by-zone.csv": 0, "rates-by-voice.csv": 0}


def test_other_ids_and_another_order_do_not_matter(bundled):
    rows = [
        ("x", *ROWS[2][1:]),
        ("y", *ROWS[0][1:]),
        ("z", *ROWS[1][1:]),
        ("more", "Heron", None, "Snow", "It snowed."),
    ]
    check = fa.reproduce.check_bundle(bundled, fa.read(table(rows)))
    assert check.agrees
    assert check.articles["article_id_here"].tolist() == ["y", "z", "x"]


def test_a_changed_article_is_missed_and_no_table_is_computed(bundled):
    changed = [ROWS[0], (*ROWS[1][:4], ROWS[1][4].replace("strong", "firm")), ROWS[2]]
    check = fa.reproduce.check_bundle(bundled, fa.read(table(changed)))
    assert not check.agrees
    assert check.articles["found"].tolist() == [True, False, True]
    assert (check.n_hits, check.tables) == (2, {})


def with_file(path, out, name, change):
    """Write a bundle with one file changed and the checksums made anew, as somebody would who forges a result."""
    files = files_of(path)
    files[name] = change(files[name])
    del files["SHA256SUMS"]
    files["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {one}\n" for one, data in files.items()
    ).encode()
    with zipfile.ZipFile(out, "w") as archive:
        for one, data in files.items():
            archive.writestr(one, data)
    return out


def test_a_forged_hit_and_a_forged_rate_are_found(bundled, tmp_path):
    forged = with_file(bundled, tmp_path / "1.zip", "hits.csv", lambda data: data.replace(b",strength,", b",weakness,"))
    check = fa.reproduce.check_bundle(forged, fa.read(table()))
    assert not check.agrees
    assert check.hits[["where", "article_id", "category"]].sort_values("where").to_numpy().tolist() == [
        ["only here", "=1+1", "strength"],
        ["only in the bundle", "=1+1", "weakness"],
    ]
    forged = with_file(
        bundled,
        tmp_path / "2.zip",
        "rates-by-zone.csv",
        lambda data: data.replace(b"lead,strength,3", b"lead,strength,4"),
    )
    check = fa.reproduce.check_bundle(forged, fa.read(table()))
    assert check.tables == {"rates-by-outlet.csv": 0, "rates-by-zone.csv": 1, "rates-by-voice.csv": 0}
    assert not check.agrees


@cache
def corpus():
    return fa.read(table())


def outcome(path):
    """Return "refused" for a FramingError, else whether every number was found again; anything else that is raised fails the test."""
    try:
        return fa.reproduce.check_bundle(path, corpus()).agrees
    except fa.FramingError as error:
        assert str(path) in str(error)
        return "refused"


def other_values():
    """Return what may stand in the place of a JSON value: other kinds, and others of its kind."""
    return [None, 2**70, "x\0", ["x"], {"file": "x"}]


def fields(value, path=()):
    """Yield the path of every field of a JSON value."""
    for name, inner in value.items():
        yield (*path, name)
        if isinstance(inner, dict):
            yield from fields(inner, (*path, name))


def with_field(value, path, change):
    """Return a JSON object with one of its fields changed by `change`, which is given the object that has it, and its name."""
    copied = json.loads(json.dumps(value))
    inner = copied
    for name in path[:-1]:
        inner = inner[name]
    change(inner, path[-1])
    return (json.dumps(copied, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


# What a check cannot know: it depends on what was left out before, or is of another machine, and is said.
NOT_IN_THE_BUNDLE = {("n_rejected",), ("n_cut_passages",)}


def test_no_parameter_can_be_changed_unseen(bundled, tmp_path):
    parameters = json.loads(files_of(bundled)["parameters.json"])
    unseen = []
    of_one_version = [path for path in fields(parameters) if path[0] != "versions" or path[-1] in ("versions", "numpy")]
    for number, path in enumerate(of_one_version):
        changed = [with_field(parameters, path, lambda inner, name: inner.pop(name))]
        changed += [
            with_field(parameters, path, lambda inner, name, value=value: inner.update({name: value}))
            for value in other_values()
        ]
        for data in changed:
            forged = with_file(bundled, tmp_path / f"{number}.zip", "parameters.json", lambda _, data=data: data)
            is_known = path in NOT_IN_THE_BUNDLE or path[0] == "versions"
            if outcome(forged) is True and not is_known and data != files_of(bundled)["parameters.json"]:
                unseen.append((path, data))
    assert unseen == []


@pytest.mark.parametrize(
    "file", ["../lexicon/small.yml", "/etc/passwd", "lexicon/../small.yml", "lexicon\\small.yml", "targets/people.yml"]
)
def test_a_lexicon_is_a_file_of_the_bundle_in_its_folder(bundled, tmp_path, file):
    parameters = json.loads(files_of(bundled)["parameters.json"])
    data = with_field(parameters, ("lexicon", "file"), lambda inner, name: inner.update({name: file}))
    assert outcome(with_file(bundled, tmp_path / "a.zip", "parameters.json", lambda _: data)) == "refused"


CHANGES = {
    "empty": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "another column": lambda data: data.replace(b"article_id", b"id").replace(b"category", b"topic"),
    "no last column": lambda data: b"\n".join(line.rpartition(b",")[0] for line in data.split(b"\n")),
    "a line twice": lambda data: data + data.splitlines(keepends=True)[-1],
    "no last line": lambda data: b"".join(data.splitlines(keepends=True)[:-1]),
    "no UTF-8": lambda data: data + b"\xff",
    "a NUL": lambda data: data.replace(b"a", b"\0", 1),
    "a quotation mark": lambda data: data.replace(b",", b',"', 1),
    "a longer line": lambda data: data.rstrip(b"\n") + b",x\n",
    "other digits": lambda data: data.replace(b"1", b"2"),
    "no day": lambda data: data.replace(b"2020-01-02", b"2020-02-31"),
    "another day": lambda data: data.replace(b"2020-01-02", b"2020-01-03"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_file_can_be_changed_unseen(bundled, tmp_path, change):
    unseen = []
    for name, data in files_of(bundled).items():
        # To compute the result tables again takes a second, so they are changed in two ways only.
        is_result = name.startswith("rates-") and change not in ("other digits", "a line twice")
        if name == "SHA256SUMS" or is_result or CHANGES[change](data) == data:
            continue
        forged = with_file(bundled, tmp_path / "a.zip", name, CHANGES[change])
        is_known = name == "parameters.json" and change == "other digits"
        if outcome(forged) is True and not is_known:
            unseen.append(name)
    assert unseen == []


def test_no_file_can_be_taken_out_or_put_in(bundled, tmp_path):
    for name in files_of(bundled):
        rest = {one: data for one, data in files_of(bundled).items() if one not in (name, "SHA256SUMS")}
        for files in (rest, {**rest, "more.txt": b"x", name: b"x"}):
            sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {one}\n" for one, data in files.items())
            with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
                for one, data in {**files, "SHA256SUMS": sums.encode()}.items():
                    archive.writestr(one, data)
            if files is not rest or name != "SHA256SUMS":
                assert outcome(tmp_path / "a.zip") == "refused", name


def test_bytes_of_the_archive_that_are_damaged_are_refused_or_mean_nothing(bundled, tmp_path):
    chance = random.Random(4)
    data = bundled.read_bytes()
    path = tmp_path / "a.zip"
    for _ in range(25):
        damaged = bytearray(data)
        for _ in range(chance.choice([1, 3])):
            damaged[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(damaged if chance.random() < 0.8 else damaged[: chance.randrange(len(data))])
        if outcome(path) is True:  # a time or a flag, which hold no result
            assert files_of(path) == files_of(bundled)


def test_damage_is_named(bundled, lexica, tmp_path):
    files = files_of(bundled)
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(broken, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data + b"x" if name == "hits.csv" else data)
    with pytest.raises(fa.FramingError) as caught:
        fa.reproduce.check_bundle(broken, fa.read(table()))
    assert str(caught.value) == (
        f"{broken}: hits.csv is not as SHA256SUMS says: it was changed or damaged; get the bundle again"
    )
    empty = tmp_path / "empty.zip"
    zipfile.ZipFile(empty, "w").close()
    with pytest.raises(fa.FramingError) as caught:
        fa.reproduce.check_bundle(empty, fa.read(table()))
    assert str(caught.value) == (
        f"{empty}: no bundle, as SHA256SUMS does not list just its files; `framing bundle` writes one"
    )
    with pytest.raises(fa.FramingError) as caught:
        fa.reproduce.check_bundle(lexica[0], fa.read(table()))
    assert str(caught.value) == f"{lexica[0]}: cannot be read as a bundle (File is not a zip file); get it again"


def test_a_bundle_ends_in_zip(lexica, tmp_path):
    with pytest.raises(fa.FramingError) as caught:
        fa.reproduce.bundle(fa.read(table()), lexica[0], tmp_path / "bundle.tar")
    assert str(caught.value) == f"{tmp_path / 'bundle.tar'}: a bundle is a zip archive; give a name that ends in .zip"


def test_the_command_writes_and_checks(lexica, tmp_path, capsys):
    corpus, out = tmp_path / "corpus.csv", tmp_path / "out.zip"
    table(ROWS[::2]).to_csv(corpus, index=False)
    assert main(["bundle", str(corpus), "--lexicon", str(lexica[0]), "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert main(["bundle", str(corpus), "--check", str(out)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "articles   2 of 2 are the same here",
        "hits       2 in these articles; 0 differ",
        "table      rates-by-outlet.csv: 0 cells differ",
        "table      rates-by-zone.csv: 0 cells differ",
        "table      rates-by-voice.csv: 0 cells differ",
    ]
    table(ROWS[:1]).to_csv(corpus, index=False)
    assert main(["bundle", str(corpus), "--check", str(out)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "articles   1 of 2 are the same here",
        "  not here: a3",
        "hits       2 in these articles; 0 differ",
        "tables     not computed, as articles are missing",
    ]
