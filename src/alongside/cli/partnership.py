"""`alongside partnership`: setting up a real partnership, joiners, movers and leavers."""

import json
import os
from datetime import UTC, date, datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from alongside.access.context import Access
from alongside.cli import partnership_file
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Invalid

# Whoever reaches the command line of the installation sets it up; the ledger says so.
BY = Access.system("command line")

_EXAMPLES = """\b
Examples:
  alongside partnership apply partnership.toml
  alongside partnership create "North and River" --pathway integrated_treatment --agreement northside_riverside
  alongside partnership add-service par_… "Northside" --kind talking_therapies --organisation "A trust"
  alongside partnership join "Sam Reed" sam.reed@example.org
  alongside partnership assign pra_… ser_… therapist --team tea_…
  alongside partnership list

\b
Each command prints the id of what it made; `list` prints them all. The file that `apply` reads is described in
docs/how-to/set-up-a-partnership.md."""


@click.group("partnership", epilog=_EXAMPLES)
def partnership() -> None:
    """Set up services and teams, and say who works where."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()
    from alongside.cli.serve import refuse_pending_migrations

    refuse_pending_migrations()


def _made(words: str, made: str) -> None:
    click.echo(f"{words} {made}")


@partnership.command()
@click.argument("name")
@click.option("--pathway", required=True, help=_("Key of the pathway it runs, such as integrated_treatment."))
@click.option("--agreement", required=True, help=_("Key of the agreement it works under."))
def create(name: str, pathway: str, agreement: str) -> None:
    """Open a partnership called NAME.

    Example: alongside partnership create "North and River" --pathway integrated_treatment --agreement
    northside_riverside
    """
    from alongside.definitions import agreements, pathways
    from alongside.organisations import actions

    pathways.pathway(pathway)
    agreements.agreement(agreement)
    _made(_("Partnership"), actions.open_partnership(name=name, pathway=pathway, agreement=agreement, by=BY))


@partnership.command("add-service")
@click.argument("partnership_id", metavar="PARTNERSHIP")
@click.argument("name")
@click.option("--kind", required=True, help=_("talking_therapies, substance_use, primary_care, …"))
@click.option("--organisation", required=True, help=_("Whose service it is."))
@click.option("--code", default="", help=_("The organisation's ODS or other code."))
@click.option("--phone", default="", help=_("The number that people in treatment ring."))
@click.option(
    "--hours", help=_('Opening hours as JSON: {"mon": [["09:00", "17:00"]], …}. Weekdays 9 to 5 if not given.')
)
def add_service(
    partnership_id: str, name: str, kind: str, organisation: str, code: str, phone: str, hours: str | None
) -> None:
    """Add a service called NAME to a PARTNERSHIP (its id).

    Example: alongside partnership add-service par_… "Riverside" --kind substance_use --organisation "A charity"
    """
    from alongside.organisations import actions

    with _known("partnership", partnership_id):
        made = actions.add_service(
            partnership=partnership_id,
            name=name,
            kind=kind,
            organisation=organisation,
            code=code,
            phone=phone,
            hours=_hours(hours),
            by=BY,
        )
    _made(_("Service"), made)


def _hours(text: str | None) -> dict[str, list[list[str]]] | None:
    if text is None:
        return None
    try:
        written = json.loads(text)
    except json.JSONDecodeError as problem:
        raise Invalid("--hours", f'This is not JSON: {problem}. Write {{"mon": [["09:00", "17:00"]]}}.') from None
    if not isinstance(written, dict) or not all(isinstance(spans, list) for spans in written.values()):
        raise Invalid("--hours", 'Give a list of spans for each day, such as {"mon": [["09:00", "17:00"]]}.')
    return written


@partnership.command("add-team")
@click.argument("service")
@click.argument("name")
@click.option("--takes-referrals/--no-referrals", default=True, help=_("Whether what comes in may come to it."))
def add_team(service: str, name: str, takes_referrals: bool) -> None:
    """Add a team called NAME to a SERVICE (its id). Every service needs one that takes referrals.

    Example: alongside partnership add-team ser_… "Adult team"
    """
    from alongside.organisations import actions

    with _known("service", service):
        _made(_("Team"), actions.add_team(service=service, name=name, takes_referrals=takes_referrals, by=BY))


@partnership.command()
@click.argument("name")
@click.argument("email")
@click.option("--qualification", default="", help=_("As it should be shown to colleagues."))
def join(name: str, email: str, qualification: str) -> None:
    """NAME joins and signs in with EMAIL; they set a password by email. Then say where they work, with `assign`.

    Example: alongside partnership join "Sam Reed" sam.reed@example.org
    """
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from alongside.organisations import actions

    try:
        validate_email(email)
    except ValidationError:
        raise Invalid("email", _("{email} is not an email address.").format(email=email)) from None
    if not name.strip():
        raise Invalid("name", _("Give the name that colleagues know them by."))
    _made(_("Practitioner"), actions.join(name=name, email=email, qualification=qualification, by=BY))


@partnership.command()
@click.argument("practitioner")
@click.argument("service")
@click.argument("role")
@click.option("--team", help=_("Id of their team; without one they work in the whole service."))
def assign(practitioner: str, service: str, role: str, team: str | None) -> None:
    """Give a PRACTITIONER a ROLE in a SERVICE (ids).

    Example: alongside partnership assign pra_… ser_… keyworker --team tea_…
    """
    from alongside.organisations import actions

    with _known("practitioner or service", f"{practitioner}, {service}"):
        made = actions.assign_role(practitioner=practitioner, service=service, team=team, role=role, by=BY)
    _made(_("Assignment"), made)


@partnership.command("end-role")
@click.argument("assignment")
def end_role(assignment: str) -> None:
    """End one role now (ids are in `list`). The person keeps their other roles.

    Example: alongside partnership end-role rol_…
    """
    from alongside.organisations import actions

    _one_of(assignment, {row.pk for row in _assigned()}, "assignment")
    actions.end_role(assignment=assignment, by=BY)
    click.echo(_("Ended."))


@partnership.command()
@click.argument("practitioner")
def leave(practitioner: str) -> None:
    """A PRACTITIONER leaves: every role ends now and the sign-in closes. Hand their people over first.

    Example: alongside partnership leave pra_…
    """
    from alongside.organisations import actions

    _one_of(practitioner, {row.practitioner_id for row in _assigned()}, "practitioner")
    actions.leave(practitioner=practitioner, by=BY)
    click.echo(_("Their roles have ended and they can no longer sign in."))


@partnership.command()
@click.argument("absent")
@click.argument("covered_by")
@click.option(
    "--from", "begins", required=True, type=click.DateTime(["%Y-%m-%d"]), help=_("First day, such as 2027-03-01.")
)
@click.option("--until", "ends", required=True, type=click.DateTime(["%Y-%m-%d"]), help=_("Last day, included."))
def cover(absent: str, covered_by: str, begins: datetime, ends: datetime) -> None:
    """COVERED_BY reads and acts for the caseload of ABSENT (practitioners' ids) for some days.

    Example: alongside partnership cover pra_… pra_… --from 2027-03-01 --until 2027-03-14
    """
    from datetime import timedelta

    from alongside.organisations import actions

    working = {row.practitioner_id for row in _assigned()}
    _one_of(absent, working, "absent")
    _one_of(covered_by, working, "covered by")
    made = actions.cover(
        absent=absent,
        covered_by=covered_by,
        from_at=_midnight(begins, LONDON),
        until_at=_midnight(ends + timedelta(days=1), LONDON),
        by=BY,
    )
    _made(_("Cover"), made)


def _midnight(day: datetime, zone: ZoneInfo) -> datetime:
    return day.replace(tzinfo=zone).astimezone(UTC)


@partnership.command()
@click.argument("team")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("practitioner")
def duty(team: str, day: datetime, practitioner: str) -> None:
    """A PRACTITIONER takes what is urgent for a TEAM (ids) on a DAY; a later choice replaces an earlier one.

    Example: alongside partnership duty tea_… 2027-03-01 pra_…
    """
    from alongside.organisations import actions

    on: date = day.date()
    _one_of(practitioner, {row.practitioner_id for row in _assigned()}, "practitioner")
    with _known("team", team):
        actions.put_on_duty(team=team, day=on, practitioner=practitioner, by=BY)
    click.echo(_("On duty."))


@partnership.command("list")
def listing() -> None:
    """Every service with its people, their roles, and the ids that the other commands ask for."""
    from alongside.definitions.policy import roles

    for place in _places():
        click.echo(f"{place.name}  {place.kind}  {place.id}  ({place.partnership})")
        for row in _assigned_in(place.id):
            team = f"{row.team.name} {row.team_id}" if row.team else _("whole service")
            words = roles()[row.role].words
            click.echo(f"  {row.practitioner.name}  {row.practitioner_id}  {words}  {team}  {row.pk}")


@partnership.command()
@click.argument("file", type=click.Path(path_type=Path))
def apply(file: Path) -> None:
    """Set up a whole partnership as a TOML FILE says: all of it, or nothing.

    Example: alongside partnership apply partnership.toml
    """
    made = partnership_file.apply(partnership_file.read(file), by=BY)
    _made(_("Partnership"), made.partnership)
    for name, service in made.services.items():
        _made(name, service)
    for (service, name), team in made.teams.items():
        _made(f"{service}, {name}", team)
    for email, practitioner in made.staff.items():
        _made(email, practitioner)


def _places() -> list[Any]:
    from alongside.organisations import queries

    opened = {place.id: place for place in queries.open_services(access=BY)}
    for place in list(opened.values()):
        partners = queries.partners(access=Access.system("command line", place.id))
        opened.update({partner.id: partner for partner in partners})
    return sorted(opened.values(), key=lambda place: (place.partnership, place.name))


def _assigned_in(service: str) -> list[Any]:
    from alongside.organisations import queries

    return queries.assigned(service, access=BY)


def _assigned() -> list[Any]:
    return [row for place in _places() for row in _assigned_in(place.id)]


def _one_of(given: str, known: set[str], field: str) -> None:
    if given not in known:
        raise Invalid(field, _("There is no {given} here now. See “alongside partnership list”.").format(given=given))


class _known:
    """Turns the database's refusal of an id that does not exist into a sentence."""

    def __init__(self, field: str, given: str) -> None:
        self.field, self.given = field, given

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        from django.core.exceptions import ObjectDoesNotExist
        from django.db import IntegrityError

        if kind and issubclass(kind, IntegrityError | ObjectDoesNotExist):
            words = _("There is none called {given}. See “alongside partnership list”.").format(given=self.given)
            raise Invalid(self.field, words) from None
