"""`make bench`: speed against named peers, as ratios from one run on this machine.

Equality of results first, then time; the two sides take turns (ABBA) in one process, and each
ratio is the median over the pairs with its lowest and highest. Writes `data/var/bench.json`.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table

from dashboard.commands.console import console, fetching, in_sentences
from dashboard.local_engine.inference.decoding import Batch
from dashboard.local_engine.language.encoding import EncodedRow
from dashboard.local_engine.language.messages import Message
from dashboard.local_engine.language.weights import BaseModel, load_base
from dashboard.local_engine.records.jobs import AdapterShape
from dashboard.local_engine.training.adapter import with_adapter
from dashboard.local_engine.training.loss import backward
from dashboard.settings import Settings
from storage.study_folders import load_starters, load_study

PAIRS = 3
ROWS = 8
ANSWERS = 8
NEW_TOKENS = 24


@dataclass(frozen=True)
class Measured:
    """How many times faster `work` is than its peer; `equal` says how alike the results were."""

    work: str
    peer: str
    ratio: float
    low: float
    high: float
    equal: str


def compared(work: str, peer: str, ours: Callable[[], Any], theirs: Callable[[], Any],
             equal: Callable[[Any, Any], str]) -> Measured:  # fmt: skip
    """Warm up on both sides, compare what they give, then time them in turns."""
    sameness = equal(ours(), theirs())
    ratios = []
    for pair in range(PAIRS):
        order = (ours, theirs) if pair % 2 == 0 else (theirs, ours)
        seconds = {}
        for side in order:
            started = time.perf_counter()
            side()
            seconds[side] = time.perf_counter() - started
        ratios.append(seconds[theirs] / seconds[ours])
    return Measured(
        work, peer, round(statistics.median(ratios), 2), round(min(ratios), 2),
        round(max(ratios), 2), sameness,
    )  # fmt: skip


def training_step(base: BaseModel, rows: list[EncodedRow]) -> Measured:
    """One forward and backward pass over eight rows, LoRA on every linear layer."""
    import torch

    network = with_adapter(base.network, AdapterShape())
    network.eval()  # no dropout, so that both sides compute the same loss
    pad = base.encoder.tokenizer.pad_token_id or 0
    width = max(len(row.tokens) for row in rows)
    tokens = torch.full((len(rows), width), pad)
    labels = torch.full((len(rows), width), -100)
    mask = torch.zeros((len(rows), width), dtype=torch.long)
    for index, row in enumerate(rows):
        read = torch.tensor(row.tokens)
        tokens[index, : len(read)] = read
        mask[index, : len(read)] = 1
        learned = torch.tensor(row.learned)
        labels[index, : len(read)][learned] = read[learned]

    def ours() -> float:
        network.zero_grad()
        return backward(network, rows, pad).loss

    def theirs() -> float:
        network.zero_grad()
        loss = network(input_ids=tokens, attention_mask=mask, labels=labels).loss
        loss.backward()
        return float(loss.detach())

    return compared(
        "LoRA step, 8 rows, logits at answers only",
        "transformers + peft, logits everywhere",
        ours,
        theirs,
        lambda a, b: f"loss {a:.4f} = {b:.4f}",
    )


def answers(base: BaseModel, prompts: list[list[int]]) -> Measured:
    """Eight short answers, greedily, to full length."""
    import torch

    network = base.network

    def ours() -> list[list[int]]:
        with torch.inference_mode():
            batch = Batch(network, prompts)
            written: list[list[int]] = [[] for _ in prompts]
            for _ in range(NEW_TOKENS):
                best = batch.logits().argmax(-1).tolist()
                for row, token in zip(written, best, strict=True):
                    row.append(token)
                batch.advance(range(len(prompts)), best)
        return written

    def theirs() -> list[list[int]]:
        texts = []
        for prompt in prompts:
            given = torch.tensor([prompt])
            whole = network.generate(
                given,
                attention_mask=torch.ones_like(given),
                min_new_tokens=NEW_TOKENS,
                max_new_tokens=NEW_TOKENS,
                do_sample=False,
            )
            texts.append(whole[0, len(prompt) :].tolist())
        return texts

    return compared(
        f"{ANSWERS} answers together, {NEW_TOKENS} tokens each",
        "transformers.generate, one by one",
        ours,
        theirs,
        lambda a, b: f"{sum(x == y for x, y in zip(a, b, strict=True))} of {len(a)} texts equal",
    )


@in_sentences
def main() -> None:
    """Measure, print a table, keep the figures."""
    settings = Settings.from_env()
    with fetching(settings) as fetcher:
        folder = next(iter(fetcher.writers().values()))
    study = load_study(settings.studies_dir / settings.study)
    starters = load_starters(settings.studies_dir / settings.study)[:ROWS]
    chats = [
        [Message(turn.role, turn.content) for turn in study.chat(study.tuned_prompt, one.inputs)]
        for one in starters
    ]
    base = load_base(folder)
    results = [answers(base, [base.encoder.prompt(chat) for chat in chats[:ANSWERS]])]
    rows = [
        base.encoder.row([*chat, Message("assistant", one.message)])
        for chat, one in zip(chats, starters, strict=True)
    ]
    results.append(training_step(base, rows))
    show(results)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    target = settings.data_dir / "bench.json"
    target.write_text(json.dumps([asdict(one) for one in results], indent=2))


def show(results: list[Measured]) -> None:
    """Print what was measured."""
    table = Table("work", "peer", "times faster", "lowest", "highest", "equal")
    for one in results:
        table.add_row(one.work, one.peer, f"{one.ratio}", f"{one.low}", f"{one.high}", one.equal)
    console.print(table)


if __name__ == "__main__":
    main()
