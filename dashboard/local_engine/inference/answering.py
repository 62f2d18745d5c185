"""The one thread that holds a base model and answers with it.

Requests that wait for the same model are answered together. Only one base model is in memory; a
request for another one unloads the first.
"""

from __future__ import annotations

import gc
import threading
import traceback
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ..errors import ApiError, invalid
from ..language.dialogue import UnwritableDialogue
from ..language.weights import BaseModel, UnusableWeights, load_base
from .adapters import AdapterRack
from .decoding import decode
from .reply import Refused, Reply

SEATS: Final = 8  # on two cores, 16 rows at once were no faster than 8
MOST_WAITING: Final = 1024
GATHERING_SECONDS: Final = 0.01
RETRY_SECONDS: Final = 5


class Answering:
    """Takes replies from any thread and writes them in its own."""

    def __init__(self, bases: Mapping[str, Path]) -> None:
        self._bases = bases
        self.states = dict.fromkeys(bases, "not loaded")
        self._waiting: deque[Reply] = deque()
        self._news = threading.Condition()
        self._stopping = False
        self._base: BaseModel | None = None
        self._rack: AdapterRack | None = None
        self._base_name = ""
        self._thread = threading.Thread(target=self._work, name="answering", daemon=True)

    def start(self) -> None:
        """Begin to load the default model, without waiting for it."""
        self._thread.start()

    def stop(self, patience: float) -> bool:
        """Leave what is being written; say whether the thread has ended in time."""
        with self._news:
            self._stopping = True
            self._news.notify_all()
        self._thread.join(patience)
        return not self._thread.is_alive()

    def submit(self, replies: list[Reply]) -> None:
        """Let replies wait for their turn."""
        with self._news:
            if len(self._waiting) + len(replies) > MOST_WAITING:
                message = f"Too many requests wait: send this one again in {RETRY_SECONDS} seconds."
                raise ApiError(429, message, None, "rate_limit_exceeded", "requests", RETRY_SECONDS)
            self._waiting.extend(replies)
            self._news.notify_all()

    def _work(self) -> None:
        first = next(iter(self._bases))
        try:
            self._hold(first)
        except Exception as error:  # Said in /health and to whoever asks for the model.
            self.states[first] = f"failed: {error}"
        while not self._stopping:
            replies = self._next()
            if replies:
                self._answer(replies)

    def _next(self) -> list[Reply]:
        """The longest waiting reply and those that can be written with it."""
        with self._news:
            if not self._waiting:
                self._news.wait(1.0)
                if self._waiting:
                    self._news.wait_for(lambda: self._stopping, GATHERING_SECONDS)
            waiting = [reply for reply in self._waiting if not reply.cancelled]
            chosen = [reply for reply in waiting if reply.model == waiting[0].model][:SEATS]
            taken = {id(reply) for reply in chosen}
            self._waiting = deque(reply for reply in waiting if id(reply) not in taken)
        return chosen

    def _answer(self, replies: list[Reply]) -> None:
        try:
            base, rack = self._hold(replies[0].model.base)
            fitting = [reply for reply in replies if _fits(base, reply)]
            if fitting:
                with rack.worn(replies[0].model.adapter) as network:
                    decode(base, network, fitting, lambda: self._stopping)
        except Exception as error:  # The outermost place of this thread: every reader is told.
            traceback.print_exc()
            message = f"The model {replies[0].model.name!r} could not answer: {error}"
            for reply in replies:
                reply.tell(Refused(ApiError(500, message, None, "model_failed", "server_error")))

    def _hold(self, name: str) -> tuple[BaseModel, AdapterRack]:
        """The base model and its adapters, loaded if need be."""
        if self._base is None or self._rack is None or self._base_name != name:
            self._let_go()
            self.states[name] = "loading"
            try:
                base = load_base(self._bases[name], measured=True)
            except UnusableWeights as error:
                self.states[name] = f"failed: {error}"
                raise
            except Exception as error:
                self.states[name] = f"failed: {error}"
                raise UnusableWeights(f"{self._bases[name]} cannot be loaded: {error}") from error
            self._base, self._rack, self._base_name = base, AdapterRack(base), name
            self.states[name] = "ready"
        return self._base, self._rack

    def _let_go(self) -> None:
        if self._base is not None:
            self.states[self._base_name] = "not loaded"
        self._base = self._rack = None
        gc.collect()


def _fits(base: BaseModel, reply: Reply) -> bool:
    """Whether a prompt can be read and leaves room for an answer; its reader is told if not."""
    try:
        reply.prompt = base.encoder.prompt(reply.messages)
    except UnwritableDialogue as error:
        reply.tell(Refused(invalid(str(error), "messages")))
        return False
    if len(reply.prompt) >= base.context:
        message = f"The messages are {len(reply.prompt)} tokens long and the model reads "
        message += f"{base.context} with its answer: shorten them."
        reply.tell(Refused(invalid(message, "messages", "context_length_exceeded")))
        return False
    return True
