"""Notebooks × parameters → executed copies and figures, with one outcome a notebook."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, TypeAlias

from analysis.core.errors import FramingError, UnanswerableError
from analysis.core.files import scratch_folder, write_whole

Parameters: TypeAlias = Mapping[str, object]
Notebook: TypeAlias = Any  # nbformat.NotebookNode, which is not loaded before it is needed
Status: TypeAlias = Literal["done", "unanswerable", "failed"]

# A kernel says on stderr that it talks over TCP and, when it is shut down, that it was interrupted; its errors come as outputs.
_QUIET = ["--log-level=CRITICAL"]
_PATIENCE = 600  # seconds until a kernel that does not start has failed; on a busy machine a minute is short


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one notebook.

    Attributes
    ----------
    notebook : pathlib.Path
        The notebook that was run.
    copy : pathlib.Path
        Its executed copy.
    status : {"done", "unanswerable", "failed"}
        ``unanswerable``: it said that the corpus or lexicon lacks what its question needs.
    reason : str
        One line: why it is unanswerable, or the cell that failed and its error; "" when done.
    n_figures : int
        Cells of the copy that show a figure.
    seconds : float
        How long it ran.
    """

    notebook: Path
    copy: Path
    status: Status
    reason: str
    n_figures: int
    seconds: float


def run_notebooks(
    notebooks: Sequence[Path],
    *,
    out: Path,
    figures: Path,
    parameters: Parameters,
    jobs: int = 2,
    change: Callable[[Notebook], None] = lambda _: None,
) -> Iterator[Outcome]:
    """Return the outcome of each notebook, in the order of `notebooks`, each as soon as it and those before it have ended.

    Parameters
    ----------
    notebooks : sequence of pathlib.Path
        Notebooks; each runs in its own folder, so that relative paths lead where they lead in JupyterLab. They stay as
        they are.
    out : pathlib.Path
        Folder for the executed copies, under the same names; made if it is not there. A copy of an earlier run stays until its successor
        is whole.
    figures : pathlib.Path
        Folder for the figures: the value of ``figures_folder`` in notebooks that have this parameter.
    parameters : mapping of str to object
        Values by name: strings, numbers, None, paths, lists and dicts of them. A notebook gets those that its cell tagged
        ``parameters`` assigns, and keeps its own values of others. Paths should be absolute.
    jobs : int, default 2
        How many notebooks run at a time, each in a kernel of its own.
    change : callable, optional
        What is done to an executed copy before it is written.

    Raises
    ------
    FramingError
        When papermill is not installed, `out` is the folder of a notebook, or two notebooks have one name.
    """
    papermill = _papermill()
    out, figures = out.resolve(), figures.resolve()
    if len({path.name for path in notebooks}) < len(notebooks):
        raise FramingError("two notebooks have one name; their executed copies would take the same file")
    for path in notebooks:
        if path.resolve().parent == out:
            raise FramingError(f"{out}: {path.name} lies there and would be written over; choose another folder")
    values = {**parameters, "figures_folder": figures}

    def run(path: Path) -> Outcome:
        return _run(papermill, path.resolve(), out / path.name, values, change)

    return _in_order(run, notebooks, jobs)


def _in_order(run: Callable[[Path], Outcome], notebooks: Sequence[Path], jobs: int) -> Iterator[Outcome]:
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(run, notebooks)


def _papermill() -> ModuleType:
    try:
        import papermill
    except ImportError as error:
        raise FramingError(
            f"running notebooks needs papermill, which cannot be imported ({error}); "
            "install media-framing-analysis[notebooks]"
        ) from error
    module: ModuleType = papermill
    return module


def _run(
    papermill: ModuleType, notebook: Path, copy: Path, values: Parameters, change: Callable[[Notebook], None]
) -> Outcome:
    started = time.perf_counter()
    n_figures = 0
    with scratch_folder() as room:
        written = room / copy.name
        status, reason = _executed(papermill, notebook, written, values)
        if written.exists():
            executed = _read(written, copy, status)
            n_figures = _n_figures(executed)
            change(executed)
            write_whole(copy, _as_text(executed).encode("utf-8"))
        elif copy.exists():
            reason += "; the copy is that of an earlier run"
    return Outcome(notebook, copy, status, reason, n_figures, time.perf_counter() - started)


def _executed(papermill: ModuleType, notebook: Path, written: Path, values: Parameters) -> tuple[Status, str]:
    """Run a notebook, write it as it is then, and return what became of it and why."""
    from jupyter_core.utils import ensure_event_loop
    from nbclient.exceptions import DeadKernelError

    known = papermill.inspect_notebook(notebook)
    try:
        papermill.execute_notebook(
            notebook,
            written,
            parameters={name: _plain(value) for name, value in values.items() if name in known},
            progress_bar=False,
            start_timeout=_PATIENCE,
            request_save_on_cell_execute=False,
            # Not papermill's own `cwd`, which moves the whole process, while other notebooks run in it.
            resources={"metadata": {"path": str(notebook.parent)}},
            extra_arguments=_QUIET,
        )
    except papermill.PapermillExecutionError as error:
        return _judged(error)
    except DeadKernelError:
        return "failed", "its Python process died, mostly because the memory was not enough"
    finally:
        ensure_event_loop().close()  # the one that was made for this thread
    return "done", ""


def _plain(value: object) -> object:
    """Return `value` as papermill can write it into a cell: paths as strings."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Path) else value


def _judged(error: Any) -> tuple[Status, str]:
    """Return what a papermill.PapermillExecutionError says of the notebook, and why in one line."""
    message = " ".join(str(error.evalue).split())
    if error.ename == UnanswerableError.__name__:
        return "unanswerable", message
    return "failed", f"cell {error.exec_count}: {error.ename}: {message}"


def _read(written: Path, copy: Path, status: Status) -> Notebook:
    """Return an executed notebook as it belongs in its copy."""
    from papermill.execute import remove_error_markers
    from papermill.iorw import load_notebook_node

    executed = load_notebook_node(str(written))
    executed.metadata.papermill["output_path"] = str(copy)
    # The red marks of papermill are taken out of one that stopped because it cannot be answered: stopping was right there.
    return remove_error_markers(executed) if status == "unanswerable" else executed


def _as_text(executed: Notebook) -> str:
    import nbformat

    text: str = nbformat.writes(executed)  # type: ignore[no-untyped-call]
    return text


def _n_figures(executed: Notebook) -> int:
    cells = executed.cells
    shown = [[kind for output in cell.get("outputs", []) for kind in output.get("data", {})] for cell in cells]
    return sum(any(kind.startswith("image/") for kind in kinds) for kinds in shown)
