"""`alongside partnership`: setting up a real partnership, joiners, movers and leavers."""

import click

from alongside.cli.database import refuse_unready
from alongside.cli.django_ready import ready
from alongside.cli.partnership import leaving, listing, places, staff

_EXAMPLES = """\b
Examples:
  alongside partnership apply partnership.toml
  alongside partnership list
  alongside partnership join "Sam Reed" sam.reed@example.org
  alongside partnership assign pra_… ser_… keyworker --team tea_…
  alongside partnership hours ser_… "mon-thu 09:00-20:00" "fri 09:00-17:00"
  alongside partnership leave pra_…

\b
Each command prints the id of what it made; `list` prints them all. The file that `apply` reads is described in
docs/how-to/set-up-a-partnership.md."""


@click.group("partnership", epilog=_EXAMPLES)
def partnership() -> None:
    """Set up services and teams, and say who works where."""
    ready()
    refuse_unready()


for _command in (*places.COMMANDS, *staff.COMMANDS, *leaving.COMMANDS, listing.listing):
    partnership.add_command(_command)
