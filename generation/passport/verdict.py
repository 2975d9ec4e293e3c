"""May this song be used commercially? The rule, from licence rows to one answer with its reasons.

1. Every part that touched the song counts; a part without a row is unknown, never yes.
2. A conditional row becomes yes when all its conditions are met by the operator or confirmed by the member.
3. The answer is the worst of all parts: yes < conditional < unknown < no. A likeness to a known song makes a yes
   conditional.
4. Credits: those a licence requires on the track, then those it recommends.
5. Share-alike reaches the song only through parts whose own content is inside it.
6. Training data and ownership are shown beside the answer; they do not change it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from generation.passport.components import Answer, Component, unlisted

WORST_LAST: tuple[Answer, ...] = ("yes", "conditional", "unknown", "no")


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this house, as far as licences ask."""

    name: str
    region: str = ""
    annual_revenue_usd: float | None = None
    """None: not stated, which meets no condition on revenue."""
    registered: frozenset[str] = frozenset()
    """Ids of components whose licensor the operator has registered with."""
    credits_in_interface: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """A row as it stands for one song: frozen into its passport, since licences change."""

    component: Component
    answer: Answer
    open_conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    answer: Answer
    reasons: tuple[Resolved, ...]
    """The parts that are not a yes, worst first."""
    similar: bool
    credits_required: tuple[str, ...]
    credits_recommended: tuple[str, ...]
    share_alike: tuple[str, ...]
    """Licences the song itself has to be published under."""
    operator_duties: tuple[str, ...]


def resolve(
    ids: Sequence[str], register: Mapping[str, Component], operator: Operator, confirmed: frozenset[str] = frozenset()
) -> tuple[Resolved, ...]:
    """Return the rows of a song's parts, in order and once each, with what is still open for this operator and member.

    No part at all is one part that is not on record. ``confirmed`` holds the ids of parts whose rights the member has
    confirmed.
    """
    return tuple(
        _resolve(register.get(part) or unlisted(part), operator, part in confirmed)
        for part in dict.fromkeys(ids or ("unlisted",))
    )


def verdict(rows: Sequence[Resolved], similar: bool = False) -> Verdict:
    """Return the answer for a song made of ``rows``. A song without a single row is unknown."""
    nothing_known: Answer = "unknown"
    worst = max((row.answer for row in rows), key=WORST_LAST.index, default=nothing_known)
    parts = [row.component for row in rows]
    on_track = [part for part in parts if part.attribution.kind == "required" and part.attribution.where == "track"]
    welcome = [part for part in parts if part.attribution.kind == "recommended"]
    return Verdict(
        answer="conditional" if similar and worst == "yes" else worst,
        reasons=tuple(
            sorted((row for row in rows if row.answer != "yes"), key=lambda row: -WORST_LAST.index(row.answer))
        ),
        similar=similar,
        credits_required=_once(part.attribution.text for part in on_track),
        credits_recommended=_once(part.attribution.text for part in welcome),
        share_alike=_once(part.licence for part in parts if part.share_alike and part.content_in_output),
        operator_duties=_once(duty for part in parts for duty in part.operator_duties),
    )


@cache
def conditions() -> Mapping[str, Mapping[str, Any]]:
    """Return who can meet each condition, from ``conditions.toml``."""
    return tomllib.loads(files("generation.passport").joinpath("conditions.toml").read_text(encoding="utf-8"))


def _resolve(component: Component, operator: Operator, confirmed: bool) -> Resolved:
    still_open = tuple(
        condition for condition in component.conditions if not _met(condition, component.id, operator, confirmed)
    )
    answer = component.output_commercial_use
    return Resolved(component, "yes" if answer == "conditional" and not still_open else answer, still_open)


def _met(condition: str, component: str, operator: Operator, confirmed: bool) -> bool:
    rule = conditions().get(condition, {"met_by": "nobody"})
    match rule["met_by"]:
        case "member":
            return confirmed
        case "revenue":
            return operator.annual_revenue_usd is not None and operator.annual_revenue_usd < rule["below_usd"]
        case "register":
            return component in operator.registered
        case "credit":
            return operator.credits_in_interface
        case "use":
            return True
    return False


def _once(texts: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
