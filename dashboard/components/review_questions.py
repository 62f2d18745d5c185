"""The review form in the session's language: the study's questions, and every word around them."""

from __future__ import annotations

from dashboard.components.review_form import Choice, Form, FormWords, Rules, Scale
from dashboard.components.words import decision_verb
from dashboard.domain.responses import Confidence, Decision, SkipReason
from dashboard.domain.review_forms import UNSAFE
from dashboard.domain.studies import Study
from dashboard.session import _

DECISION_KEYS = {
    Decision.ACCEPT: "A",
    Decision.EDIT: "E",
    Decision.REJECT: "X",
    Decision.UNSURE: "U",
}
EXPLAINED = frozenset(one.value for one in Decision if one is not Decision.ACCEPT)


def form_of(study: Study, language: str, *, all_ratings: bool = False) -> Form:
    """The study's questions; a calibration round asks for every rating."""
    safety = next((one.key for one in study.form.ratings if one.safety), "")
    return Form(
        decisions=tuple(
            Choice(one.value, decision_verb(one), key) for one, key in DECISION_KEYS.items()
        ),
        scales=tuple(
            Scale(one.key, one.label[language], one.low[language], one.high[language])
            for one in study.form.ratings
        ),
        flags=tuple(
            Choice(one.key, one.label[language], hint=one.rule[language])
            for one in study.form.flags
        ),
        confidences=tuple(Choice(one.value, confidence_word(one)) for one in Confidence),
        skip_reasons=tuple(Choice(one.value, skip_word(one)) for one in SkipReason),
        rules=Rules(
            reason_for=EXPLAINED,
            ratings_for=EXPLAINED | {Decision.ACCEPT.value} if all_ratings else EXPLAINED,
            edit=Decision.EDIT.value,
            safety=safety,
            flag_at=UNSAFE,
            max_words=study.rules.max_words,
        ),
        language=language,
    )


def confidence_word(confidence: Confidence) -> str:
    """How sure somebody is."""
    return {
        Confidence.LOW: _("Low"),
        Confidence.MEDIUM: _("Medium"),
        Confidence.HIGH: _("High"),
    }[confidence]


def skip_word(reason: SkipReason) -> str:
    """Why somebody leaves an example to others."""
    return {
        SkipReason.NOT_MY_FIELD: _("Not my field"),
        SkipReason.UNCLEAR: _("Unclear"),
        SkipReason.CONFLICT_OF_INTEREST: _("Conflict of interest"),
        SkipReason.OTHER: _("Another reason"),
    }[reason]


def form_words() -> FormWords:
    """Every word around the questions."""
    return FormWords(
        form=_("Review form"),
        message=_("Message to the student"),
        decision=_("Decision"),
        rubric=_("Rubric"),
        flags=_("Flags"),
        flags_hint=_("Point at a flag to read its rule."),
        confidence=_("How sure are you?"),
        reason=_("Reason"),
        corrected=_("Corrected message"),
        changes=_("What changes"),
        counted=_("{count}/{max} words · {distance} letters changed"),
        counted_free=_("{count} words · {distance} letters changed"),
        reset=_("Back to the original message"),
        rate=_("{value} for {what}"),
        submit=_("Submit"),
        skip=_("Skip"),
        back=_("Back"),
        next=_("Next"),
        undo=_("Undo"),
        find=_("Find"),
        guideline=_("Guideline"),
        help=_("Keys"),
        reopen=_("Reopen"),
        close=_("Close"),
        saved=_("Saved {at}"),
        saving=_("Saving …"),
        not_saved=_("Not saved. Your text is still here."),
        not_saved_why=_("Not saved: {why}"),
        waiting_to_send=_("{count} answers are waiting to be sent."),
        unsaved_elsewhere=_("{count} other answers are not saved yet."),
        show_unsaved=_("Show them"),
        blocked=_("This card is not saved yet, so you cannot leave it."),
        no_more=_("There is no next card yet."),
        conflict=_("You filled in this card in another tab, too. Choose the answer to keep."),
        mine=_("Answer in this tab"),
        theirs=_("Answer that is saved"),
        keep_mine=_("Keep the one in this tab"),
        take_theirs=_("Take the saved one"),
        skip_title=_("Why do you skip it?"),
        skip_note=_("Another reason"),
        skip_send=_("Skip"),
        locked=_("Your answer has been submitted."),
        loading=_("The next card is being prepared …"),
        done=_("Everything that waited for you is reviewed. Thank you very much."),
        help_title=_("List of keys"),
        help_rate=_("rate, then on to the next row"),
        help_rows=_("previous / next row of the rubric"),
        help_submit_typing=_("submit, also while typing"),
        help_leave=_("leave a text field"),
        missing_decision=_("Choose a decision first."),
        missing_message=_("Write the corrected message first."),
        missing_same=_("The corrected message is still the original one."),
        missing_short=_("The corrected message has {count} words; {max} are the most."),
        missing_rating=_("Rate {what}."),
        missing_flag=_("{what} is rated low: mark at least one flag."),
        missing_reason=_("Say in a few words why."),
        fact_ok=_("fits"),
        fact_hint=_("note"),
        fact_error=_("problem"),
    )
