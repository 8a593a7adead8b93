"""Faults under which a figure would be good and mean nothing, or would be bad: each must be noticed in the same run."""

from collections.abc import Iterator, Sequence
from unittest.mock import patch

from alongside.access import predicate
from alongside.access.actions import compiled
from alongside.access.rules import Decision
from alongside.access.rules.deciding import Reason
from alongside.access.statements import Statement
from alongside.audit import actions as audit
from benchmarks import consents, entries, lists, shapes
from benchmarks.measuring import spent
from benchmarks.readers import Reader

FEW = 5  # people asked about where the fault makes each of them dear
THOUSAND_MS = 8  # that access may add to 1,000 rows
_OWN_INDEX = "g.registration_id = "
_NO_INDEX = "g.registration_id || '' = "
SOMEBODY = "1 %"  # the reader who may see some and not others


def planted(known: dict[str, Reader], ids: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each fault, and whether it was caught."""
    yield "access asks nobody", _nobody_is_asked(known[SOMEBODY], ids)
    yield "access loses its index", _index_is_lost(known[SOMEBODY], ids)
    yield "a list counts everything in the service", _everything_is_counted(known, ids)
    yield "a recompute leaves the grants as they were", _nothing_is_recompiled()
    yield "decide refuses everybody", _everybody_is_refused(known["100 %"], ids)
    yield "a page leaves without its entry", _nothing_is_entered(known["100 %"], ids)


def _nobody_is_asked(reader: Reader, ids: Sequence[str]) -> bool:
    """The cheapest predicate is none; what the page shows says so."""
    shape = shapes.ABOUT[1]
    open_to_all = shapes.Shape("fault", shapes.without_access(shape.statement), shape.given)
    return shapes.cost("", open_to_all, reader, ids, turns=2).wrong > 0


def _index_is_lost(reader: Reader, ids: Sequence[str]) -> bool:
    """Each row looks through everybody's grants."""
    honest = predicate.sql
    with patch.object(predicate, "sql", lambda *names: honest(*names).replace(_OWN_INDEX, _NO_INDEX)):
        slow = Statement(shapes.PEOPLE.asked, id=str, registration_id=str, needs=int)
    begun = spent()
    slow.rows(reader.access, {"registrations": ids[:FEW]})
    return 1000 * (spent() - begun) / FEW > THOUSAND_MS


def _everything_is_counted(known: dict[str, Reader], ids: Sequence[str]) -> bool:
    reader = known["100 %"]
    counting = Statement(
        "SELECT COUNT(*) AS needs FROM alongside_people_registration x WHERE x.service = %(service)s AND {visible:x}",
        needs=int,
    )
    with lists.reading() as read:
        counting.rows(reader.access, {})
    bar = min(shapes.START, len(ids) // 50)  # in a world that is itself smaller than the bar, less
    return read[-1][0] / lists.unit(reader) > bar


def _nothing_is_recompiled() -> bool:
    with patch.object(compiled, "recompile", lambda **given: None):
        return consents.recomputed(many=2).wrong > 0


def _everybody_is_refused(reader: Reader, ids: Sequence[str]) -> bool:
    refused = Decision(permitted=False, reason=Reason.NO_PERMIT)
    with patch.object(consents, "decide", lambda facts, question: refused):
        return consents.decided(reader, ids, many=20).differing > 0


def _nothing_is_entered(reader: Reader, ids: Sequence[str]) -> bool:
    with patch.object(audit, "append", lambda **given: None):
        return entries.written(reader, ids, pages=3).missing > 0
