"""`alongside erase-again`: after an older backup was restored, what was erased since is erased once more."""

import click

from alongside.cli.database import reached, refuse_behind
from alongside.cli.django_ready import ready
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext

_EXAMPLES = """\b
Examples:
  alongside erase-again

\b
Exit codes: 0 done, or nothing was to do; 3 the database is not of this version, or the list of what was erased
cannot be read (ALONGSIDE_ERASED)."""


@click.command("erase-again", epilog=_EXAMPLES)
def command() -> None:
    """Erase again what a restored backup brought back.

    Whatever was erased stands in a list outside the database. Nobody is asked again: two people decided it then.
    """
    ready()
    refuse_behind()
    from alongside.access.context import Access
    from alongside.sharing import actions as sharing

    with reached():
        done = sharing.erase_again(by=Access.system("erase-again"))
    words = ngettext("Erased {count} record again.", "Erased {count} records again.", done)
    click.echo(words.format(count=done) if done else _("Nothing that was erased is here."))
