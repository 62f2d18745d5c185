"""Writes a conversation as the text a model reads, the same for training and for answering.

A tokenizer's own chat template is used where there is one. Gemma's base models have none but know
the markers of their tuned sisters, so those are written here as Gemma's template writes them. Any
other model gets `System:`, `User:` and `Assistant:` lines, an answer ending with its end-of-text
token. Control tokens inside a message are broken by a space: nobody ends a turn by typing one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from .messages import Message

PROBE: Final = (Message("user", "a"), Message("assistant", "b"))


@dataclass(frozen=True)
class Piece:
    """A part of a conversation's text and whether training imitates it."""

    text: str
    learned: bool


class UnwritableDialogue(Exception):
    """A conversation that the model's chat template does not accept."""


@dataclass(frozen=True)
class Markers:
    """What is written around the messages of a model without a template."""

    start: str
    openings: dict[str, str]
    closings: dict[str, str]
    folds_system: bool

    def write(self, messages: Sequence[Message], open_reply: bool) -> str:
        """The whole text, ending where the assistant begins when a reply is wanted."""
        told = _system_into_user(messages) if self.folds_system else messages
        turns = [self.openings[m.role] + m.content.strip() + self.closings[m.role] for m in told]
        opening = self.openings["assistant"] if open_reply else ""
        return self.start + "".join(turns) + opening


class Dialogue:
    """How one model's conversations are written."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._write = _writer(tokenizer)
        self._control = _control_tokens(tokenizer)

    def prompt(self, messages: Sequence[Message]) -> str:
        """The text after which the model answers."""
        return self._write(self._harmless(messages), True)

    def pieces(self, messages: Sequence[Message]) -> list[Piece]:
        """The text of a training row, cut where learning begins and ends.

        An answer is learned together with the token that ends its turn.
        """
        told = self._harmless(messages)
        pieces: list[Piece] = []
        written = 0
        for index, message in enumerate(told):
            if message.is_learned:
                whole, begin = self._answer(told[: index + 1])
                end = len(whole.rstrip())
                pieces.append(Piece(whole[written:begin], False))
                pieces.append(Piece(self._closed(whole[begin:end], message), True))
                written = end
        return pieces

    def _answer(self, messages: Sequence[Message]) -> tuple[str, int]:
        """The text up to an answer's end, and where the answer begins."""
        whole, prompt = self._write(messages, False), self._write(messages[:-1], True)
        if whole.startswith(prompt):
            return whole, len(prompt)
        begin = whole.rfind(messages[-1].content.strip())
        if begin < 0:
            raise UnwritableDialogue("The model's chat template leaves the answer out.")
        return whole, begin

    def _closed(self, answer: str, message: Message) -> str:
        """An answer that ends its turn even where the template forgets to."""
        ends_bare = answer.endswith(message.content.strip())
        return answer + (self._tokenizer.eos_token or "") if ends_bare else answer

    def turn_end(self) -> str:
        """What the model writes after its answer."""
        return self.pieces(PROBE)[-1].text.strip()[1:].strip()

    def _harmless(self, messages: Sequence[Message]) -> list[Message]:
        def broken(found: re.Match[str]) -> str:
            return found[0][0] + " " + found[0][1:]

        return [replace(m, content=self._control.sub(broken, m.content)) for m in messages]


def _writer(tokenizer: Any) -> Callable[[Sequence[Message], bool], str]:
    if tokenizer.chat_template:
        return _template_writer(tokenizer)
    vocabulary = tokenizer.get_vocab()
    if "<start_of_turn>" in vocabulary and "<end_of_turn>" in vocabulary:
        return _gemma_markers(tokenizer.bos_token or "").write
    return _plain_markers(_bos(tokenizer), tokenizer.eos_token or "").write


def _template_writer(tokenizer: Any) -> Callable[[Sequence[Message], bool], str]:
    def write(messages: Sequence[Message], open_reply: bool) -> str:
        told = [{"role": m.role, "content": m.content} for m in messages]
        try:
            text = tokenizer.apply_chat_template(
                told, tokenize=False, add_generation_prompt=open_reply
            )
        except Exception as error:  # Templates are programs and fail in their own ways.
            reason = f"The model's chat template refuses this conversation: {error}"
            raise UnwritableDialogue(reason) from error
        return str(text)

    return write


def _gemma_markers(start: str) -> Markers:
    closing = "<end_of_turn>\n"
    return Markers(
        start,
        {"user": "<start_of_turn>user\n", "assistant": "<start_of_turn>model\n"},
        {"user": closing, "assistant": closing},
        folds_system=True,
    )


def _plain_markers(start: str, end: str) -> Markers:
    return Markers(
        start,
        {"system": "System: ", "user": "User: ", "assistant": "Assistant:"},
        {"system": "\n", "user": "\n", "assistant": end + "\n"},
        folds_system=False,
    )


def _system_into_user(messages: Sequence[Message]) -> list[Message]:
    """Put system text before the first user text, as Gemma's own template does."""
    system = "\n\n".join(m.content.strip() for m in messages if m.role == "system")
    told = [m for m in messages if m.role != "system"]
    if not system:
        return told
    if not told or told[0].role != "user":
        return [Message("user", system), *told]
    first = replace(told[0], content=f"{system}\n\n{told[0].content.strip()}")
    return [first, *told[1:]]


def _bos(tokenizer: Any) -> str:
    """The start token, for models that were trained to see one."""
    starts = tokenizer("a").input_ids[:1] == [tokenizer.bos_token_id]
    return str(tokenizer.bos_token) if tokenizer.bos_token and starts else ""


def _control_tokens(tokenizer: Any) -> re.Pattern[str]:
    special = [str(t.content) for t in tokenizer.added_tokens_decoder.values() if t.special]
    longest_first = sorted({*special, *tokenizer.all_special_tokens}, key=len, reverse=True)
    return re.compile("|".join(re.escape(text) for text in longest_first) or r"(?!)")
