"""A bar where somebody looks and it takes long; nothing in files, pipes and kept notebooks."""

import io
import sys

import pytest

from analysis.core import progress as room


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch) -> Terminal:
    """Let standard error be a terminal; in the test itself, since pytest takes it back after the fixtures."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    return screen


def test_what_takes_long_shows_how_far_it_is_and_the_time_left(monkeypatch):
    screen = terminal(monkeypatch)
    monkeypatch.setattr(room, "_SECONDS", 0)
    with room.progress("encoding", total=4, unit=" articles") as bar:
        bar.update(1)
        bar.refresh()
        shown = screen.getvalue()
    assert "encoding:  25%" in shown and "1.00/4.00" in shown and "articles" in shown and "<" in shown


def test_what_is_done_soon_shows_nothing(monkeypatch):
    screen = terminal(monkeypatch)
    assert list(room.watched(range(3), "reading", total=3, unit=" files")) == [0, 1, 2]
    assert screen.getvalue() == ""


def test_nothing_is_shown_in_a_pipe_or_where_outputs_are_kept(monkeypatch):
    terminal(monkeypatch)
    monkeypatch.setattr(room, "_SECONDS", 0)
    monkeypatch.setenv("TQDM_DISABLE", "1")
    assert room.progress("reading", total=None, unit=" files").disable
    monkeypatch.delenv("TQDM_DISABLE")
    assert not room.progress("reading", total=None, unit=" files").disable
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert room.progress("reading", total=None, unit=" files").disable


def test_a_notebook_has_a_bar(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    shell = type("Shell", (), {"config": {"IPKernelApp": {}}})()
    monkeypatch.setitem(sys.modules, "IPython", type("Module", (), {"get_ipython": staticmethod(lambda: shell)}))
    assert room._in_notebook()


def test_ctrl_c_closes_the_bar_and_is_passed_on(monkeypatch):
    terminal(monkeypatch)
    monkeypatch.setattr(room, "_SECONDS", 0)
    bar = room.watched([1, 2], "reading", total=2, unit=" files")
    next(bar)
    with pytest.raises(KeyboardInterrupt):
        bar.throw(KeyboardInterrupt())
    assert list(bar) == []
