"""The command ``framing`` (``python -m analysis``): data on stdout, messages on stderr, exit codes 0, 1 and 2."""

import argparse
import logging
import sys
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

import analysis as fa
from analysis.errors import FramingError
from analysis.figures.manifest import read_manifest
from analysis.lexicons.shipped import shipped
from analysis.reading.fetching import known_corpus
from analysis.reproducing.course import course_folder, course_notebooks, progress_line, run_course, summary_line
from analysis.reproducing.notebooks import Outcome
from analysis.reproducing.rebuilding import rebuild, stale_notebooks
from analysis.reproducing.staleness import stale_figures

_PROJECT = Path(__file__).resolve().parent.parent
_CORPUS = _PROJECT / "data" / "articles"
_LEXICON = shipped("frames.yml")
_SHOWN_LINES = 20
_TARGETS = shipped("targets.yml")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="framing", description="Media framing analysis: which words, where, how often."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    figures = commands.add_parser(
        "figures", help="draw the project's figures that are out of date, or those of a corpus of yours"
    )
    figures.add_argument(
        "--check", action="store_true", help="draw nothing; say which figures are out of date, and why"
    )
    figures.add_argument(
        "--corpus", type=Path, help="file or folder of articles: run the whole course of notebooks on it"
    )
    figures.add_argument("--lexicon", type=Path, help="lexicon for --corpus (default: frames.yml)")
    figures.add_argument("--targets", type=Path, help="whom hits may be about, for --corpus (default: targets.yml)")
    figures.add_argument("--out", type=Path, help="folder (default: figures, or with --corpus: results)")
    figures.set_defaults(run=_figures)
    hits = commands.add_parser("hits", help="write every hit of a lexicon as CSV or Parquet")
    hits.add_argument("corpus", type=Path, help="file or folder of articles")
    hits.add_argument("--lexicon", type=Path, default=_LEXICON, help="lexicon (default: frames.yml)")
    hits.add_argument("--targets", type=Path, help="lexicon of whom hits may be about, such as targets.yml")
    hits.add_argument("--out", type=Path, required=True, help="file to write: .csv or .parquet; - for CSV on stdout")
    hits.set_defaults(run=_hits)
    read = commands.add_parser("read", help="read articles of any format into one Parquet file and print the balance")
    read.add_argument("files", type=Path, nargs="+", help="files, folders or archives of articles")
    read.add_argument(
        "--out", type=Path, required=True, help="corpus to write: .parquet; what was left out stands beside it"
    )
    read.add_argument(
        "--boilerplate", choices=("cut", "keep"), default="cut", help="whether boilerplate is cut (default: cut)"
    )
    read.add_argument(
        "--duplicates", choices=("keep", "first"), default="keep", help="what becomes of copies (default: keep)"
    )
    read.add_argument(
        "--dates", choices=("day first", "month first"), help="how 03/04/2020 is read, where the column is silent"
    )
    read.add_argument("--outlets", type=Path, help="file of outlets and their aliases, lines 'Outlet: alias; alias'")
    read.set_defaults(run=_read_into)
    article = commands.add_parser("article", help="say everything about one article: hits, voices, targets, quotes")
    article.add_argument("file", type=Path, help="a text file")
    article.add_argument("--lexicon", type=Path, default=_LEXICON, help="lexicon (default: frames.yml)")
    article.add_argument("--targets", type=Path, default=_TARGETS, help="whom hits may be about (default: targets.yml)")
    article.set_defaults(run=_article)
    report = commands.add_parser("report", help="write one HTML file in which every number opens its sentences")
    report.add_argument("corpus", type=Path, help="file or folder of articles")
    report.add_argument("--lexicon", type=Path, default=_LEXICON, help="lexicon (default: frames.yml)")
    report.add_argument("--targets", type=Path, help="lexicon of whom hits may be about, such as targets.yml")
    report.add_argument("--out", type=Path, default=Path("report.html"), help="file to write (default: report.html)")
    report.set_defaults(run=_report)
    _add_bundle(
        commands.add_parser("bundle", help="write, or check, what others need to find a result again without the texts")
    )
    _add_fetch(commands.add_parser("fetch", help="get a public corpus, checked and kept for work without a network"))
    _add_lexicon_commands(commands.add_parser("lexicon", help="check, convert and compare lexicons, and extend them"))
    return parser


def _add_bundle(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("corpus", type=Path, help="file or folder of articles")
    parser.add_argument("--lexicon", type=Path, default=_LEXICON, help="lexicon (default: frames.yml)")
    parser.add_argument("--targets", type=Path, help="lexicon of whom hits may be about, such as targets.yml")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, help="bundle to write: .zip")
    what.add_argument("--check", type=Path, help="bundle to check against the articles, with the lexicon that is in it")
    parser.set_defaults(run=_bundle)


def _add_fetch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="name of the corpus, such as abp")
    parser.add_argument("--out", type=Path, help="folder to keep it in (default: FRAMING_CACHE or the user's cache)")
    parser.add_argument("--corpora", type=Path, help="your own list of corpora (default: that of the project)")
    parser.set_defaults(run=_fetch)


def _add_lexicon_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="lexicon_command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="say what is wrong or doubtful in a lexicon; exit code 1 on errors")
    check.add_argument("lexicon", type=Path, help="lexicon of any format")
    check.add_argument("--corpus", type=Path, help="file or folder of articles to check it against")
    check.set_defaults(run=_lexicon_check)
    convert = commands.add_parser("convert", help="write a lexicon in another format and say what was lost")
    convert.add_argument("source", type=Path, help="lexicon of any format")
    convert.add_argument("target", type=Path, help="file to write: .yml, .csv, .dic or .json")
    convert.add_argument(
        "--unsupported", choices=("raise", "skip"), default="raise", help="what becomes of lines of no use here"
    )
    convert.set_defaults(run=_lexicon_convert)
    diff = commands.add_parser("diff", help="say what changes in a corpus when one lexicon takes the place of another")
    diff.add_argument("old", type=Path, help="lexicon before")
    diff.add_argument("new", type=Path, help="lexicon after")
    diff.add_argument(
        "--corpus", type=Path, default=_CORPUS, help="file or folder of articles (default: the sample corpus)"
    )
    diff.add_argument("--log", type=Path, help="file that keeps which variants were tried on which corpus")
    diff.set_defaults(run=_lexicon_diff)
    suggest = commands.add_parser("suggest", help="list words of a corpus that a category may lack")
    suggest.add_argument("lexicon", type=Path, help="lexicon of any format")
    suggest.add_argument("category", help="category to extend")
    suggest.add_argument("--corpus", type=Path, required=True, help="file or folder of many articles")
    suggest.add_argument("-n", type=int, default=50, help="how many of each kind (default: 50)")
    suggest.add_argument("--decisions", type=Path, help="file of decisions; words that were judged are not shown again")
    suggest.set_defaults(run=_lexicon_suggest)
    decide = commands.add_parser("decide", help="write down that a word was accepted into a category, or rejected")
    decide.add_argument("lexicon", type=Path, help="lexicon of any format")
    decide.add_argument("category", help="category that was judged")
    decide.add_argument("word", help="word or entry")
    decide.add_argument("verdict", choices=("accept", "reject"), help="what was decided")
    decide.add_argument("--reason", default="", help="why")
    decide.add_argument("--coder", default="", help="who decided")
    decide.add_argument("--decisions", type=Path, required=True, help="file of decisions, made if it is not there")
    decide.set_defaults(run=_lexicon_decide)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when all went well, 1 when articles were rejected or a check failed, 2 on wrong input."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="framing: %(message)s")
    options = build_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (FramingError, OSError) as error:
        sys.stderr.write(f"framing: {error}\n")
        return 2


def _read(path: Path) -> fa.Corpus:
    corpus = fa.read(path)
    for row in corpus.rejected.itertuples():
        sys.stderr.write(f"framing: rejected: {row.source_file}, {row.position}: {row.reason}\n")
    if corpus.articles.empty:
        raise FramingError(f"{path}: no article could be read; see the rejections above")
    sys.stderr.write(
        f"framing: {len(corpus.articles):,} articles kept, {len(corpus.rejected):,} rejected, "
        f"{len(corpus.removed):,} boilerplate passages cut\n"
    )
    return corpus


def _read_into(options: argparse.Namespace) -> int:
    if options.out.suffix != ".parquet":
        raise FramingError(f"--out {options.out}: write a file that ends in .parquet")
    corpus = fa.read(
        options.files, boilerplate=options.boilerplate, duplicates=options.duplicates, dates=options.dates,
        outlets=options.outlets,
    )  # fmt: skip
    for row in corpus.rejected.itertuples():
        sys.stderr.write(f"framing: rejected: {row.source_file}, {row.position}: {row.reason}\n")
    corpus.articles.to_parquet(options.out, index=False)
    beside = {name: options.out.with_name(f"{options.out.stem}-{name}.csv") for name in ("rejected", "removed")}
    corpus.rejected.to_csv(beside["rejected"], index=False, lineterminator="\n")
    corpus.removed.to_csv(beside["removed"], index=False, lineterminator="\n")
    sys.stdout.write("\n".join(_balance(corpus, options.out, beside)) + "\n")
    return int(len(corpus.rejected) > 0)


def _balance(corpus: fa.Corpus, out: Path, beside: dict[str, Path]) -> list[str]:
    n_kept, n_rejected = len(corpus.articles), len(corpus.rejected)
    formats = ", ".join(f"{n:,} {name}" for name, n in corpus.files["format"].value_counts().items())
    copies = corpus.articles.get("duplicate_kind", pd.Series(dtype="str")).isin(["exact", "near"])
    first = corpus.articles.get("duplicate_group", corpus.articles["article_id"]) == corpus.articles["article_id"]
    return [
        f"files read      {len(corpus.files):>9,}  {formats}",
        f"articles found  {n_kept + n_rejected:>9,}",
        f"  kept          {n_kept:>9,}  {out}",
        f"  rejected      {n_rejected:>9,}  {beside['rejected']}",
        f"copies kept     {int((copies & ~first).sum()):>9,}  column duplicate_group",
        f"passages cut    {len(corpus.removed):>9,}  {beside['removed']}",
    ]


def _figures(options: argparse.Namespace) -> int:
    if options.corpus:
        if options.check:
            raise FramingError("--check is about the project's own figures; leave --corpus out")
        return _course(options)
    if options.lexicon or options.targets:
        raise FramingError("--lexicon and --targets go with --corpus; the project's notebooks name their own")
    figures = options.out or _PROJECT / "figures"
    return _check_figures(figures) if options.check else _rebuild(figures)


def _check_figures(figures: Path) -> int:
    stale = stale_figures(figures, course_folder())
    for row in stale.itertuples():
        figure = str(row.figure) or "(no figure yet)"
        sys.stdout.write(f"{figure} ({row.notebook!s}): {row.reason!s}\n")
    n = len(read_manifest(figures)["figures"])
    n_stale = stale.loc[stale["figure"] != "", "figure"].nunique()
    sys.stderr.write(f"framing: {n - n_stale} of {n} figures are up to date; `framing figures` draws the others\n")
    return int(len(stale) > 0)


def _rebuild(figures: Path) -> int:
    stale = stale_notebooks(figures, course_folder())
    outcomes = _told(rebuild(stale, figures=figures), len(stale))
    n = len(read_manifest(figures)["figures"])
    sys.stderr.write(f"framing: {n} figures in {figures}; {len(stale)} notebooks were run\n")
    return int(any(outcome.status != "done" for outcome in outcomes))


def _course(options: argparse.Namespace) -> int:
    corpus, out = _read(options.corpus), options.out or Path("results")
    lexicon, targets = options.lexicon or _LEXICON, options.targets or _TARGETS
    outcomes = _told(run_course(corpus, lexicon=lexicon, targets=targets, out=out), len(course_notebooks()))
    sys.stderr.write(f"framing: {summary_line(outcomes, out)}\n")
    return int(len(corpus.rejected) > 0 or any(outcome.status == "failed" for outcome in outcomes))


def _told(outcomes: Iterable[Outcome], total: int) -> list[Outcome]:
    """Return the outcomes, with a line on stderr for each as it comes."""
    seen: list[Outcome] = []
    for outcome in outcomes:
        seen.append(outcome)
        sys.stderr.write(f"{progress_line(len(seen), total, outcome)}\n")
    return seen


def _hits(options: argparse.Namespace) -> int:
    if options.out.suffix not in (".csv", ".parquet") and str(options.out) != "-":
        raise FramingError(f"--out {options.out}: write .csv or .parquet, or - for stdout")
    lexicon = fa.read_lexicon(options.lexicon)
    corpus = _read(options.corpus)
    targets = fa.read_lexicon(options.targets) if options.targets else None
    hits = fa.find_hits(fa.tokenize(corpus), lexicon, targets=targets)
    if options.out.suffix == ".parquet":
        hits.to_parquet(options.out, index=False)
    else:
        hits.to_csv(sys.stdout if str(options.out) == "-" else options.out, index=False, lineterminator="\n")
    sys.stderr.write(f"framing: {len(hits):,} hits of {lexicon.name} {lexicon.version} ({lexicon.hash})\n")
    return int(len(corpus.rejected) > 0)


def _bundle(options: argparse.Namespace) -> int:
    corpus = _read(options.corpus)
    if options.check is None:
        sys.stdout.write(f"{fa.bundle(corpus, options.lexicon, options.out, targets=options.targets)}\n")
        return int(len(corpus.rejected) > 0)
    check = fa.check_bundle(options.check, corpus)
    absent = check.articles.loc[~check.articles["found"], "article_id"]
    lines = [
        f"articles   {check.articles['found'].sum():,} of {len(check.articles):,} are the same here",
        *(f"  not here: {name}" for name in absent),
        f"hits       {check.n_hits:,} in these articles; {len(check.hits):,} differ",
    ]
    for hit in check.hits.to_dict("records"):
        lines.append(
            f"  {hit['where']}: {hit['article_id']}, {hit['field']} {hit['start']}: {hit['category']}: {hit['text']}"
        )
    lines += [f"table      {name}: {n:,} cells differ" for name, n in check.tables.items()]
    lines += [] if check.tables else ["tables     not computed, as articles are missing"]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stderr.writelines(f"framing: {other}\n" for other in check.versions)
    return int(not check.agrees)


def _fetch(options: argparse.Namespace) -> int:
    known = known_corpus(options.name, corpora=options.corpora)
    path = fa.fetch(options.name, folder=options.out, corpora=options.corpora)
    sys.stdout.write(f"{path}\n")
    n_articles = pq.read_metadata(path).num_rows
    sys.stderr.write(
        f"framing: {known.title}: {n_articles:,} of {known.n_articles:,} articles\n"
        f"framing: licence: {known.licence}\nframing: please cite: {known.citation}\n"
    )
    return 0


def _report(options: argparse.Namespace) -> int:
    lexicon = fa.read_lexicon(options.lexicon)
    corpus = _read(options.corpus)
    targets = fa.read_lexicon(options.targets) if options.targets else None
    sys.stdout.write(f"{fa.report(corpus, lexicon, options.out, targets=targets)}\n")
    return int(len(corpus.rejected) > 0)


def _lexicon_check(options: argparse.Namespace) -> int:
    lexicon = fa.read_lexicon(options.lexicon)
    tokens = fa.tokenize(_read(options.corpus)) if options.corpus else None
    found = fa.check_lexicon(lexicon, tokens)
    for row in found.to_dict("records"):
        place = f"{options.lexicon}, line {row['line']}" if row["line"] else f"{options.lexicon}"
        entry = f", entry '{row['entry']}'" if row["entry"] else ""
        sys.stdout.write(f"{row['severity']}: {place}: {row['category']}{entry}: {row['finding']}; {row['remedy']}\n")
    counts = found["severity"].value_counts()
    sys.stderr.write(
        f"framing: {lexicon.name} {lexicon.version} ({lexicon.hash}): {counts.get('error', 0)} errors, "
        f"{counts.get('warning', 0)} warnings, {counts.get('hint', 0)} hints\n"
    )
    return int("error" in counts.index)


def _lexicon_convert(options: argparse.Namespace) -> int:
    for loss in fa.convert_lexicon(options.source, options.target, unsupported=options.unsupported):
        sys.stderr.write(f"framing: lost: {loss}\n")
    sys.stdout.write(f"{options.target}\n")
    return 0


def _lexicon_diff(options: argparse.Namespace) -> int:
    old, new = fa.read_lexicon(options.old), fa.read_lexicon(options.new)
    tokens = fa.tokenize(_read(options.corpus))
    effect = fa.compare_lexicons(old, new, tokens)
    for lexicon in (old, new) if options.log else ():
        sys.stderr.write(f"framing: {fa.log_variant(options.log, lexicon, tokens, day=date.today().isoformat())}\n")
    lines = [repr(effect), ""]
    for sign, table in (("+", effect.gained), ("-", effect.lost)):
        for row in table.head(_SHOWN_LINES).itertuples():
            lines.append(f"{sign} {row.category}: {row.left}[{row.match}]{row.right}")
        if len(table) > _SHOWN_LINES:
            lines.append(f"{sign} … and {len(table) - _SHOWN_LINES:,} more")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _lexicon_suggest(options: argparse.Namespace) -> int:
    lexicon = fa.read_lexicon(options.lexicon)
    judged: list[str] = []
    if options.decisions:
        judged = fa.judged_words(fa.read_decisions(options.decisions), lexicon.name, options.category)
    tokens = fa.tokenize(_read(options.corpus))
    table = fa.suggest(tokens, lexicon, options.category, n=options.n, judged=judged)
    for row in table.to_dict("records"):
        uses = f"{row['adds']:,} new hits; {row['n_tokens']:,} uses in {row['n_articles']:,} articles"
        sys.stdout.write(f"{row['word']}  ({row['kind']}; {uses}; forms: {row['forms']})\n")
        sys.stdout.writelines(f"    {line}\n" for line in row["lines"])
    return 0


def _lexicon_decide(options: argparse.Namespace) -> int:
    lexicon = fa.read_lexicon(options.lexicon)
    if options.category not in lexicon.category_names:
        known = ", ".join(map(repr, lexicon.category_names))
        raise FramingError(f"{options.lexicon}: no category {options.category!r}; it has {known}")
    decision = fa.Decision(
        lexicon=lexicon.name, category=options.category, word=options.word, verdict=options.verdict,
        reason=options.reason, coder=options.coder, day=date.today().isoformat(),
    )  # fmt: skip
    fa.record_decision(options.decisions, decision)
    sys.stderr.write(
        f"framing: {options.verdict}: {options.word} for {options.category}, kept in {options.decisions}\n"
    )
    return 0


def _article(options: argparse.Namespace) -> int:
    lexicon, targets = fa.read_lexicon(options.lexicon), fa.read_lexicon(options.targets)
    corpus = _read(options.file)
    if len(corpus.articles) != 1:
        raise FramingError(f"{options.file}: holds {len(corpus.articles)} articles; give a file of one")
    tokens = fa.tokenize(corpus)
    reading = fa.read_article(tokens, lexicon, targets=targets)
    article = corpus.articles.iloc[0]
    lines = [article["headline"], article["standfirst"], ""]
    lines.append(
        f"{len(reading.hits)} hits of {lexicon.name} {lexicon.version} ({lexicon.hash}) in {len(tokens):,} words; "
        "one article, so no rate is given."
    )
    lines += ["", *(f"- {finding}" for finding in reading.findings())]
    for hit in reading.hits.to_dict("records"):
        lines += ["", _hit_line(hit), f"    {hit['sentence_text']}"]
    for cut in corpus.removed.itertuples():
        lines.append(f"\ncut ({cut.rule}): {str(cut.text)[:100]}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _hit_line(hit: Mapping[Hashable, object]) -> str:
    """Say of a hit where it stands, in whose voice, about whom, and whether it is negated."""
    said_by = hit["speaker"] or hit["speaker_text"]
    parts = [
        f"{hit['zone']}, paragraph {hit['paragraph']}: {hit['category']}: {hit['text']!r} (entry {hit['entry']})",
        f"voice: {hit['voice']}" + (f", {said_by}" if said_by else ""),
        f"target: {hit['target']}" + (f" ({hit['candidates']})" if hit["candidates"] else "") if hit["target"] else "",
        "negated" if hit["negated"] is True else "",
        "hedged" if hit["hedged"] is True else "",
    ]
    return "; ".join(part for part in parts if part)
