"""The study's rules for inputs and messages; each finding is a sentence that tells the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.domain.findings import Facts, Finding, Severity
from dashboard.domain.studies import Inputs, Study
from dashboard.metrics.counts import count_emoji, count_words, count_words_by_spaces
from dashboard.metrics.languages import is_indonesian
from dashboard.metrics.lexicons import phrases, whole_words

ENOUGH_WORDS = 4
"""Below this the language detectors guess."""

LEFTOVER = re.compile(
    r"\{[^{}\n]{0,40}\}|\{\{|\}\}"  # {}, {nama}, {{
    r"|\[[^\[\]\n]{1,40}\]"  # [nama]
    r"|<[^\s\d<>][^<>\n]{0,40}>|<…>"  # <nama>, </s>; not <3
)

ERRORS = {
    "missing_field": "The field “{field}” is empty; fill it in.",
    "unknown_value": "The field “{field}” cannot be “{value}”; choose one of {allowed}.",
    "empty": "The message is empty; write one.",
    "too_long": "The message has {count} words; shorten it to {limit} or fewer.",
    "too_long_at_spaces": (
        "Split at spaces, the message has {count} parts; shorten it to {limit} or fewer."
    ),
    "too_short": "The message has {count} words; write at least {limit}.",
    "no_emoji": "The message has {count} emoji; add emoji until it has at least {limit}.",
    "leftover": "A placeholder is left over: “{text}”; replace it with what it stands for.",
}
HINTS = {
    "too_many_emoji": "The message has {count} emoji; {limit} are enough.",
    "not_indonesian": "The message does not read as Indonesian; check its wording.",
    "language_unsure": "Too few words to tell the language; check that they are Indonesian.",
    "username_unused": "The name “{name}” is not used; say it once to make the message personal.",
    "new_cause": "The wording “{word}” may assume why the student feels so; name no cause.",
    "formal": "The wording “{word}” is formal or speaks to a whole class; talk to one student.",
}


class MessageRules:
    """Checks one example against its study; implements `RuleChecker`."""

    def check(self, study: Study, inputs: Inputs, message: str) -> tuple[Finding, ...]:
        """Everything noticed, errors first."""
        fields = tuple(_field_findings(study, inputs))
        if not message.strip():
            return (*fields, _finding("empty"))
        facts = self.facts(study, inputs, message)
        return (
            *fields,
            *_message_errors(study, facts, message),
            *_message_hints(study, inputs, facts, message),
        )

    def facts(self, study: Study, inputs: Inputs, message: str) -> Facts:
        """The counts behind the findings."""
        username = inputs.get("username", "").strip()
        return Facts(
            words=count_words(message),
            words_by_spaces=count_words_by_spaces(message),
            emoji=count_emoji(message),
            language_ok=study.rules.language != "id" or is_indonesian(message),
            username_used=bool(whole_words(re.escape(username)).search(message)),
        )


def _finding(code: str, **values: object) -> Finding:
    if code in ERRORS:
        return Finding(code, Severity.ERROR, ERRORS[code], values)
    return Finding(code, Severity.HINT, HINTS[code], values)


def _field_findings(study: Study, inputs: Inputs) -> Iterator[Finding]:
    for field in study.fields:
        value = inputs.get(field.key, "").strip()
        if not value:
            yield _finding("missing_field", field=field.name)
        elif field.values and value not in field.values:
            allowed = ", ".join(field.values)
            yield _finding("unknown_value", field=field.name, value=value, allowed=allowed)


def _message_errors(study: Study, facts: Facts, message: str) -> Iterator[Finding]:
    rules = study.rules
    if facts.words > rules.max_words:
        yield _finding("too_long", count=facts.words, limit=rules.max_words)
    elif facts.words_by_spaces > rules.max_words:
        yield _finding("too_long_at_spaces", count=facts.words_by_spaces, limit=rules.max_words)
    if facts.words < rules.min_words:
        yield _finding("too_short", count=facts.words, limit=rules.min_words)
    if facts.emoji < rules.min_emoji:
        yield _finding("no_emoji", count=facts.emoji, limit=rules.min_emoji)
    leftover = LEFTOVER.search(message)
    if leftover:
        yield _finding("leftover", text=leftover.group())


def _message_hints(study: Study, inputs: Inputs, facts: Facts, message: str) -> Iterator[Finding]:
    rules = study.rules
    if facts.emoji > rules.max_emoji:
        yield _finding("too_many_emoji", count=facts.emoji, limit=rules.max_emoji)
    if not facts.language_ok:
        yield _finding("not_indonesian" if facts.words >= ENOUGH_WORDS else "language_unsure")
    if inputs.get("username", "").strip() and not facts.username_used:
        yield _finding("username_unused", name=inputs["username"].strip())
    cause = phrases("causes").search(message) if rules.no_assumed_cause else None
    if cause:
        yield _finding("new_cause", word=cause.group())
    formal = phrases("formal").search(message) if rules.informal else None
    if formal:
        yield _finding("formal", word=formal.group())
