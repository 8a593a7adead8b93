"""`alongside check`: is the installation sound, is nothing nowhere, and does the ledger still say what it said."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import click

from alongside.cli.database import NotReady, outdated, refuse_brought_back, steps_behind, wall_faults, wall_words
from alongside.cli.django_ready import ready
from alongside.cli.kept import older
from alongside.cli.kept import words as older_words
from alongside.kernel import clock
from alongside.kernel.errors import AlongsideError
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext

_EXAMPLES = """\b
Examples:
  alongside check               everything; exit code 1 if anything is wrong
  alongside check --only ledger
  alongside check --only ledger --kept checkpoint.txt"""

WAITS = timedelta(minutes=10)  # how long an entry may, for a checkpoint and for a witness: two runs of `tick`
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
PARTS = ("definitions", "database", "erased", "continuity", "scores", "ledger")


class Unsound(AlongsideError):
    """Something was found that somebody must look at."""


@click.command("check", epilog=_EXAMPLES)
@click.option("--only", type=click.Choice(PARTS), help=_("Check one part only."))
@click.option("--kept", type=READABLE, help=_("A file with a checkpoint that was kept elsewhere: does it still fit?"))
def command(only: str | None = None, kept: Path | None = None) -> None:
    """Check the definitions, the database, that nobody erased is back or nothing nowhere, the scores and the ledger."""
    if only != "definitions":
        ready()
    found = sum(_tell(part, list(_CHECKS[part]())) for part in PARTS if only in (None, part))
    if kept:
        found += _tell(_("kept"), list(_kept(kept)))
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
        return
    if faults := wall_faults():
        yield wall_words(faults)
    if old := outdated():
        yield ngettext(
            "{count} record is open by an older policy. Run “alongside migrate”.",
            "{count} records are open by an older policy. Run “alongside migrate”.",
            old,
        ).format(count=old)


def _erased() -> Iterator[str]:
    from alongside.audit import queries as audit

    try:
        refuse_brought_back()
        yield from audit.erased_problems()
    except AlongsideError as error:
        yield str(error)


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
    from django.conf import settings

    from alongside.audit import queries as audit

    if found := older():
        yield older_words(found)
    yield from audit.problems()
    if since := _late(audit.waiting_since()):
        words = _("Entries have waited for a checkpoint since {since}. Let “alongside tick” run every five minutes.")
        yield words.format(since=since)
    if settings.WITNESSES and (since := _late(audit.unwitnessed_since())):
        words = _("No witness has countersigned the ledger since {since}. See docs/how-to/countersign-a-ledger.md.")
        yield words.format(since=since)


def _late(since: datetime | None) -> str:
    """An instant in words, where that is too long ago; empty where it is not."""
    return f"{since:%d %B %Y %H:%M}" if since and clock.now() - since > WAITS else ""


def _kept(file: Path) -> Iterator[str]:
    from alongside.audit import queries as audit
    from alongside.audit.checkpoints import Note

    if not audit.has_checkpoint(Note.read(file.read_text("utf-8"))):
        yield _("This checkpoint does not fit: entries up to it were taken away or rewritten.")


_CHECKS = {
    "definitions": _definitions,
    "database": _database,
    "erased": _erased,
    "continuity": _continuity,
    "scores": _scores,
    "ledger": _ledger,
}
