"""Who joins, works where, stands in, and takes what is urgent."""

from datetime import UTC, datetime, timedelta

import click

from alongside.cli.partnership.known import BY, here, known, one_of, tell
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext

DAY = click.DateTime(["%Y-%m-%d"])
ROTA = 366  # days that one command may fill


@click.command()
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
    tell(_("Practitioner"), actions.join(name=name, email=email, qualification=qualification, by=BY))


@click.command()
@click.argument("practitioner")
@click.argument("service")
@click.argument("role")
@click.option("--team", help=_("Id of their team; without one they work in the whole service."))
@click.option("--under", default="", help=_("Id of the agreement under which somebody from outside works here."))
def assign(practitioner: str, service: str, role: str, team: str | None, under: str) -> None:
    """Give a PRACTITIONER a ROLE in a SERVICE (ids).

    Example: alongside partnership assign pra_… ser_… keyworker --team tea_…
    """
    from alongside.organisations import actions

    with known("practitioner or service", f"{practitioner}, {service}"):
        held = {"service": service, "team": team, "role": role, "under": under}
        made = actions.assign_role(practitioner=practitioner, **held, by=BY)
    tell(_("Assignment"), made)


@click.command()
@click.argument("absent")
@click.argument("covered_by")
@click.option("--from", "begins", required=True, type=DAY, help=_("First day, such as 2027-03-01."))
@click.option("--until", "ends", required=True, type=DAY, help=_("Last day, included."))
def cover(absent: str, covered_by: str, begins: datetime, ends: datetime) -> None:
    """COVERED_BY reads and acts for the caseload of ABSENT (practitioners' ids) for some days.

    Example: alongside partnership cover pra_… pra_… --from 2027-03-01 --until 2027-03-14
    """
    from alongside.organisations import actions

    one_of(absent, here(), "absent")
    one_of(covered_by, here(), "covered by")
    until = _midnight(ends + timedelta(days=1))
    made = actions.cover(absent=absent, covered_by=covered_by, from_at=_midnight(begins), until_at=until, by=BY)
    tell(_("Cover"), made)


def _midnight(day: datetime) -> datetime:
    return day.replace(tzinfo=LONDON).astimezone(UTC)


@click.command()
@click.argument("team")
@click.argument("day", type=DAY)
@click.argument("practitioner")
@click.option("--until", "ends", type=DAY, help=_("Last day, included; without it one day."))
def duty(team: str, day: datetime, practitioner: str, ends: datetime | None) -> None:
    """A PRACTITIONER takes what is urgent for a TEAM (ids) on a DAY; a later choice replaces an earlier one.

    Example: alongside partnership duty tea_… 2027-03-01 pra_… --until 2027-03-05
    """
    from django.db import transaction

    from alongside.organisations import actions

    count = ((ends or day) - day).days + 1
    if not 1 <= count <= ROTA:
        raise Invalid("--until", _("Give a day from the first one on, at most a year later."))
    one_of(practitioner, here(), "practitioner")
    with known("team", team), transaction.atomic():
        for place in range(count):
            actions.put_on_duty(team=team, day=(day + timedelta(days=place)).date(), practitioner=practitioner, by=BY)
    click.echo(ngettext("On duty on {count} day.", "On duty on {count} days.", count).format(count=count))


COMMANDS = (join, assign, cover, duty)
