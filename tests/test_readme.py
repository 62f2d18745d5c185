"""The README tells the truth: its commands exist, its pictures are there, its words are honest."""

from __future__ import annotations

import re
import shlex

import pytest
from typer.testing import CliRunner

from dashboard.__main__ import application
from dashboard.settings import ROOT, Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = "\n".join(
    [*re.findall(r"```sh\n(.*?)```", README, re.S), *re.findall(r"`([^`\n]+)`", README)]
)
COMMANDS = sorted(set(re.findall(r"python -m dashboard(?: [^#\n]*)?(?=#|\n|$)", CODE)))
TARGETS = sorted(set(re.findall(r"\bmake ([a-z]+)", CODE)))


def test_the_scan_finds_commands_and_targets() -> None:
    assert len(COMMANDS) >= 8
    assert {"run", "test"} <= set(TARGETS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_exists(command: str) -> None:
    words = [word for word in shlex.split(command)[3:] if word.islower() and "=" not in word]
    path = [word for word in words if not word.startswith("-") and "." not in word]
    path = path[:2] if path[:1] in (["examples"], ["models"]) else path[:1]
    shown = CliRunner().invoke(application, [*path, "--help"])
    assert shown.exit_code == 0, shown.output
    for option in (word for word in words if word.startswith("--")):
        assert option in shown.output


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


def test_every_picture_and_link_exists() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert link.startswith("https://") or (ROOT / link).exists(), link


def test_every_setting_it_names_exists() -> None:
    for name in set(re.findall(r"AFEKTIF_[A-Z_]+", README)):
        assert name.removeprefix("AFEKTIF_").lower() in Settings.model_fields, name


def test_it_says_within_one_screen_that_the_examples_are_authored() -> None:
    first_screen = "\n".join(README.splitlines()[:32])
    assert "authored for this project" in first_screen
    assert "**not** the expert-verified set" in first_screen
