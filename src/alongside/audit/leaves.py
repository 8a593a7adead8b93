"""An entry as one line of canonical JSON: what its leaf hash is of, and what an export holds."""

from alongside.audit import rules
from alongside.audit.models import Entry


def line(entry: Entry) -> str:
    """The words of an entry."""
    return rules.canonical(
        {
            "form": rules.FORM,
            "at": entry.at.isoformat(),
            "actor": entry.actor,
            "role": entry.role,
            "service": entry.service,
            "purpose": entry.purpose,
            "act": entry.act,
            "subject": entry.subject,
            "detail": entry.detail,
            "mentions": entry.about,
        }
    )
