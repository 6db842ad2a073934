"""Parameters that have another name now: the old one works, and says what to write."""

import inspect

import pytest

import analysis as fa
from analysis.core.options import replaces


@replaces("metres", "feet", new="length", made=lambda metres=0.0, feet=0.0: metres + feet * 0.3048)
def measured(name: str, *, length: float = 1.0) -> tuple[str, float]:
    """Return both."""
    return name, length


def test_the_new_name_is_silent():
    assert measured("a", length=2.0) == ("a", 2.0)
    assert measured("a") == ("a", 1.0)


def test_an_old_name_works_and_says_what_to_write():
    with pytest.warns(DeprecationWarning, match=r"^measured: feet= will go; write length=3\.048$") as caught:
        assert measured("a", feet=10) == ("a", 3.048)  # by definition a foot is 0.3048 m
    assert caught[0].filename == __file__


def test_old_and_new_together_are_refused():
    with pytest.raises(fa.SchemaError, match=r"measured: found metres=, feet= beside length=; give length= alone"):
        measured("a", metres=1, feet=1, length=2.0)


def test_readers_see_the_new_name_only():
    assert list(inspect.signature(measured).parameters) == ["name", "length"]
    assert measured.__doc__ == "Return both."
