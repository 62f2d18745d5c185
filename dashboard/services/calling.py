"""Calling: a batch of questions to a language model, written down before and after, in budget.

Every call is stored as sent, with the most it can cost, before it is made: whatever is killed or
cut off meanwhile, the sum of all costs stays within the budget.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal

from dashboard.domain.augmentation import Asker, AugmentationRun, Parent, Technique
from dashboard.domain.augmentation_calls import Call, CallState, Part, Price, Question, spent
from dashboard.domain.errors import AnswerLost, EngineRefused, EngineUnavailable, InvalidInput
from dashboard.domain.generation import Completion
from dashboard.domain.ids import now
from dashboard.domain.studies import Decoding, Message, Study
from dashboard.domain.training import RunStatus
from dashboard.domain.turns import seed_of
from dashboard.services.ports import Engines
from dashboard.services.stores import Database

DECODING = Decoding(max_tokens=600, temperature=0.9)
MOST_PIVOT = 400
"""Characters of a pivot that are read: the price of the second call is known before the first."""
LARGEST_SEED = 2**31 - 1


@dataclass(frozen=True)
class Asked:
    """A question about a parent, as it is asked in this batch; `pivot` if there is one already."""

    question: Question
    parent: Parent
    pivot: str = ""

    @property
    def needs_pivot(self) -> bool:
        """Whether the text has to be put into English first."""
        return self.question.technique is Technique.BACK_TRANSLATION and not self.pivot


class Caller:
    """Makes calls for a run; several at once."""

    def __init__(self, database: Database, engines: Engines, asker: Asker) -> None:
        self.database = database
        self.engines = engines
        self.asker = asker

    def ask(self, run: AugmentationRun, study: Study, batch: Sequence[Asked]) -> None:
        """Ask and store what comes back; what does not fit the budget any more is not asked.

        Raises InvalidInput when nothing fits, EngineUnavailable when nobody is answered, and
        EngineRefused when everybody is refused.
        """
        talk = _Talk(self, run, study)
        with self.database.transaction() as stores:
            known = stores.calls.of(run.id)
            number = max((one.batch for one in known), default=-1) + 1
            sent = talk.within_budget(batch, number, known)
            stores.calls.put([one for calls in sent.values() for one in calls])
            stores.augmentation.set_status(run.id, RunStatus.RUNNING)
        with ThreadPoolExecutor(len(sent)) as pool:
            heard = list(pool.map(lambda asked: talk.hear(asked, sent[asked.question]),
                                  [one for one in batch if one.question in sent]))  # fmt: skip
        trouble = _trouble(heard, known)
        with self.database.transaction() as stores:
            stores.calls.put([_as_stored(one, trouble) for each in heard for one in each.calls])
        if trouble is not None:
            raise trouble


@dataclass(frozen=True)
class _Heard:
    """The calls of one question, and the fault that ended them, if one did."""

    calls: tuple[Call, ...]
    fault: EngineUnavailable | EngineRefused | None = None


@dataclass(frozen=True)
class _Talk:
    """What all calls of a batch share."""

    caller: Caller
    run: AugmentationRun
    study: Study

    @property
    def price(self) -> Price:
        plan = self.run.plan
        return Price(Decimal(plan.price_read), Decimal(plan.price_written))

    def within_budget(
        self, batch: Sequence[Asked], number: int, known: Sequence[Call]
    ) -> dict[Question, tuple[Call, ...]]:
        """The calls that can be paid whatever they cost; raises InvalidInput when none can."""
        left = Decimal(self.run.plan.budget) - spent(known)
        fitting: dict[Question, tuple[Call, ...]] = {}
        for asked in batch:
            calls = tuple(self._sent(asked, part, number) for part in _parts(asked))
            if (cost := spent(calls)) and cost > left:
                break
            left -= cost
            fitting[asked.question] = calls
        if not fitting:
            raise InvalidInput(
                "The next question may cost more than is left of the budget of {budget} US "
                "dollars. Raise the budget and go on, or keep what there is.",
                budget=self.run.plan.budget,
            )
        return fitting

    def _sent(self, asked: Asked, part: Part, number: int) -> Call:
        longest = asked.pivot or ("x" * 4 * MOST_PIVOT if asked.needs_pivot else "")
        cost = self.price.at_most(self._chat(asked, part, longest), DECODING)
        return Call(self.run.id, number, asked.question, part, CallState.SENT, cost, now())

    def _chat(self, asked: Asked, part: Part, pivot: str) -> tuple[Message, ...]:
        asker, parent = self.caller.asker, asked.parent
        if part is Part.PIVOT:
            return asker.chat_for_pivot(self.study, parent)
        text = pivot or parent.message
        return asker.chat(self.study, asked.question.technique, parent, text)

    def hear(self, asked: Asked, sent: Sequence[Call]) -> _Heard:
        """Make the calls of a question, one after the other, until one fails."""
        pivot, calls = asked.pivot, list[Call]()
        for place, call in enumerate(sent):
            heard, fault = self._call(asked, call, pivot)
            calls.append(heard)
            if heard.state is not CallState.ANSWERED:
                rest = [replace(one, state=heard.state, cost=Decimal(0), error=heard.error)
                        for one in sent[place + 1 :]]  # fmt: skip
                return _Heard((*calls, *rest), fault)
            if call.part is Part.PIVOT:
                pivot = heard.pivot
        return _Heard(tuple(calls))

    def _call(
        self, asked: Asked, call: Call, pivot: str
    ) -> tuple[Call, EngineUnavailable | EngineRefused | None]:
        plan, question = self.run.plan, asked.question
        engine = self.caller.engines.at(plan.engine_url)
        seed = seed_of(plan.seed, question.parent_key, question.technique, question.number)
        chat = self._chat(asked, call.part, pivot)
        try:
            answer = engine.complete(plan.model, chat, DECODING, seed & LARGEST_SEED)
        except EngineUnavailable as error:
            cost = call.cost if isinstance(error, AnswerLost) else Decimal(0)
            lost = replace(call, state=CallState.UNAVAILABLE, cost=cost, error=str(error))
            return lost, error
        except EngineRefused as error:
            refused = replace(call, state=CallState.REFUSED, cost=Decimal(0), error=str(error))
            return refused, error
        return self._read(call, answer, pivot), None

    def _read(self, call: Call, answer: Completion, pivot: str) -> Call:
        variants = self.caller.asker.read(answer.text)
        state = CallState.ANSWERED if variants else CallState.MALFORMED
        if answer.finish_reason == "content_filter":
            state = CallState.REFUSED
        if call.part is Part.PIVOT and variants:
            pivot = variants[0][:MOST_PIVOT]
        usage = answer.usage
        read, written = (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0)
        return replace(
            call,
            state=state,
            cost=self.price.of(read, written) if usage else call.cost,
            prompt_tokens=read,
            completion_tokens=written,
            latency_seconds=answer.latency_seconds,
            answer=answer.text,
            pivot=pivot,
        )


def _parts(asked: Asked) -> tuple[Part, ...]:
    return (Part.PIVOT, Part.VARIANTS) if asked.needs_pivot else (Part.VARIANTS,)


def _trouble(
    heard: Sequence[_Heard], known: Sequence[Call]
) -> EngineUnavailable | EngineRefused | None:
    """What keeps the whole batch from an answer: an engine that is down, a key, a lost model.

    A single refusal is a matter of its row where the engine has answered before.
    """
    faults = [one.fault for one in heard if one.fault is not None]
    if len(faults) < len(heard):
        return None
    away = next((one for one in faults if isinstance(one, EngineUnavailable)), None)
    has_answered = any(one.state is CallState.ANSWERED for one in known)
    if away is None and len(heard) == 1 and has_answered:
        return None
    return away or faults[0]


def _as_stored(call: Call, trouble: EngineUnavailable | EngineRefused | None) -> Call:
    """A refusal of the whole batch is no fault of a question, which may be asked again."""
    if trouble is not None and call.state is CallState.REFUSED:
        return replace(call, state=CallState.UNAVAILABLE)
    return call
