"""The review form in Chromium: keys, drafts, honesty about saving, and nobody left out."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.form_house import FormHouse
from tests.browser.form_store import FormStore

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]
PICTURES = Path(__file__).parent / "artifacts"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
SAVED = re.compile(r"^Tersimpan \d\d:\d\d:\d\d$")
WATCH_KEYS = """
window.shown = [];
document.addEventListener("keydown", (event) => {
  const host = document.querySelector("[data-testid=stBidiComponentIsolated]");
  const form = host && host.shadowRoot.querySelector(".review-form");
  window.shown.push([event.key, form ? form.dataset.card : "", event.repeat]);
}, true);
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail("Chromium is needed for the browser tests: install the package `chromium`.")
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield one
        one.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FormHouse]:
    one = FormHouse(tmp_path_factory.mktemp("form"))
    one.start()
    yield one
    one.kill()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    one = browser.new_context(viewport={"width": 1366, "height": 768})
    one.add_init_script(WATCH_KEYS)
    yield one
    one.close()


@pytest.fixture
def expert(request: pytest.FixtureRequest) -> str:
    return str(request.node.name).replace("[", "-").replace("]", "")[:60]


@pytest.fixture
def page(context: BrowserContext, house: FormHouse, expert: str) -> Page:
    return visit(context, house, expert)


def visit(context: BrowserContext, house: FormHouse, expert: str, more: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{house.address}/?expert={expert}{more}")
    expect(page.locator(".review-form .card")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=30_000)
    return page


def shown(page: Page) -> str:
    return page.locator(".review-form").get_attribute("data-card") or ""


def checked(page: Page, group: str) -> str:
    chosen = page.get_by_role("radiogroup", name=group, exact=True).locator("[aria-checked=true]")
    return (chosen.get_attribute("data-value") or "") if chosen.count() else ""


def until(page: Page, holds: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come true in time"
        page.wait_for_timeout(50)


def reason_of(page: Page) -> str:
    return page.get_by_label("Alasan", exact=True).input_value()


def keep(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"form-{name}.png")


# --- keys ---


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
    every = "aexusljkzfgh12345rc"
    runs = page.get_by_text("runs ").inner_text()
    for field in (page.get_by_label("Alasan", exact=True), page.get_by_label("Cari")):
        field.click()
        page.keyboard.type(every)
        assert field.input_value() == every
    assert (shown(page), checked(page, "Keputusan"), checked(page, "Empati")) == ("c01", "", "")
    page.wait_for_timeout(2_500)
    kinds = {row["kind"] for row in house.store.events() if row["expert"] == expert}
    assert kinds == {"draft"}
    last = page.get_by_text("runs ").inner_text()
    assert int(last.split()[1]) - int(runs.split()[1]) <= 3, "typing r or c woke the page"


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


def test_twelve_fast_decisions_land_on_the_cards_that_were_shown(
    context: BrowserContext, house: FormHouse, expert: str
) -> None:
    page = visit(context, house, expert, "&free=1")
    decisions = "axuaxxuaauxa"
    for key in decisions:
        page.keyboard.press(key)
        page.wait_for_timeout(60)
        page.keyboard.press("s")
        page.wait_for_timeout(60)
    seen = page.evaluate("window.shown")
    wanted: dict[str, str] = {}
    names = {"a": "accept", "x": "reject", "u": "unsure"}
    for (key, card, _), (commit, committed, _) in zip(seen[::2], seen[1::2], strict=True):
        if card:
            assert (commit, committed) == ("s", card)
            wanted[card] = names[key]
    page.wait_for_timeout(3_000)
    mine = [row for row in house.store.events("submit") if row["expert"] == expert]
    stored = {row["card"]: house.store.answer(row["card"], expert).decision for row in mine}
    sys.stdout.write(f"recorded {len(mine)} of 12 decisions at 60 ms\n")
    assert len(mine) == len(stored), "a decision was doubled"
    assert stored == wanted
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


# --- saving ---


def type_for(page: Page, seconds: float, text: str = "kata ") -> str:
    typed, end = "", time.monotonic() + seconds
    while time.monotonic() < end:
        for letter in text:
            page.keyboard.type(letter)
            typed += letter
            page.wait_for_timeout(60)
    return typed


def test_a_draft_arrives_within_two_seconds_of_continuous_typing(
    page: Page, house: FormHouse, expert: str
) -> None:
    page.get_by_label("Alasan", exact=True).click()
    end = time.monotonic() + 7
    typed: list[tuple[float, int]] = [(time.monotonic(), 0)]
    worst = 0.0
    while time.monotonic() < end:
        page.keyboard.type("kata ")
        typed.append((time.monotonic(), typed[-1][1] + 5))
        page.wait_for_timeout(150)
        saved = len(house.store.answer("c01", expert).reason)
        behind = [moment for moment, length in typed if length > saved]
        worst = max(worst, time.monotonic() - behind[0] if behind else 0)
    sys.stdout.write(f"the database was at most {worst:.2f} s behind the typing\n")
    assert worst <= 2.0


def test_reloading_while_typing_loses_nothing(page: Page, house: FormHouse, expert: str) -> None:
    page.get_by_label("Alasan", exact=True).click()
    typed = type_for(page, 2.2)
    page.reload()
    expect(page.locator(".review-form .card")).to_be_visible(timeout=30_000)
    assert reason_of(page) == typed
    until(page, lambda: house.store.answer("c01", expert).reason == typed)
    expect(page.locator(".conflict")).to_have_count(0)


def test_a_closed_tab_loses_nothing(
    page: Page, context: BrowserContext, house: FormHouse, expert: str
) -> None:
    page.get_by_label("Alasan", exact=True).click()
    typed = type_for(page, 1.2)
    page.close(run_before_unload=True)
    again = visit(context, house, expert)
    until(again, lambda: reason_of(again) == typed)
    until(again, lambda: house.store.answer("c01", expert).reason == typed)


def test_a_dropped_connection_loses_nothing_and_is_said(
    page: Page, context: BrowserContext, house: FormHouse, expert: str
) -> None:
    page.keyboard.press("a")
    until(page, lambda: house.store.answer("c01", expert).decision == "accept")
    context.set_offline(True)
    page.get_by_label("Alasan", exact=True).click()
    typed = type_for(page, 2)
    alarm = page.get_by_role("alert").filter(has_text="Belum tersimpan")
    expect(alarm).to_be_visible(timeout=10_000)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.get_by_text("belum bisa pindah")).to_be_visible()
    assert (shown(page), reason_of(page)) == ("c01", typed)
    context.set_offline(False)
    until(page, lambda: house.store.answer("c01", expert).reason == typed, 40)
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=20_000)
    expect(alarm).to_have_count(0)


def test_a_killed_server_loses_nothing(browser: Browser, tmp_path: Path, expert: str) -> None:
    house = FormHouse(tmp_path)
    house.start()
    context = browser.new_context()
    page = visit(context, house, expert)
    page.get_by_label("Alasan", exact=True).click()
    typed = type_for(page, 2.2)
    house.kill()
    typed += type_for(page, 2, "lagi ")
    expect(page.get_by_text("Belum tersimpan. Teks Anda tetap di sini.")).to_be_visible(
        timeout=10_000
    )
    assert reason_of(page) == typed
    house.start()
    until(page, lambda: house.store.answer("c01", expert).reason == typed, 60)
    expect(page.locator(".conflict")).to_have_count(0)
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=20_000)
    assert reason_of(page) == typed
    context.close()
    fresh = browser.new_context()
    assert reason_of(visit(fresh, house, expert)) == typed
    fresh.close()
    house.kill()


def test_a_tab_closed_under_a_dead_server_sends_later(
    browser: Browser, tmp_path: Path, expert: str
) -> None:
    house = FormHouse(tmp_path)
    house.start()
    context = browser.new_context()
    page = visit(context, house, expert, "&free=1")
    house.kill()
    page.keyboard.press("a")
    page.keyboard.press("s")
    page.keyboard.press("x")
    page.get_by_label("Alasan", exact=True).fill("setengah jalan")
    page.close(run_before_unload=True)
    house.start()
    again = visit(context, house, expert, "&free=1")
    until(again, lambda: house.store.state("c01", expert) == "submit", 20)
    until(again, lambda: shown(again) == "c02")
    assert reason_of(again) == "setengah jalan"
    until(again, lambda: house.store.answer("c02", expert).reason == "setengah jalan", 20)
    context.close()
    house.kill()


def test_a_fault_of_the_server_leaves_the_text_on_the_page(
    page: Page, house: FormHouse, expert: str
) -> None:
    house.store.broken.touch()
    try:
        page.get_by_label("Alasan", exact=True).fill("tetap di sini")
        expect(page.get_by_role("alert").filter(has_text="Belum tersimpan")).to_be_visible(
            timeout=10_000
        )
        assert reason_of(page) == "tetap di sini"
    finally:
        house.store.broken.unlink()
    until(page, lambda: house.store.answer("c01", expert).reason == "tetap di sini")
    expect(page.get_by_text(SAVED)).to_be_visible()


@pytest.fixture
def refusing(house: FormHouse) -> Iterator[FormStore]:
    yield house.store
    house.store.refusing.unlink(missing_ok=True)


def test_a_refused_draft_is_said_kept_and_saved_once_the_store_is_back(
    page: Page, refusing: FormStore, expert: str
) -> None:
    refusing.refusing.touch()
    page.get_by_label("Alasan", exact=True).fill("penting")
    sentence = "Belum tersimpan: The store is full; try again in a minute."
    expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible(timeout=10_000)
    expect(page.get_by_text(SAVED)).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.get_by_text("belum bisa pindah")).to_be_visible()
    assert (shown(page), reason_of(page)) == ("c01", "penting")
    keep(page, "refused")
    refusing.refusing.unlink()
    until(page, lambda: refusing.answer("c01", expert).reason == "penting", 20)
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.keyboard.press("j")
    assert shown(page) == "c02"


def test_a_refused_submission_comes_back_with_its_answer(
    page: Page, refusing: FormStore, expert: str
) -> None:
    refusing.refusing.touch()
    page.keyboard.press("a")
    page.keyboard.press("s")
    assert shown(page) == "c02"
    back = page.get_by_role("button", name="1 jawaban lain belum tersimpan. Tampilkan")
    expect(back).to_be_visible(timeout=10_000)
    back.click(delay=80)
    assert (shown(page), checked(page, "Keputusan")) == ("c01", "accept")
    refusing.refusing.unlink()
    page.keyboard.press("s")
    until(page, lambda: refusing.state("c01", expert) == "submit")


def test_saved_is_said_only_of_the_last_change(page: Page, house: FormHouse, expert: str) -> None:
    field = page.get_by_label("Alasan", exact=True)
    field.fill("satu")
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=10_000)
    field.press_sequentially("!")
    expect(page.get_by_text("Menyimpan …")).to_be_visible(timeout=300)
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=10_000)
    assert house.store.answer("c01", expert).reason == "satu!"


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_tabs_of_one_person_show_both_answers(
    page: Page, context: BrowserContext, house: FormHouse, expert: str, choice: str
) -> None:
    other = visit(context, house, expert)
    page.get_by_label("Alasan", exact=True).fill("dari tab satu")
    until(page, lambda: house.store.answer("c01", expert).reason == "dari tab satu")
    other.get_by_label("Alasan", exact=True).fill("dari tab dua")
    panel = other.locator(".conflict")
    expect(panel).to_be_visible(timeout=10_000)
    expect(panel.get_by_text("dari tab satu")).to_be_visible()
    expect(panel.get_by_text("dari tab dua")).to_be_visible()
    keep(other, f"conflict-{choice}")
    assert house.store.answer("c01", expert).reason == "dari tab satu"
    label = "Pakai yang di tab ini" if choice == "mine" else "Pakai yang tersimpan"
    other.get_by_role("button", name=label).click(delay=80)
    kept = "dari tab dua" if choice == "mine" else "dari tab satu"
    assert reason_of(other) == kept
    other.wait_for_timeout(1_500)
    assert house.store.answer("c01", expert).reason == kept
    expect(panel).to_have_count(0)


def test_an_unsent_conflict_survives_a_reload(
    page: Page, context: BrowserContext, house: FormHouse, expert: str
) -> None:
    other = visit(context, house, expert)
    page.get_by_label("Alasan", exact=True).fill("dari tab satu")
    until(page, lambda: house.store.answer("c01", expert).reason == "dari tab satu")
    other.get_by_label("Alasan", exact=True).fill("dari tab dua")
    expect(other.locator(".conflict")).to_be_visible(timeout=10_000)
    other.reload()
    expect(other.locator(".conflict").get_by_text("dari tab dua")).to_be_visible(timeout=30_000)


def test_another_person_at_the_same_browser_gets_nothing_of_it(
    browser: Browser, tmp_path: Path
) -> None:
    house = FormHouse(tmp_path)
    house.start()
    context = browser.new_context()
    page = visit(context, house, "ani")
    house.kill()
    page.get_by_label("Alasan", exact=True).fill("rahasia ani")
    page.close(run_before_unload=True)
    house.start()
    other = visit(context, house, "budi")
    other.wait_for_timeout(2_000)
    assert reason_of(other) == ""
    assert house.store.events() == []
    mine = visit(context, house, "ani")
    until(mine, lambda: house.store.answer("c01", "ani").reason == "rahasia ani")
    context.close()
    house.kill()


# --- looks, and who can use it ---


def test_hostile_text_is_shown_as_text(
    context: BrowserContext, house: FormHouse, expert: str
) -> None:
    page = visit(context, house, expert, "&only=c30")
    expect(page.locator(".message")).to_have_text(
        '<img src=x onerror="window.hacked=1"> **tebal** [tautan](http://x) $x$ :red[merah]'
    )
    page.keyboard.press("e")
    page.get_by_label("Pesan perbaikan").fill("<b>halo</b> <script>window.hacked=1</script>")
    page.get_by_label("Alasan", exact=True).fill("<img src=x onerror='window.hacked=1'>")
    page.wait_for_timeout(1_000)
    page.reload()
    expect(page.locator(".diff")).to_contain_text("<b>halo</b>", timeout=30_000)
    assert page.evaluate("window.hacked") is None
    assert page.locator(".review-form img, .review-form script, .review-form b b").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    browser: Browser, house: FormHouse, expert: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = visit(context, house, expert)
    keep(page, f"{scheme}-start")
    assert serious(page) == []
    page.keyboard.press("e")
    page.get_by_label("Pesan perbaikan").fill("Ringkasanmu sudah lengkap, Nia 🌿")
    page.keyboard.press("Escape")
    page.keyboard.press("5")
    page.get_by_role("button", name="mempermalukan").click(delay=80)
    page.keyboard.press("s")
    page.wait_for_timeout(1_500)
    keep(page, f"{scheme}-edit")
    assert serious(page) == []
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("l")
    page.wait_for_timeout(300)
    keep(page, f"{scheme}-skip")
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    page.wait_for_timeout(300)
    keep(page, f"{scheme}-help")
    assert serious(page) == []
    context.close()


def serious(page: Page) -> list[str]:
    """Serious and critical findings inside the form."""
    found = Axe().run(page, context=".stBidiComponent").response
    assert found["testEngine"]["name"] == "axe-core"
    bad = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {node['html'][:160]}" for one in bad for node in one["nodes"]]


@pytest.mark.parametrize(
    ("name", "width", "height"), [("phone", 360, 740), ("zoomed", 683, 384), ("laptop", 1366, 768)]
)
def test_it_can_be_used_on_a_narrow_page_and_at_200_percent(
    browser: Browser, house: FormHouse, expert: str, name: str, width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height})
    page = visit(context, house, expert)
    keep(page, name)
    page.get_by_role("radio", name="Ubah").click(delay=80)
    page.wait_for_timeout(500)
    wide = page.evaluate(
        """() => {
          const form = document.querySelector("[data-testid=stBidiComponentIsolated]")
            .shadowRoot.querySelector(".review-form");
          const outside = [...form.querySelectorAll("*")].filter((one) =>
            one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1);
          return [document.documentElement.scrollWidth, outside.map((one) => one.className)];
        }"""
    )
    assert wide == [width, []]
    expect(page.get_by_role("button", name="Kirim")).to_be_in_viewport(ratio=1)
    low = page.evaluate(
        """() => [...document.querySelector("[data-testid=stBidiComponentIsolated]").shadowRoot
          .querySelectorAll("button")].filter((one) => one.checkVisibility()
          && one.getBoundingClientRect().height < 31.9).map((one) => one.textContent)"""
    )
    assert low == [], "targets lower than 32 px"
    keep(page, f"{name}-edit")
    context.close()


def test_message_decisions_and_submit_need_no_scrolling(page: Page) -> None:
    expect(page.locator(".message")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("radiogroup", name="Keputusan")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Kirim")).to_be_in_viewport(ratio=1)


def test_every_control_tells_its_key(page: Page) -> None:
    keys = {"Terima": "A", "Ubah": "E", "Tolak": "X", "Ragu": "U"}
    for name, key in keys.items():
        control = page.get_by_role("radio", name=name, exact=True)
        expect(control).to_have_attribute("aria-keyshortcuts", key)
        expect(control.locator("kbd")).to_have_text(key)
    submit = page.get_by_role("button", name="Kirim", exact=True)
    expect(submit).to_have_attribute("aria-keyshortcuts", "S Control+Enter")


def test_the_end_of_the_stack_is_quiet(
    context: BrowserContext, house: FormHouse, expert: str
) -> None:
    page = visit(context, house, expert, "&only=c03&free=1")
    page.keyboard.press("a")
    page.keyboard.press("s")
    expect(page.locator(".waiting, .locked")).to_be_visible()
    for key in ("a", "s", "x", "1", "l"):
        page.keyboard.press(key)
    page.wait_for_timeout(1_000)
    assert [row["kind"] for row in house.store.events() if row["expert"] == expert] == ["submit"]
