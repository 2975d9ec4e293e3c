"""The note that goes with a song: how it was made, what it may be used for, whom to credit, what to say with it.

Its sentences are data, in ``words/en.toml`` and ``words/zh.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from generation.passport.components import Component
from generation.passport.verdict import Resolved, Verdict, conditions
from generation.song import Remark

OWN_LICENCE = "LicenseRef-project"
LIMIT = 500
"""Characters; what a caption holds on the surfaces a song is posted to, with room for its title."""
DETAIL = ((4, True), (4, False), (2, False), (1, False))
"""How many parts a list names before it counts the rest, and whether credits that are only welcome are said: less
and less until the note fits."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the note says about the making of a song besides its licences."""

    sung: bool
    words: Literal["none", "machine", "member", "shared"]
    """Who wrote the words."""


def note(verdict: Verdict, rows: Sequence[Resolved], facts: Facts, song_id: str) -> Remark:
    """Return the note in English and Chinese, each of at most 500 characters."""
    return Remark(*(_fitting(_words(language), verdict, rows, facts, song_id) for language in ("en", "zh")))


def ai_took_part(rows: Sequence[Resolved]) -> bool:
    """Whether a trained model or a synthetic voice is in the song; a part not on record counts as one."""
    return any(
        row.component.role in {"music_model", "voice", "tts_engine", "unlisted"}
        or (row.component.role == "lyric_model" and row.component.training_data.cls != "none")
        for row in rows
    )


@cache
def _words(language: str) -> Mapping[str, Any]:
    return tomllib.loads(files("generation.passport").joinpath("words", f"{language}.toml").read_text(encoding="utf-8"))


def _fitting(words: Mapping[str, Any], verdict: Verdict, rows: Sequence[Resolved], facts: Facts, song_id: str) -> str:
    text = ""
    for most, thanks in DETAIL:
        text = "\n".join(_Writer(words, most, thanks).lines(verdict, rows, facts, song_id))
        if len(text) <= LIMIT:
            break
    return text


@dataclass(frozen=True, slots=True)
class _Writer:
    words: Mapping[str, Any]
    most: int
    thanks: bool

    def lines(self, verdict: Verdict, rows: Sequence[Resolved], facts: Facts, song_id: str) -> list[str]:
        say = self.words["say"]
        lines = [self._made(rows, facts), self._use(verdict, rows), self._credit(verdict)]
        if verdict.share_alike:
            lines.append(say["share_alike"].format(licences=self._list(verdict.share_alike)))
        return [
            *lines,
            say["ownership"],
            say["publishing_ai" if ai_took_part(rows) else "publishing_rules"],
            say["checked"].format(id=song_id),
        ]

    def _made(self, rows: Sequence[Resolved], facts: Facts) -> str:
        made = self.words["made"]
        roles = {role: self._names(rows, role) for role in ("music_model", "soundfont", "lyric_model")}
        parts = [made["model"].format(names=roles["music_model"]) if roles["music_model"] else made["rules"]]
        if facts.sung:
            parts.append(made["voice"])
        if roles["soundfont"]:
            sampled = {row.component.content_in_output for row in rows if row.component.role == "soundfont"}
            parts.append(made["both" if len(sampled) == 2 else "samples" if True in sampled else "synth"])
        if facts.words != "none":
            by = roles["lyric_model"] or self.words["names"]["model" if roles["music_model"] else "template-lyrics"]
            parts.append(made[f"words_{facts.words}"].format(names=by))
        return str(made["line"].format(parts=self.words["list"].join(parts)))

    def _use(self, verdict: Verdict, rows: Sequence[Resolved]) -> str:
        use = self.words["use"]
        worst = [row for row in verdict.reasons if row.answer == verdict.answer]
        names = self._list([self._name(row.component) for row in worst])
        # Parts of our own need no licence from anyone: they are named only where there is nothing else.
        named = worst or [row for row in rows if row.component.licence != OWN_LICENCE] or rows
        parts = self._list([self._with_licence(row.component) for row in named])
        still_open = [condition for row in worst for condition in row.open_conditions]
        # What the member can do something about comes first; a long list is cut at its end.
        still_open.sort(key=lambda condition: conditions()[condition]["met_by"] != "member")
        wanted = [use["similar"]] if verdict.similar else []
        wanted += [self.words["conditions"][condition] for condition in still_open]
        return str(use[verdict.answer].format(parts=parts, names=names, conditions=self._list(wanted)))

    def _credit(self, verdict: Verdict) -> str:
        credit = self.words["credit"]
        if verdict.credits_required:
            return str(credit["required"].format(texts="; ".join(verdict.credits_required)))
        if verdict.credits_recommended and self.thanks:
            return str(credit["recommended"].format(texts=self._list(verdict.credits_recommended, "; ")))
        return str(credit["none"])

    def _names(self, rows: Sequence[Resolved], role: str) -> str:
        return self._list([self._name(row.component) for row in rows if row.component.role == role])

    def _name(self, component: Component) -> str:
        """The name a member knows the part by: its own words for ours, the first of several names for others."""
        return str(self.words["names"].get(component.id, component.name.partition(" / ")[0].partition(" (")[0]))

    def _with_licence(self, component: Component) -> str:
        licence = component.licence.removeprefix("LicenseRef-")
        return self._name(component) + ("" if licence in {"project", "user"} else f" ({licence})")

    def _list(self, items: Sequence[str], between: str = "") -> str:
        distinct = list(dict.fromkeys(items))
        left = len(distinct) - self.most
        named = (between or self.words["list"]).join(distinct[: self.most])
        return named + (self.words["more"].format(count=left) if left > 0 else "")
