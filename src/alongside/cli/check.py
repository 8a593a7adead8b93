"""`alongside check`: is the installation sound, is nothing nowhere, and does the ledger still say what it said."""

from collections.abc import Iterator
from datetime import timedelta

import click

from alongside.cli.database import NotReady, steps_behind, wall_faults, wall_words
from alongside.cli.django_ready import ready
from alongside.kernel import clock
from alongside.kernel.errors import AlongsideError
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext

_EXAMPLES = """\b
Examples:
  alongside check               everything; exit code 1 if anything is wrong
  alongside check --only ledger
  alongside check --only ledger --kept 4f1c…"""

UNSEALED = timedelta(hours=1)  # how long an entry may wait
PARTS = ("definitions", "database", "continuity", "scores", "ledger")


class Unsound(AlongsideError):
    """Something was found that somebody must look at."""


@click.command("check", epilog=_EXAMPLES)
@click.option("--only", type=click.Choice(PARTS), help=_("Check one part only."))
@click.option("--kept", metavar="SEAL", help=_("A seal that “alongside tick --show” printed: is it still there?"))
def command(only: str | None = None, kept: str | None = None) -> None:
    """Check the definitions, the database, that nothing is nowhere, the scores and the ledger."""
    if only != "definitions":
        ready()
    found = sum(_tell(part, list(_CHECKS[part]())) for part in PARTS if only in (None, part))
    if kept:
        found += _tell(_("kept seal"), list(_kept(kept)))
    if found:
        words = ngettext("{count} thing to look at.", "{count} things to look at.", found)
        raise Unsound(words.format(count=found))


def _tell(part: str, problems: list[str]) -> int:
    sound = "" if problems else _("sound")
    click.echo(f"{part:<12} {sound}".rstrip())
    for problem in problems:
        click.echo(f"  {problem}")
    return len(problems)


def _definitions() -> Iterator[str]:
    from alongside.definitions import every

    yield from every.faults()


def _database() -> Iterator[str]:
    try:
        behind = len(steps_behind())
    except NotReady as error:
        yield str(error)
        return
    if behind:
        yield _("The database is {steps} steps behind this version. Run “alongside migrate”.").format(steps=behind)
    elif faults := wall_faults():
        yield wall_words(faults)


def _continuity() -> Iterator[str]:
    from alongside.access.context import Access
    from alongside.sharing import queries as sharing

    yield from sharing.nowhere(access=Access.system("check"))


def _scores() -> Iterator[str]:
    from alongside.access.context import Access
    from alongside.measures import queries as measures

    for score in measures.rederive(access=Access.system("check")):
        yield _("Score {score} is not what its answers give by today's definition.").format(score=score)


def _ledger() -> Iterator[str]:
    from alongside.audit import queries as audit

    yield from audit.problems()
    since = audit.waiting_since()
    if since and clock.now() - since > UNSEALED:
        words = _("Entries have waited for a seal since {since}. Let “alongside tick” run every five minutes.")
        yield words.format(since=f"{since:%d %B %Y %H:%M}")


def _kept(seal: str) -> Iterator[str]:
    from alongside.audit import queries as audit

    if not audit.has_seal(seal):
        yield _("This seal is not in the ledger: entries up to it were taken away or rewritten.")


_CHECKS = {
    "definitions": _definitions,
    "database": _database,
    "continuity": _continuity,
    "scores": _scores,
    "ledger": _ledger,
}
