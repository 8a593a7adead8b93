"""Pathways: the joint designs that services run together, and their arms, as data."""

from functools import cache

from alongside.definitions.loader import load_all
from alongside.definitions.provenance import Definition, Sourced, Text
from alongside.kernel.errors import Invalid


class Arm(Sourced):
    """One way through a pathway, in words for a list and for the person; `needs` are kinds of service."""

    key: Text
    words: Text
    about: Text
    needs: tuple[Text, ...]


class Pathway(Definition):
    """One joint design."""

    arms: tuple[Arm, ...]

    def arm(self, key: str) -> Arm:
        """The arm called `key`; `Invalid("arm", …)` names those there are."""
        found = next((one for one in self.arms if one.key == key), None)
        if found is None:
            raise Invalid(
                "arm",
                "This pathway has no arm called {key!r}. Known: {known}.",
                key=key,
                known=", ".join(a.key for a in self.arms),
            )
        return found


@cache
def pathways() -> tuple[Pathway, ...]:
    """Every pathway, by file name."""
    return load_all(__name__, Pathway)


def pathway(key: str) -> Pathway:
    """The pathway a partnership runs; `Invalid("pathway", …)` names those there are."""
    found = next((one for one in pathways() if one.key == key), None)
    if found is None:
        raise Invalid(
            "pathway",
            "There is no pathway called {key!r}. Known: {known}.",
            key=key,
            known=", ".join(p.key for p in pathways()),
        )
    return found
