"""`alongside ledger`: signing how long the ledger is, countersigning another one, and what a verifier is given."""

import click

from alongside.cli.ledger import keeping, witnessing

_EXAMPLES = """\b
Where the ledger is kept:
  alongside ledger run --exchange /srv/exchange
  alongside ledger offer offer.json          for a witness, once
  alongside ledger import countersigned.txt  what the witness gave back
  alongside ledger export FOLDER             for verifier/alongside_verify.py
  alongside ledger show                      the newest checkpoint
  alongside ledger public-key

\b
Where a witness works (no database and no settings are needed):
  alongside ledger key officer.key --name riverside.officer
  alongside ledger countersign offer.json --key officer.key --kept FOLDER --out countersigned.txt

\b
What each is for: docs/how-to/countersign-a-ledger.md."""


@click.group("ledger", epilog=_EXAMPLES)
def ledger() -> None:
    """Sign the ledger, countersign another one, and export it for a verifier."""


for _command in (*keeping.COMMANDS, *witnessing.COMMANDS):
    ledger.add_command(_command)
