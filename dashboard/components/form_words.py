"""What files, and the parts of an example in them, are called in the session's language."""

from __future__ import annotations

from dashboard.domain.exchange import ID, MESSAGE, TAGS, Form
from dashboard.domain.studies import Study
from dashboard.session import _, language


def form_words() -> dict[str, str]:
    """Every form an export can have."""
    return {
        Form.XLSX: _("Spreadsheet (XLSX)"),
        Form.CSV: _("Table (CSV)"),
        Form.JSONL: _("Rows (JSONL)"),
        Form.CHAT: _("Chat for training (JSONL)"),
        Form.ARGILLA: "Argilla",
        Form.LABEL_STUDIO: "Label Studio",
        Form.DOCCANO: "doccano",
        Form.HUGGING_FACE: "Hugging Face (datasets)",
    }


def purpose(form: Form) -> str:
    """What a form is for, in one sentence."""
    return {
        Form.XLSX: _("To read and sort in a spreadsheet; answers stand on a second sheet."),
        Form.CSV: _("For any program that reads tables."),
        Form.JSONL: _(
            "Everything Afektif can say about an example; the best choice for an archive."
        ),
        Form.CHAT: _("To train a model elsewhere: the short prompt, the input, the message."),
        Form.ARGILLA: _("Records for Argilla 2, with the answers as responses."),
        Form.LABEL_STUDIO: _("Tasks for Label Studio, with the answers as annotations."),
        Form.DOCCANO: _("Texts for doccano, with the verdict as their label."),
        Form.HUGGING_FACE: _(
            "A folder that the datasets library loads, with a card that explains it."
        ),
    }[form]


def place_words(study: Study) -> dict[str, str]:
    """Fields of the study, and what else a column can stand for."""
    fields = {one.key: one.label[language()] for one in study.fields}
    return {**fields, MESSAGE: _("Message"), ID: _("Id"), TAGS: _("Tags")}


def part_words(study: Study) -> dict[str, str]:
    """The parts of an example that a file keeps or leaves out."""
    return {
        **place_words(study),
        "origin": _("Origin"),
        "verdict": _("Verdict"),
        "basis": _("What the verdict rests on"),
        "revision": _("Version"),
        "deciders": _("Who decided"),
        "answers": _("Answers"),
    }
