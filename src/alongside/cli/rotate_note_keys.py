"""`alongside rotate-note-keys`: every sealed text under the newest key, so that an old one can be taken away."""

import click

from alongside.cli.database import reached, refuse_unready
from alongside.cli.django_ready import ready
from alongside.kernel.errors import AlongsideError
from alongside.kernel.language import ngettext

_EXAMPLES = """\b
Examples:
  alongside rotate-note-keys

\b
Exit codes: 0 everything is under the first key of ALONGSIDE_NOTE_KEYS; 1 some texts are under a key that is not
there; 3 the database is not of this version."""


class Left(AlongsideError):
    """Texts that no key opens: their key was taken away, and no other may follow it yet."""


@click.command("rotate-note-keys", epilog=_EXAMPLES)
def command() -> None:
    """Seal every text again under the first note key.

    Put the new key in front of the old one, start everything anew, then run this. Pages may be served meanwhile.
    """
    ready()
    refuse_unready()
    from alongside.access import actions as access
    from alongside.access.context import Access

    by, rows, closed = Access.system("rotate-note-keys"), 0, 0
    with reached():
        done = access.rotate_note_keys(by=by)
        while done.last:
            rows, closed = rows + done.rows, closed + done.unreadable
            done = access.rotate_note_keys(by=by, after=done.last)
    words = ngettext("Sealed the texts of {count} row again.", "Sealed the texts of {count} rows again.", rows)
    click.echo(words.format(count=rows))
    if closed:
        left = ngettext(
            "{count} text is under a key that is not here.", "{count} texts are under a key that is not here.", closed
        )
        raise Left(left.format(count=closed))
