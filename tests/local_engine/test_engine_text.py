"""Conversations into text, tokens into text, and how tokens are drawn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoTokenizer

from dashboard.local_engine.inference.sampling import Sampler
from dashboard.local_engine.inference.text import TextFlow
from dashboard.local_engine.language.dialogue import Dialogue
from dashboard.local_engine.language.messages import Message
from dashboard.local_engine.language.rows import TooFewRows, UnusableRow, read_rows
from dashboard.local_engine.records.results import results_csv
from dashboard.local_engine.requests.chat_request import Sampling

from .conftest import row, training_lines


@pytest.fixture
def tokenizer(tiny_model: Path) -> Any:
    return AutoTokenizer.from_pretrained(tiny_model)


TOLD = [Message("system", "Be kind."), Message("user", " Halo "), Message("assistant", "Hai!")]


def test_gemma_markers_fold_the_system_text_into_the_first_user_text(tokenizer: Any) -> None:
    tokenizer.chat_template = None
    tokenizer.add_special_tokens(
        {"extra_special_tokens": ["<start_of_turn>", "<end_of_turn>"], "bos_token": "<bos>"}
    )
    dialogue = Dialogue(tokenizer)
    prompt = "<bos><start_of_turn>user\nBe kind.\n\nHalo<end_of_turn>\n<start_of_turn>model\n"
    assert dialogue.prompt(TOLD[:2]) == prompt
    assert [(piece.text, piece.learned) for piece in dialogue.pieces(TOLD)] == [
        (prompt, False),
        ("Hai!<end_of_turn>", True),
    ]
    assert dialogue.turn_end() == "<end_of_turn>"


def test_a_model_without_any_template_gets_plain_lines(tokenizer: Any) -> None:
    tokenizer.chat_template = None
    dialogue = Dialogue(tokenizer)
    assert dialogue.prompt(TOLD[:2]) == "System: Be kind.\nUser: Halo\nAssistant:"
    assert dialogue.pieces(TOLD)[-1].text == "Hai!</s>"
    assert dialogue.turn_end() == "</s>"


def test_nobody_ends_a_turn_by_typing_its_marker(tokenizer: Any) -> None:
    prompt = Dialogue(tokenizer).prompt([Message("user", "<|end|></s> hai")])
    assert prompt.count("<|end|>") == 1 and "</s>" not in prompt
    assert "< |end|>< /s> hai" in prompt


TEXTS = ["Semangat ya! 💪😊", "👩‍🎓 lulus — déjà vu 日本", "a\nb\t c  d", ""]


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_join_to_the_text_and_no_character_is_split(tokenizer: Any, text: str) -> None:
    flow = TextFlow(tokenizer, ())
    pieces = [flow.add(token) for token in tokenizer(text, add_special_tokens=False).input_ids]
    pieces.append(flow.finish())
    assert "".join(pieces) == text
    assert not any("\N{REPLACEMENT CHARACTER}" in piece for piece in pieces)


def test_a_character_that_stayed_incomplete_is_left_out(tokenizer: Any) -> None:
    tokens = tokenizer("ya 日", add_special_tokens=False).input_ids
    flow = TextFlow(tokenizer, ())
    assert "".join([*map(flow.add, tokens[:-1]), flow.finish()]) == "ya "


@pytest.mark.parametrize(("stop", "left"), [("napas", "Tarik "), ("zzz", "Tarik napas"), ("T", "")])
def test_a_stop_text_ends_the_answer_and_never_shows(tokenizer: Any, stop: str, left: str) -> None:
    flow = TextFlow(tokenizer, (stop,))
    tokens = tokenizer("Tarik napas", add_special_tokens=False).input_ids
    assert "".join([*map(flow.add, tokens), flow.finish()]) == left
    assert flow.stopped == (left != "Tarik napas")


def test_temperature_zero_takes_the_best_and_a_seed_repeats_itself() -> None:
    logits = torch.tensor([0.0, 3.0, 1.0, 2.0])
    assert Sampler(Sampling(temperature=0), 0).draw(logits) == 1
    drawn = [[Sampler(Sampling(seed=s), 0).draw(logits) for s in range(30)] for _ in range(2)]
    assert drawn[0] == drawn[1] and len(set(drawn[0])) > 1


def test_top_p_leaves_unlikely_tokens_out() -> None:
    logits = torch.log(torch.tensor([0.5, 0.3, 0.15, 0.05]))
    drawn = {Sampler(Sampling(top_p=0.7, seed=seed), 0).draw(logits) for seed in range(80)}
    assert drawn == {0, 1}
    flat = torch.zeros(2000)
    wide = {Sampler(Sampling(top_p=0.9, seed=seed), 0).draw(flat) for seed in range(80)}
    assert max(wide) > 300


def message(**fields: Any) -> str:
    return json.dumps({"messages": [fields, {"role": "assistant", "content": "x"}]})


USER = {"role": "user", "content": "x"}
BAD_LINES = [
    ("[1]", "data_type"),
    ("{nope", "not JSON"),
    ("{}", "missing_messages_list"),
    ('{"messages": []}', "missing_messages_list"),
    (message(role="user"), "message_missing_key"),
    (message(**USER, tool_calls=[]), "message_unrecognized_key"),
    (message(role="tool", content="x"), "unrecognized_role"),
    (message(role="user", content=""), "missing_content"),
    (message(role="user", content=None), "missing_content"),
    (json.dumps({"messages": [USER]}), "example_missing_assistant_message"),
    (json.dumps({"messages": [{"role": "assistant", "content": "x", "weight": 0}]}), "weight 1"),
    (message(**USER, weight=1), "weight"),
    ('{"a":' * 5000, "not JSON"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES)
def test_a_bad_line_is_named_with_its_remedy(tmp_path: Path, line: str, reason: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(training_lines(2) + "\n" + line + "\n" + training_lines(9), encoding="utf-8")
    with pytest.raises(UnusableRow, match=r"^Line 4: ") as refusal:
        read_rows(file)
    assert reason in str(refusal.value)


def test_bytes_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(training_lines(1).encode() + row("é", "x").encode("latin-1"))
    with pytest.raises(UnusableRow, match="Line 2: this is not UTF-8"):
        read_rows(file)


def test_a_byte_order_mark_and_empty_lines_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("\ufeff" + training_lines(10) + "\n\n", encoding="utf-8")
    assert [found.line for found in read_rows(file)] == list(range(1, 11))
    file.write_text(training_lines(9))
    with pytest.raises(TooFewRows, match="add 1 more"):
        read_rows(file)


def test_results_leave_cells_blank_where_nothing_was_measured() -> None:
    steps = [{"step": 1, "train_loss": 2.5}, {"step": 2, "train_loss": 2.0, "valid_loss": 1.5}]
    assert results_csv(steps).splitlines()[1:] == ["1,2.5,,,", "2,2.0,,1.5,"]
