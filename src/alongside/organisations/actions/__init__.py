"""Setting up a partnership, and joiners, movers and leavers."""

from alongside.organisations.actions.places import (
    add_service,
    add_team,
    open_partnership,
    set_hours,
    set_intermediary,
    set_part2,
)
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
    "end_role",
    "join",
    "leave",
    "open_partnership",
    "own_sign_in",
    "put_on_duty",
    "set_hours",
    "set_intermediary",
    "set_part2",
]
