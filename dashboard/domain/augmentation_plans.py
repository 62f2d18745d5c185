"""What a plan of augmentation may ask for."""

from __future__ import annotations

from dashboard.domain.augmentation import AugmentationPlan
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
    if not any(plan.mix.values()):
        raise InvalidInput("Give at least one technique a weight above 0.")
