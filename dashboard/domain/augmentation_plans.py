"""What a plan of augmentation may ask for."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from dashboard.domain.augmentation import AugmentationPlan, Route
from dashboard.domain.errors import InvalidInput

MOST_EDITS = 3
MOST_WANTED = 1000
HEAVIEST = 100


def require_usable(plan: AugmentationPlan) -> None:
    """Raise InvalidInput, in one sentence, for a plan that makes no sense."""
    if not 1 <= plan.target <= MOST_WANTED:
        raise InvalidInput("Ask for 1 to {most} examples per condition.", most=MOST_WANTED)
    if not 1 <= plan.max_edits <= MOST_EDITS:
        raise InvalidInput("Choose between 1 and {most} edits per variant.", most=MOST_EDITS)
    if plan.seed < 0:
        raise InvalidInput("The seed is a whole number, 0 or more.")
    if any(not 0 <= weight <= HEAVIEST for weight in plan.mix.values()):
        raise InvalidInput("The weight of a technique is between 0 and {most}.", most=HEAVIEST)
    if plan.route is Route.MODEL:
        _require_affordable(plan)
    if not any(plan.mix.values()):
        raise InvalidInput("Give at least one technique a weight above 0.")


def _require_affordable(plan: AugmentationPlan) -> None:
    if not plan.engine_url or not plan.model:
        raise InvalidInput("Choose the engine's address and one of its models.")
    amounts = [_dollars(one) for one in (plan.price_read, plan.price_written, plan.budget)]
    if any(amounts[:2]) and not amounts[2]:
        raise InvalidInput("A model that costs money needs a budget above 0 US dollars.")


def _dollars(written: str) -> Decimal:
    try:
        amount = Decimal(written)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise InvalidInput("“{value}” is no amount of US dollars; write one like 2.50.",
                           value=written)  # fmt: skip
    return amount
