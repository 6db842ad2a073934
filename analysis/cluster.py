"""The way to a Dask cluster: its scheduler reached, its workers there and of our versions. What is done by part stands with the measures."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.core.errors import ClusterError
from analysis.tokens.layout import versions

if TYPE_CHECKING:
    from distributed import Client

_SECONDS = 30.0
# What results, or the way in which they travel, hang on beside the project itself.
_PACKAGES = ("numpy", "pandas", "pyarrow", "numba", "distributed")


@contextmanager
def connected(address: str, *, seconds: float = _SECONDS) -> Iterator["Client"]:
    """Yield a client of a Dask cluster, whose workers were asked for their versions; it is closed in the end.

    Parameters
    ----------
    address : str
        That of the scheduler, such as ``tcp://10.0.0.1:8786``, or the file that ``dask scheduler --scheduler-file`` writes.
    seconds : float
        How long it may take until the scheduler answers, and until it has a worker.

    Raises
    ------
    ClusterError
        When Dask is not installed, no scheduler answers, it has no worker, or a worker has other versions.
    """
    client = _client(address, seconds)
    # Parts that are to be encoded travel with their texts, which Dask would warn of.
    with _expecting_large_parts(), client:
        try:
            client.wait_for_workers(1, timeout=seconds)
        except TimeoutError as error:
            raise ClusterError(
                f"the scheduler at {address} has no worker after {seconds:.0f} s; start one on each machine: dask worker {address}"
            ) from error
        _check_versions(client)
        yield client


def _expecting_large_parts() -> AbstractContextManager[object]:
    import dask.config

    settings: AbstractContextManager[object] = dask.config.set(
        {"distributed.admin.large-graph-warning-threshold": "1GB"}
    )
    return settings


def _client(address: str, seconds: float) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            "a cluster needs Dask, which is not installed; pip install 'media-framing-analysis[cluster]'"
        ) from error
    place = {"scheduler_file" if Path(address).is_file() else "address": address}
    try:
        return Client(**place, timeout=seconds, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:  # ValueError: what is no address
        raise ClusterError(
            f"no scheduler answers at {address} ({error}); give the address that dask scheduler prints, as tcp://HOST:8786, or its file"
        ) from error


def _check_versions(client: "Client") -> None:
    ours = _versions()
    try:
        of_workers = client.run(_versions)
    except ImportError as error:
        raise ClusterError(
            f"a worker lacks this project ({error}); start the workers in the environment that framing runs in here"
        ) from error
    for worker, theirs in of_workers.items():
        differing = [
            f"{name}: {theirs.get(name)}, here {ours[name]}" for name in ours if theirs.get(name) != ours[name]
        ]
        if differing:
            raise ClusterError(
                f"the worker {worker} has other versions ({'; '.join(differing)}), so its results could differ; install the same there"
            )


def _versions() -> dict[str, str]:
    """Return the versions of what runs in this process."""
    return versions() | {name: version(name) for name in _PACKAGES} | {"Python": sys.version.split()[0]}
