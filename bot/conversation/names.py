"""What the studio's terms are called in the member's language: sections, keys, lengths, instruments, members."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bot.conversation.words import say
from bot.understanding.words import read_words
from generation.song import Remark, Sheet, TuneNote
from storage.songs import Song

LONGEST_NAME = 64
LONGEST_TITLE = 60
LONGEST_LABEL = 32
ONCE = frozenset({"intro", "bridge", "outro"})
"""Sections that a song rarely has twice: the first goes without its number."""
SIGNS = {"#": "升", "b": "降"}
PITCHES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


def clean(text: str, longest: int = LONGEST_NAME) -> str:
    """Return one line without control, direction and unassigned characters, at most ``longest`` characters."""
    kept = "".join(" " if c.isspace() else c for c in text if unicodedata.category(c)[0] != "C" or c.isspace())
    return shortened(" ".join(kept.split()), longest)


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def member_name(name: str, language: str) -> str:
    return clean(name) or say("name.someone", language)


def part(name: str, language: str) -> str:
    """A part of the mix: the voice, the band or an instrument."""
    return say(f"name.{name}", language) if name in {"vocals", "band"} else term("instruments", name, language)


def tongue(code: str, language: str) -> str:
    """A language by its ISO 639 code as people call it."""
    known = read_words("languages").get(code, {}).get(language)
    return str(known[0]) if known else code


def title(song: Song, language: str) -> str:
    """Return the title to call a song by: its own, else what it is about."""
    known = song.title or song.request.title or song.request.theme or ""
    return clean(known, LONGEST_TITLE) or say("name.untitled", language)


def remark(said: Remark, language: str) -> str:
    return said.zh if language == "zh" else said.en


def term(slot: str, name: str, language: str) -> str:
    """Return a genre, mood, instrument or section kind as people call it."""
    return str(read_words("summary")["zh"].get(slot, {}).get(name, name)) if language == "zh" else name


def terms(slot: str, names: Sequence[str], language: str) -> str:
    return say("name.and", language).join(term(slot, name, language) for name in names)


def section(name: str, language: str) -> str:
    """A section as the score names it (``verse 2``) or all of a kind (``chorus``)."""
    kind, _, number = name.rpartition(" ")
    if not number.isdigit():
        kind, number = name, ""
    known = say("name.instrumental", language) if kind == "instrumental" else term("section", kind, language)
    if not number or (kind in ONCE and number == "1"):
        return known
    return say("name.numbered", language, kind=known, number=number)


def place(where: str, language: str) -> str:
    """A phrase (``verse 1/2``), a section, a kind, or ``""`` for the whole song."""
    if not where:
        return say("told.whole", language)
    name, slash, line = where.partition("/")
    return say("name.line", language, line=line, section=section(name, language)) if slash else section(name, language)


def key(name: str, language: str) -> str:
    """``F# minor`` as ``F# minor`` or 升F小调."""
    tonic, _, mode = name.partition(" ")
    if language == "zh":
        tonic = SIGNS.get(tonic[1:], "") + tonic[:1]
    return say("name.minor" if mode == "minor" else "name.major", language, tonic=tonic)


def notes(tune: Sequence[TuneNote]) -> str:
    """``C4 D4 F#4``; 60 is C4."""
    return " ".join(f"{PITCHES[note.midi % 12]}{note.midi // 12 - 1}" for note in tune)


def clock(seconds: float) -> str:
    """``2:26``."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def about(seconds: float, language: str) -> str:
    """A time to wait, rounded as people say it."""
    if seconds < 50:
        return say("name.seconds", language, count=max(10, round(seconds / 10) * 10))
    minutes = round(seconds / 60)
    return say("name.minute" if minutes <= 1 else "name.minutes", language, count=minutes)


def number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def facts(sheet: Sheet, language: str) -> str:
    """Genre, key, tempo, metre, length and voice in one line."""
    plan = sheet.plan
    voices = say("name.and", language).join(voice.label for voice in plan.voices)
    sung = f"card.{plan.voices[0].gender}" if len(plan.voices) == 1 else "card.duet" if plan.voices else "card.no_voice"
    parts = (
        term("genre", plan.genre, language),
        key(plan.key, language),
        say("card.bpm", language, bpm=round(plan.tempo_bpm)),
        plan.time_signature,
        clock(plan.duration_s),
        say(sung, language, voice=voices),
    )
    return " · ".join(parts)
