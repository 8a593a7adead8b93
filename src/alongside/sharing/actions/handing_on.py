"""What is owed about how a record is kept, and not about care: whose it is when the person closes it to whoever had
it."""

from collections.abc import Collection

from alongside.access.context import Access
from alongside.consent import queries as consents
from alongside.organisations import queries as organisations
from alongside.safety.rules import REVIEW
from alongside.sharing.ending import DECIDING
from alongside.tasks import actions as tasks
from alongside.tasks import queries as owed
from alongside.tasks.queries import Aside
from alongside.tasks.rules import Holder

# By kind of task, what whoever has it may do. None of it is care, so nobody has to be found who treats the person.
MAY = {REVIEW: ("oversee",), DECIDING: ("oversee", "lead")}


def hand_on(practitioner: str, registration: str, by: Access) -> None:
    """What somebody owes of it about one registration is another's who may do it, and who did not begin it: nobody
    reviews their own look, and nobody has what is closed to them. The team's that takes what comes in where there is
    nobody else."""
    live = consents.in_force(registration, access=by)
    closed_to = {one.recipient.removeprefix("practitioner:") for one in live if one.refuses}
    for one in owed.aside(practitioner, registration, kinds=MAY, access=by):
        holder = _another({practitioner, one.author, *closed_to}, one, by)
        tasks.hand_over(room=one.room, about=one.about, holder=holder, by=by)


def _another(but_not: Collection[str], one: Aside, by: Access) -> Holder:
    for act in MAY[one.kind]:
        for colleague in organisations.colleagues(by.service, access=by, act=act):
            if colleague.id not in but_not:
                return Holder(practitioner=colleague.id)
    return Holder(team=organisations.intake_team(by.service, access=by))
