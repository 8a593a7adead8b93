"""Setting up a partnership; joiners, movers and leavers; and who works for a service from outside."""

from alongside.organisations.actions.places import (
    add_service,
    add_team,
    open_partnership,
    set_hours,
    set_intermediary,
    set_part2,
)
from alongside.organisations.actions.qualified import end_qualified, record_qualified
from alongside.organisations.actions.staff import (
    assign_role,
    cover,
    end_own_sign_in,
    end_role,
    join,
    leave,
    own_sign_in,
    put_on_duty,
)

__all__ = [
    "add_service",
    "add_team",
    "assign_role",
    "cover",
    "end_own_sign_in",
    "end_qualified",
    "end_role",
    "join",
    "leave",
    "open_partnership",
    "own_sign_in",
    "put_on_duty",
    "record_qualified",
    "set_hours",
    "set_intermediary",
    "set_part2",
]
