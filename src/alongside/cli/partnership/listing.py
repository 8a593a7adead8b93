"""Everything that was set up, with the ids that the other commands ask for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from alongside.cli.partnership import hours
from alongside.cli.partnership.known import BY
from alongside.kernel.language import gettext as _

if TYPE_CHECKING:
    from alongside.organisations.queries import Standing, TeamOf

NAMED_DAYS = 7  # of a team's rota


@click.command("list")
def listing() -> None:
    """Every partnership with its services, teams and people, and the ids that the other commands ask for."""
    from alongside.organisations import queries

    opened = queries.partnerships(access=BY)
    if not opened:
        click.echo(_("No partnership yet. Begin with “alongside partnership apply” or “create”; see their --help."))
    for one in opened:
        click.echo(f"{one.name}  {one.id}  ({one.pathway}, {one.agreement})")
        if one.intermediary:
            click.echo("  " + _("records pass through {name}").format(name=one.intermediary))
        for service in queries.services(one.id, access=BY):
            click.echo("\n".join(f"  {line}" for line in _service(service)))
    for line in _without_a_role():
        click.echo(line)


def _service(one: "Standing") -> Iterator[str]:
    from alongside.organisations import queries

    yield f"{one.name}  {one.kind}  {one.id}"
    yield "  " + _("open {hours}").format(hours=hours.shown(one.hours))
    for team in one.teams:
        yield from _team(one, team)
    for each in queries.qualified(one.id, access=BY):
        if not each.over:
            yield "  " + _("works for it by an agreement: {name}").format(name=each.name) + f"  {each.id}"
    if not any(team.takes_referrals for team in one.teams):
        yield "  " + _("No team takes what comes in: nobody can be referred here. Add one with “add-team”.")
    if whole := list(_staff(one, None)):
        yield "  " + _("whole service")
        yield from whole


def _team(one: "Standing", team: "TeamOf") -> Iterator[str]:
    takes = _("takes what comes in") if team.takes_referrals else ""
    yield f"  {team.name}  {team.id}  {takes}".rstrip()
    yield from _staff(one, team.id)
    for day, who in team.duty[:NAMED_DAYS]:
        yield "    " + _("on duty {day}: {who}").format(day=day.isoformat(), who=who)


def _staff(one: "Standing", team: str | None) -> Iterator[str]:
    from alongside.definitions.policy import roles

    for row in one.staff:
        if row.team_id == team:
            words = roles()[row.role].words
            yield f"    {row.practitioner.name}  {row.practitioner_id}  {words}  {row.pk}"


def _without_a_role() -> Iterator[str]:
    from alongside.organisations import queries

    working = {row.practitioner_id for row in queries.assigned(access=BY)}
    idle = {who: name for who, name in queries.practitioners(access=BY).items() if who not in working}
    if idle:
        yield _("Without a role: they cannot sign in until you assign one")
    for who, name in idle.items():
        yield f"  {name}  {who}"
