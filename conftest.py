"""What watches over a whole run: notebooks run in a copy of their folder, their figures are compared, the last line says what failed.

A notebook writes its figures as it runs. Here it runs in a folder beside a copy of figures/ that is empty at first, so that no tracked file
changes, and `figure_differences` compares what it has drawn with what is committed. nbval compares what it shows.
"""

import os
import shutil
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbval.plugin import IPyNbCell

from analysis.reproducing.comparison import figure_differences
from analysis.reproducing.outputs import unrun_line

REPOSITORY = Path(__file__).resolve().parent
PATIENCE = 600  # seconds for what takes one: longer only where something hangs, however busy the machine
MOST_NAMED = 5
# A test file that imports one of these starts commands or a browser; `serving` starts JupyterLab, `course` and
# `run_notebooks` run notebooks. A test that takes `shared_data` works through whole collections.
SLOW_NAMES = {"subprocess", "playwright", "serving", "course", "run_notebooks"}

COPY = pytest.StashKey[Path]()
IS_MOVED = pytest.StashKey[bool]()
UNRUN = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Lay out the copy in which notebooks run; the processes that share the work take it from the one that watches over them."""
    os.environ["TQDM_DISABLE"] = "1"  # a bar that a busy machine shows in a notebook is no difference
    if hasattr(config, "workerinput"):
        config.stash[COPY] = Path(config.workerinput["copy"])
        return
    copy = config.stash[COPY] = Path(tempfile.mkdtemp(prefix="framing-"))
    (copy / "data").symlink_to(REPOSITORY / "data")
    for folder in ("notebooks", "notebooks/case-study", "figures"):
        (copy / folder).mkdir()
        # What lies beside a notebook and is none, such as a list of outlets.
        for path in (REPOSITORY / folder).glob("*.txt"):
            (copy / folder / path.name).symlink_to(path)
    config.pluginmanager.register(Watch(config), "framing-watch")


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and let it begin: where two share the work, the short files fill up the end."""
    for item in items:
        if isinstance(item, IPyNbCell) or _is_slow(item):
            item.add_marker("slow")
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def _is_slow(item: pytest.Item) -> bool:
    names = vars(item.getparent(pytest.Module).obj).keys()
    return bool(SLOW_NAMES & names) or "shared_data" in item.fixturenames


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Move the kernel of a notebook into the copy, once it is started and before its first cell."""
    if not isinstance(item, IPyNbCell):
        return
    item.output_timeout = PATIENCE  # nbval's own five seconds are short on a busy machine
    file = item.parent
    _check_that_it_was_run(file)
    if file.stash.get(IS_MOVED, False):
        return
    place = item.config.stash[COPY] / file.path.parent.relative_to(REPOSITORY)
    moving = file.kernel.execute_cell_input(f"import os; os.chdir({str(place)!r}); del os", allow_stdin=False)
    file.kernel.await_reply(moving, timeout=PATIENCE)
    file.stash[IS_MOVED] = True


def _check_that_it_was_run(file: pytest.File) -> None:
    """Fail at the first cell of a notebook whose outputs are not those of its code, in one line; its other cells are left out then."""
    is_first = UNRUN not in file.stash
    if is_first:
        file.stash[UNRUN] = unrun_line(file.path)
    line = file.stash[UNRUN]
    if line and is_first:
        pytest.fail(line, pytrace=False)
    if line:
        pytest.skip(line)


class Watch:
    """What the watching process knows of the run."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.cells: dict[str, set[str]] = {}
        self.differences: list[str] = []
        self.session: pytest.Session | None = None

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node) -> None:
        """Tell a process of xdist, where that is installed, where the copy is."""
        node.workerinput["copy"] = str(self.config.stash[COPY])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note which cells of which notebook were run."""
        file, _, cell = report.nodeid.partition("::")
        if file.endswith(".ipynb") and report.when == "call":
            self.cells.setdefault(file, set()).add(cell)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the run when the notebooks that ran to their end have drawn other figures than those that are committed."""
        self.session = session
        for folder in ("", "case-study"):
            run = {Path(file).stem for file in self._notebooks_run() if Path(file).parent == Path("notebooks", folder)}
            committed, drawn = (place / "figures" / folder for place in (REPOSITORY, self.config.stash[COPY]))
            found = figure_differences(committed, drawn, notebooks=run)
            self.differences += [str(Path("figures", folder, line)) for line in found]
        if self.differences and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _notebooks_run(self) -> list[str]:
        """Return the notebooks of which every code cell was run; the others have not had the chance to draw their figures."""
        run = []
        for file, cells in self.cells.items():
            notebook = nbformat.read(REPOSITORY / file, as_version=4)
            if len(cells) == sum(cell.cell_type == "code" for cell in notebook.cells):
                run.append(file)
        return run

    def pytest_terminal_summary(self, terminalreporter) -> None:
        """List every figure that differs."""
        if self.differences:
            terminalreporter.section("figures that are not as they are committed", sep="=", red=True)
            for line in self.differences:
                terminalreporter.line(line)

    def pytest_unconfigure(self) -> None:
        """Say in the last line what failed and what to do about it."""
        shutil.rmtree(self.config.stash[COPY], ignore_errors=True)
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None and self.session is not None and self.session.exitstatus:
            reporter.line(last_line(int(self.session.exitstatus), _failed(reporter), self.differences), red=True)


def _failed(reporter) -> list[str]:
    """Return the names of the tests that failed or could not be run."""
    reports = [*reporter.stats.get("failed", []), *reporter.stats.get("error", [])]
    return list(dict.fromkeys(report.nodeid for report in reports))


def last_line(exit_code: int, failed: list[str], differences: list[str]) -> str:
    """Return one line in plain words: which tests, notebooks and figures failed, and what to do."""
    notebooks = [name for name in failed if ".ipynb::" in name]
    tests = [name for name in failed if name not in notebooks]
    what, remedy = [], []
    if tests:
        what.append(_counted(tests, "test"))
        remedy.append(f"`.venv/bin/python -m pytest '{tests[0]}'` runs one alone and says why")
    if notebooks:
        what.append(_counted(notebooks, "notebook cell"))
        remedy.append("where a notebook shows something else now, run `make notebooks`, look at it, commit it")
    if differences:
        what.append(_counted(differences, "figure file"))
        remedy.append("run `make figures`, look at the figures, commit them")
    if not what:
        what.append(f"the run itself (pytest's exit code {exit_code})")
        remedy.append("read what stands above")
    return f"What failed: {', '.join(what)}. What to do: {'; '.join(remedy)}."


def _counted(names: list[str], kind: str) -> str:
    more = f", and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{len(names)} {kind}{'s' if len(names) > 1 else ''} ({', '.join(names[:MOST_NAMED])}{more})"
