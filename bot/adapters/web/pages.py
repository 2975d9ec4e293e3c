"""Templates, and what every page is given."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from bot.adapters.web.words import words
from bot.conversation.verbs import verbs


@cache
def templates() -> Environment:
    made = Environment(
        loader=PackageLoader("bot.adapters.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(clock=clock, measure=measure, paragraphs=paragraphs)
    made.globals.update(verbs=verbs, icon=icon)
    return made


def render(template: str, language: str, **facts: Any) -> str:
    """Render a template; ``w`` are the sentences in ``language``."""
    return templates().get_template(template).render(w=words(language), **facts)


def page(
    template: str, language: str, status: int = 200, headers: dict[str, str] | None = None, **facts: Any
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


def paragraphs(text: str) -> list[dict[str, Any]]:
    """Cut a text at empty lines into ``{"text"}``; a bar of progress (``▓▓▓░░``) is ``{"done": 0..100, "text"}``."""
    found: list[dict[str, Any]] = []
    for line in text.split("\n"):
        full, empty = sum(map(line.count, "▓█▰")), sum(map(line.count, "░▱"))
        if full + empty >= 5:
            rest = line.strip("▓█▰░▱ ")
            found.append({"done": round(100 * full / (full + empty)), "text": rest})
        elif not line.strip():
            found.append({"text": ""})
        elif found and found[-1].get("text") and "done" not in found[-1]:
            found[-1]["text"] += "\n" + line
        else:
            found.append({"text": line})
    return [part for part in found if part["text"] or "done" in part]
