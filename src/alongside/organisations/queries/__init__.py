"""Who works where, when a service is open, and the Access a sign-in gives."""

from alongside.organisations.queries.hours import hours_beside, hours_of, hours_read, on_duty
from alongside.organisations.queries.places import (
    Place,
    TeamIn,
    has_team,
    intake_team,
    jurisdictions,
    names,
    open_services,
    partners,
    pathway_of,
    place,
    teams,
)
from alongside.organisations.queries.qualified import Qualified, qualified
from alongside.organisations.queries.signing_in import access_by_email, access_for, roles_of, signed_in, signs_in
from alongside.organisations.queries.staff import (
    Colleague,
    assigned,
    ceilings,
    colleagues,
    live_roles,
    practitioners,
    reader,
    service_of,
    works_in,
)
from alongside.organisations.queries.standing import Standing, TeamOf, partnerships, services

__all__ = [
    "Colleague",
    "Place",
    "Qualified",
    "Standing",
    "TeamIn",
    "TeamOf",
    "access_by_email",
    "access_for",
    "assigned",
    "ceilings",
    "colleagues",
    "has_team",
    "hours_beside",
    "hours_of",
    "hours_read",
    "intake_team",
    "jurisdictions",
    "live_roles",
    "names",
    "on_duty",
    "open_services",
    "partners",
    "partnerships",
    "pathway_of",
    "place",
    "practitioners",
    "qualified",
    "reader",
    "roles_of",
    "service_of",
    "services",
    "signed_in",
    "signs_in",
    "teams",
    "works_in",
]
