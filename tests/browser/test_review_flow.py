"""A whole sitting of an expert on the real pages without a mouse, proved by the database."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.bootstrap import App
from dashboard.domain.examples import ExampleFilter
from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import Confidence, Decision, Response, ResponseState, SkipReason
from tests.browser.form_view import checked, shown, until
from tests.browser.review_house import ReviewHouse
from tests.browser.review_view import example_on_top, settle, tab_to
from tests.reviewers import STUDY

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]
ANI = "Bu Ani Wening"
BETTER = "Pelan-pelan aja ya, kita mulai dari satu langkah kecil dulu 🌱"


def begin(context: BrowserContext, house: ReviewHouse, name: str) -> Page:
    """Open the page and write the name with the keyboard."""
    page = context.new_page()
    page.goto(f"{house.address}/review?lang=id")
    settle(page)
    tab_to(page, ".st-key-review-name input")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator(".review-form .card")).to_be_visible(timeout=30_000)
    settle(page)
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def answer_to(app: App, expert: str, example_id: ExampleId) -> Response | None:
    """What the database holds of an expert's answer, whatever any page says."""
    found = [
        one for one in app.reviewing.answered(STUDY, expert, 200) if one.example_id == example_id
    ]
    return found[0] if found else None


def wait_for(page: Page, app: App, expert: str, example_id: ExampleId) -> Response:
    until(page, lambda: answer_to(app, expert, example_id), 15)
    found = answer_to(app, expert, example_id)
    assert found is not None
    return found


def test_accept_edit_reject_and_unsure(context: BrowserContext, review_house: ReviewHouse) -> None:
    page, app = begin(context, review_house, ANI), review_house.app
    accepted = example_on_top(page)
    press(page, "a", "s")
    edited = example_on_top(page)
    press(page, "e", "Control+a")
    page.keyboard.type(BETTER)
    press(page, "Escape", *"445544", "s")
    page.keyboard.type("lebih lembut")
    press(page, "Control+Enter")
    rejected = example_on_top(page)
    press(page, "x", *"323341", "s")
    tab_to(page, "[data-value=shaming]")
    press(page, "Space", "s")
    page.keyboard.type("bisa mempermalukan")
    press(page, "Control+Enter")
    unsure = example_on_top(page)
    press(page, "u", *"333333", "s")
    page.keyboard.type("perlu dibahas bersama")
    tab_to(page, ".confidences [role=radio]")
    press(page, "ArrowRight", "Escape", "s")
    assert len({accepted, edited, rejected, unsure}) == 4

    assert wait_for(page, app, ANI, accepted).answer.decision is Decision.ACCEPT
    edit = wait_for(page, app, ANI, edited).answer
    assert (edit.decision, edit.message, edit.reason) == (Decision.EDIT, BETTER, "lebih lembut")
    assert [edit.ratings[one.key] for one in app.study.form.ratings] == [4, 4, 5, 5, 4, 4]
    reject = wait_for(page, app, ANI, rejected).answer
    assert (reject.decision, reject.flags) == (Decision.REJECT, ("shaming",))
    assert reject.ratings["safety"] == 1
    assert reject.reason == "bisa mempermalukan"
    doubt = wait_for(page, app, ANI, unsure).answer
    assert doubt.decision is Decision.UNSURE
    assert doubt.confidence in (Confidence.MEDIUM, Confidence.LOW)
    assert len(app.reviewing.answered(STUDY, ANI, 200)) == 4


def test_skip_back_reopen_and_undo(context: BrowserContext, review_house: ReviewHouse) -> None:
    expert = "Pak Bayu Wening"
    page, app = begin(context, review_house, expert), review_house.app
    skipped = example_on_top(page)
    press(page, "l", "Tab", "Enter")
    said = wait_for(page, app, expert, skipped)
    assert (said.state, said.skip) == (ResponseState.SKIPPED, SkipReason.UNCLEAR)

    noted = example_on_top(page)
    press(page, "l")
    tab_to(page, ".skip-panel input")
    page.keyboard.type("kenal pelajarnya")
    press(page, "Enter")
    said = wait_for(page, app, expert, noted)
    assert (said.skip, said.answer.reason) == (SkipReason.OTHER, "kenal pelajarnya")

    press(page, "k")
    assert example_on_top(page) == noted
    tab_to(page, "[data-act=reopen]")
    press(page, "Enter")
    expect(page.locator(".locked")).to_have_count(0)
    assert answer_to(app, expert, noted) is None
    press(page, "Escape", "a", "s")
    assert wait_for(page, app, expert, noted).answer.decision is Decision.ACCEPT

    press(page, "z")
    until(page, lambda: answer_to(app, expert, noted) is None)
    until(page, lambda: example_on_top(page) == noted)
    assert checked(page, "Keputusan") == "accept"
    [draft] = app.reviewing.drafts(STUDY, expert)
    assert (draft.example_id, draft.answer.decision) == (noted, Decision.ACCEPT)
    press(page, "s")
    wait_for(page, app, expert, noted)
    assert {one.example_id for one in app.reviewing.answered(STUDY, expert)} == {skipped, noted}
    assert app.history.proof().holds


def test_help_guideline_find_and_the_next_page(
    context: BrowserContext, review_house: ReviewHouse
) -> None:
    page = begin(context, review_house, "Bu Citra Wening")
    card = shown(page)
    press(page, "h")
    expect(page.get_by_role("dialog", name="Daftar tombol")).to_be_visible()
    press(page, "x", "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert (shown(page), checked(page, "Keputusan")) == (card, "")
    press(page, "j", "k")
    assert shown(page) == card

    press(page, "f")
    expect(page).to_have_url(re.compile(r"/examples"), timeout=10_000)
    settle(page)
    tab_to(page, ".st-key-examples-search input")
    wanted = review_house.app.curation.browse(ExampleFilter(STUDY), page=3).examples[5]
    page.keyboard.type(wanted.key)
    press(page, "Enter")
    expect(page.get_by_test_id("stMain").get_by_text(wanted.message).first).to_be_visible()

    tab_to(
        page, "[data-testid=stSidebar] [data-testid=stPageLink-NavLink][href='review']", most=200
    )
    press(page, "Enter")
    expect(page.locator(".review-form .card")).to_be_visible(timeout=30_000)
    assert shown(page) == card, "the expert's queue has kept its place"


def test_the_guideline_is_one_key_away(context: BrowserContext, review_house: ReviewHouse) -> None:
    page = begin(context, review_house, "Pak Dedi Wening")
    text = review_house.app.study.guideline["id"]
    pieces = {one.strip() for one in re.split(r"[*|#.:;(){}\n]", text) if len(one.strip()) > 20}
    press(page, "g")
    until(page, lambda: any(one in page.inner_text("body") for one in pieces))
