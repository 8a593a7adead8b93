"""Answers as a form hands them in: what they are worth, or one refusal beside each question."""

from collections.abc import Mapping
from decimal import Decimal

from alongside.definitions.instruments import UK, Instrument
from alongside.kernel.errors import Invalid, Several
from alongside.measures.rules.answers import Answers, Fault, advice
from alongside.measures.rules.scoring import score
from alongside.measures.rules.worth import Refused, Scored


def check_answers(
    instrument: Instrument, answers: Answers, jurisdiction: str = UK, *, unfinished: bool = False
) -> Scored:
    """The score, or `Several` with one `Invalid` an item, for a form to show beside each question.

    Where the person did not want to go on (`unfinished`), gaps alone are no refusal: what was answered stands without a
    value, with the flags that it raises. Nothing is made up for the rest.
    """
    result = score(instrument, answers, jurisdiction)
    if isinstance(result, Refused):
        if unfinished and _begun(answers) and all(one.fault is Fault.NOT_ANSWERED for one in result.problems):
            return Scored(None, None, result.flags, gaps=tuple(one.field for one in result.problems))
        raise Several([Invalid(problem.field, advice(problem, instrument)) for problem in result.problems])
    return result


def _begun(answers: Answers) -> bool:
    """Whether there is any answer at all."""
    values = answers.values() if isinstance(answers, Mapping) else answers
    return any(one is not None and str(one).strip() for one in values)


def is_unfinished(instrument: Instrument, value: Decimal | None) -> bool:
    """Whether a response has no total though its instrument has one: the person did not want to go on."""
    return value is None and instrument.range is not None
