"""The review form and bad days: reloads, dropped lines, killed servers, refusals, two tabs."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.form_house import FormHouse
from tests.browser.form_store import FormStore
from tests.browser.form_view import SAVED, checked, keep, reason_of, shown, until, visit

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]


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


def test_a_killed_server_loses_nothing(
    browser: Browser, context: BrowserContext, own_house: FormHouse, expert: str
) -> None:
    house = own_house
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
    fresh = browser.new_context()
    assert reason_of(visit(fresh, house, expert)) == typed
    fresh.close()


def test_a_tab_closed_under_a_dead_server_sends_later(
    context: BrowserContext, own_house: FormHouse, expert: str
) -> None:
    house = own_house
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


def test_a_browser_that_was_killed_under_a_dead_server_loses_nothing_for_good(
    context: BrowserContext, own_house: FormHouse, expert: str
) -> None:
    page = visit(context, own_house, expert)
    own_house.kill()
    page.get_by_label("Alasan", exact=True).fill("sebelum listrik padam")
    page.wait_for_timeout(1_200)
    kept = page.evaluate(
        """() => {
          const [name, slip] = Object.entries(localStorage).find(([one]) =>
            one.startsWith("afektif.review"));
          return JSON.stringify([name, JSON.stringify({ ...JSON.parse(slip), beat: 1 })]);
        }"""
    )
    page.close(run_before_unload=True)
    own_house.start()
    again = context.new_page()
    again.add_init_script(
        f"""if (!sessionStorage.once) {{
          sessionStorage.once = "1";
          localStorage.clear();
          localStorage.setItem(...{kept});
        }}"""
    )
    again.goto(f"{own_house.address}/?expert={expert}")
    until(again, lambda: again.locator(".card").count(), 30)
    until(again, lambda: reason_of(again) == "sebelum listrik padam")
    until(again, lambda: own_house.store.answer("c01", expert).reason != "")


def test_the_slip_of_a_living_tab_is_left_alone(
    page: Page, context: BrowserContext, house: FormHouse, expert: str
) -> None:
    house.store.refusing.touch()
    try:
        page.get_by_label("Alasan", exact=True).fill("masih saya tulis")
        page.wait_for_timeout(1_200)
        other = visit(context, house, expert)
        assert reason_of(other) == ""
    finally:
        house.store.refusing.unlink()


def test_a_slow_server_never_brings_an_answered_card_back(
    context: BrowserContext, own_house: FormHouse, expert: str
) -> None:
    own_house.store.slow.write_text("1.2")
    page = visit(context, own_house, expert, "&free=1")
    seen: list[str] = []
    wanted = [f"c{number:02}" for number in range(1, 10)]
    for _ in range(20):
        until(page, lambda: shown(page))
        if seen[-1:] != [shown(page)]:  # a key that meets a card as it comes is not taken
            seen.append(shown(page))
        if len(seen) > len(wanted):
            break
        page.keyboard.press("a")
        page.keyboard.press("s")
        page.wait_for_timeout(400)
    assert seen == [*wanted, "c10"]
    until(page, lambda: len(own_house.store.events("submit")) >= 9, 30)
    page.wait_for_timeout(2_500)
    assert shown(page) == "c10"
    sent = [row["card"] for row in own_house.store.events("submit")]
    assert sent == wanted, "each once, in order"


def test_a_late_server_state_does_not_open_an_answered_card_again(
    context: BrowserContext, house: FormHouse, expert: str
) -> None:
    page = visit(context, house, expert, "&free=1&stale=1")
    for key in ("a", "s", "x", "s"):
        page.keyboard.press(key)
    until(page, lambda: house.store.state("c02", expert) == "submit")
    page.wait_for_timeout(1_000)
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert (shown(page), checked(page, "Keputusan")) == ("c01", "accept")
    expect(page.get_by_text("Jawaban Anda sudah dikirim.")).to_be_visible()


TWO_WORDS = [("satu", " dua"), ("satu ", "dua")]


@pytest.mark.parametrize(("first", "second"), TWO_WORDS, ids=["before", "after"])
def test_an_own_save_whose_receipt_got_lost_is_no_conflict(
    context: BrowserContext, own_house: FormHouse, expert: str, first: str, second: str
) -> None:
    page = visit(context, own_house, expert)
    own_house.store.tidy.touch()
    own_house.store.slow.write_text("2.5")
    page.get_by_label("Alasan", exact=True).press_sequentially(first)
    until(page, lambda: own_house.store.answer("c01", expert).reason == "satu")
    page.get_by_label("Alasan", exact=True).press_sequentially(second)
    page.reload()
    own_house.store.slow.unlink()
    until(page, lambda: own_house.store.answer("c01", expert).reason == "satu dua", 20)
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=10_000)
    expect(page.locator(".conflict")).to_have_count(0)


def test_a_receipt_that_comes_while_the_page_goes_leaves_the_text_to_the_next_page(
    context: BrowserContext, own_house: FormHouse, expert: str
) -> None:
    page = visit(context, own_house, expert)
    own_house.store.slow.write_text("1")
    page.get_by_label("Alasan", exact=True).press_sequentially("satu")
    until(page, lambda: own_house.store.answer("c01", expert).reason == "satu")
    page.get_by_label("Alasan", exact=True).press_sequentially(" dua")
    closed = page.evaluate(
        """async () => {
          dispatchEvent(new PageTransitionEvent("pagehide"));
          const seen = [];
          for (let turn = 0; turn < 75; turn += 1) {
            for (const one of Object.keys(localStorage)) {
              if (one.startsWith("afektif.review")) seen.push(JSON.parse(localStorage[one]).closed);
            }
            await new Promise((done) => setTimeout(done, 20));
          }
          return seen;
        }"""
    )
    assert closed
    assert all(closed)


def test_a_new_language_keeps_what_is_being_written(page: Page) -> None:
    page.get_by_label("Alasan", exact=True).fill("sedang saya tulis")
    page.get_by_text("baru", exact=True).click(delay=80)
    expect(page.get_by_role("button", name="Kirimkan")).to_be_visible()
    assert reason_of(page) == "sedang saya tulis"


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
    context: BrowserContext, own_house: FormHouse
) -> None:
    house = own_house
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
