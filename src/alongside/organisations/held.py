"""The roles that somebody holds now, with whom they cover: what every request asks first.

Written out as SQL because every page runs it: Django takes longer to compose this statement than to draw a short page.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from alongside.access import queries as allowed
from alongside.kernel import clock
from alongside.organisations.models import User

_COLUMNS = (
    "u.id, u.email, u.password, u.is_active, p.id AS practitioner, p.name,"
    " r.id AS assignment, r.role, r.under_id AS under, r.service_id AS service, s.name AS service_name, s.kind,"
    " s.jurisdiction, r.team_id AS team, c.absent_id AS absent"
)
_LIVE = "{t}.from_at <= %(now)s AND %(now)s < {t}.until_at"
_PRACTITIONERS = """
    FROM alongside_organisations_practitioner p
    LEFT JOIN alongside_organisations_user u ON u.practitioner_id = p.id
"""
_USERS = """
    FROM alongside_organisations_user u
    LEFT JOIN alongside_organisations_practitioner p ON p.id = u.practitioner_id
"""  # somebody in treatment signs in too, and is no practitioner
_ROLES = f"""
    LEFT JOIN alongside_organisations_roleassignment r ON r.practitioner_id = p.id AND {_LIVE.format(t="r")}
    LEFT JOIN alongside_organisations_service s ON s.id = r.service_id
    LEFT JOIN alongside_organisations_cover c ON c.covered_by_id = p.id AND {_LIVE.format(t="c")}
"""
_ORDER = "ORDER BY r.from_at, r.id, c.absent_id"


@dataclass(slots=True)
class Held:
    """One role that somebody holds now. `team` is empty where it is held in all of the service."""

    id: str
    role: str
    practitioner: str
    name: str
    service: str
    service_name: str
    kind: str  # of the service
    jurisdiction: str
    team: str
    partners: tuple[str, ...]  # every service of its partnership, this one among them
    under: str = ""  # the agreement by which they work here from outside
    covers: tuple[str, ...] = ()
    looking: tuple[str, ...] = ()  # sessions in which they look in an emergency, from this service


def by_practitioner(practitioner: str) -> list[Held]:
    """The roles of a practitioner, the longest held first; none for nobody."""
    return _held(_rows(_PRACTITIONERS, "p.id = %(wanted)s", practitioner))


def by_user(user: str) -> User | None:
    """A user with `live` set to the roles of their practitioner."""
    rows = _rows(_USERS, "u.id = %(wanted)s", user)
    if not rows:
        return None
    found = _user(rows[0])
    found.live = _held(rows)
    return found


def _user(row: dict[str, Any]) -> User:
    columns = {name: row[name] for name in ("id", "email", "password")}
    columns |= {"is_active": bool(row["is_active"]), "practitioner_id": row["practitioner"]}
    # Django takes the values in the order of the model's fields, whatever order they are named in.
    named = [one.attname for one in User._meta.concrete_fields if one.attname in columns]
    user: User = User.from_db(connection.alias, named, [columns[name] for name in named])
    return user


def _rows(of: str, condition: str, wanted: str) -> list[dict[str, Any]]:
    now = connection.ops.adapt_datetimefield_value(clock.now())
    with connection.cursor() as cursor:
        columns = f"{_COLUMNS}, {allowed.looking_beside('p.id', 'r.service_id')} AS looking, {_partners()}"
        cursor.execute(f"SELECT {columns}{of}{_ROLES}WHERE {condition} {_ORDER}", {"now": now, "wanted": wanted})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _partners() -> str:
    """The services of a role's partnership, ids with a space between."""
    joined = allowed.JOINED[connection.vendor]
    of_it = "FROM alongside_organisations_service x WHERE x.partnership_id = s.partnership_id"
    return f"(SELECT {joined}(x.id, ' ') {of_it}) AS partners"


def _held(rows: list[dict[str, Any]]) -> list[Held]:
    found: dict[str, Held] = {}
    for row in rows:
        if row["assignment"] is None:
            continue
        one = Held(
            id=row["assignment"],
            role=row["role"],
            practitioner=row["practitioner"],
            name=row["name"],
            service=row["service"],
            service_name=row["service_name"],
            kind=row["kind"],
            jurisdiction=row["jurisdiction"],
            team=row["team"] or "",
            under=row["under"] or "",
            partners=tuple(sorted((row["partners"] or "").split())),
            looking=tuple(sorted((row["looking"] or "").split())),
        )
        found.setdefault(one.id, one).covers += (row["absent"],) if row["absent"] else ()
    return list(found.values())
