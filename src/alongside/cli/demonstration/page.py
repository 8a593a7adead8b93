"""`docs/reference/demonstration.md`, printed from the assumptions and the stories themselves."""

from collections.abc import Iterator

from alongside.cli.demonstration.assumptions import Assumption, Part, assumptions
from alongside.cli.demonstration.planned import PASSWORD
from alongside.cli.demonstration.sign_ins import rows
from alongside.cli.demonstration.stories import Story, stories

_BEFORE = f"""<!-- Printed by `python -m alongside.cli.demonstration.page`: change the assumptions or the stories. -->
# The demonstration

`make demo` (or `alongside demo`) invents one partnership, Northside Talking Therapies and Riverside Substance Use
Service with a GP practice beside them, and serves it at this machine. **Everybody in it is invented.** Names come from
lists, NHS numbers from the range that begins with 999 and is given to nobody, telephone numbers from the range kept
free for fiction.

Each person is drawn from the assumptions below, without a database, and then *lives* through the same actions that a
service uses, with the clock held at each instant: so consent, audit, tasks and holders are what they would be. The same
seed, number of people and day draw the same people and write the same rows; two things differ on purpose, the salt of
each password and the sealed text of notes.

## What is there

* 300 people over two years (`--people`, `--seed`); about a quarter are on a joint journey.
* Dates are counted back from the day it runs. What happened lies before today; today's diary is still to be kept.
* Nine one-to-one journeys have finished, in the first months of the pathway: **seven of the nine ended below both
  cut-offs, one improved and is not below, one left early; of the seven, six drink less or the same and one drinks
  more.** Every other one-to-one journey is still open, so "one-to-one, finished" in the evaluation is these nine.
* Nobody dies in it. Real services have deaths in treatment (1.4 % in 2022 to 2023); a demonstration is not the place
  to invent them.
* Nobody in it answers that they think of self-harm, but those whose PHQ-9 cannot be so high without it (over 24): a
  safety plan was made with them in that contact.
* The questions due in two hours were asked so long ago that two hours *of opening time* are left. Both services are
  open from 8 to 20 on every day but bank holidays; outside these hours the question is due two hours after they open.

## Starting it again

A start on the same day serves what is there, in seconds. On a later day the partnership that is there is served at
once, while one counted from today is made beside it; when that is ready it takes over, and whoever is signed in chooses
again who to be. Moving the dates of the old one instead would have meant rewriting a ledger that is there to show
rewriting. `--fresh` makes it again at once. It all lives in `var/demo`, which may be deleted at any time.

## Sign-ins

The password of each is `{PASSWORD}`; in the demonstration anybody can also be chosen without one, at
`/account/personas/`.
"""

_ASSUMED = """
## Assumptions

Every number the people are drawn from, with its source. **Verified** says that the figure was seen in its primary
source; where it says no, the number is ours or from memory, and tells nothing about any real service. A test draws ten
thousand people and compares them with the published figures.
"""


def page() -> str:
    """The whole page."""
    listed = assumptions()
    parts = [line for part in listed.parts for line in _part(part)]
    return "\n".join((_BEFORE, *_sign_ins(), "", *_stories(), _ASSUMED, *parts))


def _sign_ins() -> Iterator[str]:
    yield "| Service | Role | Who | Sign-in |"
    yield "|---|---|---|---|"
    for service, role, name, email in rows():
        yield f"| {service} | {role} | {name} | `{email}` |"


def _stories() -> Iterator[str]:
    yield "## People to look for"
    yield ""
    yield "| Who | What to see | Look from |"
    yield "|---|---|---|"
    for story in stories():
        yield f"| {story.life.key} | {story.see} | {_from(story)} |"


def _from(story: Story) -> str:
    return f"`{story.sign_in}`" if story.sign_in else "anybody who triages there"


def _part(part: Part) -> Iterator[str]:
    yield f"### {part.title}"
    yield ""
    yield "| Assumption | Value | Source | Verified |"
    yield "|---|---|---|---|"
    for one in part.assumptions:
        yield f"| **{one.key}**: {one.words} | {_value(one)} | {one.source} | {'yes' if one.verified else 'no'} |"
    yield ""


def _value(one: Assumption) -> str:
    if one.values is None:
        return str(one.value)
    return "; ".join(f"{name} {value}" for name, value in one.values.items())


if __name__ == "__main__":
    print(page(), end="")
