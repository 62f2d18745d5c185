"""Puts other words in the places that a lexicon finds."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.keeping import FREELY_REPEATED
from dashboard.augmentation.lexicon import Lexicon, Site
from dashboard.augmentation.tokens import tokens


def replaced(draft: Draft, lexicon: Lexicon, kind: str, rng: Random) -> Draft | None:
    """The draft with one site replaced; what an earlier edit put there stays as it is."""
    sites = list(_open_sites(draft, lexicon, kind))
    if not sites:
        return None
    site = rng.choice(sites)
    after = rng.choice(site.options)
    changed = draft.edited(site.start, site.end, after, kind)
    if not site.entry.english:
        return changed
    before = draft.body[site.start : site.end]
    return changed.through(f"{before} → {site.entry.english} → {after}")


def _open_sites(draft: Draft, lexicon: Lexicon, kind: str) -> Iterator[Site]:
    said = [token.folded for token in draft.tokens]
    edits = [edit for edit in draft.operations if edit.kind == kind]
    made = {token.folded for edit in edits for token in tokens(edit.after)}
    for site in lexicon.sites(draft):
        words = [token.folded for token in tokens(draft.body[site.start : site.end])]
        if not made.isdisjoint(words) and kind != "phrase":
            continue
        if any(" ".join(words) in edit.after.lower() for edit in edits):
            continue
        if len(words) > 1 or words[0] in FREELY_REPEATED or not _recurs(site.entry.phrase, said):
            yield site


def _recurs(stem: str, said: list[str]) -> bool:
    """Whether a word stands twice, so that one of them alone must not change."""
    return sum(word in {stem, f"{stem}mu", f"{stem}nya", f"{stem}ku"} for word in said) > 1
