"""Who owes a conversation about an answer on self-harm, and by when: as the task has it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.tasks import queries as tasks
from alongside.tasks.queries import Owed
from alongside.web import naming, times


def owed(registration: str, access: Access) -> str:
    """What to say once an answer was saved that nobody has talked about yet; whose task it is stands in the task."""
    said = [
        _(
            "They answered that they have had thoughts of being better off dead or of hurting themselves. "
            "If they may be in danger now, do not wait for the task."
        )
    ]
    waiting = [one for one in tasks.about([registration], access=access) if one.kind == "risk_prompt"]
    known = naming.names([one.holder for one in waiting], access=access)
    return " ".join([*said, *dict.fromkeys(_task(one, known, access) for one in waiting)])


def _task(one: Owed, known: Mapping[str, str], access: Access) -> str:
    due = times.ago(one.due_at).striptags()
    if one.holder == access.actor:
        return _("Talking with them about it is now a task of yours, due %(due)s.") % {"due": due}
    who = naming.who(one.holder, known, access)
    return _("Talking with them about it is a task already, held by %(who)s, due %(due)s.") % {"who": who, "due": due}
