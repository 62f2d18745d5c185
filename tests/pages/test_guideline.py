"""The guideline on its page: read, rewritten without losing anybody's text, compared, restored."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bootstrap import App
from dashboard.components.guideline_text import guideline_markdown
from dashboard.services.guidelines import Rewriting
from tests.pages.conftest import Opener, texts, typed_name
from tests.pages.worlds import HOSTILE
from tests.reviewers import STUDY


def rewritten(app: App, text: str, seen: int = 1) -> None:
    """Somebody else's version."""
    app.guidelines.rewrite(Rewriting(STUDY, seen, {"id": text, "en": text}, "Pak Budi", HOSTILE))


def typed(screen: AppTest, text: str) -> AppTest:
    """The form with another English text and a reason."""
    screen.text_area(key="guideline.text.en").input(text).run()
    return screen.text_input(key="guideline.reason").input("lebih jelas").run()


@pytest.mark.parametrize(("language", "title"), [("id", "Panduan untuk ahli"), ("en", "Guideline")])
def test_the_studys_own_guideline_is_shown(
    app: App, opened: Opener, language: str, title: str
) -> None:
    screen = opened(app, "guideline", language)
    assert not screen.exception
    assert title in texts(screen)
    assert screen.button(key="guideline.save").disabled


def test_a_rewriting_is_saved_and_the_form_starts_anew(app: App, opened: Opener) -> None:
    screen = typed(typed_name(opened(app, "guideline")), "# New")
    screen.button(key="guideline.save").click().run()
    assert app.guidelines.current(STUDY).texts["en"] == "# New"
    assert not screen.error
    assert screen.text_input(key="guideline.reason").value == ""


def test_a_stale_rewriting_keeps_both_texts_and_can_be_saved_on_top(
    app: App, opened: Opener
) -> None:
    screen = typed(typed_name(opened(app, "guideline")), "# Mine")
    rewritten(app, "# Theirs")
    screen.button(key="guideline.save").click().run()
    assert "Somebody changed the guideline" in screen.error[0].value
    assert screen.text_area(key="guideline.text.en").value == "# Mine"
    assert "Theirs" in texts(screen)
    screen.button(key="guideline.keep").click().run()
    screen.button(key="guideline.save").click().run()
    assert [one.number for one in app.guidelines.versions(STUDY)] == [3, 2, 1]
    assert app.guidelines.current(STUDY).texts["en"] == "# Mine"


def test_an_earlier_version_is_restored_from_the_page(app: App, opened: Opener) -> None:
    rewritten(app, HOSTILE)
    screen = typed_name(opened(app, "guideline"))
    assert not screen.exception
    screen.button(key="guideline.restore.1").click().run()
    assert app.guidelines.current(STUDY).number == 3
    assert HOSTILE not in app.guidelines.current(STUDY).texts["en"]


def test_the_count_of_marked_answers_stands_before_the_button(app: App, opened: Opener) -> None:
    screen = typed_name(opened(app, "guideline"))
    screen.multiselect(key="guideline.bearing.emotion").set_value(["sad"]).run()
    assert "This marks 0 answered examples." in texts(screen)


@dataclass(frozen=True)
class Written:
    """A text and what the page gets of it."""

    text: str
    shown: str


CASES = {
    "emphasis": Written("a **b** *c* ** d", r"a **b** *c* \*\* d"),
    "headings": Written("# A\n####### B", "## A\n\n\\#\\#\\#\\#\\#\\#\\# B"),
    "a code block": Written("    x", "x"),
    "lists": Written("- a\n  - b\n1. c", "- a\n    - b\n1. c"),
    "a list that falls deep": Written("- a\n                - b", "- a\n    - b"),
    "HTML": Written("<b onclick=x>", r"\<b onclick\=x\>"),
    "an image": Written("![x](y)", r"\!\[x\]\(y\)"),
    "an address": Written(
        "http://x.id www.x.id a@x.id",
        "http\\:\u2060\\/\\/x\\.id www\u2060\\.x\\.id a\u2060\\@x\\.id",
    ),
    "Streamlit's own marks": Written(":red[a] $x$ `b`", r"\:red\[a\] \$x\$ \`b\`"),
    "a ragged table": Written(
        "|a|b|\n|-|-|\n|1|\n|<i>|2|3|", "| a | b |\n| --- | --- |\n| 1 |  |\n| \\<i\\> | 2 |"
    ),
    "an entity": Written("&lt;b&gt;", r"\&lt\;b\&gt\;"),
    "a backslash": Written(r"\*a\*", r"\\*a\\*"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_text_reaches_the_page_with_the_allowed_marks_only(case: str) -> None:
    assert guideline_markdown(CASES[case].text) == CASES[case].shown


def test_what_bears_on_an_example_stands_beside_it(app: App, opened: Opener) -> None:
    def page() -> None:
        from dashboard.components.guideline_beside import show_guideline_for
        from dashboard.session import services

        inputs = {"emotion": "sad", "reinforcement": "negative", "arcsmodel": "confidence"}
        show_guideline_for(services().study, inputs)

    opened(app, "home")  # joins the services of this application
    screen = AppTest.from_function(page, default_timeout=30)
    screen.session_state["lang"] = "en"
    part, whole = [one.value for one in screen.run().markdown]
    assert "Confidence" in part
    assert "Satisfaction" not in part
    assert "Satisfaction" in whole
    assert "Guideline, version 1" in [one.value for one in screen.caption]
