"""Switches one base model between its adapters by name."""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from ..language.weights import BaseModel

MOST_LOADED: Final = 8


class AdapterRack:
    """The adapters loaded on one base model; the one unused for longest makes room."""

    def __init__(self, base: BaseModel) -> None:
        self._base = base
        self._tuned: Any = None
        self._loaded: OrderedDict[Path, str] = OrderedDict()
        self._count = 0

    @contextmanager
    def worn(self, adapter: Path | None) -> Iterator[Any]:
        """The network as this adapter tunes it, or as it was."""
        if adapter is not None:
            self._wear(adapter)
            yield self._tuned
        elif self._tuned is None:
            yield self._base.network
        else:
            with self._tuned.disable_adapter():
                yield self._tuned

    def _wear(self, adapter: Path) -> None:
        if adapter not in self._loaded:
            self._load(adapter)
        self._loaded.move_to_end(adapter)
        self._tuned.set_adapter(self._loaded[adapter])
        self._tuned.eval()

    def _load(self, adapter: Path) -> None:
        name = f"adapter{self._count}"
        self._count += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._join(adapter, name)
        self._loaded[adapter] = name
        while len(self._loaded) > MOST_LOADED:
            _, oldest = self._loaded.popitem(last=False)
            self._tuned.delete_adapter(oldest)

    def _join(self, adapter: Path, name: str) -> None:
        """Put an adapter's weights on the network, in the network's own arithmetic."""
        from peft import PeftModel

        if self._tuned is None:
            self._tuned = PeftModel.from_pretrained(
                self._base.network, adapter, adapter_name=name, autocast_adapter_dtype=False
            )
        else:
            self._tuned.load_adapter(adapter, name, autocast_adapter_dtype=False)
