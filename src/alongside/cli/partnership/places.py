"""Partnerships, services, teams and opening hours."""

from pathlib import Path

import click

from alongside.cli.partnership import file as partnership_file
from alongside.cli.partnership import hours as opening
from alongside.cli.partnership.known import BY, known, tell
from alongside.kernel.language import gettext as _


@click.command()
@click.argument("name")
@click.option("--pathway", required=True, help=_("Key of the pathway it runs, such as integrated_treatment."))
@click.option("--agreement", required=True, help=_("Key of the agreement it works under."))
@click.option(
    "--intermediary", default="", help=_("The body its records pass through, where 42 CFR 2.11 calls it one.")
)
def create(name: str, pathway: str, agreement: str, intermediary: str) -> None:
    """Open a partnership called NAME.

    Example: alongside partnership create "North and River" --pathway integrated_treatment --agreement
    northside_riverside
    """
    from alongside.definitions import agreements, pathways
    from alongside.organisations import actions

    pathways.pathway(pathway)
    agreements.agreement(agreement)
    said = {"pathway": pathway, "agreement": agreement, "intermediary": intermediary}
    tell(_("Partnership"), actions.open_partnership(name=name, **said, by=BY))


@click.command("add-service")
@click.argument("partnership_id", metavar="PARTNERSHIP")
@click.argument("name")
@click.option("--kind", required=True, help=_("talking_therapies, substance_use, primary_care, …"))
@click.option("--organisation", required=True, help=_("Whose service it is."))
@click.option("--code", default="", help=_("The organisation's ODS or other code."))
@click.option("--phone", default="", help=_("The number that people in treatment ring."))
@click.option(
    "--jurisdiction",
    default="uk",
    show_default=True,
    help=_("Whose cut-offs, bands, words and numbers for help hold: uk or us."),
)
@click.option("--part2/--no-part2", default=False, help=_("Whether it is a programme under 42 CFR Part 2."))
@click.option(
    "--open", "hours", multiple=True, help=_('Such as "mon-thu 09:00-20:00"; may be repeated. Else weekdays 9 to 5.')
)
def add_service(
    partnership_id: str,
    name: str,
    kind: str,
    organisation: str,
    code: str,
    phone: str,
    jurisdiction: str,
    part2: bool,
    hours: tuple[str, ...],
) -> None:
    """Add a service called NAME to a PARTNERSHIP (its id).

    Example: alongside partnership add-service par_… "Riverside" --kind substance_use --organisation "A charity"
    """
    from alongside.organisations import actions

    with known("partnership", partnership_id):
        made = actions.add_service(
            partnership=partnership_id,
            name=name,
            kind=kind,
            organisation=organisation,
            code=code,
            phone=phone,
            jurisdiction=jurisdiction,
            part2=part2,
            hours=opening.parse(hours) or None,
            by=BY,
        )
    tell(_("Service"), made)


@click.command("add-team")
@click.argument("service")
@click.argument("name")
@click.option("--takes-referrals/--no-referrals", default=True, help=_("Whether what comes in may come to it."))
def add_team(service: str, name: str, takes_referrals: bool) -> None:
    """Add a team called NAME to a SERVICE (its id). Every service needs one that takes referrals.

    Example: alongside partnership add-team ser_… "Adult team"
    """
    from alongside.organisations import actions

    with known("service", service):
        tell(_("Team"), actions.add_team(service=service, name=name, takes_referrals=takes_referrals, by=BY))


@click.command()
@click.argument("service")
@click.argument("typed", metavar="DAYS TIMES…", nargs=-1, required=True)
def hours(service: str, typed: tuple[str, ...]) -> None:
    """Give a SERVICE (its id) new opening hours. A day that is not named is closed.

    Example: alongside partnership hours ser_… "mon-thu 09:00-20:00" "fri 09:00-12:00,13:00-17:00"
    """
    from alongside.organisations import actions

    written = opening.parse(typed)
    with known("service", service):
        actions.set_hours(service=service, hours=written, by=BY)
    click.echo(_("Open {hours}. What is due already keeps its time.").format(hours=opening.shown(written)))


@click.command()
@click.argument("service")
@click.argument("answer", type=click.Choice(["yes", "no"]))
def part2(service: str, answer: str) -> None:
    """Say whether a SERVICE (its id) is a programme under 42 CFR Part 2 from now on.

    Example: alongside partnership part2 ser_… yes
    """
    from alongside.organisations import actions

    with known("service", service):
        actions.set_part2(service=service, part2=answer == "yes", by=BY)
    click.echo(_("Saved. What its records open follows at once."))


@click.command()
@click.argument("partnership_id", metavar="PARTNERSHIP")
@click.argument("name", default="")
def intermediary(partnership_id: str, name: str) -> None:
    """NAME the body that the records of a PARTNERSHIP (its id) pass through from now on; no name: none.

    Only one that is neither a programme, a covered entity nor a business associate (42 CFR 2.11). What a programme
    under Part 2 agrees for a class of services names it from now on; what was signed before is signed anew.

    Example: alongside partnership intermediary par_… "Valley Health Exchange"
    """
    from alongside.organisations import actions

    with known("partnership", partnership_id):
        actions.set_intermediary(partnership=partnership_id, name=name, by=BY)
    click.echo(
        _("Saved. What was signed for a class of services before does not name it: sign it anew with each person.")
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def apply(file: Path) -> None:
    """Set up a whole partnership as a TOML FILE says: all of it, or nothing.

    Example: alongside partnership apply partnership.toml
    """
    made = partnership_file.apply(partnership_file.read(file), by=BY)
    tell(_("Partnership"), made.partnership)
    for name, service in made.services.items():
        tell(name, service)
    for (service, name), team in made.teams.items():
        tell(f"{service}, {name}", team)
    for email, practitioner in made.staff.items():
        tell(email, practitioner)


COMMANDS = (create, add_service, add_team, hours, part2, intermediary, apply)
