"""Days of drinking and using at the two ends of a course, and on the way."""

from decimal import Decimal
from random import Random

from alongside.cli.demonstration.assumptions import number, numbers
from alongside.cli.demonstration.chance import bounded, pick, whole
from alongside.cli.demonstration.shapes import Using

_UNITS = {"alcohol": "units", "opiates": "grams", "crack": "rocks", "cocaine": "grams", "cannabis": "grams"}


def substances(random: Random, group: str) -> list[str]:
    """What somebody of a group uses, the main substance first."""
    match group:
        case "opiate":
            return ["opiates", "crack"] if random.random() < 0.45 else ["opiates"]
        case "alcohol":
            return ["alcohol"]
        case "non_opiate_and_alcohol":
            return ["alcohol", random.choice(["cocaine", "cannabis"])]
    return [random.choice(["cannabis", "cocaine"])]


def first(random: Random, substance: str, severity: float = 0.0) -> Using:
    """Days used at the start; `severity` of mood pulls them along as far as the assumed correlation goes."""
    pull = number("mood_with_use")
    latent = pull * severity + (1 - pull**2) ** 0.5 * random.gauss(0, 1)
    days = bounded(numbers("days_first")[substance] + 7 * latent, 1, 28)
    return Using(substance, days, amount(random, substance), _UNITS[substance])


def amount(random: Random, substance: str) -> Decimal:
    """The amount on a day of use: whole units of alcohol, halves of anything else."""
    if substance == "alcohol":
        return Decimal(whole(random, number("units_first"), 8, 4, 45))
    return Decimal(random.randint(1, 6)) / 2


def last_days(random: Random, start: int, change: str) -> int:
    """Days used at the end, where `change` (less, same, more) is what became of them."""
    if change == "same":
        return start
    if change == "more":
        return min(28, start + random.randint(2, 8)) if start < 28 else 28
    return 0 if random.random() < 0.4 else max(0, start - random.randint(3, 18))


def change(random: Random, key: str) -> str:
    return pick(random, numbers(key))


def path(random: Random, start: Using, end: int, count: int) -> list[Using]:
    """`count` reports from start to end, wavering on the way; the amount falls with the days."""
    if count < 2:
        return [start][:count]
    days = [
        bounded(start.days + (end - start.days) * place / (count - 1) + random.gauss(0, 1.5), 0, 28)
        for place in range(count)
    ]
    return [reported(start, day) for day in [start.days, *days[1:-1], end]]


def reported(start: Using, days: int) -> Using:
    """A later report by somebody who began with `start`."""
    if days == 0 or start.amount is None:
        return Using(start.substance, days)
    share = Decimal(days + 28) / Decimal(start.days + 28)
    return Using(start.substance, days, max(Decimal(1), (start.amount * share).quantize(Decimal(1))), start.unit)
