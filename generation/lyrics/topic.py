"""From a request to the themes of the bank that suit it, each with the slots it may fill."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from opencc import OpenCC

from generation.lyrics.decency import decent
from generation.lyrics.lexicon import grammar, lexicon, table
from generation.lyrics.matching import Match, is_head, language_of, left_over, themes_in
from generation.lyrics.subject import Subject, to_english, to_mandarin
from generation.lyrics.subject_en import subject_en
from generation.lyrics.subject_zh import strip_frame, subject_zh
from generation.lyrics.versebook import ANY_SONG, GIVEN_TITLE, Theme
from generation.lyrics.words_en import singular
from generation.seeds import rng
from generation.song import SongRequest

_HAN = re.compile(r"[㐀-鿿]")
_LATIN = re.compile(r"[A-Za-z]")
_CALENDAR = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|christmas|easter|halloween|thanksgiving)\b")
# Themes that have lines for any place or person, whatever else the song is about.
_PLACE_THEMES = ("city", "travel")
# Kinds whose generic lines fit any of them, prepared or not; the rain is no thing with "one worn edge".
_SPOKEN_OF = ("event", "feeling", "animal")
# Kinds without a character of their own, which take on the song's mood.
_DEED = "about-deed"
_COLOURED = ("event", "feeling", "place")
# Themes with weather of their own, which another theme's sunshine would contradict.
_SEASONAL = frozenset({"spring", "summer", "autumn", "winter", "festival"})
_ANY_SONG = 0.25
"""Weight of the turns that suit every theme: a theme has few of its own."""
_COLOUR = 0.05
"""Weight of a theme that only shares the song's mood."""


@dataclass(frozen=True, slots=True)
class Source:
    """A theme of the bank as this request may use it."""

    theme: str
    weight: float
    slots: Mapping[str, str] = field(default_factory=dict)
    naming_only: frozenset[str] = frozenset()
    """Where not empty, only entries that use one of these slots fit the song."""
    hooks: bool = True
    """Whether its choruses fit the song."""
    stand_in: bool = False
    """Whether they are sung only where no other chorus keeps to the mood."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What the song is about, ready for choosing verses."""

    sources: tuple[Source, ...]
    prepared: bool
    """Whether the bank has the theme; else the generic choruses must name the subject."""
    word: str = ""
    """The word that names the subject where a line holds it without a slot, lower case."""
    names: tuple[str, ...] = ()
    """Slots the listener must hear by turns: place, person, subject."""
    excluded: tuple[str, ...] = ()
    """Words that would contradict the request: "he" in a song about a grandmother."""
    title: str = ""
    """The title to sing in the hook, if the request gives one."""


def singable(text: str, language: str) -> bool:
    """Say whether a slot's words can be sung in a language and are decent."""
    own, foreign = (_HAN, _LATIN) if language == "zh" else (_LATIN, _HAN)
    return bool(own.search(text)) and not foreign.search(text) and decent(text)


def _excluded(text: str) -> tuple[str, ...]:
    lower = text.lower()
    said = {singular(token.removesuffix("'s")) for token in re.findall(r"[a-z']+", lower)}

    def mentions(group: Sequence[str]) -> bool:
        return any(word in said or (not word.isascii() and word in lower) for word in group)

    out: list[str] = []
    for pair in grammar()["rivals"]:
        one, other = pair["groups"]
        if mentions(one) != mentions(other):
            out += other if mentions(one) else one
    return tuple(word for word in out if word not in said)


def _sung(subject: Subject, source: str, language: str) -> Subject:
    """Carry the subject into the language to sing in."""
    if source == language:
        return subject
    return to_mandarin(subject) if language == "zh" else to_english(subject)


def _of_mood(bank: Mapping[str, Theme], moods: Sequence[str]) -> list[str]:
    """Return the themes whose lines colour a song of these moods."""
    by_mood: dict[str, list[str]] = table("moods")["themes"]
    return sorted({theme for mood in moods for theme in by_mood.get(mood, ()) if theme in bank})


def _slots(subject: Subject, language: str) -> dict[str, str]:
    # A song knows its hero from the first line on, so "a dragon" is the dragon; "a rider's night" is still a rider's.
    phrase = re.sub(r"^an? (?!.*'s )", "the ", subject.phrase)
    phrase = _CALENDAR.sub(lambda day: day[0].capitalize(), phrase)
    word = _CALENDAR.sub(lambda day: day[0].capitalize(), subject.word)
    filled = {"subject": phrase, "word": word, "person": subject.person, "place": subject.place}
    return {name: value for name, value in filled.items() if value and singable(value, language)}


def _sources(
    prepared: Sequence[Match],
    head: Sequence[Match],
    kind: str,
    slots: Mapping[str, str],
    simple: bool,
    aside: frozenset[str],
) -> list[Source]:
    """Rank the themes to draw from. Only a theme that matched the head noun may call it by its bare word.

    Slots ``aside`` are said where a theme has a line for them, but get no lines of their own.
    """
    named = {name: slots[name] for name in ("place", "person") if name in slots}
    with_word = {**named, "word": slots["word"]} if "word" in slots else named
    sources: list[Source] = []
    generic = not simple and bool(slots.keys() & {"subject", "word"})
    if generic:
        sources.append(Source(f"about-{kind}", 1.0, slots))
        if kind != "anything":
            sources.append(Source("about-anything", 0.15, slots))
    for rank, match in enumerate(prepared):
        weight = 0.6 if generic or rank else 1.0
        sources.append(Source(match.theme, weight, with_word if match in head and match.names else named))
    taken = {source.theme for source in sources}
    for name, themes in (("place", _PLACE_THEMES), ("person", ())):
        if name not in slots or name in aside:
            continue
        only = frozenset({name, "subject"})
        value = {name: slots[name], "subject": slots[name]}
        sources += [Source(theme, 0.35, value, only, hooks=False) for theme in themes if theme not in taken]
        if f"about-{name}" not in taken:
            sources.append(Source(f"about-{name}", 0.2, value, only, hooks=False))
    return sources


def topic_of(request: SongRequest, language: str, moods: Sequence[str], bank: Mapping[str, Theme], seed: int) -> Topic:
    """Read the request against a language's bank.

    The theme's text may be in the other language: it is matched by that language's words, and what the lexicon can
    translate fills the slots. A request without a theme gets one that suits its mood, drawn by the seed.
    """
    text = _about(request)
    spoken = language_of(text)
    # Without a stated theme the text is a request ("make me a song"), not the name of a subject.
    theme = request.theme or ""
    read = subject_zh(_simplified(theme)) if spoken == "zh" else subject_en(theme)
    matched = themes_in(text, bank, read)
    prepared = [match for match in matched if not bank[match.theme].generic]
    head = [match for match in prepared if is_head(match, read, spoken)]
    owned = any(part.noun in lexicon().kind for part in read.parts[:-1])
    simple = bool(prepared) and not owned and not left_over(text, prepared, read)
    kinds = [match.theme.removeprefix("about-") for match in matched if bank[match.theme].generic]
    kind = kinds[0] if kinds and read.kind == "anything" and is_head(matched[0], read, spoken) else read.kind

    slots = _slots(_sung(read, spoken, language), language)
    # A grandmother who only owns the tea garden is not who the song is about.
    aside = frozenset({"person"}) if owned and read.person in lexicon().kind else frozenset[str]()
    ranked = [*head, *(match for match in prepared if match not in head)]
    sources = _sources(ranked, head, kind, slots, simple or not request.theme, aside)
    title = _hook(request, read, language, simple)
    doing = _doing(read.deed, language) if title and not request.title else ""
    if title and not request.title:
        sources.append(Source(_DEED, 1.0, {**slots, "subject": doing} if doing else slots))
    if not any(source.hooks for source in sources):
        free = _of_mood(bank, moods) or _of_mood(bank, ["anybody"]) or sorted(bank)
        sources.append(Source(str(rng(seed, "lyrics", "theme").choice(free)), 1.0))
    if simple:
        generic = f"about-{kind}" if kind in _SPOKEN_OF else "about-anything"
        sources.append(Source(generic, 0.05, slots, frozenset({"subject", "word"}), stand_in=True))
        if deed := _deed_title(read, language):
            sources.append(Source(GIVEN_TITLE, 0.05, {"title": deed}, stand_in=True))
    if (simple or kind in _COLOURED) and not {match.theme for match in prepared} & _SEASONAL:
        taken = {source.theme for source in sources}
        colours = [theme for theme in _of_mood(bank, request.mood) if theme not in taken]
        sources += [Source(theme, _COLOUR, hooks=False) for theme in colours[:4]]
    sources.append(Source(ANY_SONG, _ANY_SONG))
    if title:
        sources.append(Source(GIVEN_TITLE, 1.0, {"title": title}))
    return Topic(
        sources=tuple(source for source in sources if source.theme in bank),
        prepared=simple or not slots.keys() & {"subject", "word"},
        word=slots.get("word", "").lower(),
        names=(*_names(slots, simple, kind, aside), *(["subject"] if doing else [])),
        excluded=_excluded(text),
        title=title,
    )


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplified(text: str) -> str:
    """Return Chinese text in simplified characters, which bank and lexicon are written in."""
    return str(_converter().convert(text))


def _about(request: SongRequest) -> str:
    """Return the words of a request to look for themes in."""
    if request.theme:
        if language_of(request.theme) == "en":
            return request.theme
        return re.sub("^(?:我|我们|咱|咱们)家", "我", strip_frame(_simplified(request.theme.strip())))
    text = request.title or request.text
    # House music is not about a home.
    for word in (*request.genre, *request.instruments):
        text = re.sub(rf"(?i)\b{re.escape(word)}\b", " ", text)
    return text


def _names(slots: Mapping[str, str], simple: bool, kind: str, aside: frozenset[str]) -> tuple[str, ...]:
    """Return what the listener must hear: of a prepared theme the place or person first, else the subject first."""
    who = [name for name in ("place", "person") if name in slots and name not in aside]
    said = {slots[name] for name in who}
    subject = bool(slots.keys() & {"subject", "word"}) and slots.get("subject") not in said
    if not subject or (simple and kind == "person" and "person" in who):
        return tuple(who)
    return (*who, "subject") if simple else ("subject", *who)


def _hook(request: SongRequest, subject: Subject, language: str, simple: bool) -> str:
    """Return the title to sing: the member's own, else the deed of a request that names no thing."""
    title = (request.title or "").strip(" \"'“”《》「」『』?!.？！。…")
    if title:
        return title if singable(title, language) else ""
    return "" if simple else _deed_title(subject, language)


def _deed_title(subject: Subject, language: str) -> str:
    deed = subject.deed if singable(subject.deed, language) else ""
    return deed[:1].upper() + deed[1:]


def _doing(deed: str, language: str) -> str:
    """Return a deed that can stand where a noun stands: "learning to swim", but not "when the power went out"."""
    if language == "zh":
        return "" if any(mark in deed for mark in grammar()["chinese"]["clause_marks"]) else deed
    return deed if deed.split(" ")[0].endswith("ing") else ""
