"""A choice as its row keeps it, and as the row says it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alongside.access.rules import Effect
from alongside.consent.models import Consent
from alongside.consent.rules import Choice, Ends, Exception_, Given, Signer, Sooner, Told
from alongside.kernel.periods import Period


def kept(choice: Choice) -> dict[str, Any]:
    """The columns of a choice."""
    return {
        "recipient": choice.recipient,
        "categories": choice.categories,
        "purpose": choice.purpose,
        "expires_at": choice.expires,
        "effect": choice.effect,
        "data_from": choice.data.start,
        "data_until": choice.data.end,
        "hard": choice.hard,
        "exceptions": [_kept(one) for one in choice.exceptions],
        "sooner": [{"categories": one.categories, "until": one.until.isoformat()} for one in choice.sooner],
        "onward": choice.onward,
        **_elements(choice),
    }


def _elements(choice: Choice) -> dict[str, Any]:
    """How the person said so, and what they were told before."""
    return {
        "given": choice.given,
        "witness": choice.witness.strip(),
        "told_no_is_fine": choice.told_no_is_fine,
        "ends": choice.ends,
        "told_take_back": choice.told.take_back,
        "told_passed_on": choice.told.passed_on,
        "told_refusing": choice.told.refusing,
        "signer": choice.signer,
        "signed_by": choice.signed_by.strip(),
        "authority": choice.authority.strip(),
        "competent": choice.competent.strip(),
        "required_by": choice.required_by.strip(),
        "reported": choice.reported.strip(),
        "through": choice.through.strip(),
    }


def _kept(one: Exception_) -> dict[str, Any]:
    return {
        "categories": one.categories,
        "recipient": one.recipient,
        "from": one.data.start.isoformat(),
        "until": one.data.end.isoformat(),
    }


def said(row: Consent) -> Choice:
    """The whole choice that a row is."""
    return Choice(
        recipient=row.recipient,
        categories=row.categories,
        given=Given(row.given),
        purpose=row.purpose,
        witness=row.witness,
        told_no_is_fine=row.told_no_is_fine,
        expires=row.expires_at,
        effect=Effect(row.effect),
        data=Period(row.data_from, row.data_until),
        hard=row.hard,
        exceptions=tuple(_exception(one) for one in row.exceptions),
        sooner=tuple(Sooner(one["categories"], datetime.fromisoformat(one["until"])) for one in row.sooner),
        onward=row.onward,
        ends=Ends(row.ends),
        told=Told(row.told_take_back, row.told_passed_on, row.told_refusing),
        signer=Signer(row.signer),
        signed_by=row.signed_by,
        authority=row.authority,
        competent=row.competent,
        required_by=row.required_by,
        reported=row.reported,
        through=row.through,
    )


def _exception(kept: Mapping[str, Any]) -> Exception_:
    data = Period(datetime.fromisoformat(kept["from"]), datetime.fromisoformat(kept["until"]))
    return Exception_(kept["categories"], kept["recipient"], data)
