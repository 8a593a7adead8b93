"""Expressions that several steps of scoring a table use."""

from collections.abc import Sequence
from decimal import Decimal

import ibis
import ibis.expr.types as ir

WORKED_OUT = "decimal(18,6)"  # of scores: a mean is kept to six decimals, and cut-offs are compared with all of them
MILLIONTH = Decimal("0.000001")


def exact_quotient(numerator: ir.IntegerValue, denominator: ir.IntegerValue) -> ir.DecimalValue:
    """As `kernel.numbers.quotient`: half up at the sixth decimal, in whole numbers."""
    millionths = (2 * numerator * 1_000_000 + denominator) // (2 * denominator)
    return (millionths.cast(WORKED_OUT) * ibis.literal(MILLIONTH, WORKED_OUT)).cast(WORKED_OUT)


def joined(separator: str, texts: Sequence[ir.StringValue]) -> ir.StringValue:
    """Those that are not null, with the separator between them; empty where all are."""
    joined: ir.StringValue = ibis.literal(separator).join(texts)
    return joined
