"""The `alongside` command: finds the subcommand, and turns refusals into a plain line and an exit code.

Subcommands are named here and imported when they are called, so that scoring a file does not start a web framework.
"""

from importlib import import_module

import click

from alongside import __version__
from alongside.kernel.errors import AlongsideError, Several
from alongside.kernel.language import gettext as _

# One line a command: its name, where it lives, and what `alongside --help` says of it.
COMMANDS = {
    "demo": ("alongside.cli.demo:command", _("Run an invented partnership at this machine.")),
    "partnership": ("alongside.cli.partnership:partnership", _("Set up services and teams, joiners and leavers.")),
    "score": ("alongside.cli.score:score", _("Score a file of questionnaire answers.")),
    "questionnaire": ("alongside.cli.questionnaire:questionnaire", _("Write an instrument as a FHIR Questionnaire.")),
    "serve": ("alongside.cli.serve:command", _("Serve the pages.")),
    "evaluate": ("alongside.cli.evaluate:command", _("Evaluate services from tables: measures and a report.")),
    "migrate": ("alongside.cli.migrate:command", _("Bring the database to this version.")),
    "erase-again": ("alongside.cli.erase_again:command", _("Erase again what a restored backup brought back.")),
    "rotate-note-keys": ("alongside.cli.rotate_note_keys:command", _("Seal every text under the newest note key.")),
    "tick": ("alongside.cli.tick:command", _("Do what has to happen by itself: send messages, sign the ledger.")),
    "ledger": ("alongside.cli.ledger:ledger", _("Sign the ledger, countersign another one, export for a verifier.")),
    "restore": ("alongside.cli.restore:command", _("End again what was taken back since a restored backup.")),
    "check": ("alongside.cli.check:command", _("Check definitions, continuity, scores and ledger.")),
}


class Refusal(click.ClickException):
    """An error of ours, as the command line shows it: the message alone, one line a problem."""

    def __init__(self, error: AlongsideError) -> None:
        problems: list[AlongsideError] = list(error.problems) if isinstance(error, Several) else [error]
        super().__init__("\n".join(map(str, problems)))
        self.exit_code = error.exit_code

    def show(self, file: object = None) -> None:
        click.echo(self.message, err=True)


class Commands(click.Group):
    """A group that imports a subcommand only when it is called."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _colon, command = COMMANDS[name][0].partition(":")
        found: click.Command = getattr(import_module(module), command)
        return found

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        # From the table, not from the commands themselves: help must not import them all.
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, words) for name, (_where, words) in COMMANDS.items()])

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except AlongsideError as error:
            raise Refusal(error) from error


HELP = _(
    "Alongside: one record, one plan and one team around a person.\n\n"
    "\b\n"
    "Exit codes: 0 done; 2 something to put right in what you gave; 3 not there;\n"
    "4 not allowed; 5 changed meanwhile; 6 given twice; 1 anything else.\n\n"
    "\b\n"
    "Examples:\n"
    "  alongside score phq9 answers.csv --out scored.csv\n"
    "  alongside score --help"
)


@click.command(
    cls=Commands,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="alongside", message="%(prog)s %(version)s")
def main() -> None:
    pass  # the work is the subcommand's
