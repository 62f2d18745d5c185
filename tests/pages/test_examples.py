"""Examples: finding, judging, editing, importing and exporting."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from dashboard.bootstrap import App
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.services.curation import Edit
from dashboard.services.importing import Preview
from tests.pages.conftest import Opener, texts, typed_name
from tests.pages.worlds import HOSTILE
from tests.services.worlds import new_row


def first(app: App) -> Example:
    """The first example of the list."""
    return app.curation.browse(ExampleFilter(app.study.name)).examples[0]


def edited(app: App, example: Example, message: str) -> None:
    """Somebody else changes an example."""
    app.curation.edit(
        Edit(
            example.id,
            example.revision_number,
            example.inputs,
            message,
            author="Pak Budi",
            reason="",
        )
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("id", "Tidak ada contoh yang cocok."), ("en", "No example matches.")],
)
def test_an_empty_study_says_what_to_do(
    empty_app: App, opened: Opener, language: str, sentence: str
) -> None:
    screen = opened(empty_app, "examples", language)
    assert not screen.exception
    assert sentence in texts(screen)


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_example_is_shown_with_its_inputs_and_state(
    app: App, opened: Opener, language: str
) -> None:
    screen = opened(app, "examples", language)
    example = first(app)
    assert not screen.exception
    assert example.message in [one.value for one in screen.text]
    assert example.inputs["username"] in [one.value for one in screen.text]
    expected = {"id": "belum ditinjau", "en": "unreviewed"}[language]
    assert expected in " ".join(str(one.value) for one in screen.markdown)


def test_an_edit_becomes_a_new_version(app: App, opened: Opener) -> None:
    screen, example = typed_name(opened(app, "examples")), first(app)
    save(screen, example, f"{example.message} ya")
    detail = app.curation.one(example.id)
    assert [one.number for one in detail.revisions] == [2, 1]
    assert detail.revisions[0].author == "Ibu Ratna"
    assert detail.example.message.endswith(" ya")
    assert "Saved as version 2." in texts(screen)


def test_an_edit_that_breaks_a_rule_is_refused_and_kept_in_the_form(
    app: App, opened: Opener
) -> None:
    screen, example = typed_name(opened(app, "examples")), first(app)
    save(screen, example, "Semangat ya kamu")
    assert "add emoji" in texts(screen)
    assert message_field(screen, example).value == "Semangat ya kamu"
    assert app.curation.one(example.id).example.revision_number == 1


def test_a_conflict_keeps_the_persons_text_and_lets_them_save_on_top(
    app: App, opened: Opener
) -> None:
    screen, example = typed_name(opened(app, "examples")), first(app)
    mine, theirs = f"{example.message} dong", f"{example.message} ya"
    edited(app, example, theirs)
    save(screen, example, mine)
    assert "Somebody changed this example while you were editing" in texts(screen)
    assert message_field(screen, example).value == mine
    assert app.curation.one(example.id).example.message == theirs

    screen.button(key=f"examples.keep.{example.id}").click().run()
    screen.button(key=f"examples.save.{example.id}").click().run()
    assert app.curation.one(example.id).example.message == mine
    assert [one.number for one in app.curation.one(example.id).revisions] == [3, 2, 1]


def test_after_a_conflict_the_new_version_can_be_taken(app: App, opened: Opener) -> None:
    screen, example = typed_name(opened(app, "examples")), first(app)
    edited(app, example, f"{example.message} ya")
    save(screen, example, f"{example.message} dong")
    screen.button(key=f"examples.take.{example.id}").click().run()
    assert message_field(screen, example).value == f"{example.message} ya"


def test_the_list_is_searched_filtered_and_paged(app: App, opened: Opener) -> None:
    screen = opened(app, "examples")
    assert "160 examples" in texts(screen)
    screen.pagination[0].set_value(4).run()
    assert len(lines(screen)) == 10
    screen.selectbox(key="examples.emotion").select("sad").run()
    assert f"{total(app, emotion='sad')} examples" in texts(screen)
    screen.text_input(key="examples.search").input("zzzz").run()
    assert "No example matches." in texts(screen)


def test_filters_and_selection_come_from_the_address(app: App, opened: Opener) -> None:
    example = app.curation.browse(ExampleFilter(app.study.name)).examples[7]
    screen = opened(app, "home")
    screen.switch_page("../pages/examples.py")
    screen.query_params["emotion"] = example.inputs["emotion"]
    screen.query_params["example"] = example.id
    screen.run()
    assert screen.selectbox(key="examples.emotion").value == example.inputs["emotion"]
    assert example.message in [one.value for one in screen.text]


def test_an_address_that_names_nothing_says_so_and_still_lists(app: App, opened: Opener) -> None:
    screen = opened(app, "home")
    screen.switch_page("../pages/examples.py")
    screen.query_params["example"] = "gone"
    screen.query_params["emotion"] = "bored"
    screen.run()
    assert not screen.exception
    assert "This example does not exist" in texts(screen)
    assert len(lines(screen)) == 50


def test_next_and_previous_walk_through_the_list(app: App, opened: Opener) -> None:
    listed = app.curation.browse(ExampleFilter(app.study.name)).examples
    screen = opened(app, "examples")
    screen.button(key=f"examples.next.{listed[0].id}").click().run()
    assert listed[1].message in [one.value for one in screen.text]
    screen.button(key=f"examples.previous.{listed[1].id}").click().run()
    assert listed[0].message in [one.value for one in screen.text]


def test_an_import_is_looked_at_before_it_is_stored(app: App, opened: Opener) -> None:
    screen = typed_name(opened(app, "examples"))
    screen.file_uploader(key="examples.file.0").upload("baru.jsonl", rows_file(app)).run()
    assert "1 examples, no problems." in texts(screen)
    assert total(app) == 160
    screen.button(key="examples.bring_in").click().run()
    assert total(app) == 161
    assert "1 examples were imported." in texts(screen)


def test_an_import_with_problems_imports_nothing(app: App, opened: Opener) -> None:
    broken = rows_file(app) + rows_file(app, message="tanpa emoji sama sekali")
    screen = typed_name(opened(app, "examples", "id"))
    screen.file_uploader(key="examples.file.0").upload("baru.jsonl", broken).run()
    assert "Belum ada yang diimpor" in texts(screen)
    assert any("emoji" in sentence for sentence in screen.table[0].value["Masalah"])
    assert not [one for one in screen.button if one.key == "examples.bring_in"]
    assert total(app) == 160


def test_a_file_that_cannot_be_read_is_one_sentence(app: App, opened: Opener) -> None:
    screen = opened(app, "examples")
    screen.file_uploader(key="examples.file.0").upload("x.csv", b"\xff\xfe\x00").run()
    assert not screen.exception
    assert "is not UTF-8 text" in texts(screen)


def test_hostile_text_is_shown_as_text(empty_app: App, opened: Opener) -> None:
    message = f"{HOSTILE} 😊"
    inputs = {"username": "**Raka**"}
    row = new_row(empty_app, "x-1", message, **inputs)
    preview = Preview("![x](http://evil.example/y.png)", (row,), ())
    empty_app.curation.import_rows(empty_app.study.name, preview, "<b>Budi</b>")
    screen = opened(empty_app, "examples")
    assert message in [one.value for one in screen.text]
    for element in (*screen.markdown, *screen.caption, *screen.error, *screen.info):
        assert "](http" not in str(element.value)
        assert "<b>" not in str(element.value)
    for button in screen.button:
        assert "**tebal**" not in button.label


def lines(screen: AppTest) -> list[str]:
    """The labels of the list."""
    return [one.label for one in screen.button if str(one.key).startswith("examples.open.")]


def total(app: App, **inputs: str) -> int:
    """How many examples match."""
    wanted = ExampleFilter(app.study.name, inputs=tuple(inputs.items()))
    return app.curation.browse(wanted).total


def message_field(screen: AppTest, example: Example) -> TextArea:
    """The text area of the edit form."""
    return screen.text_area(key=f"examples.edit.{example.id}.message")


def save(screen: AppTest, example: Example, message: str) -> None:
    """Write a message into the form and save."""
    message_field(screen, example).input(message)
    screen.button(key=f"examples.save.{example.id}").click().run()


def rows_file(app: App, message: str = "Pelan-pelan ya Sinta, satu soal dulu 🌱") -> bytes:
    """A JSONL file with one new row."""
    row = {**first(app).inputs, "username": "Sinta", "message": message}
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()
