"""The keys of the review form, in Chromium: what fires, when, and on which card."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.form_house import FormHouse
from tests.browser.form_view import checked, reason_of, shown, until, visit
from tests.browser.review_view import RECORD, decisions, recorded

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.mark.parametrize(
    ("key", "decision"),
    [("a", "accept"), ("A", "accept"), ("x", "reject"), ("u", "unsure"), ("e", "edit")],
)
def test_a_letter_decides_and_nothing_is_sent(
    page: Page, house: FormHouse, expert: str, key: str, decision: str
) -> None:
    page.keyboard.press(key)
    assert checked(page, "Keputusan") == decision
    until(page, lambda: house.store.answer("c01", expert).decision == decision)
    assert house.store.state("c01", expert) == "draft"


def test_digits_rate_the_current_row_and_arrows_move_it(page: Page) -> None:
    for key in ("4", "5", "ArrowUp", "3", "ArrowDown", "1"):
        page.keyboard.press(key)
    assert checked(page, "Empati") == "4"
    assert checked(page, "Kesesuaian ARCS") == "3"
    assert checked(page, "Reinforcement") == ""
    assert checked(page, "Personalisasi") == "1"


def test_left_and_right_choose_inside_the_group_that_has_the_focus(page: Page) -> None:
    page.keyboard.press("a")
    page.get_by_role("radio", name="Terima").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert checked(page, "Keputusan") == "reject"


def test_submit_and_undo(page: Page, house: FormHouse, expert: str) -> None:
    page.keyboard.press("a")
    page.keyboard.press("s")
    assert shown(page) == "c02"
    until(page, lambda: house.store.state("c01", expert) == "submit")
    page.keyboard.press("z")
    until(page, lambda: shown(page) == "c01")
    assert house.store.state("c01", expert) == "draft"
    assert checked(page, "Keputusan") == "accept"


def test_control_enter_submits_while_typing(page: Page, house: FormHouse, expert: str) -> None:
    page.keyboard.press("a")
    page.get_by_label("Alasan", exact=True).fill("Hangat.")
    page.keyboard.press("Control+Enter")
    assert shown(page) == "c02"
    until(page, lambda: house.store.state("c01", expert) == "submit")
    assert house.store.answer("c01", expert).reason == "Hangat."


def test_skip_asks_for_a_reason(page: Page, house: FormHouse, expert: str) -> None:
    page.keyboard.press("l")
    assert shown(page) == "c01"
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Kenapa dilewati?")).to_be_hidden()
    page.keyboard.press("l")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert shown(page) == "c02"
    until(page, lambda: house.store.state("c01", expert) == "skip")
    page.keyboard.press("l")
    page.get_by_label("Alasan lain").fill("belum sempat")
    page.keyboard.press("Enter")
    until(page, lambda: house.store.state("c02", expert) == "skip")
    said = [row["reason"] for row in house.store.events("skip") if row["expert"] == expert]
    assert said == ["unclear|", "|belum sempat"]


def test_next_and_back_walk_the_cards_and_keep_the_text(page: Page) -> None:
    page.get_by_label("Alasan", exact=True).fill("kartu satu")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert (shown(page), reason_of(page)) == ("c02", "")
    page.keyboard.press("k")
    assert (shown(page), reason_of(page)) == ("c01", "kartu satu")


def test_a_submitted_card_is_read_only_until_it_is_reopened(
    page: Page, house: FormHouse, expert: str
) -> None:
    page.keyboard.press("a")
    page.keyboard.press("s")
    until(page, lambda: house.store.state("c01", expert) == "submit")
    page.keyboard.press("k")
    expect(page.get_by_text("Jawaban Anda sudah dikirim.")).to_be_visible()
    page.keyboard.press("x")
    assert checked(page, "Keputusan") == "accept"
    page.get_by_role("button", name="Buka lagi").click(delay=80)
    expect(page.get_by_text("Jawaban Anda sudah dikirim.")).to_have_count(0)
    page.keyboard.press("u")
    until(page, lambda: house.store.answer("c01", expert).decision == "unsure")


def test_back_before_the_first_card_asks_the_server(
    page: Page, context: BrowserContext, house: FormHouse, expert: str
) -> None:
    page.keyboard.press("a")
    page.keyboard.press("s")
    until(page, lambda: house.store.state("c01", expert) == "submit")
    again = visit(context, house, expert)
    assert shown(again) == "c02"
    again.keyboard.press("k")
    until(again, lambda: shown(again) == "c01")
    again.keyboard.press("j")
    assert shown(again) == "c02"


@pytest.mark.parametrize(("key", "kind"), [("f", "find"), ("g", "guideline"), ("z", "undo")])
def test_a_wish_reaches_the_server(
    page: Page, house: FormHouse, expert: str, key: str, kind: str
) -> None:
    page.keyboard.press(key)
    mine = lambda: [row for row in house.store.events(kind) if row["expert"] == expert]  # noqa: E731
    until(page, mine)


def test_the_list_of_keys_opens_and_stops_the_others(page: Page) -> None:
    page.keyboard.press("h")
    expect(page.get_by_role("dialog", name="Daftar tombol")).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Daftar tombol")).to_be_hidden()
    assert checked(page, "Keputusan") == ""


def test_no_key_fires_while_typing(page: Page, house: FormHouse, expert: str) -> None:
    every = "aexusljkzfgh12345" + "rcy" * 5
    runs = page.get_by_text("runs ").inner_text()
    for field in (page.get_by_label("Alasan", exact=True), page.get_by_label("Cari")):
        field.click()
        page.keyboard.type(every, delay=30)
        assert field.input_value() == every
        page.wait_for_timeout(300)
        expect(page.get_by_text("disegarkan")).to_have_count(0)
    assert (shown(page), checked(page, "Keputusan"), checked(page, "Empati")) == ("c01", "", "")
    page.wait_for_timeout(2_500)
    kinds = {row["kind"] for row in house.store.events() if row["expert"] == expert}
    assert kinds == {"draft"}
    last = page.get_by_text("runs ").inner_text()
    assert int(last.split()[1]) - int(runs.split()[1]) <= 3, "typing r or c woke the page"
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("y")
    expect(page.get_by_text("disegarkan")).to_be_visible()


def test_no_key_fires_under_an_open_dialog(page: Page, house: FormHouse, expert: str) -> None:
    page.keyboard.press("g")
    expect(page.get_by_role("dialog").first).to_be_visible()
    for key in ("a", "s", "x", "l", "j", "1"):
        page.keyboard.press(key)
    page.wait_for_timeout(1_000)
    assert (shown(page), checked(page, "Keputusan"), checked(page, "Empati")) == ("c01", "", "")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("a")
    assert checked(page, "Keputusan") == "accept"


@pytest.mark.parametrize("layer", ["popover", "options", "menu"])
def test_no_key_fires_under_an_open_menu(page: Page, layer: str) -> None:
    opener = {
        "popover": page.get_by_role("button", name="Saring"),
        "options": page.get_by_role("combobox", name="Emosi"),
        "menu": page.get_by_test_id("stMainMenu").get_by_role("button"),
    }[layer]
    opener.click(delay=80)
    page.wait_for_timeout(500)
    for key in ("a", "x", "1"):
        page.keyboard.press(key)
    assert (shown(page), checked(page, "Keputusan"), checked(page, "Empati")) == ("c01", "", "")


def test_typing_goes_nowhere_when_a_conflict_takes_the_field_away(
    page: Page, context: BrowserContext, house: FormHouse, expert: str
) -> None:
    other = visit(context, house, expert)
    page.get_by_label("Alasan", exact=True).fill("satu")
    until(page, lambda: house.store.answer("c01", expert).reason == "satu")
    other.get_by_label("Alasan", exact=True).fill("dua")
    expect(other.locator(".conflict")).to_be_visible(timeout=10_000)
    other.keyboard.type("zazlkjsgf")
    other.wait_for_timeout(800)
    kinds = {row["kind"] for row in house.store.events() if row["expert"] == expert}
    assert kinds == {"draft"}
    expect(other.locator(".conflict")).to_be_visible()


def test_keys_work_with_the_focus_on_a_radio_of_the_page(page: Page) -> None:
    page.get_by_text("baru", exact=True).click(delay=80)
    page.keyboard.press("u")
    assert checked(page, "Keputusan") == "unsure"
    page.keyboard.press("2")
    assert checked(page, "Empati") == "2"


@pytest.mark.parametrize("keys", ["Control+a", "Alt+x", "Meta+u", "Control+s", "Control+l"])
def test_combinations_belong_to_the_browser(page: Page, keys: str) -> None:
    page.keyboard.press(keys)
    assert (shown(page), checked(page, "Keputusan")) == ("c01", "")


def test_a_held_key_decides_once(context: BrowserContext, house: FormHouse, expert: str) -> None:
    page = visit(context, house, expert, "&free=1")
    page.keyboard.press("a")
    page.keyboard.down("s")
    for _ in range(12):
        page.wait_for_timeout(50)
        page.keyboard.down("s")
    page.keyboard.up("s")
    repeats = page.evaluate(
        "window.shown.filter(([key, , repeat]) => key === 's' && repeat).length"
    )
    assert repeats == 12
    assert shown(page) == "c02"
    until(page, lambda: house.store.state("c01", expert) == "submit")
    assert len([row for row in house.store.events("submit") if row["expert"] == expert]) == 1


def test_a_held_digit_rates_one_row(page: Page) -> None:
    for _ in range(12):
        page.keyboard.down("4")
        page.wait_for_timeout(50)
    page.keyboard.up("4")
    assert (checked(page, "Empati"), checked(page, "Kesesuaian ARCS")) == ("4", "")


def test_twelve_fast_decisions_land_on_the_cards_that_were_shown(
    context: BrowserContext, house: FormHouse, expert: str
) -> None:
    context.add_init_script(RECORD)
    page = visit(context, house, expert, "&free=1")
    until(page, lambda: recorded(page)["cards"])
    for key in "axuaxxuaauxa" * 6:  # some keys meet no card when those in hand run out
        page.keyboard.press(key)
        page.wait_for_timeout(60)
        page.keyboard.press("s")
        page.wait_for_timeout(60)
        if len(decisions(recorded(page)["keys"])) >= 12:
            break
    page.wait_for_timeout(3_000)
    names = {"a": "accept", "x": "reject", "u": "unsure"}
    wanted = [(card, names[key]) for card, key in decisions(recorded(page)["keys"])]
    mine = [row for row in house.store.events("submit") if row["expert"] == expert]
    stored = [(row["card"], house.store.answer(row["card"], expert).decision) for row in mine]
    assert stored == wanted, "each once, on the card that was shown"
    assert len(stored) == 12


def test_what_is_missing_is_said_and_gets_the_focus(page: Page, house: FormHouse) -> None:
    page.keyboard.press("s")
    expect(page.get_by_role("alert").filter(has_text="Pilih keputusan dulu.")).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.press("s")
    expect(page.get_by_text("Beri nilai untuk Empati.")).to_be_visible()
    for _ in range(6):
        page.keyboard.press("2")
    page.keyboard.press("s")
    expect(page.get_by_text("Nilai Keamanan rendah: pilih sedikitnya satu tanda.")).to_be_visible()
    page.get_by_role("button", name="mempermalukan").click(delay=80)
    page.keyboard.press("s")
    expect(page.get_by_text("Tulis alasan singkatnya.")).to_be_visible()
    expect(page.get_by_label("Alasan", exact=True)).to_be_focused()
    page.keyboard.type("Terlalu keras.")
    page.keyboard.press("Control+Enter")
    assert shown(page) == "c02"


def test_the_corrected_message_is_compared_word_by_word(page: Page) -> None:
    page.keyboard.press("e")
    field = page.get_by_label("Pesan perbaikan")
    expect(field).to_be_focused()
    expect(field).to_have_value(page.locator(".message").inner_text())
    field.fill("Ringkasanmu sudah lengkap, Nia. Istirahat dulu ya 🌿")
    assert page.locator(".diff ins").first.inner_text() == "sudah"
    assert page.locator(".diff del").first.inner_text() == "udah"
    expect(page.get_by_text("8/25 kata")).to_be_visible()
    field.fill("kata " * 26)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("paling banyak 25 kata; sekarang 26")).to_be_visible()
    page.get_by_role("button", name="Kembalikan pesan asli").click(delay=80)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("masih sama dengan pesan asli")).to_be_visible()
