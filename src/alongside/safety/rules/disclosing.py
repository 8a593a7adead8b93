"""What may be disclosed without the person's consent, on what basis, and what has to be said of it. Pure.

The bases and what each asks for are data (`definitions/access/bases.toml`), with their sources. Nothing here decides
whether to disclose: that is somebody's judgement, and this only holds them to what the law of their service asks for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from alongside.definitions import policy
from alongside.definitions.bases import Basis, bases
from alongside.definitions.policy import Mask
from alongside.kernel.errors import Invalid, Several
from alongside.kernel.language import later

MOST_WORDS = 4_000
LONGEST_NAME = 200
NEITHER = later("This needs a court's order and a subpoena, or the person's own consent ({source}).")


class Way(StrEnum):
    """How it was given to somebody."""

    PHONE = "phone"
    LETTER = "letter"
    SECURE_EMAIL = "secure_email"
    IN_PERSON = "in_person"
    RECORD = "record"  # a copy in the record of a service of the partnership


class Paper(StrEnum):
    """What a court or an office handed over."""

    ORDER = "order"
    SUBPOENA = "subpoena"


LACKING = {
    frozenset({Paper.SUBPOENA.value}): later(
        "A subpoena alone is not enough: without a court's order nothing may be given ({source})."
    ),
    frozenset({Paper.ORDER.value}): later(
        "An order allows it and compels nobody: it needs a subpoena too. Ask a lawyer first ({source})."
    ),
}


class Arrival(StrEnum):
    """Whether somebody of the receiving service has read what it was told."""

    RECEIVED = "received"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Push:
    """What is disclosed without consent: on which basis, which kinds, in what words (the minimum), to whom, how, when.

    To one of two: a service of the partnership (`to_service`) or somebody outside by name (`to_body`). `ground` is the
    order or the law where the basis is one. `told` is whether the person was told; `not_told` says why they were not.
    `decided_by` is the colleague who decided; empty for whoever tells.
    """

    basis: str
    kinds: Mask
    shared: str
    at: datetime
    told: bool | None = None
    not_told: str = ""
    to_service: str = ""
    to_body: str = ""
    way: str = ""
    ground: str = ""
    papers: frozenset[str] = frozenset()
    decided_by: str = ""


def check_push(push: Push, *, pack: str, sees: Mask, now: datetime) -> Push:
    """The push as it is kept. `pack` is the law of the service that discloses; `sees` are the kinds that whoever
    discloses may see themselves: nobody gives away what they may not know.

    Raises `Several` naming `basis`, `papers`, `ground`, `kinds`, `shared`, `to`, `way`, `at`, `told` or `not_told`.
    """
    said = _trimmed(push)
    basis = bases(pack).get(said.basis)
    problems = [*_of_basis(said, basis, sees), *_of_words(said), *_of_recipient(said, basis), *_of_telling(said, now)]
    if problems:
        raise Several(problems)
    return said


def _trimmed(push: Push) -> Push:
    return replace(
        push,
        shared=push.shared.strip(),
        not_told="" if push.told else push.not_told.strip(),
        to_body=push.to_body.strip(),
        ground=push.ground.strip(),
        way=Way.RECORD if push.to_service else push.way,
    )


def _of_basis(push: Push, basis: Basis | None, sees: Mask) -> Iterator[Invalid]:
    if basis is None:
        yield Invalid("basis", "Choose on what it rests.")
        return
    yield from _of_papers(push, basis)
    if basis.names and not push.ground:
        yield Invalid("ground", "Say which order or which law it is.")
    if not push.kinds or push.kinds & ~sees:
        yield Invalid("kinds", "Choose which kinds of information it was, of those that you may see yourself.")
    elif push.kinds & ~basis.mask:
        sentence = later("No kinds but these may be told here: {kinds} ({source}).")
        reached = ", ".join(policy.category_words(basis.mask))
        yield Invalid("kinds", sentence, kinds=reached, source=basis.source)


def _of_papers(push: Push, basis: Basis) -> Iterator[Invalid]:
    missing = set(basis.papers) - push.papers
    if not missing:
        return
    yield Invalid("papers", LACKING.get(push.papers, NEITHER), source=basis.source)


def _of_words(push: Push) -> Iterator[Invalid]:
    if not push.shared:
        yield Invalid("shared", "Write what was told, and no more than was needed.")
    if len(push.shared) > MOST_WORDS:
        yield Invalid("shared", "Keep it to {most} letters: the minimum is enough.", most=MOST_WORDS)
    for field, words in (("ground", push.ground), ("to", push.to_body)):
        if len(words) > LONGEST_NAME:
            yield Invalid(field, "Keep it to {most} letters.", most=LONGEST_NAME)


def _of_recipient(push: Push, basis: Basis | None) -> Iterator[Invalid]:
    if bool(push.to_service) == bool(push.to_body):
        yield Invalid("to", "Say to whom: one service of the partnership, or one body outside by name.")
    elif push.to_service and basis and not basis.partners:
        yield Invalid(
            "to", "This law says to whom it may be told, and that is outside ({source}).", source=basis.source
        )
    if push.to_body and not push.to_service and push.way not in set(Way) - {Way.RECORD}:
        yield Invalid("way", "Say how it was given.")


def _of_telling(push: Push, now: datetime) -> Iterator[Invalid]:
    if push.at > now:
        yield Invalid("at", "This is in the future. Record it once it was given.")
    if push.told is None:
        yield Invalid("told", "Say whether the person was told.")
    elif not push.told and not push.not_told:
        yield Invalid("not_told", "Say why the person was not told.")
    if len(push.not_told) > MOST_WORDS:
        yield Invalid("not_told", "Keep it to {most} letters.", most=MOST_WORDS)
