"""Reads the catalogs straight from their .po files; English is what the code itself says."""

from __future__ import annotations

import functools
import gettext
import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("id", "en")
SOURCE_LANGUAGE = "en"
FOLDER = Path(__file__).parent


def catalog(language: str) -> Catalog:
    """The messages of one language as its translators wrote them."""
    path = FOLDER / language / "LC_MESSAGES" / "afektif.po"
    with path.open("rb") as source:
        return read_po(source, locale=language)


@functools.cache
def translations(language: str) -> gettext.NullTranslations:
    """The translator into a language; sessions look it up, nothing is installed process-wide."""
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, catalog(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translated(language: str, message: str, **values: object) -> str:
    """A message in a language; values fill its named places."""
    sentence = translations(language).gettext(message) if message else ""
    return sentence.format(**values) if values else sentence
