"""Escaped text shows as it was written and runs as nothing."""

from __future__ import annotations

import pytest

from dashboard.locales.markup import escaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Halo Raka", "Halo Raka"),
        ("**tebal**", r"\*\*tebal\*\*"),
        ("![x](http://e/x.png)", r"\!\[x\]\(http\:\/\/e\/x\.png\)"),
        (":red[merah] $x$", r"\:red\[merah\] \$x\$"),
        ("<b>", r"\<b\>"),
        ("# judul\n- butir", r"\# judul \- butir"),
        ("C:\\tmp", r"C\:\\tmp"),
        ("semangat 😊", "semangat 😊"),
        (12, "12"),
    ],
)
def test_every_mark_is_escaped(text: object, shown: str) -> None:
    assert escaped(text) == shown
