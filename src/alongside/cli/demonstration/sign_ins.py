"""Who can sign in, as the start of the demonstration prints it. Needs no database."""

from alongside.cli.demonstration.planned import OWN, OWN_NAME, PASSWORD, SIGN_INS, planned
from alongside.definitions.policy import roles
from alongside.kernel.language import gettext as _


def rows() -> list[tuple[str, str, str, str]]:
    """(service, role in words, name, email) of every sign-in that has the password."""
    staff = [
        (service.name, roles()[role].words, post.name, post.email)
        for service, post in planned().posts()
        for role in post.roles
        if post.email in SIGN_INS
    ]
    return [*staff, (_("Their own record"), roles()["person"].words, OWN_NAME, OWN)]


def table(address: str) -> str:
    """The address, the sign-ins and their password."""
    listed = rows()
    wide = [max(len(row[column]) for row in listed) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip() for row in listed]
    return "\n".join(
        [
            "",
            _("Alongside is at {address}  (everybody in it is invented)").format(address=address),
            "",
            *lines,
            "",
            _("Password for each: {password}").format(password=PASSWORD),
            _("Or choose who to be, without a password: {address}account/personas/").format(address=address),
            _("Press Ctrl+C to stop."),
        ]
    )
