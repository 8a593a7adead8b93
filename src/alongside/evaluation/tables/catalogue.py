"""The evaluation tables, declared once.

Files are typed and checked by these declarations and `docs/reference/evaluation-tables.md` is rendered from them,
so that the page cannot say what the reader does not do.
"""

from alongside.definitions.talking_therapies import appointment_kinds, attendances
from alongside.evaluation.tables.declared import Column, Holds, Table, choice, day, flag, key, text
from alongside.measures.rules.context import MOST_WEEKS

TALKING_THERAPIES = "talking_therapies"
SUBSTANCE_SERVICE = "substance_use"
SERVICE_KINDS = (TALKING_THERAPIES, SUBSTANCE_SERVICE, "other")
UNKNOWN = "unknown"

PERSONS = Table(
    "persons",
    "One row for each person. It carries no name, number, address or full date of birth.",
    (
        key("person_id", "names the person in every other table; meaningless outside them"),
        Column("birth_year", Holds.WHOLE, "year of birth", unit="year", least=1850, most=2200),
        text("sex", "sex as the service records it; a group of its own for each value", required=True),
        text("ethnicity", "ethnic category as the service records it", required=True),
        Column(
            "deprivation_decile",
            Holds.WHOLE,
            "decile of the index of multiple deprivation where the person lives; 1 is most deprived",
            required=True,
            least=1,
            most=10,
        ),
        text("language", "preferred language"),
        flag("history_mood_anxiety", "a recorded history of depression or anxiety; retention is shown by it"),
    ),
    key="person_id",
)

EPISODES = Table(
    "episodes",
    "One row for each stay of one person with one service, as that service's national return counts it.",
    (
        key("episode_id", "names the episode"),
        key("person_id", "whose episode it is"),
        text("service_id", "the service; a group of its own", required=True),
        choice("service_kind", "the kind of service", SERVICE_KINDS),
        text("arm", "the arm of the pathway the episode belongs to; empty outside any", required=True),
        day("referral_received", "day the referral was received; waits count from it", True, True),
        text("referral_source", "where the referral came from, by the service's own code"),
        Column("accepted", Holds.DECISION, "whether, or when, the referral was accepted; empty while undecided"),
        text("declined_reason", "why the referral was declined; empty where it was not"),
        day("discharged", "day the episode ended; empty while it is open", required=True),
        text("end_code", "how the episode ended, by the service's own code"),
        text("problem_descriptor", "the one chosen problem: ICD-10 without the point, or a SNOMED CT id", True),
        text("journey_id", "the joint journey that the episode is part of; empty outside any"),
    ),
    key="episode_id",
    points_at={"person_id": "persons", "journey_id": "journeys"},
)

CONTACTS = Table(
    "contacts",
    "One row for each planned or kept meeting.",
    (
        key("contact_id", "names the contact"),
        key("episode_id", "the episode it belongs to"),
        day("date", "day of the contact", True, True),
        flag("planned", "false for an unplanned contact, which counts as attended; empty or absent means true"),
        choice("kind", "what the contact was for", tuple(kind.key for kind in appointment_kinds())),
        choice("attendance", "what became of it", tuple(kept.key for kept in attendances()), filled=False),
        text("mode", "how it was held, such as face_to_face, video or telephone"),
        Column("minutes", Holds.WHOLE, "how long it lasted", unit="minutes", least=0),
        text("role", "role of the practitioner"),
        flag("joint", "held by both services together"),
    ),
    key="contact_id",
    points_at={"episode_id": "episodes"},
)

SCORES = Table(
    "scores",
    "One row for each score of a questionnaire. The order of rows in the file breaks ties within a day.",
    (
        text("person_id", "whose score it is"),
        text("episode_id", "the episode it belongs to; a score without one counts in no episode", required=True),
        text("contact_id", "the contact it was taken at; empty where it was taken at none", required=True),
        Column("instrument", Holds.TEXT, "the questionnaire, such as phq9 or gad7", required=True, filled=True),
        day("date", "day it was completed", True, True),
        Column("score", Holds.NUMBER, "the total, or the mean where the instrument is scored so", required=True),
        text("items", "the answers, for the reader's own use"),
        flag("clouded", "answered while intoxicated or in withdrawal; empty where nobody said"),
        flag("helped", "answered with somebody's help, an interpreter's too; empty where nobody said"),
        Column(
            "weeks_since_use",
            Holds.WHOLE,
            "whole weeks from the last use to the answer; empty where nobody said",
            unit="weeks",
            least=0,
            most=MOST_WEEKS,
        ),
        text("language", "the language version answered, such as bfi for British Sign Language; empty for English"),
    ),
    points_at={"episode_id": "episodes", "contact_id": "contacts", "person_id": "persons"},
)

SUBSTANCE_USE = Table(
    "substance_use",
    "One row for each substance on each day it was asked about: use in the 28 days before.",
    (
        key("person_id", "whose use it is"),
        day("date", "day the question was answered", True, True),
        Column("substance", Holds.TEXT, "the substance, such as alcohol or heroin", required=True, filled=True),
        Column(
            "days_used_of_28",
            Holds.WHOLE,
            "days on which it was used",
            required=True,
            unit="days in the last 28",
            least=0,
            most=28,
        ),
        Column("amount", Holds.NUMBER, "average amount on a day of use"),
        text("unit", "what the amount is counted in"),
    ),
    points_at={"person_id": "persons"},
)

EVENTS = Table(
    "events",
    "One row for each thing that happened to a person outside planned care.",
    (
        key("person_id", "whom it happened to"),
        choice(
            "kind",
            "what happened",
            (
                "emergency_attendance",
                "admission",
                "detox",
                "overdose",
                "crisis_contact",
                "arrest",
                "release",
                "death",
            ),
        ),
        day("start", "first day", True, True),
        day("end", "last day"),
        text("source", "who told us"),
        text("certainty", "how sure they were"),
    ),
    points_at={"person_id": "persons"},
)

STATUS = Table(
    "status",
    "One row for each day somebody's circumstances were recorded.",
    (
        key("person_id", "whose circumstances"),
        day("date", "day it was recorded", True, True),
        choice("domain", "which part of life", ("work", "education", "housing", "benefits")),
        text("value", "what was recorded", required=True),
    ),
    points_at={"person_id": "persons"},
)

JOURNEYS = Table(
    "journeys",
    "One row for each joint stay of one person on a pathway; in a trial, one for each person randomised.",
    (
        key("journey_id", "names the journey"),
        key("person_id", "whose journey it is"),
        text("pathway", "the pathway or trial", required=True),
        text("arm", "the arm of it", required=True),
        day("opened", "day it began; retention counts from it", True, True),
        day("closed", "day it ended; empty while it is open"),
        day("planned_end", "day treatment was meant to end; somebody treated until then was retained throughout"),
    ),
    key="journey_id",
    points_at={"person_id": "persons"},
)

DOSES = Table(
    "doses",
    "One row for each day on which a medicine for the dependence was taken or given.",
    (
        key("person_id", "who took it"),
        text("journey_id", "the journey it belongs to", required=True),
        day("date", "day it was taken", True, True),
        text("medicine", "the medicine"),
        Column("amount", Holds.NUMBER, "how much"),
        text("unit", "what the amount is counted in, such as mg"),
        Column(
            "days_covered",
            Holds.WHOLE,
            "days that one dose lasts, 28 for a monthly injection; empty or absent means 1",
            unit="days",
            least=1,
        ),
    ),
    points_at={"person_id": "persons", "journey_id": "journeys"},
)

TESTS = Table(
    "tests",
    "One row for each substance in each drug test.",
    (
        key("person_id", "whose test it was"),
        text("journey_id", "the journey it belongs to"),
        day("date", "day of the test", True, True),
        text("specimen", "what was tested, such as urine or breath"),
        Column("substance", Holds.TEXT, "the substance looked for", required=True, filled=True),
        choice("result", "what was found", ("positive", "negative", "invalid", "not_given")),
    ),
    points_at={"person_id": "persons", "journey_id": "journeys"},
)

CONSULTATIONS = Table(
    "consultations",
    "One row for each question that one team asked another.",
    (
        key("consultation_id", "names the consultation"),
        text("person_id", "whom it is about; empty where it is about nobody"),
        text("journey_id", "the journey it belongs to"),
        text("asked_by", "service_id of the service that asked", required=True),
        text("asked_to", "service_id of the service that was asked", required=True),
        Column("asked_at", Holds.INSTANT, "when it was asked; the clock starts here", True, True),
        Column("due_at", Holds.INSTANT, "when the agreement said that it was due"),
        Column("answered_at", Holds.INSTANT, "when it was answered; empty while it waits", True),
        text("urgency", "how urgent the asker said it was"),
    ),
    key="consultation_id",
    points_at={"person_id": "persons", "journey_id": "journeys"},
)

TABLES = (
    PERSONS,
    EPISODES,
    CONTACTS,
    SCORES,
    SUBSTANCE_USE,
    EVENTS,
    STATUS,
    JOURNEYS,
    DOSES,
    TESTS,
    CONSULTATIONS,
)
BY_NAME = {table.name: table for table in TABLES}
ALWAYS = ("persons", "episodes")  # without these there is nothing to evaluate
FOR_TALKING_THERAPIES = ("contacts", "scores")  # without these its outcomes would read as nought, which is a lie
