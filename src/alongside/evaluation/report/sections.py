"""The flow, the measures, use and consultation: each thing that the engine found as words or a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from alongside.definitions.indicators import Indicator
from alongside.evaluation.consulting import Response
from alongside.evaluation.engine import Evaluation
from alongside.evaluation.flow import Flow
from alongside.evaluation.publishing import Shown
from alongside.evaluation.report import words
from alongside.evaluation.report.figures import Figures
from alongside.evaluation.report.shapes import Grid, Question, Step
from alongside.evaluation.rules.disclosure import HIDDEN, SMALL
from alongside.evaluation.use import Use
from alongside.kernel.language import gettext as _
from alongside.kernel.numbers import half_up


def summary(evaluation: Evaluation, figures: Figures) -> tuple[str, ...]:
    """The first paragraph: the flow, then the outcome with what the same people's use did."""
    total = evaluation.flows[0]
    lines = [
        _("{referred} referrals; {started} started treatment.").format(
            referred=figures.count(total["referred"]), started=figures.count(total["started"])
        )
    ]
    recovery = evaluation.row("recovery")
    if recovery.denominator:
        lines.append(
            _("Below both cut-offs at the end: {rate}.").format(
                rate=figures.rate(recovery.numerator, recovery.denominator)
            )
        )
        lines.append(_use_of_recovered(evaluation.uses, figures))
    return (*lines, *_use_in_substance_use(evaluation.uses, figures))


def _use_in_substance_use(uses: Sequence[Use], figures: Figures) -> Iterator[str]:
    for use in uses:
        if use.cohort == "substance_use" and use.people:
            yield _(
                "In substance use services, {less} used on fewer days at the end than at the start, {same} on as many "
                "and {more} on more; for {not_known} it is not known."
            ).format(**figures.counts(use.counts))


def _use_of_recovered(uses: Sequence[Use], figures: Figures) -> str:
    found = next((use for use in uses if use.cohort == "recovery"), None)
    if found is None:
        return _("Whether the same people used more or less is not known: no table of substance use was given.")
    shown = figures.counts(found.counts)
    return _(
        "Of those, {less} used on fewer days, {same} on as many and {more} on more; for {not_known} it is not known."
    ).format(**shown)


_OF_STARTED = ("finished", "completed", "left", "open")


def flow_steps(total: Flow, figures: Figures) -> tuple[Step, ...]:
    """The flow as a tree. The leaves part the referrals, and sums over a hidden leaf are hidden with it."""
    shown = figures.counts(_leaves(total))
    accepted_hidden = HIDDEN in [shown[key] for key in ("never_started", *_OF_STARTED)]
    started_hidden = HIDDEN in [shown[key] for key in _OF_STARTED]
    shown |= {
        "referred": figures.count(total["referred"]),
        "accepted": HIDDEN if accepted_hidden else figures.count(total["accepted"]),
        "started": HIDDEN if started_hidden else figures.count(total["started"]),
    }
    tree = (
        ("referred", 0),
        ("declined", 1),
        ("undecided", 1),
        ("accepted", 1),
        ("never_started", 2),
        ("started", 2),
        *((key, 3) for key in _OF_STARTED),
    )
    return tuple(Step(words.STEPS[key], shown[key], depth) for key, depth in tree)


def _leaves(flow: Flow) -> dict[str, int]:
    return {
        "declined": flow["declined"],
        "undecided": flow["undecided"],
        "never_started": flow["never_started"],
        "finished": flow["finished"],
        "completed": flow["completed"],
        "left": flow["ended"] - flow["finished"] - flow["completed"],
        "open": flow["open"],
    }


def flow_grid(flows: Sequence[Flow], figures: Figures) -> Grid | None:
    """The flow of each service. Two ways of adding up make two ways of subtracting, so the public gets the total."""
    if not figures.exact or len(flows) < 3:
        return None
    keys = tuple(words.STEPS)
    rows = [(one.service, *(figures.count((_leaves(one) | dict(one.steps))[key]) for key in keys)) for one in flows[1:]]
    return Grid(_("Flow by service"), (_("Service"), *words.STEPS.values()), tuple(rows))


def declined(total: Flow, figures: Figures) -> Grid | None:
    """Reasons for declining, most frequent first."""
    if not total.declined_reasons:
        return None
    shown = figures.counts(dict(total.declined_reasons))
    return Grid(_("Why referrals were declined"), (_("Reason"), _("Referrals")), tuple(shown.items()))


def question(one: Indicator, shown: Shown) -> Question:
    """One measure in total, with its definition and its limits."""
    return Question(
        one.id,
        _(one.asks),
        figure(shown),
        _(one.title),
        _(one.definition),
        _(one.why_it_matters),
        _(one.cannot_say),
        one.source,
        one.verified,
    )


def not_asked(left_aside: Sequence[Indicator]) -> str:
    """Which measures are not shown because no episode is of a kind that they count."""
    if not left_aside:
        return ""
    names = ", ".join(_(one.short) for one in left_aside)
    return _("Not shown, because these tables hold no episode of a service they count: {names}.").format(names=names)


def figure(shown: Shown) -> str:
    """A row's figure: a count, or `7 of 9, 77.8 % (45.3 to 93.7)`; `*` where hidden."""
    if not shown.denominator:
        return _grouped(shown.numerator)
    counts = _("{n} of {of}").format(n=_grouped(shown.numerator), of=_grouped(shown.denominator))
    if not shown.value:
        return counts
    places = 1 if shown.exact else 0
    value, lower, upper = (half_up(100 * Decimal(part), places) for part in (shown.value, shown.lower, shown.upper))
    return _("{counts}, {percent} % ({lower} to {upper})").format(
        counts=counts, percent=value, lower=lower, upper=upper
    )


def _grouped(count: str) -> str:
    return f"{int(count):,}" if count.isdigit() else count


def breakdown(name: str, columns: Sequence[Indicator], shown: Iterable[Shown], about: str) -> Grid:
    """All measures of one breakdown: a row for each group, a column for each measure."""
    cells: dict[str, dict[str, str]] = {}
    for row in shown:
        if row.breakdown == name:
            cells.setdefault(row.group, {})[row.measure] = figure(row)
    rows = tuple((group, *(found[one.id] for one in columns)) for group, found in cells.items())
    caption = f"{about}, {words.BREAKDOWNS[name]}"
    return Grid(caption, (_("Group"), *(_(one.short) for one in columns)), rows)


def uses(found: Sequence[Use], figures: Figures) -> Grid | None:
    """How use changed, cohort by cohort. Days of abstinence are exact figures only."""
    kept = [use for use in found if use.people]
    if not kept:
        return None
    headings = (_("Who"), _("People"), *words.CHANGES.values())
    rows = [
        (words.COHORTS[use.cohort], figures.count(use.people), *figures.counts(use.counts).values()) for use in kept
    ]
    if figures.exact:
        headings += (_("No day of use at the end"),)
        rows = [(*row, str(use.abstinent)) for row, use in zip(rows, kept, strict=True)]
    return Grid(_("Days of use in the last 28, at the end against at the start"), headings, tuple(rows))


def matrix(found: Mapping[tuple[str, str], int], figures: Figures) -> Grid | None:
    """Mood outcome against change in use, finished courses. Cells this small are for the partnership only."""
    if not figures.exact or not any(found.values()):
        return None
    rows = tuple(
        (label, *(figures.count(found[mood, change]) for change in words.CHANGES))
        for mood, label in words.MOODS.items()
    )
    return Grid(_("Mood and use together, finished courses"), (_("Mood at the end"), *words.CHANGES.values()), rows)


def consultations(found: Sequence[Response], figures: Figures) -> Grid | None:
    """Response times in each direction. The public sees a direction only where it holds enough questions."""
    if not found:
        return None
    headings = (_("Asked by"), _("Asked to"), _("Questions"), _("Answered"), _("In time"))
    rows = tuple(_response(one, figures) for one in found)
    note = _("Hours are elapsed hours, nights and weekends included. In time: of questions whose due time is known.")
    return Grid(_("Questions between the teams"), (*headings, _("Median hours"), _("Longest, hours")), rows, note)


def _response(one: Response, figures: Figures) -> tuple[str, ...]:
    enough = figures.exact or one.answered >= SMALL
    hours = (one.median_hours, one.longest_hours) if enough else (None, None)
    return (
        one.asked_by,
        one.asked_to,
        figures.count(one.asked),
        figures.rate(one.answered, one.asked),
        figures.rate(one.in_time, one.judged),
        *(str(half_up(value, 1)) if value is not None else HIDDEN if not enough else "-" for value in hours),
    )
