"""A whole choice in words: what is read back and signed, and what the sharing pages show of it. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.consent.rules import Choice, Ends, Exception_, Signer, Told
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.periods import BEGINNING, FOR_EVER, Period
from alongside.web import times

MOST_BUT = 4  # kinds that are left out by name, rather than the others listed: ours
SIGNED_FOR = {
    Signer.PARENT: gettext_lazy("Agreed by somebody with parental responsibility: %(who)s."),
    Signer.BOTH: gettext_lazy("Agreed together with a parent: %(who)s."),
    Signer.REPRESENTATIVE: gettext_lazy("Agreed by somebody whom the law entitles: %(who)s."),
}


CARE, EVALUATION = "direct_care", "evaluation"


@dataclass(frozen=True, slots=True)
class Through:
    """What is open to a service as one of some classes (by key), and by no choice that names it."""

    classes: tuple[str, ...] = ()
    more: Mask = 0
    unlimited: Mask = 0  # what the choice that names it opens for some time, or of some time, alone


def limited(said: Choice) -> Mask:
    """The kinds of a choice that it opens for some time, or of some time, alone."""
    if said.expires != FOR_EVER or said.ends is Ends.END_OF_TREATMENT or said.data != Period():
        return said.categories
    found = 0
    for one in said.sooner:
        found |= one.categories
    return found


@dataclass(frozen=True, slots=True)
class Read:
    """What is read back: with whom, and what is chosen for care and for the evaluation. `closes` is the purpose (care:
    all of them) for which a class opens something to a service to which nothing is left for it, `uncounted` where the
    evaluation counted the person until now or was asked to, `part2` where 42 CFR Part 2 says what the person has to
    have been told. `names` are of those whom an exception is about."""

    service: str
    care: Choice
    counted: Choice
    closes: str = ""
    uncounted: bool = False
    part2: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    keeps_out: Sequence[Choice] = ()  # refusals to those who were left out of what is no longer agreed
    through: Mapping[str, Through] = field(default_factory=dict)  # by purpose
    besides: Sequence[str] = ()  # what else stays open to them, or to some of them by name, a sentence each


def sentence(read: Read) -> str:
    """What is read back to the person, and what they say yes to. Everything that is saved is in it, but how they say
    so, who hears it, and their own name: those are its signature."""
    parts = [*_care(read), *_evaluation(read), _("I can change this on any day.")]
    parts += [_("Saying no does not affect my care."), *_has_been_told(read)]
    return f"“{' '.join(parts)}”"


def mark(registration: str, recipient: str, said: str) -> str:
    """By which a form that was previewed knows the sentence that was read, and of which record."""
    return hashlib.sha256(f"{registration} {recipient} {said}".encode()).hexdigest()


def elements(said: Choice, names: Mapping[str, str]) -> list[str]:
    """Everything that a choice says besides with whom, which kinds, how it was said and who heard it."""
    return [*terms(said, names), *_signature(said)]


def terms(said: Choice, names: Mapping[str, str]) -> list[str]:
    """As `elements`, without what is only known when it is signed."""
    return [*_times(said), *_left_out(said, names), *_passed_on(said), *_for_whom(said)]


def _care(read: Read) -> Iterator[str]:
    if read.care.categories:
        told = {"service": read.service, "kinds": _kinds(read.care.categories)}
        yield _("%(service)s may see, to care for me: %(kinds)s.") % told
    elif read.counted.categories:
        yield _("To care for me, %(service)s may see nothing of my record here.") % {"service": read.service}
    else:
        yield _("%(service)s may see nothing of my record here.") % {"service": read.service}
    if read.closes == CARE:
        yield _("It is closed to them by name, until I take that back.")
    yield from terms(read.care, read.names)
    for one in read.keeps_out:
        who = read.names.get(one.recipient.partition(":")[2], "") or _("somebody named")
        yield _("To %(who)s this stays closed by name: %(kinds)s.") % {"who": who, "kinds": _kinds(one.categories)}
    yield from _through(read, CARE, _("By what is agreed for “%(whom)s” they may also see: %(kinds)s."))
    yield from read.besides


def _through(read: Read, purpose: str, words: str) -> Iterator[str]:
    found = read.through.get(purpose, Through())
    if found.more:
        yield words % {"whom": "; ".join(class_words(found.classes)), "kinds": _kinds(found.more)}
    if found.unlimited:
        stays = _("By what is agreed for “%(whom)s” this stays open whatever limits it here: %(kinds)s.")
        yield stays % {"whom": "; ".join(class_words(found.classes)), "kinds": _kinds(found.unlimited)}


def class_words(keys: Iterable[str]) -> list[str]:
    return [_(policy.classes()[key].words) for key in keys]


def _evaluation(read: Read) -> Iterator[str]:
    if not read.counted.categories:
        yield from _not_counted(read)
        return
    yield _("They may also count me in the evaluation of the pathway, by: %(kinds)s. No name leaves the record.") % {
        "kinds": _counted_kinds(read)
    }
    said = terms(read.counted, read.names)
    if said != terms(read.care, read.names):
        yield " ".join([_("For the evaluation this holds:"), *(said or [_("no limit of time.")])])
    yield from _through(read, EVALUATION, _("By what is agreed for “%(whom)s” they may also count: %(kinds)s."))


def _not_counted(read: Read) -> Iterator[str]:
    if read.closes == EVALUATION:
        yield _("For the evaluation of the pathway it is closed to them by name, until I take that back.")
    elif read.uncounted and read.closes:
        yield _("What is closed to them is closed for the evaluation of the pathway, too.")
    elif read.uncounted:
        yield _("They may no longer count me in the evaluation of the pathway.")


def _counted_kinds(read: Read) -> str:
    """A list that was read a moment ago is not read twice."""
    care, counted = read.care.categories, read.counted.categories
    if counted & ~care or (care & ~counted).bit_count() > MOST_BUT:
        return _kinds(counted)
    if care == counted:
        return _("the same")
    return _("the same, but not: %(kinds)s") % {"kinds": _kinds(care & ~counted)}


def _has_been_told(read: Read) -> Iterator[str]:
    """What the rules ask for before it is saved (42 CFR 2.31(a)), which whoever writes it down ticks; elsewhere what a
    choice before said, which is kept."""
    onward, told = read.care.onward or read.counted.onward, read.care.told
    if read.part2:
        shares = bool(read.care.categories or read.counted.categories)
        told = Told(shares, shares and onward, shares and onward)
    if told.take_back:
        yield _("I was told how I can take this back in writing.")
    if told.passed_on:
        yield _("I was told that it may be passed on, and never used in proceedings against me.")
    if told.refusing:
        yield _("I was told what follows from saying no.")


def _kinds(mask: Mask) -> str:
    return "; ".join(_(kind) for kind in policy.category_words(mask))


def _times(said: Choice) -> Iterator[str]:
    yield from _about(said.data)
    if said.expires != FOR_EVER:
        yield _("It holds until %(day)s.") % {"day": _last_day(said.expires)}
    for one in said.sooner:
        yield _("Only until %(day)s: %(kinds)s.") % {"day": _last_day(one.until), "kinds": _kinds(one.categories)}
    if said.ends is Ends.END_OF_TREATMENT:
        yield _("It holds until treatment ends.")
    if said.ends is Ends.NEVER:
        yield _("It has no end unless it is taken back.")


def _about(data: Period) -> Iterator[str]:
    if data.start != BEGINNING:
        yield _("Only what is about %(day)s or later.") % {"day": _day(data.start)}
    if data.end != FOR_EVER:
        yield _("Only what is about %(day)s or earlier.") % {"day": _last_day(data.end)}


def _day(at: datetime) -> str:
    return str(times.day(at).striptags())


def _last_day(end: datetime) -> str:
    return _day(end - timedelta(seconds=1))


def _left_out(said: Choice, names: Mapping[str, str]) -> Iterator[str]:
    for one in said.exceptions:
        told = {"who": _whom(one, names), "kinds": _kinds(one.categories), "when": " ".join(_about(one.data))}
        if said.refuses:
            yield (_("For %(who)s this is not closed: %(kinds)s. %(when)s") % told).strip()
        else:
            yield (_("For %(who)s this is left out of it: %(kinds)s. %(when)s") % told).strip()


def _whom(one: Exception_, names: Mapping[str, str]) -> str:
    if not one.recipient:
        return _("all of them")
    return names.get(one.recipient.partition(":")[2], "") or _("somebody named")


def _passed_on(said: Choice) -> Iterator[str]:
    if said.through and said.categories:
        yield _("It reaches them through %(who)s.") % {"who": said.through}
    if said.onward:
        yield _("Whoever receives it may pass it on for treatment, payment and operations, as HIPAA allows.")
    if said.required_by:
        told = {"who": said.required_by, "what": said.reported}
        yield _("%(who)s requires treatment, and will be told: %(what)s.") % told


def _for_whom(said: Choice) -> Iterator[str]:
    if said.signer in SIGNED_FOR:
        yield str(SIGNED_FOR[said.signer]) % {"who": said.signed_by or "…"}
    if said.authority:
        yield _("What entitles them: %(what)s.") % {"what": said.authority}
    if said.competent:
        yield _("Who found that the choice is understood, and when: %(who)s.") % {"who": said.competent}


def _signature(said: Choice) -> Iterator[str]:
    if said.signed_by and said.signer is Signer.PERSON:
        yield _("Signed with the name: %(who)s.") % {"who": said.signed_by}
    if said.told.take_back:
        yield _("Told before: how it can be taken back in writing.")
    if said.told.passed_on:
        yield _("Told before: that it may be passed on, and never used in proceedings.")
    if said.told.refusing:
        yield _("Told before: what follows from saying no.")


def closing(who: str, kinds: Sequence[str], *, hard: bool, instead: str = "") -> str:
    """What is read once more before a record is closed to somebody; no kinds are all of it. `instead` is who treats the
    person from then on."""
    said = {"who": who, "kinds": "; ".join(kinds) or _("all of it")}
    parts = [_("Closed to: %(who)s. What is closed: %(kinds)s.") % said]
    parts.append(_("They may not look even in an emergency.") if hard else _("Only in an emergency may they look."))
    if instead:
        parts.append(_("From now on %(who)s treats me instead.") % {"who": instead})
    return f"“{' '.join(parts)}”"
