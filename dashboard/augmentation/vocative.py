"""Where the student is addressed by name: found, taken out, and put somewhere else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.lexicon import read
from dashboard.augmentation.sentences import Sentence, joined, sentences
from dashboard.augmentation.tokens import uncapitalized
from dashboard.domain.augmentation import Operation

# After these words a name in front of the sentence reads as if somebody else were called.
INTERJECTIONS = frozenset(read("phrases")["interjections"])


@dataclass(frozen=True)
class Unaddressed:
    """A body without its vocative, and the sentence and side it was taken from."""

    body: str
    place: str


def unaddressed(draft: Draft) -> Unaddressed | None:
    """The body without the vocative, if it is the only mention; a greeting keeps its name."""
    name = re.escape(draft.username)
    if not draft.username or len(re.findall(rf"(?<!\w){name}(?!\w)", draft.body)) != 1:
        return None
    if re.match(rf"(?:hai|halo|hei), {name}[.!]", draft.body):
        return None
    front = re.match(rf"{name}(?:,|!)\s+", draft.body)
    if front:
        return Unaddressed(draft.body[front.end() :], "0:front")
    within = re.search(rf",\s+{name}(?=[,.!?:]|$)", draft.body)
    if within is None:
        return None
    body = draft.body[: within.start()] + draft.body[within.end() :]
    before = draft.body[: within.start()]
    is_end = not draft.body[within.end() :].startswith((",", ":"))
    number = len(sentences(before)) - 1
    return Unaddressed(body, f"{number}:{'end' if is_end else 'within'}")


def places(body: str) -> list[str]:
    """Where a name may stand: in front of the first sentence or at the end of one."""
    found = sentences(body)
    ends = [f"{number}:end" for number, one in enumerate(found) if one.takes_name]
    first = found[0].text.split(maxsplit=1)[0].strip(",!").lower()
    front = [] if first in INTERJECTIONS or found[0].mark == "!" else ["0:front"]
    return [*front, *ends]


def addressed(body: str, name: str, place: str) -> str:
    """The body with the name in this place."""
    number, _, side = place.partition(":")
    if side == "front":
        return f"{name}, {body}"
    found = sentences(body)
    one = found[int(number)]
    found[int(number)] = Sentence(f"{one.text}, {name}", one.mark)
    return joined(found)


def addressed_again(body: str, name: str, place: str, rng: Random) -> str:
    """The body with the name where it was, or elsewhere when that place is gone."""
    possible = places(body)
    if place in possible or place == "0:front":
        return addressed(body, name, place)
    return addressed(body, name, rng.choice(possible or ["0:front"]))


def moved_name(draft: Draft, rng: Random) -> Draft | None:
    """The student's name in another place."""
    bare = unaddressed(draft)
    if bare is None:
        return None
    others = [place for place in places(bare.body) if place != bare.place]
    if not others:
        return None
    place = rng.choice(others)
    body = addressed(bare.body, draft.username, place)
    return draft.rebuilt(body, Operation("name", bare.place, place))


def greeted(draft: Draft, greeting: str) -> Draft | None:
    """The name moved into a greeting in front, e.g. `Hai, {name}.`."""
    bare = unaddressed(draft)
    if bare is None:
        return None
    said = uncapitalized(greeting).replace("{name}", draft.username)
    return draft.rebuilt(f"{said} {bare.body}", Operation("greeting", bare.place, said))


def opened_with(draft: Draft, opener: str) -> Draft:
    """An opener in front; a name that stood there goes along into it."""
    bare = unaddressed(draft)
    operation = Operation("opener", "", opener)
    if bare is None or bare.place != "0:front":
        return draft.rebuilt(f"{opener} {draft.body}", operation)
    said = f"{opener[:-1]}, {draft.username}{opener[-1]}"
    return draft.rebuilt(f"{said} {bare.body}", operation)


def nameless(
    move: Callable[[Draft, Random], Draft | None],
) -> Callable[[Draft, Random], Draft | None]:
    """The move made while the name steps aside."""

    def moved(draft: Draft, rng: Random) -> Draft | None:
        bare = unaddressed(draft)
        if bare is None:
            return move(draft, rng)
        after = move(replace(draft, body=bare.body), rng)
        if after is None:
            return None
        body = addressed_again(after.body, draft.username, bare.place, rng)
        return replace(after, body=body)

    return moved
