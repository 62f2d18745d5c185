"""Sentences and clauses of a message, and the orders in which they may stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.lexicon import read
from dashboard.domain.augmentation import Operation

_SPLIT = re.compile(r"(?<=[.!?…])\s+")
_MARK = re.compile(r"[.!?…]+$")


@dataclass(frozen=True)
class Sentence:
    """One sentence and the mark it closes with."""

    text: str
    mark: str

    @property
    def takes_name(self) -> bool:
        """Whether a name may close it: not after a lone word."""
        return len(self.text.split()) > 2


def sentences(body: str) -> list[Sentence]:
    """A body taken apart."""
    found = []
    for part in _SPLIT.split(body):
        mark = _MARK.search(part)
        cut = mark.start() if mark else len(part)
        found.append(Sentence(part[:cut], part[cut:]))
    return found


def joined(found: list[Sentence]) -> str:
    """Sentences as one body; whichever comes last has no full stop before the emoji."""
    inner = [f"{one.text}{one.mark or '.'}" for one in found[:-1]]
    last = found[-1]
    return " ".join([*inner, f"{last.text}{last.mark if last.mark != '.' else ''}"])


# What a clause must not open with when it is to stand first: it leans on what came before.
LEANING = frozenset(read("phrases")["leaning"])
# What a sentence must not hold when it changes its place: it points at the other one.
POINTING = re.compile(
    r"(?<!\w)(?:ini|itu|tadi|situ|sini|begini|begitu|lagi|juga|berikutnya|mereka|sejelas|"
    r"versi\w*|\w+nya|\w+-nya|jawab\w*|tebak\w*|dugaan\w*|contoh\w*)(?!\w)",
    re.IGNORECASE,
)
IMPERATIVE = re.compile(
    r"(?<!\w)(?:tulis|kirim|ketik|jawab|temukan|tambah|catat|foto|coba|tebak|cari|amati|ambil|"
    r"ubah|isi|ikuti|ceritain|jelasin|sebutin|lanjutin|tunjukin|pilih(?= satu)|yuk|cek|karang|"
    r"dengerin|lihat|bayangin|hitung|sembunyiin|lanjut)(?!\w)",
    re.IGNORECASE,
)


def leans(text: str) -> bool:
    """Whether a clause leans on one before it."""
    first = re.match(r"[\w-]+", text)
    return first is None or first.group().lower() in LEANING


def swapped_sentences(draft: Draft, rng: Random) -> Draft | None:
    """Two neighboring sentences in the other order, where neither needs the first one first."""
    found = sentences(draft.body)
    pairs = [
        index
        for index in range(len(found) - 1)
        if _may_swap(found[index], found[index + 1], is_first=index == 0)
    ]
    if not pairs:
        return None
    index = rng.choice(pairs)
    first, second = found[index], found[index + 1]
    found[index : index + 2] = [second, first]
    body = joined(found)
    return draft.rebuilt(body, Operation("sentence swap", first.text, second.text))


def _may_swap(first: Sentence, second: Sentence, *, is_first: bool) -> bool:
    texts = (first.text, second.text)
    return (
        is_first
        and first.mark in (".", "!")
        and second.mark != "?"
        and min(len(text.split()) for text in texts) > 2
        and not leans(second.text)
        and not any(POINTING.search(text) for text in texts)
        and not any(IMPERATIVE.search(text) for text in texts)
    )


# "Begitu siap, …" may follow as "… begitu siap".
_FRONTED = re.compile(
    r"^(?P<opening>(?:begitu|kalau|setelah|habis|sesudah|mumpung) [^,.!?:]+), (?P<rest>[^,.!?:]+)$"
)
_PAIRED = re.compile(r"^(?P<first>[^,.!?:]+), dan (?P<second>[^,.!?:]+)$")


def swapped_clauses(draft: Draft, rng: Random) -> Draft | None:
    """Two clauses of one sentence in the other order."""
    found = sentences(draft.body)
    options = []
    for index, one in enumerate(found):
        after = _clauses_swapped(one)
        if after is not None:
            options.append((index, after))
    if not options:
        return None
    index, after = rng.choice(options)
    before = found[index].text
    found[index] = Sentence(after, found[index].mark)
    body = joined(found) if found[-1].mark != "." else joined(found) + "."
    return draft.rebuilt(body, Operation("clause swap", before, after))


def _clauses_swapped(sentence: Sentence) -> str | None:
    fronted = _FRONTED.match(sentence.text)
    if fronted and len(fronted["rest"].split()) > 1 and not leans(fronted["rest"]):
        return f"{fronted['rest']} {fronted['opening']}"
    paired = _PAIRED.match(sentence.text)
    if paired and not leans(paired["second"]) and not IMPERATIVE.search(paired["first"]):
        return f"{paired['second']}, dan {paired['first']}"
    return None
