"""What techniques do and what the sieve says, in plain words of the session's language."""

from __future__ import annotations

from dashboard.domain.augmentation import Fate, Reason, Route, Technique
from dashboard.session import _

FATE_ICONS = {
    Fate.KEPT: ":material/check_circle:",
    Fate.HELD: ":material/pan_tool:",
    Fate.DROPPED: ":material/do_not_disturb_on:",
}


def technique_line(technique: Technique, route: Route = Route.OFFLINE) -> str:
    """What a technique does to a message, in one sentence."""
    if technique is Technique.BACK_TRANSLATION and route is Route.OFFLINE:
        return _("Takes single words into English and back through a small dictionary.")
    return {
        Technique.PARAPHRASE: _("Says the same in other turns of phrase."),
        Technique.SYNONYM: _("Replaces single words by others that mean the same."),
        Technique.INSERTION: _("Adds a few small words that fit."),
        Technique.SWAP: _("Moves parts of the message to another place."),
        Technique.BACK_TRANSLATION: _("Translates the message into English and back."),
    }[technique]


def fate_word(fate: Fate) -> str:
    """What becomes of a variant."""
    return {
        Fate.KEPT: _("Passes and goes to the experts"),
        Fate.HELD: _("Held until somebody decides"),
        Fate.DROPPED: _("Left out"),
    }[fate]


def reason_sentence(reason: Reason) -> str:
    """Why the sieve stopped a variant, in one plain sentence."""
    return (_form_sentences() | _meaning_sentences())[reason]


def reason_sentences(reasons: tuple[Reason, ...]) -> str:
    """Every reason, the one that decided first."""
    return " ".join(reason_sentence(one) for one in reasons)


def _form_sentences() -> dict[Reason, str]:
    """About how a message is written."""
    return {
        Reason.MALFORMED: _("The text is damaged or empty."),
        Reason.TOO_SHORT: _("It is shorter than the study allows."),
        Reason.TOO_LONG: _("It is longer than the study allows."),
        Reason.NO_EMOJI: _("It has no emoji, and the study wants one."),
        Reason.TOO_MANY_EMOJI: _("It has more emoji than the study allows."),
        Reason.EMOJI_VALENCE: _("Its emoji does not suit the student's emotion."),
        Reason.PROFANITY: _("It has a rude word in it."),
        Reason.SHAMING: _("It could shame or press the student."),
        Reason.CRISIS: _("It sounds like a crisis or danger, which takes a person to judge."),
        Reason.NOT_INDONESIAN: _("It does not read as Indonesian."),
        Reason.LEFTOVER: _("It has leftovers in it, such as empty brackets or quotation marks."),
        Reason.BROKEN: _("The sentence does not sound right any more."),
        Reason.UNCHANGED: _("It is almost letter by letter its original."),
        Reason.NEAR_DUPLICATE: _("The study has almost the same message already."),
    }


def _meaning_sentences() -> dict[Reason, str]:
    """About what a message says."""
    return {
        Reason.NEGATOR_MISMATCH: _("A “not” came or went, so it may say the opposite."),
        Reason.ANTONYM: _("A word stands for its opposite."),
        Reason.REINFORCEMENT_LOST: _("What is given to or lifted from the student has got lost."),
        Reason.NEW_CAUSE: _("It names a cause of the emotion that nobody told us."),
        Reason.INPUT_LOST: _("The student's name, class or subject has got lost."),
        Reason.DRIFT: _("It may have moved away from what the original says."),
        Reason.SURPLUS: _("It passes every filter, but its condition has enough already."),
        Reason.OTHER_TECHNIQUE: _("The model did something else than its technique says."),
        Reason.LABEL_DOUBT: _("It may suit another condition better than its own."),
    }
