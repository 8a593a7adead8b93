"""`alongside evaluate --as`: the record, as far as one evaluator may count it."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from alongside.cli.demonstration.home import Home
from alongside.cli.django_ready import ready
from alongside.definitions.pathways import pathways
from alongside.evaluation.rules.audience import Stamp
from alongside.evaluation.rules.wanted import ALL, Wanted
from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _

if TYPE_CHECKING:
    from alongside.evaluation.actions import Released


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who reads, whom it is about, in which demonstration (none means the record that the settings name), and which
    scores count."""

    reader: str = ""
    arm: str = ""
    since: datetime | None = None
    until: datetime | None = None
    home: Path | None = None
    wanted: Wanted = ALL

    def refuse_without_reader(self) -> None:
        """Raises where something only the record can answer was asked of tables."""
        given = {"--arm": self.arm, "--from": self.since, "--until": self.until, "--home": self.home}
        for option in (name for name, value in given.items() if value):
            raise Invalid(option, _("This goes with --as alone: tables are evaluated whole. Leave it out."))

    def check(self) -> None:
        """Raises for an arm that no pathway has, and for a period that ends before it begins."""
        arms = [arm.key for pathway in pathways() for arm in pathway.arms]
        if self.arm and self.arm not in arms:
            known = ", ".join(arms)
            raise Invalid("--arm", _("We do not know “{arm}”. Known: {known}.").format(arm=self.arm, known=known))
        if self.since and self.until and self.until < self.since:
            raise Invalid("--until", _("This day is before --from. Give a later day."))


def release(chosen: Chosen, stamp: Stamp) -> "Released":
    """Release the evaluation, entered in the ledger as that evaluator's act. `Invalid` for no such sign-in."""
    if chosen.home:
        _use_demonstration(chosen.home)
    ready()
    from alongside.evaluation import actions
    from alongside.evaluation.record import Cohort
    from alongside.organisations import queries as organisations

    since, until = chosen.since, chosen.until
    cohort = Cohort(chosen.arm, since.date() if since else None, until.date() if until else None)
    by = organisations.access_by_email(chosen.reader, purpose="evaluation")
    return actions.release(stamp=stamp, cohort=cohort, by=by, wanted=chosen.wanted)


def _use_demonstration(directory: Path) -> None:
    """Make the settings those of the newest demonstration kept there."""
    newest = Home(directory).newest() if directory.is_dir() else None
    if newest is None:
        words = _("There is no demonstration in {name}. Make one with: alongside demo --home {name} --no-serve")
        raise Invalid("--home", words.format(name=directory))
    home = Home(directory)
    os.environ.update(home.settings(home.file(newest)))
