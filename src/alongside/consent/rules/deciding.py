"""Who may say so: somebody young, their parents, and adults whose parents would decide. What a law asks is data
(`definitions/access/ages.toml`); whether somebody understands a choice is for people to find."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from alongside.consent.rules.choices import Choice, Signer
from alongside.consent.rules.scope import for_itself
from alongside.definitions import ages
from alongside.definitions.ages import Young
from alongside.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Alone:
    """Whether somebody decides by themselves, with nobody of staff beside them. `rule` is that of their age, None where
    they decide as any adult does; `competent` and `authority` are what staff wrote down of it, empty where nothing."""

    rule: Young | None = None
    competent: str = ""
    authority: str = ""

    @property
    def may(self) -> bool:
        return self.rule is None or bool(self.competent if self.rule.alone == "competence" else self.authority)

    def signs(self, choice: Choice) -> Choice:
        """The choice with what was written down of whoever is young: no form of theirs asks for it."""
        return replace(choice, competent=self.competent, authority=self.authority) if self.rule else choice


def decides_alone(rule: Young | None, past: Iterable[Choice]) -> Alone:
    """By the newest of the choices to share (`past`, the newest first): where a parent signed that one, alone or too,
    an older finding no longer stands."""
    if rule is None:
        return Alone()
    shared = (one for one in past if one.categories and not one.refuses and not for_itself(one))
    newest = next(shared, None)
    if newest is None or newest.signer is not Signer.PERSON:
        return Alone(rule)
    return Alone(rule, newest.competent.strip(), newest.authority.strip())


def check_decides(choice: Choice, age: int, today: date, pack: str) -> None:
    """Raises `Invalid` naming what has to be said where somebody young, or a parent, agrees to share. To say no, or to
    close a record, needs nothing at any age. `age` is in whole years, `pack` the policy of the service's country.
    """
    if choice.refuses or not choice.categories:
        return
    rule = ages.young(pack, age, today)
    if rule is None:
        if choice.signer is Signer.PARENT:
            raise Invalid(
                "signer",
                "At {age} the person decides. If somebody else does, choose “Somebody whom the law entitles”.",
                age=age,
            )
        return
    if choice.signer is Signer.PARENT and not rule.parent:
        raise Invalid("signer", "A parent cannot agree alone. {rule}", rule=rule.words)
    if choice.signer is not Signer.PERSON:
        return
    if rule.alone == "competence" and not choice.competent.strip():
        raise Invalid(
            "competent", "Enter who found that the person understands this choice, and when. {rule}", rule=rule.words
        )
    if rule.alone == "authority" and not choice.authority.strip():
        raise Invalid("authority", "Enter the law that lets the person decide alone. {rule}", rule=rule.words)
