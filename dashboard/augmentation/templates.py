"""Openers, closers, greetings and emoji, chosen for the emotion and the ARCS component."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import emoji

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.lexicon import read
from dashboard.augmentation.moves import Move
from dashboard.augmentation.sentences import sentences
from dashboard.augmentation.tokens import tokens, uncapitalized
from dashboard.augmentation.vocative import greeted, opened_with
from dashboard.domain.augmentation import Operation
from dashboard.domain.studies import Inputs

_CLAUSE_START = re.compile(r"(?:(?<=^)|(?<=[,.!?:…] ))\w+")
SHORT = 3
"""Words up to this length may stand both in a template and in the message."""


@dataclass(frozen=True)
class Template:
    """Some sentences of one kind and the messages they go with."""

    texts: tuple[str, ...]
    emotions: frozenset[str]
    arcs: frozenset[str]
    needs: frozenset[str]
    asks: frozenset[str]
    asks_in: frozenset[str]
    blocked_by: frozenset[str]

    def goes_with(self, inputs: Inputs, body: str) -> bool:
        """Whether it fits the condition and says nothing that is said already."""
        said = frozenset(token.folded for token in tokens(body))
        return (
            (not self.emotions or inputs.get("emotion", "") in self.emotions)
            and (not self.arcs or inputs.get("arcsmodel", "") in self.arcs)
            and (not self.needs or bool(self.needs & said))
            and self._is_asked(inputs, body)
            and not self.blocked_by & said
        )

    def _is_asked(self, inputs: Inputs, body: str) -> bool:
        """Whether the message asks for a step, where the template needs one."""
        if self.asks_in and inputs.get("arcsmodel", "") not in self.asks_in:
            return True
        return not self.asks or bool(self.asks & _first_words(body))


@cache
def templates(part: str) -> tuple[Template, ...]:
    """The openers or the closers."""
    blocks: Mapping[str, list[str]] = read("templates")["blocked_by"]
    return tuple(_template(row, blocks) for row in read("templates")[part])


def _template(row: Mapping[str, Any], blocks: Mapping[str, list[str]]) -> Template:
    return Template(
        tuple(row["texts"]),
        frozenset(row.get("emotions", ())),
        frozenset(row.get("arcs", ())),
        frozenset(row.get("needs", ())),
        frozenset(row.get("asks", ())),
        frozenset(row.get("asks_in", ())),
        frozenset(blocks.get(row["kind"], ())),
    )


def opening(inputs: Inputs) -> Move:
    """A move that puts an opener in front."""

    def opened(draft: Draft, rng: Random) -> Draft | None:
        text = _drawn("openers", draft, inputs, rng)
        if not text or {"opener", "greeting"} & _kinds(draft):
            return None
        return opened_with(draft, uncapitalized(text))

    return opened


def closing(inputs: Inputs) -> Move:
    """A move that adds a closer before the emoji."""

    def closed(draft: Draft, rng: Random) -> Draft | None:
        text = _drawn("closers", draft, inputs, rng)
        if not text or "closer" in _kinds(draft):
            return None
        mark = sentences(draft.body)[-1].mark or "."
        body = draft.body.rstrip(".!?…") + mark
        closer = uncapitalized(text).removesuffix(".")
        return draft.rebuilt(f"{body} {closer}", Operation("closer", "", text))

    return closed


def greeting(inputs: Inputs) -> Move:
    """A move that calls the student by name in a greeting in front."""

    def said(draft: Draft, rng: Random) -> Draft | None:
        choices = read("templates")["greetings"].get(inputs.get("emotion", ""), ())
        if not choices or {"opener", "greeting"} & _kinds(draft) or _exclaims(draft):
            return None
        return greeted(draft, rng.choice(choices))

    return said


def changing_emoji(inputs: Inputs) -> Move:
    """A move that exchanges a general emoji for another of its valence, or adds one."""

    def changed(draft: Draft, rng: Random) -> Draft | None:
        choices = tuple(read("templates")["emoji"].get(inputs.get("emotion", ""), ()))
        present = [found["emoji"] for found in emoji.emoji_list(draft.tail)]
        others = [one for one in choices if one not in present]
        if not others or not present:
            return None
        new = rng.choice(others)
        if present[-1] in choices:
            return draft.ended(draft.tail.replace(present[-1], new))
        return draft.ended(draft.tail + new) if len(present) == 1 else None

    return changed


def _drawn(part: str, draft: Draft, inputs: Inputs, rng: Random) -> str:
    said = frozenset(token.folded for token in draft.tokens)
    texts = [
        text
        for one in templates(part)
        if one.goes_with(inputs, draft.body)
        for text in one.texts
        if not _repeats(text, said)
    ]
    return rng.choice(texts) if texts else ""


def _repeats(text: str, said: frozenset[str]) -> bool:
    words = {token.folded for token in tokens(text)}
    return any(len(word) > SHORT and word in said for word in words)


def _first_words(body: str) -> set[str]:
    """The words with which clauses open."""
    return {one.group().lower() for one in _CLAUSE_START.finditer(body)}


def _kinds(draft: Draft) -> set[str]:
    return {operation.kind for operation in draft.operations}


def _exclaims(draft: Draft) -> bool:
    """Whether the message opens with a cry, before which a greeting would come too late."""
    first = tokens(draft.body)[0].folded if tokens(draft.body) else ""
    return first in {"wah", "eh", "psst", "sst", "lho", "nah"}
