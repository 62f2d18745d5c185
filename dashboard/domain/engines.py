"""How runs remember engines: by base URL, or by `local` for our own."""

from __future__ import annotations

LOCAL = "local"
"""Our own engine, whatever port it listens on today."""
OPENAI_URL = "https://api.openai.com/v1"
