"""How the review form looks, and whether everybody can use it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.form_house import FormHouse
from tests.browser.form_view import keep, visit

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.timeout(600)]


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
