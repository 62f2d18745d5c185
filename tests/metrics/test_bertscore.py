from __future__ import annotations

import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.domain.errors import WeightsUnavailable
from dashboard.domain.scores import PairScores
from dashboard.metrics.bertscore import BertScorers
from dashboard.metrics.encoders import BUNDLED, MULTILINGUAL, find_encoder, three_quarters
from tests.tiny_encoder import WORDS


def _is_same(result: PairScores) -> bool:
    values = (result.precision, result.recall, result.f1)
    return values == pytest.approx((1, 1, 1), abs=1e-5)


@pytest.fixture
def scorers(models_dir: Path) -> BertScorers:
    return BertScorers(models_dir)


def _texts(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(chance.choices(WORDS, k=chance.randint(1, 20))) for _ in range(count)]


def test_scores_equal_those_of_the_package(
    scorers: BertScorers, models_dir: Path, tmp_path: Path
) -> None:
    from bert_score import score

    # The package itself overflows on a tokenizer without a limit, so its copy states one.
    folder = _with_encoders(models_dir, tmp_path, "limited") / "limited"
    stated = '{"tokenizer_class": "BertTokenizer", "do_lower_case": true, "model_max_length": 40}'
    (folder / "tokenizer_config.json").write_text(stated, encoding="utf-8")
    candidates, references = _texts(1, 60), _texts(2, 60)
    theirs = score(candidates, references, model_type=str(folder), num_layers=3)
    for index, ours in enumerate(scorers.get().score(candidates, references)):
        expected = [float(column[index]) for column in theirs]
        assert [ours.precision, ours.recall, ours.f1] == pytest.approx(expected, abs=1e-4)


def test_equal_texts_score_one_and_order_is_kept(scorers: BertScorers) -> None:
    [first, second, third] = scorers.get().score(
        ["kamu hebat", "raka", "soal"], ["kamu hebat", "istirahat dulu", "soal"]
    )
    assert _is_same(first)
    assert _is_same(third)
    assert second.f1 < 0.99


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [("", "raka"), ("raka", ""), (" \n", "raka"), ("", ""), ("\u200b", "raka"), ("raka", "\x07")],
)
def test_an_empty_text_scores_zero(scorers: BertScorers, candidate: str, reference: str) -> None:
    [full, empty] = scorers.get().score(["raka", candidate], ["raka", reference])
    assert _is_same(full)
    assert empty == PairScores(0, 0, 0)


def test_no_pairs_need_no_weights(scorers: BertScorers) -> None:
    assert scorers.get().score([], []) == []


def test_lists_of_unlike_length_are_refused(scorers: BertScorers) -> None:
    with pytest.raises(ValueError, match="zip"):
        scorers.get().score(["raka"], [])


def test_a_text_beyond_the_encoders_limit_is_cut(scorers: BertScorers) -> None:
    [result] = scorers.get().score(["raka " * 500], ["raka " * 900])
    assert _is_same(result)


@pytest.mark.parametrize("text", ["\ud800", "\U0010ffff", "\u202eraka", "</s>[MASK]", "a" * 5000])
def test_a_hostile_text_gets_a_score_between_minus_one_and_one(
    scorers: BertScorers, text: str
) -> None:
    [result] = scorers.get().score([text], ["raka hebat"])
    assert all(-1 <= value <= 1 for value in (result.precision, result.recall, result.f1))


def test_threads_share_one_scorer(scorers: BertScorers) -> None:
    candidates, references = _texts(3, 20), _texts(4, 20)
    expected = scorers.get().score(candidates, references)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: scorers.get().score(candidates, references), range(8)))
    assert answers == [expected] * 8
    assert scorers.get() is scorers.get("tiny-encoder")


def test_the_signature_names_all_that_decides_the_value(scorers: BertScorers) -> None:
    parts = dict(part.split(":", 1) for part in scorers.get().signature.split("|"))
    assert parts["bertscore"] == "tiny-encoder"
    assert len(parts["weights"]) == 12
    assert parts["layer"] == "3"
    assert (parts["idf"], parts["rescaled"], parts["precision"]) == ("no", "no", "fp32")
    assert {"bert-score", "transformers"} <= parts.keys()


def test_other_weights_have_another_signature(models_dir: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tiny-encoder"
    shutil.copytree(models_dir / "tiny-encoder", folder)
    before = BertScorers(tmp_path).get().signature
    with (folder / "model.safetensors").open("ab") as weights:
        weights.write(b"\x00")
    assert BertScorers(tmp_path).get().signature != before


def _with_encoders(models_dir: Path, tmp_path: Path, *names: str) -> Path:
    for name in names:
        shutil.copytree(models_dir / "tiny-encoder", tmp_path / name)
    return tmp_path


def test_only_encoders_are_offered(scorers: BertScorers) -> None:
    assert scorers.available() == ("tiny-encoder",)


def test_the_studys_encoder_comes_before_the_bundled_one(models_dir: Path, tmp_path: Path) -> None:
    root = _with_encoders(models_dir, tmp_path, "a-third", BUNDLED, MULTILINGUAL)
    assert BertScorers(root).available() == (MULTILINGUAL, BUNDLED, "a-third")
    assert BertScorers(root).get().encoder.name == MULTILINGUAL


def test_an_encoder_asked_for_by_name_comes_first(models_dir: Path, tmp_path: Path) -> None:
    root = _with_encoders(models_dir, tmp_path, "a-third", BUNDLED)
    scorers = BertScorers(root, preferred="a-third")
    assert scorers.available() == ("a-third", BUNDLED)
    assert scorers.get().encoder.name == "a-third"
    assert scorers.get(BUNDLED).encoder.name == BUNDLED


@pytest.mark.parametrize("wanted", [None, "unknown", "../tiny-encoder", "gemma"])
def test_a_missing_encoder_is_told_with_the_command_that_fetches_one(
    tmp_path: Path, wanted: str | None
) -> None:
    with pytest.raises(WeightsUnavailable, match="models fetch all-minilm-l6-v2"):
        BertScorers(tmp_path / "nothing-here").get(wanted)


def test_a_preferred_encoder_that_is_missing_is_never_replaced_silently(
    models_dir: Path,
) -> None:
    with pytest.raises(WeightsUnavailable, match="choose one of tiny-encoder"):
        BertScorers(models_dir, preferred="absent").get()


def test_broken_weights_are_told_in_one_sentence(models_dir: Path, tmp_path: Path) -> None:
    root = _with_encoders(models_dir, tmp_path, "broken")
    (root / "broken" / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(WeightsUnavailable, match="cannot be read"):
        BertScorers(root).get().score(["raka"], ["raka"])


def test_a_path_that_looks_like_a_model_name_is_only_a_path(
    models_dir: Path, tmp_path: Path
) -> None:
    root = _with_encoders(models_dir, tmp_path / "my-t5-models", "tiny-encoder")
    [result] = BertScorers(root).get().score(["raka"], ["raka"])
    assert _is_same(result)


def test_weights_in_half_precision_are_scored_in_full(models_dir: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModel

    root = _with_encoders(models_dir, tmp_path, "half")
    AutoModel.from_pretrained(root / "half", dtype=torch.float16).save_pretrained(root / "half")
    scorer = BertScorers(root).get()
    assert _is_same(scorer.score(["raka"], ["raka"])[0])
    assert next(scorer._bert_scorer._model.parameters()).dtype == torch.float32


@pytest.mark.parametrize(("depth", "layer"), [(1, 1), (4, 3), (6, 5), (12, 9), (24, 18)])
def test_an_unknown_encoder_is_read_at_three_quarters_of_its_depth(depth: int, layer: int) -> None:
    assert three_quarters(depth) == layer


@pytest.mark.parametrize(
    "config", ["", "[]", "{}", '{"model_type": "bert"}', '{"model_type": ["bert"]}', "\x00"]
)
def test_a_folder_that_is_no_encoder_is_passed_over(tmp_path: Path, config: str) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"")
    (tmp_path / "config.json").write_text(config, encoding="utf-8")
    assert find_encoder(tmp_path) is None
