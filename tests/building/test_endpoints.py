"""Every address is in these tables, with whom it is for: no page is opened to somebody by forgetting to close it."""

from collections.abc import Iterator

import pytest
from django.urls import get_resolver, path, reverse
from django.urls.resolvers import URLPattern, URLResolver

CARE = ("direct_care",)
DESK = ("direct_care", "administration")
RECORD = ("direct_care", "administration", "legal")
CHOICES = ("direct_care", "legal")
OWN = ("own_access",)
LEGAL = ("legal",)
EVERYBODY = ("direct_care", "administration", "evaluation", "legal")
NOBODY_IN_PARTICULAR = None  # shows nothing about anybody in treatment

# Names of addresses by the purposes for which they may be opened, in the order in which a role's first one counts.
MATRIX: dict[tuple[str, ...] | None, str] = {
    EVERYBODY: "home",
    RECORD: "find-person person",
    DESK: """
        owed person-contacts contact contact-plan contact-move contact-cancel contact-follow-up
        referrals referrals-sent referral person-referrals
    """,
    CARE: """
        since-yesterday caseload caseload-csv correct-identity reviewed allocate treated-for
        risk-prompt message contact-record contact-record-planned contact-correct contact-wrong-person
        note-correct use-calendar calendar-kept measures-choose measures-enter
        person-measures measures-record measures-ask measures-take-back measures-due
        response-correct response-history use-correct measure-wrong-person
        referral-accept referral-decline referral-new referral-told referral-take-back
        consultations consultation consultation-accept consultation-ask-back consultation-answer consultation-hand-back
        consultation-clarify consultation-reply consultation-close consultation-withdraw
        consultation-ask person-consultations
        plan goal-new goal-end plan-agree action-new action-finish action-pass-on
        person-screening screening-record screening-suggested screening-next screening-cascade
        screening-correct screening-wrong-person
        person-events event-record event-correct event-wrong-person
        medicine-record medicine-correct medicine-wrong-person
        same-person sharing-agree sharing-close sharing-withdraw sharing-sign-in sharing-apart
        sharing-purposes sharing-purpose sharing-purpose-stop sharing-named sharing-but-not sharing-grid
        proxies proxy-invite proxy-end ask-more
        discharge handover-new handover
        disclosure-new disclosure-withhold disclosure-received received-withhold note-withhold note-of
        emergency emergency-open emergency-end
    """,
    OWN: """
        own own-looked own-sharing own-choose own-stop own-end own-less own-proxies own-proxy-end own-asked own-behalf
        own-glance own-close own-grid
    """,
    LEGAL: """
        emergency-looks emergency-look look-end look-withhold kept person-kept person-kept-lift
        erasures erasure-propose erasure-hold erasure-lift
    """,
    CHOICES: """
        person-sharing sharing-why sharing-looked sharing-looked-csv sharing-glance disclosure withheld
        person-erasure erasure-keep erasure-decide
    """,
    ("evaluation",): "evaluation evaluation-release",
    ("administration", "legal"): "qualified qualified-end",
    NOBODY_IN_PARTICULAR: """
        healthz accessibility design mailbox
        answer answer-check answer-help answer-leave answer-question answer-sent
        welcome welcome-password
        start start-leave start-sent start-check start-step
        your-account change-role personas account_login account_logout account_inactive account_reauthenticate
        account_change_password account_reset_password account_reset_password_done
        account_reset_password_from_key account_reset_password_from_key_done
        mfa_index mfa_authenticate mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp
        mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes
    """,
}
# Names of addresses by the acts they are there for: the reader's role may start one of them.
ACTS = {
    ("care",): """
        reviewed risk-prompt message contact-record contact-record-planned discharge handover-new handover
        use-calendar measures-choose measures-enter measures-record measures-ask measures-take-back measures-due
        goal-new goal-end plan-agree action-new action-finish action-pass-on
        screening-record screening-suggested screening-next screening-cascade
        event-record medicine-record treated-for
        disclosure-new disclosure-withhold disclosure-received received-withhold note-withhold
    """,
    ("care", "oversee"): "withheld",
    ("book", "care"): "contact-plan contact-move contact-cancel contact-follow-up",
    ("triage",): "allocate referral-accept referral-decline",
    ("correct",): """
        correct-identity same-person contact-correct contact-wrong-person note-correct
        response-correct use-correct measure-wrong-person screening-correct screening-wrong-person
        event-correct event-wrong-person medicine-correct medicine-wrong-person
    """,
    ("refer",): "referral-new referral-told referral-take-back",
    ("consult",): """
        consultation-ask consultation-accept consultation-ask-back consultation-answer consultation-hand-back
        consultation-clarify consultation-reply consultation-close consultation-withdraw
    """,
    ("consent",): """
        sharing-agree sharing-close sharing-withdraw sharing-sign-in sharing-apart own-choose own-stop own-end own-less
        own own-looked own-sharing own-proxies own-proxy-end own-asked proxies proxy-invite proxy-end
        ask-more sharing-purposes sharing-purpose sharing-purpose-stop sharing-named sharing-but-not sharing-grid
        own-glance own-close own-grid
    """,
    ("behalf",): "own-behalf",
    ("book", "oversee"): "qualified qualified-end",
    ("evaluate",): "evaluation-release",
    ("oversee",): """
        emergency-looks emergency-look look-end look-withhold kept person-kept person-kept-lift
        erasures erasure-propose erasure-hold erasure-lift
    """,
    ("oversee", "lead"): "person-erasure erasure-keep erasure-decide",
}
ONLY_SENT = ("evaluation-release", "emergency-end", "look-end")  # a form's own address: it shows no page of its own
FOR = {name: acts for acts, names in ACTS.items() for name in names.split()}
ALLOWED = {name: purposes for purposes, names in MATRIX.items() for name in names.split()}


def addresses(patterns) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns)
        else:
            yield one


def faults(patterns) -> list[str]:
    """Addresses that the table does not know, or that open for other purposes than it says."""
    found = []
    for one in addresses(patterns):
        purposes = getattr(one.callback, "purposes", None)
        if one.name not in ALLOWED:
            found.append(f"{one.pattern} ({one.name}) is not in the table")
        elif ALLOWED[one.name] != purposes:
            found.append(f"{one.name} opens for {purposes}, and the table says {ALLOWED[one.name]}")
        elif FOR.get(one.name, ()) != getattr(one.callback, "acts", ()):
            found.append(f"{one.name} is for {one.callback.acts}, and the table says {FOR.get(one.name, ())}")
    return found


def test_every_address_is_in_the_table_with_whom_it_is_for():
    assert faults(get_resolver().url_patterns) == []


def test_the_table_names_nothing_that_is_not_there():
    there = {one.name for one in addresses(get_resolver().url_patterns)}
    assert (set(ALLOWED) | set(FOR)) - there == set()


def test_an_address_that_nobody_thought_of_is_found():
    def undecided(request): ...

    def decided_otherwise(request): ...

    decided_otherwise.purposes = EVERYBODY

    def for_everybody(request): ...

    for_everybody.purposes, for_everybody.acts = CARE, ()
    planted = [
        path("new/", undecided, name="new"),
        path("caseload/", decided_otherwise, name="caseload"),
        path("discharge/", for_everybody, name="discharge"),
    ]
    assert [fault.split(" ")[0] for fault in faults(planted)] == ["new/", "caseload", "discharge"]


@pytest.mark.parametrize("name", [name for name, purposes in ALLOWED.items() if purposes])
def test_nobody_opens_a_page_without_signing_in(client, db, name):
    """The public pages apart, every address asks who one is before it looks for anything."""
    [pattern] = [one for one in addresses(get_resolver().url_patterns) if one.name == name]
    answer = client.post(_filled(pattern)) if name in ONLY_SENT else client.get(_filled(pattern))
    assert answer.status_code == 302
    assert answer.url.startswith("/account/sign-in/")


def _filled(pattern: URLPattern) -> str:
    arguments = dict.fromkeys(pattern.pattern.converters, "nothing")
    return reverse(pattern.name, kwargs=arguments)
