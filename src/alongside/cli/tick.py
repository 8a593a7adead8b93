"""`alongside tick`: what has to happen by itself, for cron or a systemd timer. One runner at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from alongside.cli.database import refuse_unready
from alongside.cli.django_ready import ready
from alongside.cli.kept import refuse_older
from alongside.kernel.errors import Stale
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext

# The name of our lock among the advisory locks of a PostgreSQL database: any number that nobody else of ours uses.
RUNNER = 7_435_201

_EXAMPLES = """\b
Examples:
  alongside tick

\b
Exit codes: 0 done, or another one is running; 3 the database is not there, not of this version or an older copy;
5 somebody has been writing for too long: the next run will do it."""


@click.command("tick", epilog=_EXAMPLES)
def command() -> None:
    """Do what has to happen by itself: send messages, and sign how long the ledger is. Let cron or a timer run it
    every five minutes; “alongside ledger run” signs more often.

    An entry under a checkpoint cannot be changed, removed or slipped in unseen as long as a witness keeps a copy.
    """
    ready()
    refuse_unready()
    refuse_older()
    with _one_runner() as alone:
        if alone:
            click.echo(_sign())
            if sent := _send():
                click.echo(sent)
            _lapse()
        else:
            click.echo(_("Another one is running. Nothing was done here."))


@contextmanager
def _one_runner() -> Iterator[bool]:
    """Whether we are the only one. PostgreSQL gives our lock back by itself if we are interrupted."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield True  # SQLite takes one writer at a time; the second finds that nothing waits
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [RUNNER])
        [alone] = cursor.fetchone()
        try:
            yield alone
        finally:
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [RUNNER])


def _send() -> str:
    """What became of the messages that were due; empty where none was."""
    from alongside.access.context import Access
    from alongside.caseload import actions as caseload

    done = caseload.send_messages(by=Access.system("tick"))
    if not (done.sent or done.failed or done.later):
        return ""
    words = ngettext("Sent {count} message.", "Sent {count} messages.", done.sent).format(count=done.sent)
    more = _("{later} will be tried again, {failed} could not be sent and are somebody's to deal with.")
    return f"{words} {more.format(later=done.later, failed=done.failed)}" if done.later or done.failed else words


def _lapse() -> None:
    """Looks in an emergency that were withheld from the person, and that nobody else decided about in time."""
    from alongside.access.context import Access
    from alongside.safety import actions as safety

    safety.lapse_looks(by=Access.system("tick"))


def _sign() -> str:
    from django.db import OperationalError

    from alongside.cli.ledger.keeping import sign_all

    try:
        counted, size = sign_all()
    except OperationalError as fault:
        words = _("The ledger could not be signed: {fault}. Run “alongside tick” again in a minute.")
        raise Stale(words.format(fault=str(fault).strip().rstrip("."))) from fault
    if size is None:
        return _("No entry waits for a checkpoint.")
    words = ngettext("Signed {count} new entry", "Signed {count} new entries", counted).format(count=counted)
    return _("{signed}: the ledger has {size}.").format(signed=words, size=size)
