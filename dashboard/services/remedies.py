"""What would mend a row: for every finding of the rules one concrete step."""

from __future__ import annotations

from dashboard.domain.exchange import MESSAGE, Problem, Said
from dashboard.domain.findings import Finding
from dashboard.domain.studies import Inputs, Study
from dashboard.services.mapping import suggestion

NAME_WORDS = ("nama", "name", "siswa", "student")
"""What a placeholder for the student's name is usually called."""
STEPS = {
    "missing_field": Said("Fill the cell, or choose another column for this field."),
    "empty": Said("Write the message, or remove the line."),
    "no_emoji": Said("Add an emoji that fits, such as {emoji}.", {"emoji": "😊"}),
}


def problem_of(study: Study, line: int, inputs: Inputs, message: str, finding: Finding) -> Problem:
    """A finding that keeps a row out, with its field, what stands there, and what would mend it."""
    place = _place(study, finding)
    value = message if place == MESSAGE else inputs.get(place, "")
    return Problem(
        line=line,
        template=finding.template,
        remedy=_remedy(study, inputs, finding, place),
        values=finding.values,
        place=place,
        value=value,
    )


def _place(study: Study, finding: Finding) -> str:
    name = finding.values.get("field")
    return next((one.key for one in study.fields if one.name == name), MESSAGE)


def _remedy(study: Study, inputs: Inputs, finding: Finding, place: str) -> Said:
    if finding.code in STEPS:
        return STEPS[finding.code]
    if finding.code == "unknown_value":
        return _nearest(study, inputs, place)
    if finding.code == "leftover":
        return _filled(study, inputs, str(finding.values["text"]))
    return _counted(finding)


def _counted(finding: Finding) -> Said:
    """How many words are too many, or lacking."""
    count, limit = (int(str(finding.values[name])) for name in ("count", "limit"))
    if count > limit:
        return Said("Take out {count} words.", {"count": count - limit})
    return Said("Add {count} words.", {"count": limit - count})


def _nearest(study: Study, inputs: Inputs, place: str) -> Said:
    one = study.field(place)
    near = suggestion(one, inputs.get(place, ""))
    if near:
        return Said("Write “{value}”.", {"value": near})
    return Said("Say what “{value}” means, or correct it.", {"value": inputs.get(place, "")})


def _filled(study: Study, inputs: Inputs, text: str) -> Said:
    """The input a placeholder is named for, when it is named for one."""
    inside = text.strip("{}[]<> ").casefold()
    named = {one.key: inputs.get(one.key, "") for one in study.fields}
    for key, value in named.items():
        known = (key, study.field(key).name, *study.field(key).label.values())
        if value and inside in {word.casefold() for word in known}:
            return Said("Write “{value}” instead of “{text}”.", {"value": value, "text": text})
    if inputs.get("username") and any(word in inside for word in NAME_WORDS):
        said = {"value": inputs["username"], "text": text}
        return Said("Write “{value}” instead of “{text}”.", said)
    return Said("Write what “{text}” stands for, or take it out.", {"text": text})
