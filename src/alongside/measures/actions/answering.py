"""The person's own side of an ask: opening it, answering one question after another, sending it."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import F

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.kernel import clock, links
from alongside.kernel.errors import Duplicate, NotThere, Stale
from alongside.kernel.language import later
from alongside.measures import rules
from alongside.measures.actions.asking import stands
from alongside.measures.actions.writing import Setting, write
from alongside.measures.models import Ask, AskLink, Draft
from alongside.measures.rules import Context, Mode, asking
from alongside.measures.rules.asking import Standing
from alongside.people import queries as people
from alongside.post import actions as post

SENT = later("Your answers were already sent. They were not sent again.")
CLOSED = later("This link has ended. Nothing was saved. Please ring the service that sent it.")


@transaction.atomic
def open_link(*, token: str, born: date, by: Access) -> str:
    """The ask that a link and a date of birth open; empty where they do not, whatever the reason. One whose answers
    were sent opens too, until its week is over: to be told so, for nothing else can be done with it.

    Wrong dates are counted before they are compared, so that two at one moment are two; after a few the ask is locked.
    """
    found = AskLink.objects.select_related("ask").filter(digest=links.digest(token)).first()
    if found is None or found.ask.superseded_by or not _may_be_opened(found.ask):
        return ""
    row = found.ask
    if not Ask.objects.filter(pk=row.pk, tries__lt=asking.TRIES).update(tries=F("tries") + 1):
        return ""
    right = people.was_born_on(row.registration_id, born, access=by)
    if right:
        Ask.objects.filter(pk=row.pk).update(tries=0)
    act = "measures.link_opened" if right else "measures.link_refused"
    access.log(by=replace(by, service=row.service), act=act, subject=row.pk, about=[row.registration_id])
    return row.pk if right else ""


def _may_be_opened(row: Ask) -> bool:
    """Open, or sent and otherwise still open: a used link gives no more tries at a date of birth than any other."""
    kept = Standing.OPEN if row.state == Standing.ANSWERED else row.state
    return asking.standing(kept, row.tries, row.expires_at, clock.now()) is Standing.OPEN


@transaction.atomic
def answer(*, asked: str, place: int, written: str, by: Access) -> str:
    """Keep one answer until everything is sent; returns it as it is kept.

    Raises `Invalid("answer", …)` for one that cannot be given, `Stale` where the link has ended meanwhile.
    """
    row = _mine(asked, by)
    kept = asking.check_answer(row.instruments, _drafts(row), place, written)
    Draft.objects.filter(ask=row, place=place).delete()
    Draft.objects.create(ask=row, place=place, answer=kept)
    return kept


@transaction.atomic
def send(*, asked: str, by: Access, as_it_is: bool = False) -> list[str]:
    """Everything that was answered becomes responses, once; returns their ids. The links open nothing after that.

    An answer about self-harm goes to whoever is on duty, as `safety` has it: so that nobody has to answer all the rest
    before it does, `as_it_is` sends what there is (`rules.asking.handed_in`).

    Raises `Invalid("answer", …)` while a question has no answer, `Duplicate` where it was sent before, `Stale` where
    the link has ended.
    """
    row = _mine(asked, by)
    handed = asking.handed_in(row.instruments, _drafts(row), as_it_is=as_it_is)
    person = replace(by, service=row.service)
    language = "" if row.language.partition("-")[0] == "en" else row.language
    setting = Setting(
        row.registration,
        clock.now(),
        row.episode,
        entered_by="person",
        context=Context(language, mode=Mode.REMOTE),
    )
    made: list[str] = []
    for given in handed:
        once = replace(setting, submission=f"{row.pk}:{given.instrument}")
        made += write(handed=rules.check_all([given], ()), setting=once, by=person)
    Ask.objects.filter(pk=row.pk).update(state=Standing.ANSWERED, closed_at=clock.now())
    Draft.objects.filter(ask=row).delete()
    post.drop(about=row.pk, by=person)
    access.log(by=person, act="measures.answered", subject=row.pk, about=[row.registration_id])
    return made


def _mine(asked: str, by: Access) -> Ask:
    """The ask that this link opened, locked. One link speaks for one ask and for nothing else."""
    if by != Access.link(asked):
        raise NotThere()
    row = Ask.objects.select_for_update().filter(pk=asked, superseded_by="").first()
    if row is None:
        raise NotThere()
    if row.state == Standing.ANSWERED:
        raise Duplicate(SENT, row.pk)
    if stands(row) is not Standing.OPEN:
        raise Stale(CLOSED)
    return row


def _drafts(row: Ask) -> dict[int, str]:
    return dict(Draft.objects.filter(ask=row).values_list("place", "answer"))
