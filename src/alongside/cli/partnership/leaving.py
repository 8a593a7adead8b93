"""Who leaves a role or leaves altogether, and the colleagues who take over what they hold."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from alongside.cli.partnership.known import BY, here, one_of
from alongside.kernel.errors import Invalid, Several
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext

if TYPE_CHECKING:
    from alongside.sharing.queries import Held

TO = click.option(
    "--to",
    "takers",
    metavar="COLLEAGUE",
    multiple=True,
    help=_("Id of the colleague who takes over what they hold; may be repeated, one for each service."),
)


@click.command("end-role")
@click.argument("assignment")
@TO
def end_role(assignment: str, takers: tuple[str, ...]) -> None:
    """End one role now (ids are in `list`). The person keeps their other roles.

    Where it was their last one in a service, a colleague takes over what they hold there.

    Example: alongside partnership end-role rol_… --to pra_…
    """
    from django.db import transaction

    from alongside.organisations import actions as organisations
    from alongside.organisations import queries as places

    roles = places.assigned(access=BY)
    one_of(assignment, {row.pk for row in roles}, "assignment")
    [ending] = [row for row in roles if row.pk == assignment]
    post = (ending.practitioner_id, ending.service_id)
    last = [(row.practitioner_id, row.service_id) for row in roles].count(post) == 1
    with transaction.atomic():
        told = _hand_over(ending.practitioner_id, {ending.service_id} if last else set(), takers)
        organisations.end_role(assignment=assignment, by=BY)
    click.echo("\n".join([*told, _("Ended.")]))


@click.command()
@click.argument("practitioner")
@TO
def leave(practitioner: str, takers: tuple[str, ...]) -> None:
    """A PRACTITIONER leaves: a colleague takes over what they hold, every role ends now and the sign-in closes.

    All of it, or nothing. Somebody who holds something in two services is taken over in each.

    Example: alongside partnership leave pra_… --to pra_…
    """
    from django.db import transaction

    from alongside.organisations import actions as organisations
    from alongside.organisations import queries as places

    one_of(practitioner, here(), "practitioner")
    with transaction.atomic():
        works = {row.service_id for row in places.assigned(access=BY) if row.practitioner_id == practitioner}
        told = _hand_over(practitioner, works | set(_held(practitioner)), takers)
        organisations.leave(practitioner=practitioner, by=BY)
    click.echo("\n".join([*told, _("Their roles have ended and they can no longer sign in.")]))


def _held(practitioner: str) -> "dict[str, Held]":
    from alongside.sharing import queries as holding

    return {one.service: one for one in holding.held(practitioner, access=BY)}


def _hand_over(practitioner: str, services: set[str], takers: tuple[str, ...]) -> list[str]:
    """What somebody holds in these services is their colleagues' from now on; says what went to whom.

    Raises `Several` for every service that still wants a colleague, and for every colleague who fits none.
    """
    from alongside.sharing import actions as sharing

    for one in takers:
        one_of(one, here(), "--to")
    held = _held(practitioner)
    able = {one: _able(one, practitioner, takers) for one in sorted(services)}
    problems = [*_unanswered(able, held), *_idle(able, takers)]
    if problems:
        raise Several(problems)
    chosen = {service: there[0] for service, there in able.items() if there}
    for service, to in chosen.items():
        sharing.leaver(practitioner=practitioner, service=service, to=to, by=BY)
    said = _("{colleague} takes over {what}.")
    return [said.format(colleague=here()[to], what=_what(held[one])) for one, to in chosen.items() if one in held]


def _able(service: str, leaver: str, takers: tuple[str, ...]) -> list[str]:
    """Those of the colleagues who work in a service."""
    from alongside.organisations import queries as places

    return [one for one in takers if one != leaver and places.works_in(one, service, access=BY)]


def _unanswered(able: dict[str, list[str]], held: "dict[str, Held]") -> Iterator[Invalid]:
    for service, there in able.items():
        if len(there) > 1:
            words = _("More than one of them works in {service}. Name one colleague for it.")
            yield Invalid("--to", words.format(service=_name(service)))
        elif not there and service in held:
            words = _("They hold {what} in {service}. Name a colleague who works there now and takes over.")
            yield Invalid("--to", words.format(what=_what(held[service]), service=_name(service)))


def _idle(able: dict[str, list[str]], takers: tuple[str, ...]) -> Iterator[Invalid]:
    """Colleagues who could take nothing over: a slip that would otherwise be found too late."""
    fitting = {one for there in able.values() for one in there}
    for one in takers:
        if one not in fitting:
            words = _("{name} is not a colleague in a service that they leave with this.")
            yield Invalid("--to", words.format(name=here()[one]))


def _what(held: "Held") -> str:
    parts = {
        ngettext("{count} person", "{count} people", held.people): held.people,
        ngettext("{count} open question", "{count} open questions", held.questions): held.questions,
        ngettext("{count} task", "{count} tasks", held.tasks): held.tasks,
    }
    return ", ".join(words.format(count=count) for words, count in parts.items() if count)


def _name(service: str) -> str:
    from alongside.organisations import queries as places

    return places.place(service, access=BY).name


COMMANDS = (end_role, leave)
