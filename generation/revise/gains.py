"""The parent's mix, handed on so that what did not change sounds the same to the sample."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generation.song import Sheet


def with_gains(sheet: Sheet, provenance: Mapping[str, Any]) -> Sheet:
    """Return a finished song's sheet with the mix that its ``Track.provenance`` (or its passport's) keeps.

    Without one (a song that another engine made, or an older record) the sheet comes back without gains, and its
    children are mixed anew.
    """
    gains = provenance.get("mix")
    return replace(sheet, marks=replace(sheet.marks, gains=dict(gains) if isinstance(gains, Mapping) else {}))


def without_gains(sheet: Sheet) -> Sheet:
    """Return a sheet whose levels are struck anew."""
    return replace(sheet, marks=replace(sheet.marks, gains={}))
