"""Every file of definitions that an installation has: what `alongside check` reads before anybody needs it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from alongside.definitions import (
    ages,
    agreements,
    alcohol,
    collaborative_care,
    doors,
    emergencies,
    help_now,
    indicators,
    instruments,
    languages,
    lives,
    pathways,
    policy,
    retention,
    routine,
    screening,
    substance_use,
    substances,
    suitability,
    talking_therapies,
    texts,
    value_sets,
)
from alongside.kernel.errors import AlongsideError

# In the order in which one leans on another: a fault is told where it is, not where it is met.
SHIPPED: tuple[Callable[[], object], ...] = (
    policy.categories,
    policy.purposes,
    policy.roles,
    policy.classes,
    policy.packs,
    ages.every,
    retention.every,
    emergencies.emergencies,
    languages.beyond_unicode,
    instruments.instruments,
    texts.packs,
    indicators.sets,
    alcohol.alcohol,
    collaborative_care.collaborative_care,
    lives.lives,
    screening.screening,
    routine.routines,
    agreements.agreements,
    pathways.pathways,
    doors.codes,
    talking_therapies.codes,
    substance_use.codes,
    substances.definition,
    suitability.guidance,
    help_now.everywhere,
)


def faults() -> Iterator[str]:
    """What stands in the way of reading each of them, with file and line, and of the installation's own directories."""
    for load in (*SHIPPED, *_own()):
        try:
            load()
        except AlongsideError as error:
            yield str(error)


def _own() -> Iterator[Callable[[], object]]:
    if packs := os.environ.get("ALONGSIDE_TEXT_PACKS"):
        yield lambda: texts.use_packs_from(Path(packs))
    if sets := os.environ.get(value_sets.SETTING):
        yield lambda: value_sets.use_sets_from(Path(sets))
