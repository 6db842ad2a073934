"""Every public name and what it is, for the tests that go over all of them."""

import analysis as fa

SPACES = {
    "charts": fa.charts,
    "compare": fa.compare,
    "learn": fa.learn,
    "extend": fa.extend,
    "reproduce": fa.reproduce,
    "validate": fa.validate,
}


def public_names(*, charts: bool = True) -> dict[str, object]:
    """Return the names at the top and those of the namespaces."""
    found = {name: getattr(fa, name) for name in fa.__all__ if name not in SPACES}
    for name, space in SPACES.items():
        if name == "charts" and not charts:
            continue
        found |= {one: getattr(space, one) for one in space.__all__}
    return found


def call_of(name: str) -> str:
    """Return how a public name is called: ``fa.compare.paired``."""
    space = next((space for space, module in SPACES.items() if name in module.__all__), "")
    return f"fa.{space}.{name}" if space else f"fa.{name}"
