"""Training seen from inside: what is learned, what is measured, which epoch is kept."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from dashboard.local_engine.disk import share
from dashboard.local_engine.language.encoding import EncodedRow
from dashboard.local_engine.language.messages import Message
from dashboard.local_engine.language.weights import BaseModel, load_base
from dashboard.local_engine.records.checkpoints import CheckpointShelf
from dashboard.local_engine.records.events import EventLog
from dashboard.local_engine.records.jobs import AdapterShape, Hyperparameters
from dashboard.local_engine.requests.hyperparameters import auto_batch, auto_epochs, resolved
from dashboard.local_engine.training.batches import epoch_batches, portions
from dashboard.local_engine.training.dropout import ByteDropout
from dashboard.local_engine.training.loss import backward, evaluate
from dashboard.local_engine.training.outcome import TrainingFailed, read_outcome
from dashboard.local_engine.training.plan import TRAINING_ROWS, TrainingPlan
from dashboard.local_engine.training.progress import Progress
from dashboard.local_engine.training.run import train
from dashboard.local_engine.training.schedule import rate_factor

from .conftest import row, training_lines


@pytest.fixture(scope="module")
def base(tiny_model: Path) -> BaseModel:
    return load_base(tiny_model)


@pytest.fixture
def job_folder(tmp_path: Path) -> Path:
    (tmp_path / TRAINING_ROWS).write_text(training_lines(16), encoding="utf-8")
    return tmp_path


def plan(model: Path, **changes: Any) -> TrainingPlan:
    settings: dict[str, Any] = {
        "base_folder": str(model),
        "tuned_name": "ft:tiny:local::12345678",
        "seed": 3,
        "epochs": 2,
        "batch_size": 4,
        "rate_multiplier": 1.0,
        "adapter": AdapterShape(rank=4),
    }
    return TrainingPlan(**{**settings, **changes})


def conversation(answer: str, question: str = "halo") -> list[Message]:
    return [Message("user", question), Message("assistant", answer)]


def by_hand(network: Any, rows: list[EncodedRow]) -> tuple[torch.Tensor, float]:
    """Loss and accuracy from all logits of each row alone, one token after the other."""
    losses, right = [], 0
    for encoded in rows:
        logits = network(input_ids=torch.tensor([encoded.tokens])).logits[0].float()
        for place in range(1, len(encoded.tokens)):
            if encoded.learned[place]:
                scores = logits[place - 1].log_softmax(-1)
                losses.append(-scores[encoded.tokens[place]])
                right += int(scores.argmax()) == encoded.tokens[place]
    return torch.stack(losses).mean(), right / len(losses)


def test_the_answer_and_its_end_are_learned_and_nothing_else(base: BaseModel) -> None:
    encoded = base.encoder.row(conversation("Semangat 💪"))
    learned = [
        t for t, is_learned in zip(encoded.tokens, encoded.learned, strict=True) if is_learned
    ]
    assert base.encoder.tokenizer.decode(learned) == "Semangat 💪<|end|>"
    assert learned[-1] in base.turn_ends
    prompt = base.encoder.prompt(conversation("")[:1])
    assert encoded.tokens[: len(prompt)] == prompt


def test_an_answer_of_weight_zero_is_read_but_not_learned(base: BaseModel) -> None:
    told = [Message("user", "a"), Message("assistant", "salah", 0), *conversation("benar")]
    encoded = base.encoder.row(told)
    learned = [
        t for t, is_learned in zip(encoded.tokens, encoded.learned, strict=True) if is_learned
    ]
    assert base.encoder.tokenizer.decode(learned) == "benar<|end|>"
    assert "salah" in base.encoder.tokenizer.decode(encoded.tokens)


def test_loss_and_gradients_equal_those_of_all_logits(base: BaseModel) -> None:
    answers = ["Semangat ya! 💪😊", "Bisa!", "Tarik napas dulu, lalu coba lagi."]
    rows = [base.encoder.row(conversation(text, "nilai" * n)) for n, text in enumerate(answers, 1)]
    weight = base.network.get_input_embeddings().weight.requires_grad_(True)
    try:
        measured = backward(base.network, rows, 0)
        gradient = weight.grad.clone()
        weight.grad = None
        loss, accuracy = by_hand(base.network, rows)
        loss.backward()
        assert measured.loss == pytest.approx(loss.item(), rel=1e-5)
        assert measured.accuracy == pytest.approx(accuracy)
        torch.testing.assert_close(gradient, weight.grad, rtol=1e-4, atol=1e-6)
        assert evaluate(base.network, rows, 0).loss == pytest.approx(loss.item(), rel=1e-5)
    finally:
        weight.requires_grad_(False)
        weight.grad = None


def test_a_large_batch_is_summed_up_in_parts() -> None:
    rows = [EncodedRow([1] * length, [True] * length) for length in (3000, 100, 2000, 90)]
    assert [[len(r.tokens) for r in part] for part in portions(rows)] == [[90, 100], [2000], [3000]]


def test_every_row_is_learned_once_an_epoch_beside_rows_of_its_length() -> None:
    rows = [EncodedRow([n] * (n % 40 + 1), [True] * (n % 40 + 1)) for n in range(100)]
    batches = epoch_batches(rows, 8, seed=1)
    assert sorted(r.tokens[0] for batch in batches for r in batch) == list(range(100))
    spread = [
        max(lengths) - min(lengths) for b in batches if (lengths := [len(r.tokens) for r in b])
    ]
    assert sum(spread) / len(spread) < 10
    assert batches == epoch_batches(rows, 8, seed=1) != epoch_batches(rows, 8, seed=2)


def test_the_rate_climbs_shortly_and_falls_to_nothing() -> None:
    factors = [rate_factor(step, 100) for step in range(100)]
    assert factors[0] < factors[5] == 1.0
    assert factors[6:] == sorted(factors[6:], reverse=True)
    assert 0 < factors[-1] < 0.02 and rate_factor(0, 1) == 1.0


EPOCHS = {10: 10, 11: 9, 20: 5, 25: 4, 32: 3, 128: 3, 1120: 3, 8333: 3, 8334: 2, 12501: 1}


@pytest.mark.parametrize(("rows", "epochs"), EPOCHS.items())
def test_auto_epochs_follow_the_cookbook(rows: int, epochs: int) -> None:
    assert auto_epochs(rows) == epochs


def test_auto_batches_shrink_with_the_file_and_wishes_are_kept() -> None:
    assert [auto_batch(rows) for rows in (10, 24, 79, 80, 5000)] == [1, 2, 7, 8, 8]
    assert resolved(Hyperparameters(2, 5, 0.5), 100) == Hyperparameters(2, 5, 0.5)
    assert resolved(Hyperparameters(), 100) == Hyperparameters(3, 8, 1.0)


class SavedNetwork:
    """Stands in for a network whose weights do not matter."""

    def save_pretrained(self, folder: Path, **settings: Any) -> None:
        (folder / "adapter_model.safetensors").write_text("weights")


def test_the_best_epoch_becomes_the_model_even_when_it_is_old(tmp_path: Path) -> None:
    progress = Progress(tmp_path, "ft:x", EventLog(tmp_path), CheckpointShelf(tmp_path))
    for epoch, loss in enumerate([3.0, 1.0, 2.0, 2.5, 2.6], start=1):
        progress.epoch_ended(SavedNetwork(), {"step": epoch}, loss)
    progress.choose_best("validation loss")
    assert (tmp_path / "model" / "adapter_model.safetensors").exists()
    assert [checkpoint.step for checkpoint in progress.shelf.saved()] == [3, 4, 5]
    assert "after epoch 2 of 5" in EventLog(tmp_path).records()[-1]["message"]


def test_the_same_seed_gives_the_same_numbers(tiny_model: Path, job_folder: Path) -> None:
    runs = []
    for number, seed in enumerate((3, 3, 4)):
        folder = job_folder / str(number)
        folder.mkdir()
        share(job_folder / TRAINING_ROWS, folder / TRAINING_ROWS)
        train(folder, plan(tiny_model, seed=seed))
        runs.append([step["train_loss"] for step in EventLog(folder).metrics()])
    assert runs[0] == runs[1] != runs[2]


def test_trained_tokens_are_all_tokens_times_epochs(
    tiny_model: Path, job_folder: Path, base: BaseModel
) -> None:
    told = [Message("system", "You are a kind tutor."), *conversation("Semangat ya! 💪😊")]
    lengths = (
        len(base.encoder.row([told[0], Message("user", f"nilai {n}"), told[2]]).tokens)
        for n in range(16)
    )
    assert train(job_folder, plan(tiny_model)).trained_tokens == 2 * sum(lengths)


def test_a_loss_that_is_no_number_ends_the_run_in_a_sentence(
    tiny_model: Path, job_folder: Path
) -> None:
    with pytest.raises(TrainingFailed, match="lower learning_rate_multiplier") as failed:
        train(job_folder, plan(tiny_model, rate_multiplier=1e30))
    assert failed.value.error.code == "training_diverged"


def test_a_row_whose_answer_is_cut_off_is_named(tiny_model: Path, job_folder: Path) -> None:
    (job_folder / TRAINING_ROWS).write_text(training_lines(3) + row("x" * 2000, "Hai"))
    with pytest.raises(TrainingFailed, match="Line 4: its answer begins after 256 tokens"):
        train(job_folder, plan(tiny_model))


def test_long_rows_are_cut_and_counted(tiny_model: Path, job_folder: Path) -> None:
    (job_folder / TRAINING_ROWS).write_text(training_lines(3) + row("Hai", "y" * 2000))
    train(job_folder, plan(tiny_model, epochs=1))
    told = [event["message"] for event in EventLog(job_folder).records()]
    assert "1 rows of training_file were cut at 256 tokens." in told


@pytest.mark.slow
def test_a_full_disk_fails_the_job_in_a_sentence(tiny_model: Path, job_folder: Path) -> None:
    plan(tiny_model).write(job_folder)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))

    arguments = [sys.executable, "-m", "dashboard.local_engine.training", str(job_folder)]
    with subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=little_room,  # noqa: PLW1509
    ) as child:
        exit_code = child.wait(60)
    error = read_outcome(job_folder, exit_code).error
    assert error is not None and "disk became full" in error.message


def test_a_killed_process_is_explained(tmp_path: Path) -> None:
    error = read_outcome(tmp_path, -9).error
    assert error is not None and "memory ran out" in error.message


def test_dropout_drops_its_share_and_keeps_the_mean() -> None:
    torch.manual_seed(0)
    dropout = ByteDropout(0.25)
    ones = torch.ones(7, 10_001)
    left = dropout(ones)
    assert (left == 0).float().mean().item() == pytest.approx(0.25, abs=0.01)
    assert left.mean().item() == pytest.approx(1.0, abs=0.01)
    assert torch.equal(dropout.eval()(ones), ones)
