"""Lines of an account of disclosures in words: for the page and for the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.context import Access
from alongside.access.rules import NeedKind, Reason
from alongside.consent.queries import Agreed
from alongside.definitions import policy
from alongside.definitions.bases import every
from alongside.people.queries import Behalf
from alongside.safety.queries import Look
from alongside.safety.rules import Verdict
from alongside.sharing.queries import Accounted
from alongside.web import times
from alongside.web.caseload.export import plain_cell
from alongside.web.consents.present import kinds
from alongside.web.emergencies.forms import VERDICTS
from alongside.web.ways import way

NEGATIVE = gettext_lazy("This is before the first day")
QUALIFIED = "qso_"  # how the id of an agreement with whoever works for a service from outside begins
FILES = {"caseload.views.export", "consents.looked.export"}  # pages that are taken away as a file
ACTS = {
    "shown": gettext_lazy("Looked"),
    "safety.disclose": gettext_lazy("Told without consent"),
    "safety.received": gettext_lazy("Told to us without consent"),
    "post.sent": gettext_lazy("A message was sent to them"),
    "referral.send": gettext_lazy("A referral was sent"),
    "refused": gettext_lazy("Asked for it and was refused"),
}
NEEDS = {
    NeedKind.REGISTERED: gettext_lazy("their team takes what comes in, or they look after the whole record"),
    NeedKind.REFERRAL: gettext_lazy("their team decided about the referral"),
    NeedKind.CARE_TEAM: gettext_lazy("they treat the person"),
    NeedKind.CONSULTATION: gettext_lazy("they asked, or were asked, about the person"),
    NeedKind.COVER: gettext_lazy("they covered for somebody who treats the person"),
    NeedKind.SUPERVISION: gettext_lazy("they supervise somebody who treats the person"),
    NeedKind.EVALUATION: gettext_lazy("they evaluate the service"),
    NeedKind.SELF: gettext_lazy("it is their own record"),
}
REASONS = {
    Reason.EMERGENCY: gettext_lazy("an emergency was declared"),
    Reason.OWN_RECORD: gettext_lazy("it is their own record"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, who in which role of which service, what they did, of which kinds, what for, and why it was
    open; `policy` is the edition of the policy that decided."""

    at: datetime
    what: str
    who: str
    role: str
    service: str
    kinds: list[str]
    purpose: str
    why: str
    policy: str
    href: str
    withheld: bool
    own: bool = False  # the person themselves, in their own sign-in


def line(one: Accounted, agreed: Mapping[str, Agreed], known: Mapping[str, str], access: Access) -> Line:
    entry = one.line
    role, purpose = policy.roles().get(entry.role), policy.purposes().get(entry.purpose)
    told = entry.act == "safety.disclose"
    shown = entry.kinds | int(entry.detail.get("kinds", 0))  # of a referral the entry says them by itself
    return Line(
        at=entry.at,
        what=_what(one, known),
        who=known.get(entry.actor, "") or (_("the system") if entry.role == "system" else ""),
        role=_(role.words) if role else "",
        service=known.get(entry.service, ""),
        kinds=kinds(shown & policy.open_to_self()),  # that something is withheld is not for the person to read
        purpose=_(purpose.words) if purpose else "",
        why=_basis(str(entry.detail.get("basis", "")))
        or _why(one, agreed, [known[id_] for id_ in _outside(one) if id_ in known]),
        policy=entry.policy,
        href=way("disclosure", entry.subject, access=access) if told else "",
        withheld=one.withheld,
        own=entry.role == "person",
    )


def on_behalf(found: Iterable[Behalf], access: Access) -> dict[str, str]:
    """What to call those who look on a person's behalf, by id, for the person and for their service."""
    said = _("somebody who looks on your behalf (%(name)s)")
    if not access.own_registration:
        said = _("somebody who looks on their behalf (%(name)s)")
    return {one.id: said % {"name": one.name} for one in found}


def _what(one: Accounted, known: Mapping[str, str]) -> str:
    entry = one.line
    if entry.act == "shown" and entry.subject in FILES:
        return _("Took it away in a file")
    if entry.act == "safety.disclose":
        to = str(entry.detail.get("to", ""))
        outside = known.get(entry.subject, "") or _("somebody outside")
        said = _("Told %(who)s without consent") % {"who": known.get(to, outside)}
        by = str(entry.detail.get("decided_by", entry.actor))
        return (
            said
            if by == entry.actor
            else _("%(said)s; %(by)s decided") % {"said": said, "by": known.get(by) or _("somebody")}
        )
    if entry.act == "referral.send" and (to := known.get(str(entry.detail.get("to", "")), "")):
        return _("A referral was sent to %(who)s") % {"who": to}
    return str(ACTS.get(entry.act, entry.act))


def _basis(key: str) -> str:
    return next((_(one.words) for one in every() if one.key == key), "")


def _outside(one: Accounted) -> list[str]:
    """The agreements by which somebody from outside was shown it."""
    return [why for why in one.line.because if why.startswith(QUALIFIED)]


def _why(one: Accounted, agreed: Mapping[str, Agreed], outside: Iterable[str]) -> str:
    consents = [agreed[key] for key in one.why.consents if key in agreed]
    said = [_("they agreed on %(day)s") % {"day": times.day(each.signed_at).striptags()} for each in consents]
    passed_on = sorted({each.said.through for each in consents if each.said.through})
    said += [_("it reached them through %(who)s") % {"who": who} for who in passed_on]
    if one.line.role == "proxy" and one.why.reasons:
        said.append(_("they were let look on the person's behalf"))
    said += [str(NEEDS[need]) for need in one.why.needs[:1]]
    if Reason.OWN_SERVICE in one.why.reasons and not one.why.needs:
        said.append(_("for their work in the service (%(role)s)") % {"role": _(policy.roles()[one.line.role].words)})
    said += [_("for %(who)s, a qualified service organisation") % {"who": who} for who in outside]
    said += [str(REASONS[reason]) for reason in one.why.reasons if reason in REASONS and not one.look]
    said += [_emergency(one.look)] if one.look else []
    return "; ".join(dict.fromkeys(said))


def _emergency(look: Look) -> str:
    """That it was one, why in the reader's words, and what the review found: its own words are the service's."""
    found = _(VERDICTS[Verdict(look.reviews[-1].verdict)]) if look.reviews else _("not reviewed yet")
    said = {"why": look.why.reason, "found": found}
    return _("they looked in an emergency: “%(why)s” (%(found)s)") % said


def to_name(one: Accounted) -> set[str]:
    said = {str(one.line.detail.get(name, "")) for name in ("to", "decided_by")}
    return ({one.line.actor, one.line.service, *_outside(one)} | said) - {"outside", ""}


def columns() -> list[str]:
    return [
        _("When"),
        _("What"),
        _("Who"),
        _("Role"),
        _("Service"),
        _("Kinds of information"),
        _("What for"),
        _("Why it was open"),
        _("Edition of the policy"),
    ]


def values(one: Line) -> list[str]:
    when = f"{timezone.localtime(one.at):%Y-%m-%d %H:%M:%S}"
    cells = [when, one.what, one.who, one.role, one.service, "; ".join(one.kinds), one.purpose, one.why, one.policy]
    return [plain_cell(cell) for cell in cells]
