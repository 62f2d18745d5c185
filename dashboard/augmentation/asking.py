"""What a language model is asked for variants, and how its answer is read."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dashboard.domain.augmentation import Operation, Parent, Technique
from dashboard.domain.studies import Message, Study

OUT = "back_translation_out"
MOST_VARIANTS = 5
MOST_REPLACED, MOST_INSERTED = 3, 2
_FENCE = re.compile(r"^```[a-zA-Z]*\s*\n(.*?)\n?```$", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True)
class Question:
    """What is asked about one parent: a technique's prompt, and how many variants."""

    prompt: str
    text: str
    variants: int

    def chat(self, study: Study, parent: Parent) -> tuple[Message, ...]:
        """The rules and the task as system message, condition and text as the user's."""
        system = self.prompt
        asked = f"{study.user_message(parent.inputs)}\n\n{self.text}\n\nvariants: {self.variants}"
        return (Message("system", system), Message("user", asked))

    @property
    def sha256(self) -> str:
        """The prompt's fingerprint, which every child remembers."""
        return hashlib.sha256(self.prompt.encode()).hexdigest()


def question(study: Study, technique: Technique, text: str, variants: int) -> Question:
    """The technique's prompt under the rules of the study, about a text."""
    prompts = study.augment_prompts
    prompt = f"{prompts[technique.value]}\n\n{prompts['rules']}"
    return Question(prompt, text, min(variants, MOST_VARIANTS))


def question_out(study: Study, text: str) -> Question:
    """The first of the two calls of back translation: into English, once."""
    return Question(study.augment_prompts[OUT], text, 1)


def read_variants(answer: str) -> tuple[str, ...] | None:
    """The variants in an answer; None when it is not the JSON that was asked for."""
    fenced = _FENCE.match(answer.strip())
    try:
        value = json.loads(fenced.group(1) if fenced else answer)
    except (json.JSONDecodeError, RecursionError):
        return None
    variants = value.get("variants") if isinstance(value, dict) else None
    if not isinstance(variants, list) or not all(isinstance(one, str) for one in variants):
        return None
    return tuple(one.strip() for one in variants if one.strip())[:MOST_VARIANTS] or None


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
    return [one.casefold() for one in _WORD.findall(text)]


def _differing(old: Sequence[str], new: Sequence[str]) -> int:
    return sum(one != other for one, other in zip(old, new, strict=True))


def _is_within(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether all words of the one stand in the other in their order."""
    rest = iter(new)
    return all(word in rest for word in old)
