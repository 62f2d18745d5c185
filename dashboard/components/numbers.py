"""Numbers, shares and times as the session's language writes them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from dashboard.session import language


def number(value: float, digits: int = 0) -> str:
    """A number with its language's marks and a fixed count of decimals."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    rounded = round(value, digits) + 0.0  # a small negative number is no “-0.00”
    return str(format_decimal(rounded, format=pattern, locale=language()))


def moment(time: datetime) -> str:
    """A date and time in the reader's own zone."""
    local = time.astimezone(_zone())
    date = format_date(local, "medium", locale=language())
    return f"{date}, {format_time(local, 'medium', locale=language())}"


def clock(time: datetime) -> str:
    """A time of day in the reader's own zone."""
    return str(format_time(time.astimezone(_zone()), "medium", locale=language()))


def _zone() -> ZoneInfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
