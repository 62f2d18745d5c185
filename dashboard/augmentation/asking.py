"""What a language model is asked for variants, and how its answer is read."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from dashboard.domain.augmentation import Operation, Parent, Rewriting, Technique
from dashboard.domain.studies import Message, Study
from dashboard.domain.words import WHOLE_WORD

OUT = "back_translation_out"
VARIANTS = 3
MOST_REPLACED, MOST_INSERTED = 3, 2
_FENCE = re.compile(r"^```[a-zA-Z]*\s*\n(.*?)\n?```$", re.DOTALL)


class ModelAsker:
    """The study's prompts as chats; implements `Asker`."""

    def resources(self, study: Study) -> Mapping[str, str]:
        """Name and fingerprint of every prompt."""
        return {
            f"prompt.{name}": hashlib.sha256(text.encode()).hexdigest()[:16]
            for name, text in sorted(study.augment_prompts.items())
        }

    def chat(
        self, study: Study, technique: Technique, parent: Parent, text: str
    ) -> tuple[Message, ...]:
        """The task and the rules as system message, condition and text as the user's."""
        prompts = study.augment_prompts
        system = f"{prompts[technique.value]}\n\n{prompts['rules']}"
        return _chat(study, parent, system, f"{text}\n\nvariants: {VARIANTS}")

    def chat_for_pivot(self, study: Study, parent: Parent) -> tuple[Message, ...]:
        """The first of the two calls of back translation."""
        return _chat(study, parent, study.augment_prompts[OUT], parent.message)

    def read(self, answer: str) -> tuple[str, ...] | None:
        """The variants of a JSON object, fenced or not; None for anything else."""
        fenced = _FENCE.match(answer.strip())
        try:
            value = json.loads(fenced.group(1) if fenced else answer)
        except (json.JSONDecodeError, RecursionError):
            return None
        variants = value.get("variants") if isinstance(value, dict) else None
        if not isinstance(variants, list) or not all(isinstance(one, str) for one in variants):
            return None
        return tuple(one.strip() for one in variants if one.strip())[:VARIANTS] or None

    def rewriting(self, technique: Technique, before: str, after: str) -> Rewriting | None:
        """A variant with where it differs; None when it did more than its technique may."""
        if not is_the_technique(technique, before, after):
            return None
        return Rewriting(after, operations(before, after))


def _chat(study: Study, parent: Parent, system: str, text: str) -> tuple[Message, ...]:
    asked = f"{study.user_message(parent.inputs)}\n\n{text}"
    return (Message("system", system), Message("user", asked))


def operations(before: str, after: str) -> tuple[Operation, ...]:
    """Where two texts differ, word by word."""
    old, new = before.split(), after.split()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(
        Operation(kind, " ".join(old[a:b]), " ".join(new[c:d]))
        for kind, a, b, c, d in blocks
        if kind != "equal"
    )


def is_the_technique(technique: Technique, before: str, after: str) -> bool:
    """Whether a text did only what its technique may do; any text may be a paraphrase."""
    old, new = _words(before), _words(after)
    if technique is Technique.SYNONYM:
        return len(old) == len(new) and 1 <= _differing(old, new) <= MOST_REPLACED
    if technique is Technique.INSERTION:
        return 1 <= len(new) - len(old) <= MOST_INSERTED and _is_within(old, new)
    if technique is Technique.SWAP:
        return Counter(old) == Counter(new) and old != new
    return True


def _words(text: str) -> list[str]:
    return [one.casefold() for one in WHOLE_WORD.findall(text)]


def _differing(old: Sequence[str], new: Sequence[str]) -> int:
    return sum(one != other for one, other in zip(old, new, strict=True))


def _is_within(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether all words of the one stand in the other in their order."""
    rest = iter(new)
    return all(word in rest for word in old)
