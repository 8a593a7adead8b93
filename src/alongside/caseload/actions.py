"""Messages to people, a round at a time: reminders before a contact are queued, then everything that is due leaves."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.caseload import letters, rules
from alongside.consent import queries as consents
from alongside.contacts import queries as contacts
from alongside.contacts.queries import Coming
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.measures import actions as measures
from alongside.measures import queries as measured
from alongside.measures.actions import Link
from alongside.measures.queries import Waiting
from alongside.measures.rules import asking
from alongside.organisations import queries as organisations
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.actions import Invitation
from alongside.people.rules import Reach
from alongside.post import actions as post
from alongside.post.actions import Round
from alongside.post.rules import Letter

ASK, REMINDER, OWN_SIGN_IN, CONFIRMED = "ask", "reminder", "own_sign_in", "confirmed"
PROXY_SIGN_IN = "proxy_sign_in"  # to somebody else than the person
MORE_ASKED, TAKEN_BACK = "more_asked", "taken_back"


def remind(*, by: Access) -> int:
    """Queue one reminder for each contact of the next day before which somebody may still answer; returns how many.

    Nobody is reminded within half a day of being asked, or in a way that they do not call safe.
    """
    asked = measured.waiting(access=by)
    coming = contacts.coming(until=clock.now() + rules.REMIND_AHEAD, access=by)
    due = [(asked[one.registration], one) for one in coming if one.registration in asked]
    return sum(_reminded(ask, contact, by) for ask, contact in due if rules.may_remind(ask.asked_at, clock.now()))


@transaction.atomic
def _reminded(ask: Waiting, contact: Coming, by: Access) -> bool:
    try:
        post.check_channel(registration=contact.registration, channel=ask.channel, by=by)
    except Invalid:
        return False
    said = {"kind": REMINDER, "channel": ask.channel, "about": ask.id, "beside": contact.entry}
    if not post.queue(anchor=ask.anchor, needs=ask.needs, **said, by=by):
        return False
    access.log(by=by, act="caseload.remind", subject=ask.id, about=[contact.registration])
    return True


def send_messages(*, by: Access) -> Round:
    """One round: reminders are queued, and what is due leaves; answers that were never sent are forgotten in time."""
    remind(by=by)
    measures.forget_drafts(by=by)

    def invite(about: str, _beside: str, reach: Reach) -> Letter | None:
        link = measures.link(asked=about, by=by)
        return letters.invitation(*_opening(link, reach, by)) if link else None

    def reminder(about: str, contact: str, reach: Reach) -> Letter | None:
        still = {one.entry: one for one in contacts.coming(until=clock.now() + timedelta(days=2), access=by)}
        link = measures.link(asked=about, by=by) if contact in still else None
        if link is None:
            return None
        at = still[contact].at.astimezone(_zone(link, by))
        return letters.reminder(*_opening(link, reach, by), at.date(), f"{at:%H:%M}")

    def own(about: str, _beside: str, reach: Reach) -> Letter | None:
        found = people.invitation(sign_in=about, by=by)
        return letters.own_sign_in(*_way_in(found, reach, by)) if found else None

    def proxy(about: str, _beside: str, reach: Reach) -> Letter | None:
        found = people.invitation(sign_in=about, by=by)
        return letters.proxy_sign_in(*_way_in(found, reach, by)) if found else None

    def confirmation(about: str, _beside: str, reach: Reach) -> Letter | None:
        return _confirmed(consents.agreed_with(about, access=by), reach, by)

    def taken_back(about: str, _beside: str, reach: Reach) -> Letter | None:
        return _confirmed(consents.taken_back_from(about, access=by), reach, by)

    def asked(about: str, _beside: str, reach: Reach) -> Letter | None:
        service = consents.asked_by(about, access=by)
        named = organisations.place(service, access=by).name if service and reach.may_name_us else ""
        return letters.more_asked(settings.ADDRESS + reverse("own"), named) if service else None

    def elsewhere(about: str) -> str:
        return persons.address_of(about, access=by)

    writers = {ASK: invite, REMINDER: reminder, CONFIRMED: confirmation, MORE_ASKED: asked}
    writers |= {TAKEN_BACK: taken_back, OWN_SIGN_IN: own, PROXY_SIGN_IN: proxy}
    return post.dispatch(writers=writers, elsewhere={PROXY_SIGN_IN: elsewhere}, by=by)


def _confirmed(service: str, reach: Reach, by: Access) -> Letter | None:
    """In the same words whether something was agreed, refused or taken back: the message says nothing of what."""
    named = organisations.place(service, access=by).name if service and reach.may_name_us else ""
    return letters.confirmation(named) if service else None


def _way_in(found: Invitation, reach: Reach, by: Access) -> tuple[str, date, str]:
    address = settings.ADDRESS + reverse("welcome", args=[found.token])
    place = organisations.place(found.service, access=by)
    return address, asking.last_day(found.expires_at, ZoneInfo(place.zone)), place.name if reach.may_name_us else ""


def _opening(link: Link, reach: Reach, by: Access) -> tuple[str, date, str]:
    """Where the link leads, the last day on which it surely works, and the service where it may be named."""
    address = settings.ADDRESS + reverse("answer", args=[link.token])
    service = organisations.place(link.service, access=by).name if reach.may_name_us else ""
    return address, asking.last_day(link.expires_at, _zone(link, by)), service


def _zone(link: Link, by: Access) -> ZoneInfo:
    """The time by which the service lives, and most likely the person too."""
    return ZoneInfo(organisations.place(link.service, access=by).zone)
