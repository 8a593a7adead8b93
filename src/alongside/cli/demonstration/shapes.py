"""What the generator draws and the rest lives: somebody, the courses they take, and what happens at each visit.

All times are days: a visit counts from its course's referral, a person's first referral back from today. A course is
drawn whole, to its end; what lies after today is simply not lived yet.
"""

from dataclasses import dataclass, field
from decimal import Decimal

TALKING = "talking_therapies"
SUBSTANCE = "substance_use"


@dataclass(frozen=True, slots=True)
class Traits:
    """Who somebody is, names and numbers apart."""

    age: int
    birthday: int  # day of the year
    sex: str
    ethnicity: str
    decile: int
    pronouns: str = ""
    language: str = "en"
    interpreter: bool = False
    access_needs: str = ""
    safe_contact: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Using:
    """Days of using one substance in the past 28, and the amount on such a day where it is known."""

    substance: str
    days: int
    amount: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One planned meeting, `after` days from the course's referral. `pinned` keeps its day though it be a Sunday."""

    after: int
    kind: str
    attendance: str = "attended"
    mode: str = "face_to_face"
    minutes: int = 50
    scores: tuple[tuple[str, Decimal], ...] = ()
    uses: tuple[Using, ...] = ()
    pinned: bool = False
    unwritten: bool = False  # nobody has recorded it yet


@dataclass(frozen=True, slots=True)
class Course:
    """One stay with one service, from its referral on. `ended_after` is None where it simply goes on."""

    service: str
    door: str
    visits: tuple[Visit, ...] = ()
    ended_after: int | None = None
    end_code: str = ""
    declined: str = ""  # the reason, where triage says no
    descriptor: str = ""
    group: str = ""
    step: str = "high"  # "low" for a psychological wellbeing practitioner
    using: Using | None = None  # as the referral says it
    fate: str = ""  # what became of the scores, for those who count them
    waiting: bool = False  # nobody has decided about the referral yet
    with_practice: bool = False  # the GP who referred them stays in touch, as far as the person agreed


@dataclass(frozen=True, slots=True)
class Joining:
    """A joint journey: on which arm, how many days after the first referral the other service is asked, and with
    what: `questions` between the teams, and whether both may use the records for the evaluation."""

    arm: str
    after: int
    evaluation: bool = True
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Life:
    """One invented person. `entered` is how many days before today their first referral was received."""

    key: str
    traits: Traits
    entered: int
    courses: tuple[Course, ...]
    joining: Joining | None = None
    given_name: str = ""  # for the people of the stories; otherwise drawn with the family name
    family_name: str = ""
    worker: dict[str, str] = field(default_factory=dict)  # by service, the email of who must treat them

    def course(self, service: str) -> Course | None:
        return next((one for one in self.courses if one.service == service), None)
