"""A download that goes on where it broke off."""

import http.client
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from analysis.core.files import write_at, write_whole

_BLOCK = 1 << 20
_MAY_PASS = (429, 500, 502, 503, 504)  # the server is busy or restarts
_NO_PART = 416  # the server has nothing from there on


class ResumingDownload:
    """A downloader of one file.

    What has come stays in `part`, so that the next attempt, or the next run, asks for the rest only (HTTP Range), provided that
    the file is still the same one (If-Range with its ETag, else its date). From a server that gives neither, or sends the whole
    file all the same, it is taken from the start.

    Parameters
    ----------
    part : pathlib.Path
        The file of what has come; beside it, with ``.of`` at its end, stands which version it is of.
    attempts : int
        How often to try.
    wait : float
        Seconds before the second attempt, twice as many before the third, and so on.
    """

    def __init__(self, part: Path, *, attempts: int = 4, wait: float = 2.0) -> None:
        self.part, self.attempts, self.wait = part, attempts, wait
        self.version = part.with_name(f"{part.name}.of")

    def __call__(self, url: str, output_file: str) -> None:
        """Download `url` into `output_file`, which may be the part.

        Raises
        ------
        OSError
            When all attempts failed; what has come is kept for the next run.
        """
        for attempt in range(1, self.attempts + 1):
            try:
                self._receive(url)
                break
            except (OSError, http.client.HTTPException) as error:
                is_final = isinstance(error, HTTPError) and error.code not in _MAY_PASS
                if is_final:
                    raise
                if attempt == self.attempts:
                    raise _broken(error) from error
                time.sleep(self.wait * attempt)
        self.part.replace(output_file)
        self.version.unlink(missing_ok=True)

    def _receive(self, url: str) -> None:
        """Append what is missing to the part, or begin it anew."""
        have = self._have()
        headers = {"User-Agent": "media-framing-analysis"}
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": self.version.read_text(encoding="utf-8")}
        try:
            response = urlopen(Request(url, headers=headers), timeout=60)
        except HTTPError as error:
            if error.code != _NO_PART or not have:
                raise
            self.part.unlink()  # as long as the file or longer: not to be trusted
            return self._receive(url)
        with response:
            goes_on = response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
            have = have if goes_on else 0
            version = response.headers.get("ETag") or response.headers.get("Last-Modified") or ""
            write_at(self.part, b"", have)  # what came of another version goes before this one has its name
            write_whole(self.version, version.encode("utf-8"))
            size = have
            while block := response.read(_BLOCK):
                write_at(self.part, block, size)
                size += len(block)
            expected = response.headers.get("Content-Length")
            missing = have + int(expected) - size if expected else 0
            if missing:
                raise http.client.IncompleteRead(b"", missing)

    def _have(self) -> int:
        """Return how many bytes can be kept: none where nothing says of which version they are."""
        if not self.part.exists() or not self.version.exists() or not self.version.read_text(encoding="utf-8"):
            return 0
        return self.part.stat().st_size


def _broken(error: OSError | http.client.HTTPException) -> OSError:
    if isinstance(error, http.client.IncompleteRead):
        return OSError(f"the connection broke off with {error.expected:,} bytes to come")
    reason = error.reason if isinstance(error, URLError) else error
    return OSError(str(reason))
