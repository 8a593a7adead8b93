"""`alongside restore`: after an older copy of the database came back, ends again what people had taken back since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import click

from alongside.cli import kept
from alongside.cli.database import refuse_unready
from alongside.cli.django_ready import ready
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext

_EXAMPLES = """\b
Examples:
  alongside restore --plan    only say how old the database is
  alongside restore"""


@dataclass(slots=True)
class _Done:
    """Registrations that were put right, that were closed to others, and that this database does not know."""

    ended: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@click.command("restore", epilog=_EXAMPLES)
@click.option("--plan", is_flag=True, help=_("Only say how old the database is."))
def command(plan: bool) -> None:
    """After the database was restored from a backup: end again what people took back since, and let it be served.

    It opens nothing. Where it is not known what was taken back, a record is closed to everybody but its own service.
    """
    ready()
    refuse_unready()
    found = kept.older()
    if found is None:
        click.echo(_("The database is as new as what was kept of its ledger. There is nothing to do."))
        return
    click.echo(kept.words(found))
    if not plan:
        _say(_restore(found), found)


def _restore(found: kept.Older) -> _Done:
    from alongside.access.context import Access
    from alongside.sharing import actions as sharing
    from alongside.sharing import queries

    kept_in = kept.journal()
    assert kept_in is not None  # noqa: S101 - it was older than what is kept there
    by, done = Access.system("restore"), _Done()
    stood, whole = kept_in.stood(found.shared)
    _replay(stood, done, by)
    if not whole:
        done.closed = [one for one in queries.everybody(access=by) if sharing.close(registration=one, by=by)]
    kept_in.begin_again(found.shared, clock.now())
    _sign()
    return done


def _replay(stood: Mapping[str, Mapping[str, Any]], done: _Done, by: Any) -> None:
    from alongside.sharing import actions as sharing

    for registration, stands in sorted(stood.items()):
        try:
            changed = sharing.replay(registration=registration, stands=stands, by=by)
        except NotThere:
            done.unknown.append(registration)
        else:
            done.ended += [registration] if changed else []


def _sign() -> None:
    from alongside.cli.ledger.keeping import sign_all

    sign_all()


def _say(done: _Done, found: kept.Older) -> None:
    _count(done.ended, _("{count} put right: what had been taken back is ended again."))
    _count(done.unknown, _("{count} not in this database: they were registered since."))
    if done.closed:
        _count(done.closed, _("{count} closed to everybody but their own service: what is kept does not reach back."))
    click.echo(_("Nothing is known of what was done after {signed:%d %B %Y %H:%M:%S} UTC.").format(signed=found.signed))
    click.echo(_("Each service's privacy lead finds those that were changed on their first page."))


def _count(registrations: Iterable[str], words: str) -> None:
    many = len(list(registrations))
    click.echo(words.format(count=ngettext("{count} record", "{count} records", many).format(count=many)))
