"""A team at work: random deeds through the real services, and what SQL says of them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from random import Random
from typing import Any

from dashboard.bootstrap import App
from dashboard.domain.calibration import Invitation
from dashboard.domain.errors import UserError
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.guidelines import Bearing
from dashboard.domain.responses import Decision, SkipReason
from dashboard.domain.verdicts import Cause, Rule, Verdict
from dashboard.services.adding import Edit
from dashboard.services.adjudication import Decided
from dashboard.services.guidelines import Rewriting
from dashboard.services.reviewing import Judgment, Seen
from tests.services.teamwork import BUDI, RANI, SARI, STUDY, answer, submit

TEAM = (RANI, BUDI, SARI, "Pak Joko", "Bu Tini")
DECISIONS = [Decision.ACCEPT] * 6 + [Decision.REJECT, Decision.UNSURE]


class Teamwork:
    """Does one random deed after the other; what is refused counts as `refused`."""

    def __init__(self, app: App, seed: int) -> None:
        self.app = app
        self.random = Random(seed)
        self.done: Counter[str] = Counter()
        often: list[Callable[[str], object]] = [*[self.answer] * 12, *[self.answer_again] * 3]
        seldom = [self.skip, self.reopen, self.draft, self.look, self.undo, self.edit, self.retire]
        rare = [
            self.leave,
            self.agree,
            self.begin,
            self.reveal,
            self.close,
            self.rewrite,
            self.rule,
        ]
        self.deeds = often + seldom * 2 + rare + [self.bring_back] * 2 + [self.release]

    def step(self) -> None:
        """One deed of one person."""
        deed, person = self.random.choice(self.deeds), self.random.choice(TEAM)
        try:
            deed(person)
        except UserError:
            self.done["refused"] += 1
        else:
            self.done[deed.__name__] += 1

    def any_example(self) -> Example:
        """One of the first examples, so that deeds meet."""
        return self.random.choice(self.app.curation.browse(ExampleFilter(STUDY)).examples[:30])

    def answer(self, person: str) -> None:
        """The next of one's queue."""
        [card] = self.app.queueing.upcoming(STUDY, person, 1) or [None]
        if card is not None:
            submit(self.app, card.example, person, self.random.choice(DECISIONS))

    def answer_again(self, person: str) -> None:
        """An example of one's choice."""
        submit(self.app, self.any_example(), person, self.random.choice(DECISIONS))

    def skip(self, person: str) -> None:
        """Leave an example to others."""
        one = self.any_example()
        self.app.reviewing.skip(Seen(one.id, one.revision_id, person), SkipReason.UNCLEAR)

    def reopen(self, person: str) -> None:
        """Take an answer back."""
        given = self.app.reviewing.answered(STUDY, person, 5)
        if given:
            one = self.random.choice(given)
            self.app.reviewing.reopen(Seen(one.example_id, one.revision_id, person))

    def draft(self, person: str) -> None:
        """Begin an answer."""
        [card] = self.app.queueing.upcoming(STUDY, person, 1) or [None]
        if card is not None:
            seen = card.draft.version if card.draft else 0
            one = card.example
            judgment = Judgment(one.id, one.revision_id, person, answer(self.app.study))
            self.app.reviewing.save_draft(judgment, seen)

    def look(self, person: str) -> None:
        """Hold some examples."""
        self.app.queueing.upcoming(STUDY, person, 3)

    def undo(self, person: str) -> None:
        """Take the last deed back."""
        self.app.history.undo(STUDY, person)

    def edit(self, person: str) -> None:
        """Write another text."""
        one, word = self.any_example(), self.random.choice(["Yuk", "Ayo", "Pelan"])
        text = f"{word}, {one.inputs['username']}, satu langkah kecil dulu ya, kami tunggu 🌱"
        self.app.curation.edit(Edit(one.id, one.revision_number, one.inputs, text, person, "luwes"))

    def retire(self, person: str) -> None:
        """Take an example out."""
        self.app.bulk.retire([self.any_example().id], person, "ganda")

    def leave(self, person: str) -> None:
        """Somebody goes."""
        self.app.team.leave(STUDY, self.random.choice(TEAM), person)

    def bring_back(self, person: str) -> None:
        """Somebody comes back."""
        self.app.team.bring_back(STUDY, self.random.choice(TEAM), person)

    def agree(self, person: str) -> None:
        """Other rules."""
        seen = self.app.team.policy(STUDY)
        rule = self.random.choice(list(Rule))
        policy = replace(seen, overlap=self.random.choice([1, 2, 3]), rule=rule)
        self.app.team.agree(policy, seen, person)

    def begin(self, person: str) -> None:
        """A calibration round of some."""
        experts = tuple(self.random.sample(TEAM, 3))
        self.app.calibration.start(Invitation(STUDY, "ronde", experts, 10, 7), person)

    def reveal(self, person: str) -> None:
        """Open the newest round."""
        for one in self.app.calibration.rounds(STUDY)[:1]:
            self.app.calibration.reveal(one, person, "cukup")

    def close(self, person: str) -> None:
        """End the newest round."""
        for one in self.app.calibration.rounds(STUDY)[:1]:
            self.app.calibration.close(one, person, "cukup")

    def rewrite(self, person: str) -> None:
        """Another guideline for one emotion."""
        current = self.app.guidelines.current(STUDY)
        texts = {name: f"{text}\n\n{current.number}" for name, text in current.texts.items()}
        emotion = self.random.choice(self.app.study.field("emotion").values)
        bearing = Bearing(inputs=(("emotion", (emotion,)),))
        self.app.guidelines.rewrite(
            Rewriting(STUDY, current.number, texts, person, "jelas", bearing)
        )

    def rule(self, person: str) -> None:
        """Decide a disputed example."""
        for one in self.app.adjudication.disputed(STUDY)[:1]:
            example = one.example
            decided = Decided(
                example.id, example.revision_id, Decision.REJECT, Cause.SLIP, "jelas salah"
            )
            self.app.adjudication.decide(decided, person)

    def release(self, person: str) -> None:
        """Free a place somebody holds."""
        for held in self.app.progress.everyone(STUDY).held[:1]:
            self.app.progress.release(held.example.id, held.expert)


class Oracle:
    """The same numbers, asked of the tables in plain SQL."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query finds."""
        return self.connection.execute(query, values).fetchall()

    def given(self, expert: str, state: str) -> int:
        """Somebody's responses of a kind."""
        asked = "SELECT count(*) FROM responses WHERE expert = ? AND state = ?"
        return int(self.rows(asked, expert, state)[0][0])

    def coverage(self) -> dict[int, int]:
        """Examples by how many answers their current text has."""
        return dict(
            self.rows(f"SELECT n, count(*) FROM ({ANSWERS} WHERE NOT e.retired) GROUP BY n")
        )

    def verdicts(self) -> dict[Verdict, int]:
        """Examples by verdict."""
        asked = "SELECT verdict, count(*) FROM examples WHERE NOT retired GROUP BY verdict"
        return dict.fromkeys(Verdict, 0) | dict(self.rows(asked))

    def held(self) -> set[tuple[str, str]]:
        """Who holds a place in which current text."""
        return set(self.rows(f"SELECT expert, example_id FROM ({LIVE})"))

    def begun(self, expert: str) -> set[str]:
        """Examples somebody has a draft of."""
        asked = (
            "SELECT e.id FROM drafts d JOIN examples e ON e.revision_id = d.revision_id"
            " WHERE d.expert = ?"
        )
        return {one for (one,) in self.rows(asked, expert)}

    def needs(self) -> dict[str, int]:
        """How many answers each example needs, from the policy and the rounds themselves."""
        policies = [json.loads(one) for (one,) in self.rows(RECORDS, "policy")]
        overlap = policies[0]["overlap"] if policies else 2
        found = dict.fromkeys((one for (one,) in self.rows("SELECT id FROM examples")), overlap)
        for one in self._rounds():
            for example in one["example_ids"]:
                [(author,)] = self.rows("SELECT author FROM examples WHERE id = ?", example)
                given = {expert for (expert,) in self.rows(ANSWERED, example)}
                found[example] = max(1, len((set(one["experts"]) | given) - {author}))
        return found

    def remaining(self, expert: str) -> int:
        """Examples that somebody could be given now."""
        needs = self.needs()
        foreign = {
            example
            for one in self._rounds()
            if expert not in one["experts"]
            for example in one["example_ids"]
        }
        asked = f"""
            SELECT id, n + (SELECT count(*) FROM ({LIVE}) c WHERE c.example_id = id AND expert <> ?)
            FROM ({ANSWERS} WHERE NOT e.retired AND e.verdict = 'unreviewed' AND e.author <> ?
            AND NOT EXISTS (SELECT 1 FROM responses r
                            WHERE r.revision_id = e.revision_id AND r.expert = ?))
        """
        free = self.rows(asked, expert, expert, expert)
        return sum(taken < needs[one] and one not in foreign for one, taken in free)

    def _rounds(self) -> Iterator[dict[str, Any]]:
        for (value,) in self.rows(RECORDS, "round"):
            found = json.loads(value)
            if found["closed_at"] is None:
                yield found


RECORDS = "SELECT value FROM records WHERE noun = ?"
ANSWERS = """
    SELECT e.id AS id, (SELECT count(*) FROM responses r WHERE r.revision_id = e.revision_id
        AND r.state = 'submitted' AND r.expert <> e.author) AS n FROM examples e
"""
ANSWERED = """
    SELECT r.expert FROM responses r JOIN examples e ON e.revision_id = r.revision_id
    WHERE e.id = ? AND r.state = 'submitted'
"""
LIVE = """
    SELECT c.expert AS expert, c.example_id AS example_id FROM claims c
    JOIN examples e ON e.revision_id = c.revision_id
    WHERE c.expires_at > strftime('%Y-%m-%d %H:%M:%f', 'now')
"""


@contextmanager
def oracle_of(app: App) -> Iterator[Oracle]:
    """The oracle over an application's database."""
    with closing(sqlite3.connect(app.settings.data_dir / "afektif.db")) as connection:
        yield Oracle(connection)
