"""A study as large as one likes, written through the recorder: texts, answers and verdicts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from dashboard.bootstrap import App, build
from dashboard.domain.examples import Entry, NewExample, Origin, Revision
from dashboard.domain.ids import ExampleId, RevisionId, new_id, now
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Answer, Decision, Response, ResponseState
from dashboard.domain.studies import Study
from dashboard.domain.team import HOUSE, Policy
from dashboard.services.recording import Doing
from dashboard.settings import Settings
from storage.migrating import migrate
from storage.study_folders import load_starters

EXPERTS = ("Ibu Ratna", "Pak Budi", "Bu Sari", "Pak Made", "Bu Tuti", "Pak Joko")
FRESH = "Bu Wulan"
"""An expert who has answered nothing."""
RARE = "kelereng"
RARE_COUNT = 10
AT_ONCE = 5000
REASONS = (
    "Sapaannya hangat dan pas untuk pelajar ini",
    "Kalimatnya terlalu resmi, coba lebih santai",
    "Menebak sebab emosinya, sebaiknya dihapus",
    "Hadiahnya kurang jelas sesudah perilaku baik",
)
BENCH = "Bu Rani"
"""Who fills the study."""


def large_world(folder: Path, size: int) -> App:
    """A migrated study of `size` examples: half partly answered, a fifth closed."""
    settings = Settings(data_dir=folder / "var", cache_dir=folder / "cache")
    settings.data_dir.mkdir(parents=True)
    migrate(settings.database)
    app = build(settings)
    starters = load_starters(settings.studies_dir / settings.study)
    record(app, BENCH, Deed.POLICY, [Change(None, Policy(app.study.name, overlap=3))])
    chance = random.Random(size)
    rows = list(varied(app.study, starters, size, chance))
    for start in range(0, size, AT_ONCE):
        write(app, rows[start : start + AT_ONCE], start, chance)
    return app


def varied(
    study: Study, starters: tuple[NewExample, ...], size: int, chance: random.Random
) -> Iterator[NewExample]:
    """Messages that differ from each other as much as what people write."""
    names = sorted({one.inputs["username"] for one in starters})
    sentences = [one.message.rstrip() for one in starters]
    for number in range(size):
        starter = chance.choice(starters)
        inputs = dict(starter.inputs)
        inputs |= {one.key: chance.choice(one.values) for one in study.fields if one.values}
        inputs["username"] = chance.choice(names)
        ends = chance.choice(sentences).split()[-6:]
        message = f"{inputs['username']}, {starter.message.split('.')[0].rstrip()} {' '.join(ends)}"
        if number % max(1, size // RARE_COUNT) == 0:
            message = f"{RARE.capitalize()} punya cerita: {message}"
        yield NewExample(f"ex-{number:06}", inputs, message)


def write(app: App, rows: list[NewExample], start: int, chance: random.Random) -> None:
    """Examples with what experts answered, as one action, so that each is settled once."""
    changes: list[Change] = []
    for place, row in enumerate(rows, start=start):
        revision, entry = _added(app.study.name, row, is_tagged=place % 7 == 0)
        changes += [Change(None, revision), Change(None, entry)]
        changes += [_answer(revision, expert, chance) for expert in _experts(place)]
    record(app, BENCH, Deed.IMPORT, changes)


def record(app: App, person: str, deed: Deed, changes: list[Change]) -> None:
    """One action."""
    with app.curation.database.transaction() as stores:
        app.curation.recorder.record(stores, Doing(app.study.name, person, deed), changes)


def _experts(place: int) -> tuple[str, ...]:
    """Half of the examples have one or two answers, a fifth all three."""
    count = {0: 3, 5: 3, 1: 1, 3: 2, 4: 1, 7: 2, 9: 1}.get(place % 10, 0)
    first = place // 10
    return tuple(EXPERTS[(first + step) % len(EXPERTS)] for step in range(count))


def _added(study: str, row: NewExample, is_tagged: bool) -> tuple[Revision, Entry]:
    entry_id, revision_id = ExampleId(new_id()), RevisionId(new_id())
    revision = Revision(
        revision_id, entry_id, 1, dict(row.inputs), row.message, HOUSE, "bench", now()
    )
    tags = ("perlu dibahas",) if is_tagged else ()
    return revision, Entry(entry_id, study, row.key, Origin.AUGMENTED, revision_id, tags)


def _answer(revision: Revision, expert: str, chance: random.Random) -> Change:
    decision = chance.choices([Decision.ACCEPT, Decision.REJECT], [9, 1])[0]
    return Change(
        None,
        Response(
            example_id=revision.example_id,
            revision_id=revision.id,
            expert=expert,
            state=ResponseState.SUBMITTED,
            answer=Answer(decision, reason=chance.choice(REASONS)),
            at=now(),
        ),
    )
