"""Notebooks × parameters → executed copies and figures, with one outcome a notebook."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, TypeAlias

from analysis.core.errors import FramingError, UnanswerableError

Parameters: TypeAlias = Mapping[str, object]
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
    notebooks: Sequence[Path], *, out: Path, figures: Path, parameters: Parameters, jobs: int = 2
) -> Iterator[Outcome]:
    """Return the outcome of each notebook, in the order of `notebooks`, each as soon as it and those before it have ended.

    Parameters
    ----------
    notebooks : sequence of pathlib.Path
        Notebooks; each runs in its own folder, so that relative paths lead where they lead in JupyterLab. They stay as
        they are.
    out : pathlib.Path
        Folder for the executed copies, under the same names; made if it is not there.
    figures : pathlib.Path
        Folder for the figures: the value of ``figures_folder`` in notebooks that have this parameter.
    parameters : mapping of str to object
        Values by name: strings, numbers, None, paths, lists and dicts of them. A notebook gets those that its cell tagged
        ``parameters`` assigns, and keeps its own values of others. Paths should be absolute.
    jobs : int, default 2
        How many notebooks run at a time, each in a kernel of its own.

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
    out.mkdir(parents=True, exist_ok=True)
    values = {**parameters, "figures_folder": figures}

    def run(path: Path) -> Outcome:
        return _run(papermill, path.resolve(), out / path.name, values)

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


def _run(papermill: ModuleType, notebook: Path, copy: Path, values: Parameters) -> Outcome:
    from jupyter_core.utils import ensure_event_loop
    from nbclient.exceptions import DeadKernelError

    known = papermill.inspect_notebook(notebook)
    copy.unlink(missing_ok=True)  # after a failure, an older copy would look like the outcome
    status: Status = "done"
    reason = ""
    started = time.perf_counter()
    try:
        papermill.execute_notebook(
            notebook,
            copy,
            parameters={name: _plain(value) for name, value in values.items() if name in known},
            progress_bar=False,
            start_timeout=_PATIENCE,
            request_save_on_cell_execute=False,
            # Not papermill's own `cwd`, which moves the whole process, while other notebooks run in it.
            resources={"metadata": {"path": str(notebook.parent)}},
            extra_arguments=_QUIET,
        )
    except papermill.PapermillExecutionError as error:
        status, reason = _judged(error)
    except DeadKernelError:
        status, reason = "failed", "its Python process died, mostly because the memory was not enough"
    finally:
        ensure_event_loop().close()  # the one that was made for this thread
    seconds = time.perf_counter() - started
    if status == "unanswerable":
        _without_marks(copy)
    return Outcome(notebook, copy, status, reason, _n_figures(copy), seconds)


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


def _without_marks(copy: Path) -> None:
    """Take out the red marks that papermill puts into a notebook that stopped: stopping was right here."""
    from papermill.execute import remove_error_markers
    from papermill.iorw import load_notebook_node, write_ipynb

    write_ipynb(remove_error_markers(load_notebook_node(str(copy))), str(copy))


def _n_figures(copy: Path) -> int:
    from papermill.iorw import load_notebook_node

    if not copy.exists():
        return 0
    cells = load_notebook_node(str(copy)).cells
    shown = [[kind for output in cell.get("outputs", []) for kind in output.get("data", {})] for cell in cells]
    return sum(any(kind.startswith("image/") for kind in kinds) for kinds in shown)
