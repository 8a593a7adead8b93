"""What a person said before of a service, and no referral asks about: whom it leaves out, and what ends sooner."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import queries, rules
from alongside.consent.queries import Agreed
from alongside.consent.rules import Choice, Exception_, Given, Status
from alongside.kernel.periods import Period
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place
from alongside.web import naming
from alongside.web.consents import present, shared
from alongside.web.consents.saying import terms
from alongside.web.subject import Subject


def stays(about: Subject, there: Sequence[Place], access: Access) -> list[str]:
    """A sentence each, of the services that a referral may go to; of what is over, only who was left out by name."""
    last = shared.over(queries.history(about.mine, access=access))
    found = [(place.name, last[handle]) for place in there if (handle := Handle.service(place.id)) in last]
    names = naming.names(present.everybody(one for _place, one in found), access=access)
    part2 = organisations.place(access.service, access=access).part2
    return [f"{place}: {said}" for place, one in found for said in _of(one, names, part2)]


def _of(one: Agreed, names: Mapping[str, str], part2: bool) -> Iterator[str]:
    stands = one.status is Status.ACTIVE
    whole = [each for each in one.said.exceptions if _is_whole(each, one)]
    for each in whole:
        who = names.get(each.recipient.partition(":")[2], "") or _("somebody named")
        yield _("%(who)s sees none of it.") % {"who": who}
    some = tuple(each for each in one.said.exceptions if each not in whole and (stands or each.recipient))
    held = Choice(one.recipient, one.categories, Given.WRITTEN, exceptions=some)
    yield from terms(_as_limited(held, one.said, part2) if stands else held, names)


def _as_limited(held: Choice, said: Choice, part2: bool) -> Choice:
    """With what the new choice takes from the one that stands (`consent.rules.as_limited`)."""
    return replace(rules.as_limited(held, said, asked_when_it_ends=part2), sooner=said.sooner)


def _is_whole(one: Exception_, agreed: Agreed) -> bool:
    return bool(one.recipient) and one.categories == agreed.categories and one.data == Period()
