"""Who somebody is here: the Access that a sign-in gives, and the roles behind it."""

from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.organisations import held, rules
from alongside.organisations.held import Held
from alongside.organisations.models import (
    RoleAssignment,
    Team,
    User,
)
from alongside.organisations.rules import Job


def access_for(user: User, assignment: str | None, purpose: str | None = None) -> Access:
    """The Access of a signed-in user in one of their live roles (the first where none is named).

    Read afresh at each request: a role that ended a second ago is not there. Raises `NotAllowed` where the user
    holds no live role, or the role does not include the purpose.
    """
    live = held.by_practitioner(user.practitioner_id) if user.live is None else user.live
    if not user.is_active or not live:
        raise NotAllowed("You have no role in a service at the moment. Ask the person who looks after sign-ins.")
    chosen = next((one for one in live if one.id == assignment), live[0])
    role = policy.roles()[chosen.role]
    jobs = {one.id: _job(one) for one in live}
    built = Access(
        actor=chosen.practitioner,
        role=role.key,
        service=chosen.service,
        purpose=next(named.key for named in policy.purposes().values() if named.mask & role.purposes),
        speaks_for=rules.speaks_for(jobs[chosen.id], role.speaks_for, role.doors),
        every_hat=rules.every_hat(jobs.values()),
        own=role.own,
        other=0 if chosen.under else role.other,  # what others share with a programme is not its to pass on
        under=chosen.under,
        teams=jobs[chosen.id].teams,
        name=chosen.name,
        kind=chosen.kind,
        jurisdiction=chosen.jurisdiction,
    )
    return built.for_purpose(purpose) if purpose else built


def access_by_email(email: str, purpose: str) -> Access:
    """The Access of a sign-in named on the command line, in its first role that includes the purpose.

    Raises `Invalid("--as", …)` where nobody signs in so, `NotAllowed` where no live role includes the purpose.
    """
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        raise Invalid("--as", "Nobody signs in as {email}.", email=email)
    wanted = policy.purposes()[purpose].mask
    live = held.by_practitioner(user.practitioner_id)
    fitting = [one.id for one in live if policy.roles()[one.role].purposes & wanted]
    return access_for(user, fitting[0] if fitting else None, purpose)


def signs_in(email: str, *, access: Access) -> bool:
    """Whether an email address is somebody's to sign in with, for whoever proved that it is theirs."""
    return User.objects.filter(email=email.lower()).exists()


def signed_in(user: str) -> User | None:
    """A user by id with the roles they hold now, for the request that comes in. One statement."""
    return held.by_user(user)


def roles_of(practitioner: str, *, access: Access) -> list[tuple[str, str, str]]:
    """(assignment, role, service name) of every live role somebody holds, for the role switch."""
    return [(one.id, one.role, one.service_name) for one in held.by_practitioner(practitioner)]


def _job(one: Held) -> Job:
    role = policy.roles()[one.role]
    teams = _teams(one)
    return Job(
        practitioner=one.practitioner,
        service=one.service,
        teams=teams,
        colleagues=_colleagues(teams) if role.speaks_for == "team_caseloads" else (),
        partners=one.partners,
        covers=one.covers if role.speaks_for != "service" else (),
        looking=one.looking,
    )


def _teams(one: Held) -> tuple[str, ...]:
    if one.team:
        return (one.team,)
    return tuple(Team.objects.filter(service=one.service).order_by("pk").values_list("pk", flat=True))


def _colleagues(teams: tuple[str, ...]) -> tuple[str, ...]:
    now = clock.now()
    members = RoleAssignment.objects.filter(team__in=teams, from_at__lte=now, until_at__gt=now)
    return tuple(members.order_by("practitioner").values_list("practitioner", flat=True).distinct())
