"""Templates, and what every page is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from bot.adapters.web.words import words
from bot.conversation.verbs import verbs

BAR = re.compile(r"[▓█▰░▱]{5,}")
PICTURES = re.compile(r"^(?:[\u2190-\u257f\u25a0-\u25af\u25b2-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+\s*)+")


@cache
def templates() -> Environment:
    made = Environment(
        loader=PackageLoader("bot.adapters.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(clock=clock, measure=measure, paragraphs=paragraphs, plain=plain)
    made.globals.update(verbs=verbs, icon=icon, drawn=drawn)
    return made


def render(template: str, language: str, **facts: Any) -> str:
    """Render a template; ``w`` are the sentences in ``language``."""
    return templates().get_template(template).render(w=words(language), **facts)


def page(
    template: str, language: str, status: int = 200, headers: Mapping[str, str] | None = None, **facts: Any
) -> HTMLResponse:
    return HTMLResponse(render(template, language, **facts), status, headers)


@cache
def icon(name: str) -> Markup:
    """The drawing ``name`` of ``static/icons``, to stand in the page and take its colour."""
    drawing = files("bot.adapters.web").joinpath("static", "icons", f"{name}.svg").read_text(encoding="utf-8")
    return Markup(drawing.strip())  # our own file


def clock(seconds: float) -> str:
    """``3:07``."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def measure(size: int) -> str:
    """``812 kB``, ``3.4 MB``."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def paragraphs(text: str, without: str = "") -> list[dict[str, Any]]:
    """Cut a text at empty lines into ``{"text"}``; a bar of progress (``▓▓▓░░``) is ``{"done": 0..100, "text"}``.

    A first line that only says ``without`` (the title, shown already) is left out, and so are pictures at the
    beginning of a line: the page has its own.
    """
    found: list[dict[str, Any]] = []
    lines = [plain(line) for line in text.split("\n")]
    for line in lines[1:] if without and lines[0] == without else lines:
        bar = BAR.search(line)
        if bar:
            full = sum(map(bar[0].count, "▓█▰"))
            found.append({"done": round(100 * full / len(bar[0])), "text": " ".join(BAR.sub(" ", line).split())})
        elif not line.strip():
            found.append({"text": ""})
        elif found and found[-1]["text"] and "done" not in found[-1]:
            found[-1]["text"] += "\n" + line
        else:
            found.append({"text": line})
    return [part for part in found if part["text"] or "done" in part]


def plain(line: str) -> str:
    """A line without the pictures it begins with."""
    return PICTURES.sub("", line)


@cache
def drawn(verb: str) -> bool:
    """Whether there is a drawing for this verb."""
    return files("bot.adapters.web").joinpath("static", "icons", f"{verb}.svg").is_file()
