"""The command ``framing`` (``python -m analysis``): data on stdout, messages on stderr, exit codes 0, 1 and 2."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from analysis.commands.defaults import CORPUS, FRAMES, TARGETS
from analysis.commands.wording import FlagFormatter, as_flags
from analysis.core.errors import FramingError, LexiconError


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="framing", description="Media framing analysis: which words, where, how often."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_figures(
        commands.add_parser(
            "figures", help="draw the project's figures that are out of date, or those of a corpus of yours"
        )
    )
    _add_start(commands.add_parser("start", help="from your own articles to first findings in words and a report"))
    _add_hits(commands.add_parser("hits", help="write every hit of a lexicon as CSV, Excel or Parquet"))
    _add_read(
        commands.add_parser("read", help="read articles of any format into one Parquet file and print the balance")
    )
    _add_encode(
        commands.add_parser("encode", help="read articles of any format into a folder that is opened in a moment")
    )
    _add_article(commands.add_parser("article", help="say everything about one article: hits, voices, targets, quotes"))
    _add_report(commands.add_parser("report", help="write one HTML file in which every number opens its sentences"))
    _add_bundle(
        commands.add_parser("bundle", help="write, or check, what others need to find a result again without the texts")
    )
    _add_fetch(commands.add_parser("fetch", help="get a public corpus, checked and kept for work without a network"))
    _add_sample(
        commands.add_parser("sample", help="draw sentences or articles for hand coding, with a page for each coder")
    )
    _add_score(commands.add_parser("score", help="read codings back: what is wrong in them, agreement, accuracy"))
    _add_lexicon_commands(commands.add_parser("lexicon", help="check, convert and compare lexicons, and extend them"))
    commands.add_parser("warm", help="compile now, once, what the first measurement would wait for").set_defaults(
        run=_command("warm", "warm")
    )
    commands.add_parser(
        "doctor", help="say what this machine has of what the project needs, and how to get the rest"
    ).set_defaults(run=_command("doctor", "doctor"))
    return parser


def _command(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """Return a command that is imported when it is run, so that the help does not wait for numba and pandas."""

    def run(options: argparse.Namespace) -> int:
        return int(getattr(import_module(f"analysis.commands.{module}"), name)(options))

    return run


def _columns(value: str) -> dict[str, str]:
    """Return ``body=Full text,outlet=Medium`` as a mapping of our column name to theirs."""
    pairs = [pair.partition("=") for pair in value.split(",")]
    if not all(ours.strip() and equals and theirs.strip() for ours, equals, theirs in pairs):
        raise argparse.ArgumentTypeError(f"{value!r}; write ours=theirs, as in body='Full text',outlet=Medium")
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def _names(value: str) -> list[str]:
    """Return ``outlet,date`` as a list, each name once."""
    return [*dict.fromkeys(name.strip() for name in value.split(",") if name.strip())]


def _add_corpus_options(parser: argparse.ArgumentParser, *, of: str = "") -> None:
    """Add the options of reading articles, the same for every command that does; `of` is "corpus-" where a lexicon goes first."""
    group = parser.add_argument_group("how articles are read")
    group.add_argument(
        f"--{of}columns", dest="columns", type=_columns, metavar="body=NAME[,…]", help="body='Full text',outlet=Medium"
    )
    group.add_argument(
        f"--{of}encoding", dest="encoding", metavar="NAME", help="encoding of text files, such as cp1250 or gb18030"
    )
    group.add_argument(
        "--dates", choices=("day first", "month first"), help="how 03/04/2020 is read, where the column is silent"
    )
    group.add_argument("--strict", action="store_true", help="stop where a note says that numbers may be wrong")
    group.add_argument(
        "--boilerplate", choices=("cut", "keep"), default="cut", help="whether boilerplate is cut (default: cut)"
    )
    group.add_argument(
        "--duplicates", choices=("keep", "first"), default="keep", help="what becomes of copies (default: keep)"
    )
    group.add_argument("--similarity", type=float, help="how similar two texts must be to be copies, from 0 to 1")
    group.add_argument("--outlets", type=Path, help="file of outlets and their aliases, lines 'Outlet: alias; alias'")
    group.add_argument(
        "--outlet-from", help="where text files have their outlet: folder, or a pattern as {outlet}_{date}_{id}.txt"
    )


def _add_lexicon_options(parser: argparse.ArgumentParser, *, of: str = "lexicon-") -> None:
    """Add how a lexicon is read that is not in UTF-8, or is a table with columns of other names."""
    parser.add_argument(
        f"--{of}encoding",
        dest="lexicon_encoding",
        metavar="NAME",
        help="encoding of the lexicon (default: UTF-8, else a guess)",
    )
    parser.add_argument(
        f"--{of}columns", dest="lexicon_columns", type=_columns, metavar="term=NAME[,…]",
        help="columns of a lexicon that is a table: term=Word,category=Topic,weight=Score",
    )  # fmt: skip


def _add_strictness(parser: argparse.ArgumentParser) -> None:
    """Add what counts as said; the names are those of `analysis.english.strictness`, which would import numpy."""
    parser.add_argument(
        "--strictness",
        choices=("strict", "standard", "wide"),
        default="standard",
        help="what counts as said where no marks show it: saying with 'that'; saying and believing; also wanting and praising "
        "(default: standard)",
    )


def _add_figures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="draw nothing; say which figures are out of date, and why")
    parser.add_argument(
        "--corpus", type=Path, help="file or folder of articles: run the whole course of notebooks on it"
    )
    parser.add_argument("--lexicon", type=Path, help="lexicon for --corpus (default: frames.yml)")
    parser.add_argument("--targets", type=Path, help="whom hits may be about, for --corpus (default: targets.yml)")
    parser.add_argument("--out", type=Path, help="folder (default: figures, or with --corpus: results)")
    _add_corpus_options(parser)
    parser.set_defaults(run=_command("figures", "figures"))


def _add_report_options(parser: argparse.ArgumentParser) -> None:
    """Add what a report is made with: lexicon, targets, its file, and how articles are read."""
    parser.add_argument("--lexicon", type=Path, default=FRAMES, help="lexicon (default: frames.yml)")
    _add_lexicon_options(parser)
    parser.add_argument("--targets", type=Path, help="lexicon of whom hits may be about, such as targets.yml")
    parser.add_argument("--out", type=Path, default=Path("report.html"), help="report to write (default: report.html)")
    _add_corpus_options(parser)


def _add_start(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", help="files, folders or archives of articles")
    _add_report_options(parser)
    parser.set_defaults(run=_command("start", "start"))


def _add_hits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("corpus", type=Path, help="file or folder of articles")
    parser.add_argument("--lexicon", type=Path, default=FRAMES, help="lexicon (default: frames.yml)")
    _add_lexicon_options(parser)
    parser.add_argument("--targets", type=Path, help="lexicon of whom hits may be about, such as targets.yml")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        help="to write: .csv, .xlsx or .parquet; a name without ending is a folder of Parquet files; - for CSV on stdout",
    )
    parser.add_argument(
        "--with",
        dest="columns_of_articles",
        type=_names,
        default=[],
        metavar="NAME[,…]",
        help="further columns: of the articles (outlet,date), and sentence for the text of it",
    )
    parser.add_argument("--for-excel", action="store_true", help="begin a CSV with the mark by which Excel knows UTF-8")
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="find them by the workers of a Dask cluster: tcp://HOST:8786, or the scheduler's file; CORPUS is one that encode wrote",
    )
    _add_corpus_options(parser)
    _add_strictness(parser)
    parser.set_defaults(run=_command("results", "hits"))


def _add_read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", help="files, folders or archives of articles")
    parser.add_argument(
        "--out", type=Path, required=True, help="corpus to write: .parquet; what was left out stands beside it"
    )
    _add_corpus_options(parser)
    parser.set_defaults(run=_command("corpora", "read_into"))


def _add_encode(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", help="files, folders or archives of articles")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder to write, as corpus.framing; an interrupted one is gone on with"
    )
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="encode by the workers of a Dask cluster: tcp://HOST:8786, or the scheduler's file; the articles are read here",
    )
    _add_corpus_options(parser)
    parser.set_defaults(run=_command("corpora", "encode"))


def _add_article(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a text file")
    parser.add_argument("--lexicon", type=Path, default=FRAMES, help="lexicon (default: frames.yml)")
    parser.add_argument("--targets", type=Path, default=TARGETS, help="whom hits may be about (default: targets.yml)")
    _add_lexicon_options(parser)
    _add_corpus_options(parser)
    _add_strictness(parser)
    parser.set_defaults(run=_command("results", "article"))


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("corpus", type=Path, help="file or folder of articles")
    _add_report_options(parser)
    _add_strictness(parser)
    parser.set_defaults(run=_command("results", "report"))


def _add_bundle(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("corpus", type=Path, help="file or folder of articles")
    parser.add_argument("--lexicon", type=Path, default=FRAMES, help="lexicon (default: frames.yml)")
    parser.add_argument("--targets", type=Path, help="lexicon of whom hits may be about, such as targets.yml")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, help="bundle to write: .zip")
    what.add_argument("--check", type=Path, help="bundle to check against the articles, with the lexicon that is in it")
    _add_corpus_options(parser)
    parser.set_defaults(run=_command("results", "bundle"))


def _add_fetch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="name of the corpus, such as abp")
    parser.add_argument("--out", type=Path, help="folder to keep it in (default: FRAMING_CACHE or the user's cache)")
    parser.add_argument("--corpora", type=Path, help="your own list of corpora (default: that of the project)")
    parser.set_defaults(run=_command("corpora", "fetch"))


def _add_sample(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("corpus", type=Path, help="file or folder of articles, or a corpus on disk")
    parser.add_argument("--lexicon", type=Path, default=FRAMES, help="lexicon to judge (default: frames.yml)")
    parser.add_argument("--n", type=int, required=True, help="how many sentences or articles to draw")
    parser.add_argument("--out", type=Path, required=True, help="new folder for sample, codebook, pages and workbooks")
    parser.add_argument(
        "--unit", choices=("sentence", "article"), default="sentence", help="what is drawn (default: sentence)"
    )
    parser.add_argument(
        "--by", type=_names, default=["category"], metavar="NAME,…",
        help="what parts the hits into strata, such as category,zone,voice (default: category)",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same units (default: 1)")
    parser.add_argument(
        "--coders", type=_names, default=["1"], metavar="N|NAME,…", help="how many code, or their names (default: 1)"
    )
    parser.add_argument("--overlap", type=int, help="how many units all coders code (default: all)")
    parser.add_argument(
        "--codebook", type=Path, help="what coders are asked (default: a draft of the lexicon's categories)"
    )
    parser.add_argument(
        "--screen", type=int, default=20, metavar="N",
        help="sentences with one of the first N suggested words of each kind are drawn more densely; 0 for none (default: 20)",
    )  # fmt: skip
    parser.add_argument(
        "--show",
        type=_names,
        default=[],
        metavar="NAME,…",
        help="columns of the articles that coders see (default: none)",
    )
    parser.add_argument("--targets", type=Path, help="lexicon of whom hits may be about, for --by target")
    _add_lexicon_options(parser)
    _add_corpus_options(parser)
    parser.set_defaults(run=_command("sampling", "sample"))


def _add_score(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", help="what coders sent back, or the folder of framing sample")
    parser.add_argument("--study", type=Path, help="folder of framing sample (default: that of the files)")
    parser.add_argument("--codebook", type=Path, help="what was asked (default: codebook.yml of the study)")
    parser.add_argument("--corpus", type=Path, help="the corpus that the sample is of; with it accuracy is measured")
    parser.add_argument("--lexicon", type=Path, default=FRAMES, help="lexicon to judge (default: frames.yml)")
    parser.add_argument("--out", type=Path, default=Path("scores"), help="folder for the tables (default: scores)")
    _add_lexicon_options(parser)
    _add_corpus_options(parser)
    parser.set_defaults(run=_command("scoring", "score"))


def _add_lexicon_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="lexicon_command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="say what is wrong or doubtful in a lexicon; exit code 1 on errors")
    check.add_argument("lexicon", type=Path, help="lexicon of any format")
    _add_lexicon_options(check, of="")
    check.add_argument("--corpus", type=Path, help="file or folder of articles to check it against")
    _add_corpus_options(check, of="corpus-")
    check.set_defaults(run=_command("lexicons", "check"))
    convert = commands.add_parser("convert", help="write a lexicon in another format and say what was lost")
    convert.add_argument("source", type=Path, help="lexicon of any format")
    convert.add_argument("target", type=Path, help="file to write: .yml, .csv, .dic or .json")
    convert.add_argument(
        "--unsupported",
        choices=("skip", "raise"),
        default="skip",
        help="entries of no use here are left out and listed, or are an error (default: skip)",
    )
    _add_lexicon_options(convert, of="")
    convert.set_defaults(run=_command("lexicons", "convert"))
    diff = commands.add_parser("diff", help="say what changes in a corpus when one lexicon takes the place of another")
    diff.add_argument("old", type=Path, help="lexicon before")
    diff.add_argument("new", type=Path, help="lexicon after")
    _add_lexicon_options(diff, of="")
    diff.add_argument(
        "--corpus", type=Path, default=CORPUS, help="file or folder of articles (default: the sample corpus)"
    )
    diff.add_argument("--log", type=Path, help="file that keeps which variants were tried on which corpus")
    _add_corpus_options(diff, of="corpus-")
    diff.set_defaults(run=_command("lexicons", "diff"))
    _add_extending(commands)


def _add_extending(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands by which a lexicon grows."""
    new = commands.add_parser("new", help="start a category of your own from sentences")
    new.add_argument("category", help="its name")
    new.add_argument(
        "sentences",
        type=Path,
        help="text file, a sentence a line: what carries the category in [brackets]; without brackets, what must not count",
    )
    new.add_argument("--out", type=Path, required=True, help="lexicon file to write, .yml")
    new.add_argument("--definition", default="", help="what counts and what does not, in a sentence")
    new.add_argument("--language", default="en", help="ISO 639-1 code of the sentences (default: en)")
    new.set_defaults(run=_command("lexicons", "new"))
    suggest = commands.add_parser("suggest", help="list words of a corpus that a category may lack")
    suggest.add_argument("lexicon", type=Path, help="lexicon of any format")
    suggest.add_argument("category", help="category to extend")
    _add_lexicon_options(suggest, of="")
    suggest.add_argument("--corpus", type=Path, required=True, help="file or folder of many articles")
    suggest.add_argument("-n", type=int, default=50, help="how many of each kind (default: 50)")
    suggest.add_argument(
        "--kinds",
        nargs="+",
        choices=("other-form", "near-in-meaning", "key-word", "collocation"),
        help="kinds to look for (default: all but near-in-meaning, which trains word vectors and takes a while)",
    )
    suggest.add_argument("--decisions", type=Path, help="file of decisions; words that were judged are not shown again")
    _add_corpus_options(suggest, of="corpus-")
    suggest.set_defaults(run=_command("lexicons", "suggest"))
    decide = commands.add_parser("decide", help="write down that a word was accepted or rejected, or undo that")
    decide.add_argument("lexicon", type=Path, help="lexicon of any format")
    decide.add_argument("category", help="category that was judged")
    _add_lexicon_options(decide, of="")
    decide.add_argument("word", help="word or entry")
    decide.add_argument(
        "verdict", choices=("accept", "reject", "undo"), help="what was decided; undo takes the last back"
    )
    decide.add_argument("--reason", default="", help="why")
    decide.add_argument("--coder", default="", help="who decided")
    decide.add_argument("--decisions", type=Path, required=True, help="file of decisions, made if it is not there")
    decide.set_defaults(run=_command("lexicons", "decide"))


def _write_utf8() -> None:
    """Make both streams UTF-8 whatever the locale, so that no character of an article ends the output half-way."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when all went well, 1 when articles were rejected or a check failed, 2 on wrong input, 130 when stopped."""
    _write_utf8()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FlagFormatter("framing: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    options = build_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (FramingError, OSError) as error:
        sys.stderr.write(f"framing: {as_flags(str(error), of=_whose(error, options.command))}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write(
            "framing: stopped; no file is half written, and framing encode goes on when it is called again\n"
        )
        return 130


def _whose(error: Exception, command: str) -> str:
    """Return the prefix of the options for what an error is about: what a command is not first about has one."""
    if isinstance(error, LexiconError):
        return "" if command == "lexicon" else "lexicon-"
    return "corpus-" if command == "lexicon" else ""
