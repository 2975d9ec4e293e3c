"""Templates, and what every page is given."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from bot.adapters.web.lines import laid, plain, terms, verses
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
    made.filters.update(clock=clock, measure=measure, laid=laid, plain=plain, terms=terms, verses=verses)
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


@cache
def drawn(verb: str) -> bool:
    """Whether there is a drawing for this verb."""
    return files("bot.adapters.web").joinpath("static", "icons", f"{verb}.svg").is_file()
