"""Import and export on the Examples page: calm when all is clear, clear when it is not."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bootstrap import App
from dashboard.domain.examples import ExampleFilter, Origin
from dashboard.domain.exchange import Form
from tests.pages.conftest import Opener, texts, typed_name
from tests.pages.worlds import HOSTILE

ALL = ExampleFilter("affective-intervention")
ROW = {
    "id": "baru-1",
    "username": "Sinta",
    "emotion": "sad",
    "reinforcement": "negative",
    "arcsmodel": "relevance",
    "classname": "8A",
    "subject": "IPA",
    "message": "Pelan-pelan ya Sinta, satu soal dulu 🌱",
}


def jsonl(*rows: dict[str, object] | dict[str, str]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in rows).encode()


def chosen(screen: AppTest, name: str, content: bytes) -> AppTest:
    """The page after somebody chose a file."""
    return screen.file_uploader(key="examples.file.0").upload(name, content).run()


def column(screen: AppTest, target: str) -> str:
    """The column that stands for a target."""
    return str(screen.selectbox(key=f"examples.column.0.{target}").value)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["**Argilla**, 1 rows", "holds 1 judgments of other people", "1 examples, no"]),
        ("id", ["**Argilla**, 1 baris", "berisi 1 penilaian dari orang", "1 contoh, tanpa"]),
    ],
)
def test_a_tools_export_says_what_it_is_and_comes_in_unreviewed(
    app: App, opened: Opener, language: str, told: list[str]
) -> None:
    record: dict[str, object] = {
        "id": "arg-1",
        "fields": {name: text for name, text in ROW.items() if name != "id"},
        "responses": {"decision": [{"value": "accept", "user_id": "u"}]},
    }
    screen = chosen(typed_name(opened(app, "examples", language)), "a.json", jsonl(record))
    assert not screen.exception
    assert [one for one in told if one in texts(screen)] == told
    assert not screen.expander(key="examples.columns.0").proto.expanded
    screen.button(key="examples.bring_in").click().run()
    [found] = app.curation.browse(ExampleFilter(ALL.study, origin=Origin.IMPORTED)).examples
    assert (found.key, found.answered) == ("arg-1", 0)


def test_columns_that_are_not_recognized_are_asked_for_and_then_used(
    app: App, opened: Opener
) -> None:
    odd = {f"k{n}": text for n, text in enumerate(ROW.values())}
    screen = chosen(typed_name(opened(app, "examples")), "a.jsonl", jsonl(odd))
    assert screen.expander(key="examples.columns.0").proto.expanded
    told = texts(screen).replace("\\", "")
    assert "Choose a column for: Student's name, Class, Subject, Message." in told
    assert [column(screen, name) for name in ("emotion", "arcsmodel")] == ["k2", "k4"]
    for target, name in {"username": "k1", "classname": "k5", "subject": "k6"}.items():
        screen.selectbox(key=f"examples.column.0.{target}").select(name)
    screen.selectbox(key="examples.column.0.message").select("k7").run()
    screen.button(key="examples.bring_in").click().run()
    assert app.curation.browse(ALL).total == 161


def test_a_word_that_the_study_does_not_know_gets_its_meaning(app: App, opened: Opener) -> None:
    screen = typed_name(opened(app, "examples", "id"))
    chosen(screen, "a.jsonl", jsonl(ROW | {"emotion": "galau"}))
    assert "Kata yang belum dikenal studi ini" in texts(screen)
    screen.selectbox(key="examples.word.0.emotion.galau").select("sad").run()
    screen.button(key="examples.bring_in").click().run()
    [found] = app.curation.browse(ExampleFilter(ALL.study, origin=Origin.IMPORTED)).examples
    assert found.inputs["emotion"] == "sad"


def test_a_misspelled_word_shows_what_it_probably_is(app: App, opened: Opener) -> None:
    screen = chosen(opened(app, "examples"), "a.jsonl", jsonl(ROW | {"emotion": "sedhi"}))
    options = screen.selectbox(key="examples.word.0.emotion.sedhi").options
    assert "sad (probably)" in options


def test_every_problem_is_shown_with_what_would_mend_it(app: App, opened: Opener) -> None:
    rows = jsonl(ROW | {"message": "{nama}, satu soal dulu ya 🌱"}, ROW | {"id": "b"}) + b"\n7"
    screen = chosen(opened(app, "examples"), "a.jsonl", rows)
    table = screen.table[0].value
    assert list(table["Line"]) == ["1", "3"]
    assert "**Write “Sinta” instead of" in table["Problem"][0]
    assert not [one for one in screen.button if one.key == "examples.bring_in"]


def test_hostile_text_in_a_file_is_shown_as_text(app: App, opened: Opener) -> None:
    rows = jsonl({**ROW, "emotion": HOSTILE, f"<b>{HOSTILE}": HOSTILE, "message": HOSTILE})
    screen = chosen(opened(app, "examples"), "a.jsonl", rows)
    assert not screen.exception
    shown = [*screen.markdown, *screen.caption, *screen.info, *screen.warning]
    words = [str(one.value) for one in shown] + [one.label for one in screen.selectbox]
    words += [str(cell) for cell in screen.table[0].value.to_numpy().ravel()]
    for text in words:
        assert "](http" not in text and "<script>" not in text and ":red[" not in text, text


def test_another_file_instead_starts_with_its_own_guess(app: App, opened: Opener) -> None:
    values = list(ROW.values())
    first = {name: values[n] for n, name in enumerate("abcdefgh")}
    second = {"c": "x", **ROW, "message": "Sinta, hari ini boleh pilih soal yang kamu suka 🙂"}
    screen = chosen(opened(app, "examples"), "a.jsonl", jsonl(first))
    assert column(screen, "emotion") == "c"
    chosen(screen, "b.jsonl", jsonl(second))
    assert column(screen, "emotion") == "emotion"


def test_a_second_file_starts_with_its_own_guess(app: App, opened: Opener) -> None:
    screen = typed_name(opened(app, "examples"))
    chosen(screen, "a.jsonl", jsonl(ROW))
    screen.button(key="examples.bring_in").click().run()
    other = {f"metadata.{name}": text for name, text in ROW.items()} | {"metadata.id": "baru-2"}
    other["metadata.message"] = "Sinta, hari ini boleh pilih soal yang kamu suka 🙂"
    screen.file_uploader(key="examples.file.1").upload("b.jsonl", jsonl(other)).run()
    selected = screen.selectbox(key="examples.column.1.emotion").value
    assert selected == "metadata.emotion"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("form", Form)
def test_every_form_says_what_it_is_for_and_what_it_leaves_out(
    app: App, opened: Opener, language: str, form: Form
) -> None:
    screen = opened(app, "examples", language)
    screen.selectbox(key="examples.form").select(form).run()
    assert not screen.exception
    nothing = {"en": "Nothing is left out.", "id": "Semuanya ikut."}[language]
    something = {"en": "Left out:", "id": "Yang tidak ikut:"}[language]
    left_out = form in (Form.CSV, Form.CHAT, Form.DOCCANO)
    assert (something if left_out else nothing) in texts(screen)
    interface = [one for one in screen.get("download_button") if "XML" in one.proto.label]
    assert bool(interface) is (form is Form.LABEL_STUDIO)


def test_names_are_off_until_asked_for_and_never_offered_for_a_chat(
    app: App, opened: Opener
) -> None:
    screen = opened(app, "examples")
    assert screen.checkbox(key="examples.names").value is False
    screen.selectbox(key="examples.form").select(Form.CHAT).run()
    assert "examples.names" not in [one.key for one in screen.checkbox]
