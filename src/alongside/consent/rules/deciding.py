"""Who may say so: somebody young, their parents, and adults whose parents would decide. What a law asks is data
(`definitions/access/ages.toml`); whether somebody understands a choice is for people to find."""

from datetime import date

from alongside.consent.rules.choices import Choice, Signer
from alongside.definitions import ages
from alongside.kernel.errors import Invalid


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
