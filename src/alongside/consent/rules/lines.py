"""The lines that a choice comes to."""

from dataclasses import replace
from datetime import datetime

from alongside.access.rules import Effect, Line
from alongside.consent.rules.choices import Choice, Exception_
from alongside.consent.rules.sooner import ending
from alongside.definitions import policy
from alongside.kernel.periods import Period

CARE = "direct_care"


def lines(consent: str, choice: Choice, now: datetime) -> list[Line]:
    """The choice as access compiles it, from now on: one line, one for each instant at which some of it ends sooner,
    and one for each exception to it.

    An empty choice is none. It reaches back over what is in the record already, unless it says since when.
    """
    if not choice.categories:
        return []
    base = Line(
        because=consent,
        effect=choice.effect,
        recipient=choice.recipient,
        categories=choice.categories,
        purposes=_purposes(choice),
        when=Period(now, choice.expires),
        data=choice.data,
        hard=choice.refuses and choice.hard,
        onward=choice.onward and not choice.refuses,
    )
    return [*_in_time(choice, base), *(_except(one, base) for one in choice.exceptions)]


def _in_time(choice: Choice, base: Line) -> list[Line]:
    """A record of several kinds needs a line that opens them all: each opens whatever stands until it ends."""
    ends = sorted({one.until for one in choice.sooner} | {choice.expires})
    opened = ((until, choice.categories & ~ending(choice, until)) for until in ends)
    return [replace(base, categories=left, when=Period(base.when.start, until)) for until, left in opened if left]


def _except(one: Exception_, base: Line) -> Line:
    """The other way round than its choice; of a refusal, what the refusal leaves open."""
    opened = base.effect is Effect.DENY
    return Line(
        because=base.because,
        effect=Effect.PERMIT if opened else Effect.DENY,
        recipient=one.recipient or base.recipient,
        categories=one.categories,
        purposes=base.purposes,
        when=base.when,
        data=one.data,
        exception=opened,
    )


def _purposes(choice: Choice) -> int:
    """Whom somebody does not want to look after them is not to look for anything else either."""
    if choice.refuses and choice.purpose == CARE:
        return sum(one.mask for one in policy.purposes().values())
    return policy.purposes_mask(choice.purpose)
