"""Whether somebody young decides in their own sign-in: by the newest choice to share, and what staff wrote down."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent.rules import Choice, Given, Signer, decides_alone
from alongside.definitions import ages, policy

TODAY = date(2026, 3, 2)
UK, US = (ages.young(pack, 15, TODAY) for pack in ("uk", "us"))
FOUND, LAW = "K. Worker, today: she says it back", "The law of the state"
SHARED = Choice(Handle.service("ser_1"), policy.categories_mask("plan"), Given.WRITTEN, told_no_is_fine=True)
COMPETENT, ENTITLED = replace(SHARED, competent=FOUND), replace(SHARED, authority=LAW)
PARENT = replace(SHARED, signer=Signer.PARENT, signed_by="A. Khan", authority=LAW, competent=FOUND)
NO = replace(SHARED, effect=Effect.DENY, competent="")
RESEARCH = replace(PARENT, purpose="research")


@pytest.mark.parametrize(
    ("rule", "past", "may"),
    [
        (None, [], True),  # as any adult
        (None, [PARENT], True),
        (UK, [], False),
        (UK, [SHARED], False),
        (UK, [COMPETENT], True),
        (UK, [replace(COMPETENT, competent="  ")], False),
        (UK, [ENTITLED], False),  # another country's element
        (UK, [PARENT], False),
        (UK, [PARENT, COMPETENT], False),  # a parent signed since
        (UK, [replace(PARENT, signer=Signer.BOTH), COMPETENT], False),
        (UK, [COMPETENT, PARENT], True),
        (UK, [NO, COMPETENT], True),  # a no says nothing about it
        (UK, [replace(SHARED, categories=0), COMPETENT], True),
        (UK, [RESEARCH, COMPETENT], True),  # another decision
        (US, [ENTITLED], True),
        (US, [COMPETENT], False),
        (US, [PARENT], False),  # what entitles the parent lets nobody else decide
        (US, [replace(PARENT, signer=Signer.REPRESENTATIVE)], False),
    ],
)
def test_it_rests_on_what_was_written_down_last(rule, past, may):
    assert decides_alone(rule, past).may is may


def test_what_was_written_down_goes_into_what_they_sign():
    signed = decides_alone(UK, [COMPETENT]).signs(SHARED)
    assert (signed.competent, signed.authority) == (FOUND, "")
    assert decides_alone(None, [COMPETENT]).signs(SHARED) == SHARED
