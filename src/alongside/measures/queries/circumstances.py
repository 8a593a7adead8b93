"""How somebody was when they answered, where it was not as usual: what a score is read with."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Listing, Statement
from alongside.measures.rules import Context, Helper, Noticed

# Two records of one response: whoever may see a mood score may not see what tells of drinking or using.
_ANSWERED = Statement(
    """
    SELECT r.registration_id, r.needs, r.id AS response, r.language, r.helper, CAST(NULL AS boolean) AS intoxicated,
           CAST(NULL AS boolean) AS in_withdrawal, CAST(NULL AS integer) AS weeks_since_use
    FROM alongside_measures_response r
    WHERE r.registration_id IN (%(registrations)s) AND (r.language <> '' OR r.helper <> '') AND {visible:r}
    UNION ALL
    SELECT c.registration_id, c.needs, c.response_id, '', '', c.intoxicated, c.in_withdrawal, c.weeks_since_use
    FROM alongside_measures_condition c
    WHERE c.registration_id IN (%(registrations)s) AND {visible:c}
    """,
    registration_id=str,
    needs=int,
    response=str,
    language=str,
    helper=str,
    intoxicated=bool,
    in_withdrawal=bool,
    weeks_since_use=int,
)


def circumstances(registrations: Sequence[str], *, access: Access) -> dict[str, Context]:
    """How they answered, by response, of those that were not answered as usual: in another language, with help, or
    under a drink or a drug, the last where the reader may know of use."""
    return _contexts(allowed.listed(access, _ANSWERED, registrations=registrations))


def answered(registrations: Sequence[str], *, access: Access) -> Listing[dict[str, Context]]:
    """As `circumstances`, to be read beside other rooms' lists."""
    return allowed.listing(access, _ANSWERED, _contexts, registrations=registrations)


def _contexts(rows: Iterable[Any]) -> dict[str, Context]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.response].append(row)
    return {response: _context(told) for response, told in found.items()}


def _context(told: Sequence[Any]) -> Context:
    return Context(
        language="".join(one.language for one in told),
        helper=Helper("".join(one.helper for one in told)),
        noticed=Noticed(
            _of(one.intoxicated for one in told),
            _of(one.in_withdrawal for one in told),
            _of(one.weeks_since_use for one in told),
        ),
    )


def _of(values: Iterable[Any]) -> Any:
    return next((one for one in values if one is not None), None)
