"""Which scores stand beside an answer about self-harm: what a total does not say."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Listing, Statement
from alongside.measures.rules import HARM

_FLAGGED = Statement(
    """
    SELECT m.registration_id, m.needs, m.response_id AS response, CAST(m.flags AS text) AS flags
    FROM alongside_measures_score m
    WHERE m.registration_id IN (%(registrations)s) AND m.flags <> '[]' AND {visible:m}
    """,
    registration_id=str,
    needs=int,
    response=str,
    flags=str,
)


def told_of_harm(registrations: Sequence[str], *, access: Access) -> Listing[set[str]]:
    """The responses in which a question about self-harm was answered with more than “not at all”, on paper too; to be
    read beside other rooms' lists. Never how much more: no level is made of it."""
    return allowed.listing(access, _FLAGGED, _responses, registrations=registrations)


def _responses(rows: Iterable[Any]) -> set[str]:
    return {row.response for row in rows if HARM in json.loads(row.flags)}
