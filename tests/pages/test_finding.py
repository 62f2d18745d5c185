"""Finding examples: words, facets, marks, saved views, bulk changes and near-duplicates."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bootstrap import App
from dashboard.domain.examples import ExampleFilter
from tests.pages.conftest import Opener, texts, typed_name
from tests.pages.worlds import HOSTILE
from tests.services.worlds import answered, listed, new_row

STUDY = "affective-intervention"
PERSON = "Ibu Ratna"


def at(opened: Opener, app: App, **address: str) -> AppTest:
    """The page as a link opens it."""
    screen = opened(app, "home")
    screen.switch_page("../pages/examples.py")
    for name, value in address.items():
        screen.query_params[name] = value
    return screen.run()


def lines(screen: AppTest) -> list[str]:
    """The labels of the list."""
    return [one.label for one in screen.button if str(one.key).startswith("examples.open.")]


def total(app: App, **narrowing: object) -> int:
    return app.curation.browse(ExampleFilter(STUDY, **narrowing)).total  # type: ignore[arg-type]


def test_what_is_sought_is_marked_in_the_list_and_in_the_message(app: App, opened: Opener) -> None:
    screen = at(opened, app, search="semang")
    assert not screen.exception
    assert len(lines(screen)) == total(app, text="semang") > 0
    assert all(":orange-background[" in one for one in lines(screen))
    marks = [str(one.value) for one in screen.markdown if ":orange-background[" in str(one.value)]
    assert any("semangat" in one.casefold() for one in marks)


def test_nothing_is_marked_without_a_search(app: App, opened: Opener) -> None:
    screen = at(opened, app)
    assert not any("background[" in one for one in lines(screen))


def test_every_field_is_a_facet_with_the_values_in_use(app: App, opened: Opener) -> None:
    screen = at(opened, app)
    example = listed(app)[0]
    box = screen.selectbox(key="examples.subject")
    counts = [int(one.rsplit("(", 1)[1][:-1]) for one in box.options[1:]]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 160
    box.select(example.inputs["subject"]).run()
    wanted = (("subject", example.inputs["subject"]),)
    assert f"{total(app, inputs=wanted)} examples" in texts(screen)


def test_more_than_can_be_counted_is_said(app: App, opened: Opener) -> None:
    import random

    from storage.study_folders import load_starters
    from tests.large_world import varied, write

    starters = load_starters(app.settings.studies_dir / STUDY)
    write(app, list(varied(app.study, starters, 900, random.Random(1))), 0, random.Random(1))
    screen = at(opened, app)
    assert "More than 1,000 examples" in texts(screen)
    assert screen.pagination[0].num_pages == 20


def test_what_is_mine_needs_a_name_and_then_shows_it(app: App, opened: Opener) -> None:
    answered(app, listed(app)[0], PERSON)
    screen = at(opened, app, mine="answered")
    assert "Write your name in the sidebar to see what is yours." in texts(screen)
    typed_name(screen, PERSON)
    assert "1 examples" in texts(screen)
    screen.selectbox(key="examples.mine").select("waiting").run()
    assert "159 examples" in texts(screen)


def test_a_hidden_reason_is_neither_found_nor_shown_to_others(app: App, opened: Opener) -> None:
    answered(app, listed(app)[0], "Pak Budi", "Alasan kelereng")
    screen = typed_name(at(opened, app, search="kelereng"), "Bu Ani")
    assert "No example matches." in texts(screen)
    assert "Alasan" not in texts(screen)
    screen = typed_name(at(opened, app, search="kelereng"), "Pak Budi")
    assert "Alasan :orange-background[kelereng]" in texts(screen)


def test_a_view_link_restores_the_filters(app: App, opened: Opener) -> None:
    example = listed(app)[0]
    screen = typed_name(at(opened, app), PERSON)
    screen.text_input(key="examples.search").input("kamu & jeda 😊").run()
    screen.selectbox(key="examples.emotion").select("angry").run()
    screen.selectbox(key="examples.username").select(example.inputs["username"]).run()
    screen.text_input(key="examples.views.name").input("Marah").run()
    screen.button(key="examples.views.save").click().run()
    [view] = app.views.all(STUDY)
    again = at(opened, app, **dict(parse_qsl(view.address)))
    assert again.text_input(key="examples.search").value == "kamu & jeda 😊"
    assert again.selectbox(key="examples.emotion").value == "angry"
    assert again.selectbox(key="examples.username").value == example.inputs["username"]
    assert again.selectbox(key="examples.verdict").value == ""


def test_opening_a_view_replaces_what_was_chosen(app: App, opened: Opener) -> None:
    view = app.views.save(STUDY, "Sedih", "emotion=sad", PERSON)
    screen = at(opened, app, search="kamu", verdict="accepted")
    screen.button(key=f"examples.views.open.{view.id}").click().run()
    assert screen.selectbox(key="examples.emotion").value == "sad"
    assert screen.selectbox(key="examples.verdict").value == ""
    assert screen.text_input(key="examples.search").value == ""
    wanted = (("emotion", "sad"),)
    assert f"{total(app, inputs=wanted)} examples" in texts(screen)


def test_removing_a_view_can_be_taken_back_right_after(app: App, opened: Opener) -> None:
    view = app.views.save(STUDY, "Sedih", "emotion=sad", PERSON)
    screen = typed_name(at(opened, app), PERSON)
    screen.button(key=f"examples.views.remove.{view.id}").click().run()
    assert app.views.all(STUDY) == ()
    screen.button(key="examples.views.undo").click().run()
    assert app.views.all(STUDY) == (view,)
    assert not [one for one in screen.button if one.key == "examples.views.undo"]


@pytest.mark.parametrize("address", ["emotion=bored&verdict=x&page=9", "&&=;", "search=%00%ff"])
def test_a_view_with_a_strange_address_opens_everything_it_understands(
    app: App, opened: Opener, address: str
) -> None:
    view = app.views.save(STUDY, "Aneh", address, PERSON)
    screen = at(opened, app)
    screen.button(key=f"examples.views.open.{view.id}").click().run()
    assert not screen.exception
    assert screen.selectbox(key="examples.emotion").value == ""


def test_hostile_tags_and_names_of_views_are_shown_as_text(app: App, opened: Opener) -> None:
    example = listed(app)[0]
    app.curation.tag([example.id], HOSTILE[:40], PERSON)
    app.views.save(STUDY, HOSTILE[:60], "emotion=sad", HOSTILE[:70])
    answered(app, example, "Pak Budi", HOSTILE)
    answered(app, example, "Bu Ani", HOSTILE)
    screen = at(opened, app, example=example.id, search="script tebal")
    screen.toggle(key="examples.many").set_value(True).run()
    assert not screen.exception
    shown = [str(one.value) for one in (*screen.markdown, *screen.caption)]
    shown += [one.label for one in screen.button]
    for one in shown:
        assert "<script>" not in one
        assert "**tebal**" not in one
        assert "](http" not in one


def bulk(screen: AppTest) -> AppTest:
    """The page with the panel for many examples."""
    return typed_name(screen, PERSON).toggle(key="examples.many").set_value(True).run()


def test_tagging_all_that_is_found_is_seen_first_done_once_and_taken_back(
    app: App, opened: Opener
) -> None:
    screen = bulk(at(opened, app, emotion="sad"))
    sad = app.curation.matching(ExampleFilter(STUDY, inputs=(("emotion", "sad"),)))
    assert ", ".join(one.key for one in sad) in [one.value for one in screen.text]
    assert f"These {len(sad)} examples, and no others:" in texts(screen)
    screen.text_input(key="examples.bulk.tag").input("perlu dibahas").run()
    screen.button(key="examples.bulk.do").click().run()
    assert total(app, tag="perlu dibahas") == len(sad)
    assert f"{len(sad)} examples were changed." in texts(screen)
    screen.button(key="examples.bulk.undo").click().run()
    assert total(app, tag="perlu dibahas") == 0
    assert "It was taken back." in texts(screen)
    assert len(app.history.undoable(STUDY, PERSON)) == 0


def test_only_ticked_lines_are_retired_and_only_with_a_reason(app: App, opened: Opener) -> None:
    ticked = listed(app)[2:4]
    screen = bulk(at(opened, app))
    screen.selectbox(key="examples.bulk.scope").select("picked").run()
    assert screen.button(key="examples.bulk.do").disabled
    for one in ticked:
        screen.checkbox(key=f"examples.pick.{one.id}").check()
    screen.selectbox(key="examples.bulk.change").select("retire").run()
    screen.button(key="examples.bulk.do").click().run()
    assert "Say in a few words why" in texts(screen)
    assert total(app, retired=True) == 0
    screen.text_input(key="examples.bulk.retire").input("kembar").run()
    screen.button(key="examples.bulk.do").click().run()
    retired = listed(app, retired=True)
    assert [one.id for one in retired] == [one.id for one in ticked]


def test_nobody_changes_many_without_a_name(app: App, opened: Opener) -> None:
    screen = at(opened, app)
    screen.toggle(key="examples.many").set_value(True).run()
    assert screen.button(key="examples.bulk.do").disabled


def test_near_duplicates_are_shown_and_one_is_retired(app: App, opened: Opener) -> None:
    first = listed(app)[0]
    twin = new_row(app, "kembar", f"{first.message} ya", **dict(first.inputs))
    added = app.curation.write_one(STUDY, twin, "Pak Budi")
    screen = typed_name(at(opened, app), PERSON)
    screen.button(key="examples.twins.look").click().run()
    assert "1 pairs among 161 messages" in texts(screen)
    pair = f"{first.id}.{added.id}"
    screen.text_input(key=f"examples.twins.reason.{pair}").input("kembar").run()
    screen.button(key=f"examples.twins.retire.{pair}.{added.id}").click().run()
    assert "kembar is retired." in texts(screen)
    assert [one.id for one in listed(app, retired=True)] == [added.id]
    screen.button(key="examples.twins.undo").click().run()
    assert total(app, retired=True) == 0


def test_the_one_click_judgment_is_gone(app: App, opened: Opener) -> None:
    screen = typed_name(at(opened, app), PERSON)
    keys = [str(one.key) for one in screen.button]
    assert not any(".accept." in one or ".reject." in one for one in keys)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_with_everything_open_has_no_fault(
    app: App, opened: Opener, language: str
) -> None:
    screen = typed_name(opened(app, "examples", language), PERSON)
    screen.toggle(key="examples.many").set_value(True).run()
    for change in ("untag", "retire", "return", "tag"):
        screen.selectbox(key="examples.bulk.change").select(change).run()
        assert not screen.exception
        assert not screen.error
