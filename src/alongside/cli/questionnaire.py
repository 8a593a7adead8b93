"""`alongside questionnaire`: an instrument as a FHIR R4 Questionnaire, for other systems to ask it."""

import json
import os
from functools import partial
from pathlib import Path

import click

from alongside.definitions import texts
from alongside.definitions.instruments import UK, Instrument, instrument, instruments
from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _
from alongside.measures.questionnaires import questionnaire as made_of
from alongside.measures.rules import instrument_key


def _epilog() -> str:
    return _(
        "\b\nInstruments: {keys}.\n\n\b\nExamples:\n"
        "  alongside questionnaire phq9 --out phq9.json\n"
        "  alongside questionnaire --all questionnaires"
    ).format(keys=", ".join(known.key for known in instruments()))


@click.command(
    help=_(
        "Write an instrument as a FHIR R4 Questionnaire with its scores as SDC expressions.\n\n"
        "Questions are in the words of its text pack, where there is one, and numbered otherwise. The status is "
        "“draft” where a figure of the instrument was not verified."
    ),
    epilog=_epilog(),
)
@click.argument("key", metavar="INSTRUMENT", required=False)
@click.option("--out", type=click.Path(path_type=Path), help=_("Where to write; otherwise it is printed."))
@click.option(
    "--all",
    "folder",
    type=click.Path(path_type=Path),
    help=_("Write every instrument into this directory, a file each."),
)
@click.option("--language", default="en-GB", show_default=True, help=_("The language of the words."))
@click.option("--jurisdiction", default=UK, show_default=True, help=_("Where the words are to be read: uk or us."))
def questionnaire(key: str | None, out: Path | None, folder: Path | None, language: str, jurisdiction: str) -> None:
    _check(key, out, folder)
    if own := os.environ.get("ALONGSIDE_TEXT_PACKS"):
        texts.use_packs_from(Path(own))
    text_of = partial(_text, language=language, jurisdiction=jurisdiction)
    if folder:
        for one in instruments():
            _write(folder / f"{one.key}.json", text_of(one))
        click.echo(_("{n} questionnaires written to {folder}.").format(n=len(instruments()), folder=folder))
        return
    text = text_of(instrument(instrument_key(key or "") or key or ""))
    if out:
        _write(out, text)
    else:
        click.echo(text, nl=False)


def _check(key: str | None, out: Path | None, folder: Path | None) -> None:
    if (key is None) == (folder is None):
        raise Invalid("instrument", _("Name one instrument, or give --all and a directory."))
    if folder and out:
        raise Invalid("--out", _("With --all every file is named after its instrument. Leave it out."))
    if folder and not folder.is_dir():
        raise Invalid("--all", _("There is no directory {name}. Make it first.").format(name=folder))
    if out and not out.parent.is_dir():
        raise Invalid("--out", _("There is no directory {name}. Make it first.").format(name=out.parent))


def _text(one: Instrument, language: str, jurisdiction: str) -> str:
    words = texts.pack(one.key, language=language, jurisdiction=jurisdiction)
    return json.dumps(made_of(one, words), ensure_ascii=False, indent=2) + "\n"


def _write(file: Path, text: str) -> None:
    """Beside its place and then moved there, so that a failure leaves no half file."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text, "utf-8")
        part.replace(file)
    except OSError as error:
        raise Invalid(str(file), _("It cannot be written: {why}.").format(why=error.strerror)) from error
    finally:
        part.unlink(missing_ok=True)
