"""Cuts a message into the parts people think in: what stands between two commas, full stops or line ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HARD = r"\.(?=\s|$|[A-Z])|[!?;\n\ufffc。！？；…]|\.{2,}"
_SPACE = r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])"  # 爵士 萨克斯 慢: a space between Chinese words is a comma.
_SOFT = rf"{_SPACE}|[,，()（）\[\]【】:：]|\s[-–—]+\s|——?|\s\|\s|\s/\s|[\U0001f300-\U0001faff\u2600-\u27bf]+"
_BOUNDARY = re.compile(f"(?P<hard>{_HARD})|(?P<soft>{_SOFT})")

_TITLE_OF_ADDRESS = re.compile(r"\b(?:mr|mrs|ms|dr|st|vs|ft|feat|prof|jr|sr)$")


@dataclass(frozen=True, slots=True)
class Part:
    """``opens`` is true where a new sentence begins."""

    start: int
    end: int
    opens: bool


def parts(folded: str) -> list[Part]:
    """Return the non-empty parts of a folded text, in order."""
    found: list[Part] = []
    start, opens = 0, True
    for m in _BOUNDARY.finditer(folded):
        if _is_inside_a_number(folded, m) or _TITLE_OF_ADDRESS.search(folded, max(0, m.start() - 5), m.start()):
            continue
        if folded[start : m.start()].strip():
            found.append(Part(*_stripped(folded, start, m.start()), opens))
            opens = False
        opens = opens or m["hard"] is not None
        start = m.end()
    if folded[start:].strip():
        found.append(Part(*_stripped(folded, start, len(folded)), opens))
    return found


def _is_inside_a_number(folded: str, m: re.Match[str]) -> bool:
    return (
        m.group() in {":", ","}
        and folded[m.start() - 1 : m.start()].isdigit()
        and folded[m.end() : m.end() + 1].isdigit()
    )


def _stripped(folded: str, start: int, end: int) -> tuple[int, int]:
    text = folded[start:end]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))
