"""Who may import whom: the rule of the house, read from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.settings import ROOT

SCANNED = ("dashboard", "pages", "storage")

# A room and the only rooms of ours it may import.
MAY_IMPORT: dict[str, set[str]] = {
    "dashboard.domain": {"dashboard.domain"},
    "dashboard.statistics": {"dashboard.statistics", "dashboard.domain"},
    "dashboard.formats": {"dashboard.formats", "dashboard.domain"},
    "dashboard.services": {
        "dashboard.services",
        "dashboard.domain",
        "dashboard.statistics",
        "dashboard.formats",
    },
    "dashboard.engines": {"dashboard.engines", "dashboard.domain"},
    "dashboard.metrics": {"dashboard.metrics", "dashboard.domain"},
    "dashboard.augmentation.sieve": {
        "dashboard.augmentation.sieve",
        "dashboard.domain",
        "dashboard.metrics",
    },
    "dashboard.charts": {"dashboard.charts", "dashboard.domain", "dashboard.statistics"},
    "dashboard.locales": {"dashboard.locales", "dashboard.domain"},
    "dashboard.components": {
        "dashboard.components",
        "dashboard.charts",
        "dashboard.domain",
        "dashboard.navigation",
        "dashboard.session",
    },
    "dashboard.local_engine": {"dashboard.local_engine"},
    "storage": {"storage", "dashboard.domain"},
    "pages": {
        "dashboard.session",
        "dashboard.navigation",
        "dashboard.components",
        "dashboard.charts",
        "dashboard.domain",
    },
}

# A vendor package and the only places that may import it.
ONLY_IN: dict[str, set[str]] = {
    "streamlit": {
        "pages",
        "dashboard.app",
        "dashboard.session",
        "dashboard.navigation",
        "dashboard.components",
    },
    "sqlalchemy": {"storage", "dashboard.work_queue"},
    "openai": {"dashboard.engines"},
    "torch": {"dashboard.local_engine", "dashboard.engines", "dashboard.metrics"},
    "transformers": {"dashboard.local_engine", "dashboard.engines", "dashboard.metrics"},
    "peft": {"dashboard.local_engine"},
    "bert_score": {"dashboard.metrics"},
    "plotly": {"dashboard.charts"},
    "dbos": {"dashboard.worker", "dashboard.work_queue"},
}


def files() -> list[Path]:
    return [path for top in SCANNED for path in sorted((ROOT / top).rglob("*.py"))]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module_of(path).split(".") + ([""] if path.stem == "__init__" else [])
            above = base[: len(base) - node.level] if node.level else []
            yield ".".join([*above, *([node.module] if node.module else [])])


def within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def test_the_scan_sees_the_house() -> None:
    seen = {module_of(path).split(".")[0] for path in files()}
    assert seen == set(SCANNED)
    for room in MAY_IMPORT:
        assert any(within(module_of(path), room) for path in files()), f"no files in {room}"


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_its_neighbors(room: str) -> None:
    ours = ("dashboard", "storage", "pages", "tests")
    for path in files():
        if not within(module_of(path), room):
            continue
        for name in imports_of(path):
            if name.split(".")[0] in ours:
                allowed = any(within(name, other) for other in MAY_IMPORT[room])
                assert allowed, f"{module_of(path)} must not import {name}"


@pytest.mark.parametrize("vendor", ONLY_IN)
def test_a_vendor_stays_at_its_edge(vendor: str) -> None:
    for path in files():
        if any(within(name, vendor) for name in imports_of(path)):
            module = module_of(path)
            allowed = any(within(module, place) for place in ONLY_IN[vendor])
            assert allowed, f"{module} must not import {vendor}"


def test_packages_have_no_cycles() -> None:
    edges: dict[str, set[str]] = {}
    for path in files():
        if path.is_relative_to(ROOT / "dashboard"):
            package = ".".join(module_of(path).split(".")[:2])
            names = (".".join(name.split(".")[:2]) for name in imports_of(path))
            targets = {name for name in names if name.startswith("dashboard.")}
            edges.setdefault(package, set()).update(targets - {package})
    done: set[str] = set()

    def visit(package: str, trail: tuple[str, ...]) -> None:
        assert package not in trail, " → ".join((*trail, package))
        if package not in done:
            for target in edges.get(package, ()):
                visit(target, (*trail, package))
            done.add(package)

    for package in edges:
        visit(package, ())


def test_there_is_no_pages_folder_that_streamlit_would_serve_by_itself() -> None:
    assert not (ROOT / "dashboard" / "pages").exists()


def test_only_settings_reads_the_environment() -> None:
    for path in files():
        module = module_of(path)
        if within(module, "dashboard.local_engine") or module == "dashboard.settings":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("getenv",):
                raise AssertionError(f"{module} reads the environment")


def test_pages_stay_short() -> None:
    for path in sorted((ROOT / "pages").glob("*.py")):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 85, path.name


def test_no_module_has_a_name_that_says_nothing() -> None:
    for path in files():
        assert not {"utils", "helpers", "common", "manager"} & set(path.stem.split("_")), path
