"""Every word of the form, already in the reader's language; `{…}` are filled in the browser."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FormWords:
    """The words of the form, in the order in which one meets them."""

    form: str  # the name of the form for screen readers
    message: str
    decision: str
    rubric: str
    flags: str
    flags_hint: str  # stands where the rule of a flag is shown, until one is pointed at
    confidence: str
    reason: str
    corrected: str
    changes: str  # above the word diff
    counted: str  # {count} {max} {distance}
    counted_free: str  # {count} {distance}, where there is no limit
    reset: str
    rate: str  # {value} {what}: the accessible name of one rating

    submit: str
    skip: str
    back: str
    next: str
    undo: str
    find: str
    guideline: str
    help: str
    reopen: str
    close: str

    saved: str  # {at}
    saving: str
    not_saved: str
    not_saved_why: str  # {why}
    waiting_to_send: str  # {count}
    unsaved_elsewhere: str  # {count}: answers of other cards that could not be saved
    show_unsaved: str
    blocked: str  # why one cannot leave a card that is not saved
    no_more: str  # there is no card in that direction yet

    conflict: str
    mine: str
    theirs: str
    keep_mine: str
    take_theirs: str

    skip_title: str
    skip_note: str
    skip_send: str

    locked: str
    loading: str  # the stack is empty and more cards are on their way
    done: str

    help_title: str
    help_rate: str
    help_rows: str
    help_submit_typing: str
    help_leave: str

    missing_decision: str
    missing_message: str
    missing_same: str  # the corrected message is the original
    missing_short: str  # {count} {max}: too many words
    missing_rating: str  # {what}
    missing_flag: str  # {what}: the safety scale
    missing_reason: str

    fact_ok: str
    fact_hint: str
    fact_error: str
