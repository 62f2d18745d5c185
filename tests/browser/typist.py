"""Somebody who types a reason on the real review page; every letter's moment is known."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from dashboard.domain.ids import ExampleId
from tests.browser.form_view import until
from tests.browser.review_house import ReviewHouse
from tests.browser.review_view import enter, example_on_top, say_name, settle
from tests.reviewers import STUDY

WORDS = "hangat jelas tenang pelan dekat ringan sabar lembut"
TICKED = """
(() => {
  const form = () => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .map((one) => one.shadowRoot && one.shadowRoot.querySelector(".review-form")).find(Boolean);
  const watched = new WeakSet();
  const tell = (here) => {
    const field = here.querySelector("[data-field=reason] textarea");
    const saved = here.querySelector(".tick").dataset.kind === "saved";
    if (field && saved) window.ticked(here.dataset.card, field.value);
  };
  setInterval(() => {
    const here = form();
    if (!here || watched.has(here)) return;
    watched.add(here);
    new MutationObserver(() => tell(here)).observe(here.querySelector(".tick"), {
      attributes: true, childList: true, characterData: true, subtree: true });
  }, 20);
})();
"""
"""Tells the test every text over which the form said that it is saved."""


@dataclass
class Typist:
    """One expert, in one browser profile at a time."""

    name: str
    browser: Browser
    house: ReviewHouse
    example: ExampleId | None = None
    typed: list[tuple[float, str]] = field(default_factory=list)
    ticks: list[tuple[str, str]] = field(default_factory=list)

    def open(self) -> None:
        """Come with a browser that knows nothing."""
        self.context: BrowserContext = self.browser.new_context()
        self.context.expose_function("ticked", lambda *said: self.ticks.append(said))
        self.context.add_init_script(TICKED)
        self.open_tab()

    def open_tab(self) -> None:
        """The review page in this browser."""
        self.page: Page = self.context.new_page()
        enter(self.page, self.house, self.name)
        expect(self.page.locator(".review-form .card")).to_be_visible(timeout=30_000)

    def come_back(self) -> None:
        """Say who one is again, where the page has forgotten it."""
        settle(self.page)
        say_name(self.page, self.name)

    def begin(self) -> None:
        """Start with the card on top."""
        self.example = example_on_top(self.page)
        self.typed.clear()
        self.ticks.clear()
        self.reason().click()

    def reason(self) -> Locator:
        """The box for the reason."""
        return self.page.locator("[data-field=reason] textarea")

    def type_letter(self, chance: random.Random) -> None:
        """The next letter of the words, in an order of this round's own."""
        if not self.typed or self.typed[-1][1] == " ":
            self.word = chance.choice(WORDS.split()) + " "
            self.place = 0
        letter = self.word[self.place]
        self.place += 1
        self.page.keyboard.type(letter)
        self.typed.append((time.monotonic(), letter))

    @property
    def text(self) -> str:
        """Everything typed in this round."""
        return "".join(letter for _at, letter in self.typed)

    def stored(self) -> str:
        """What the database holds of it."""
        drafts = self.house.app.reviewing.drafts(STUDY, self.name)
        held = [one.answer.reason for one in drafts if one.example_id == self.example]
        return self._as_typed(held[0]) if held else ""

    def acknowledged(self) -> set[str]:
        """The texts of this round that the form has called saved."""
        return {text.rstrip() for card, text in self.ticks if card.startswith(str(self.example))}

    def marks(self) -> str:
        """What the form holds and says about being saved."""
        held = self.reason().input_value() if self.reason().count() else "no box"
        return " | ".join([held, *self.page.locator(".marks, .conflict").all_inner_texts()])

    def seconds_behind(self, stored: str) -> float:
        """Seconds of typing that are not stored, until the last letter."""
        lost = self.typed[len(stored) :]
        return lost[-1][0] - lost[0][0] if lost else 0.0

    def vanish(self) -> None:
        """The whole browser profile is gone at once."""
        self.context.close()

    def close_tab(self) -> None:
        """Close the tab as a person does; the profile stays."""
        self.page.close(run_before_unload=True)

    def move_to_a_new_browser(self) -> str:
        """Go on in a browser that knows nothing; the reason it shows."""
        self.context.close()
        self.open()
        shown = self.reason().input_value() if example_on_top(self.page) == self.example else ""
        return self._as_typed(shown)

    def submit(self) -> bool:
        """Accept the card; whether the database has it in the end."""
        self.page.locator(".card").focus()
        self.page.keyboard.press("a")
        self.page.keyboard.press("s")
        try:
            until(self.page, self._is_submitted, 20)
        except AssertionError:
            return False
        until(self.page, lambda: example_on_top(self.page) not in ("", self.example))
        return True

    def close(self) -> None:
        """Go home."""
        self.context.close()

    def _is_submitted(self) -> bool:
        given = self.house.app.reviewing.answered(STUDY, self.name, 200)
        return any(one.example_id == self.example and one.is_submitted for one in given)

    def _as_typed(self, text: str) -> str:
        """A reason is kept without the space at its end, which is no letter lost."""
        return self.text if self.text.rstrip() == text else text
