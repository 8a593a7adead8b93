"""The words for a question's states, urgencies, verdicts and outcomes."""

from django.utils.translation import gettext_lazy

from alongside.consultation.rules import Outcome, Side, State, Urgency, Verdict

URGENCIES = {
    Urgency.ROUTINE: gettext_lazy("Routine"),
    Urgency.SOON: gettext_lazy("Soon"),
    Urgency.SAME_DAY: gettext_lazy("Same day"),
}
TONES = {Urgency.ROUTINE: "grey", Urgency.SOON: "yellow", Urgency.SAME_DAY: "red"}

# What a state means to whoever reads it: by the side they stand on.
STATES = {
    (State.ASKED, Side.ASKING): gettext_lazy("Asked; nobody has taken it yet"),
    (State.ASKED, Side.ANSWERING): gettext_lazy("New; nobody has taken it yet"),
    (State.REDIRECTED, Side.ASKING): gettext_lazy("Passed to another team; nobody has taken it yet"),
    (State.REDIRECTED, Side.ANSWERING): gettext_lazy("Passed to your team; nobody has taken it yet"),
    (State.ACCEPTED, Side.ASKING): gettext_lazy("They are working on the answer"),
    (State.ACCEPTED, Side.ANSWERING): gettext_lazy("Taken; to be answered"),
    (State.CLARIFYING, Side.ASKING): gettext_lazy("They asked you something first"),
    (State.CLARIFYING, Side.ANSWERING): gettext_lazy("You asked something first; waiting for them"),
    (State.ANSWERED, Side.ASKING): gettext_lazy("Answered; say what became of it"),
    (State.ANSWERED, Side.ANSWERING): gettext_lazy("Answered; they will say what became of it"),
    (State.RETURNED, Side.ASKING): gettext_lazy("Back with you, unanswered"),
    (State.RETURNED, Side.ANSWERING): gettext_lazy("Back with whoever asked"),
    (State.CLOSED, Side.ASKING): gettext_lazy("Closed"),
    (State.CLOSED, Side.ANSWERING): gettext_lazy("Closed"),
    (State.WITHDRAWN, Side.ASKING): gettext_lazy("Taken back"),
    (State.WITHDRAWN, Side.ANSWERING): gettext_lazy("Taken back"),
}

VERDICTS = {
    Verdict.TAKEN: gettext_lazy("Taken"),
    Verdict.ADAPTED: gettext_lazy("Adapted"),
    Verdict.DECLINED: gettext_lazy("Not taken"),
}
VERDICT_TONES = {Verdict.TAKEN: "green", Verdict.ADAPTED: "blue", Verdict.DECLINED: "orange"}
OUTCOMES = {
    Outcome.HELPED: gettext_lazy("It helped"),
    Outcome.PARTLY: gettext_lazy("It helped partly"),
    Outcome.DID_NOT_HELP: gettext_lazy("It did not help"),
}
