"""From a request to the themes of the bank that suit it, each with the slots it may fill."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generation.lyrics.decency import decent
from generation.lyrics.lexicon import grammar, lexicon, table
from generation.lyrics.subject import Subject, to_english, to_mandarin
from generation.lyrics.subject_en import singular, subject_en, tokens_of
from generation.lyrics.subject_zh import strip_frame, subject_zh
from generation.lyrics.versebook import GIVEN_TITLE, Theme
from generation.seeds import rng
from generation.song import SongRequest

_HAN = re.compile(r"[㐀-鿿]")
_LATIN = re.compile(r"[A-Za-z]")
# Themes that have lines for any place or person, whatever else the song is about.
_PLACE_THEMES = ("city", "travel")
# Kinds whose generic lines fit any of them, prepared or not; the rain is no thing with "one worn edge".
_SPOKEN_OF = ("event", "feeling", "animal")
# Themes with weather of their own, which another theme's sunshine would contradict.
_SEASONAL = frozenset({"spring", "summer", "autumn", "winter", "festival"})
_COLOUR = 0.1
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


@dataclass(frozen=True, slots=True)
class _Match:
    theme: str
    phrase: str
    at: int
    size: int
    names: bool
    """Whether the phrase names the theme, rather than leading to it."""


def language_of(text: str) -> str:
    """Return ``zh`` for a text with Chinese characters, else ``en``."""
    return "zh" if _HAN.search(text) else "en"


def singable(text: str, language: str) -> bool:
    """Say whether a slot's words can be sung in a language and are decent."""
    own, foreign = (_HAN, _LATIN) if language == "zh" else (_LATIN, _HAN)
    return bool(own.search(text)) and not foreign.search(text) and decent(text)


def _matches_en(text: str, bank: Mapping[str, Theme], language: str) -> list[_Match]:
    tokens = [token.lower().removesuffix("'s").rstrip("'") for token in tokens_of(text)]
    # "who loves cats" is no love song.
    single = [token if token in grammar()["relatives"] else singular(token) for token in tokens]
    found: list[_Match] = []
    for theme in bank.values():
        for phrase in (*theme.words[language], theme.id.replace("-", " "), *theme.leads[language]):
            words = phrase.lower().split()
            at_home = phrase in theme.words[language] or phrase not in theme.leads[language]
            for at in range(len(tokens) - len(words) + 1):
                # Only the last word of a phrase is inflected in a request: tea gardens, night shifts.
                head = (*tokens[at : at + len(words) - 1], single[at + len(words) - 1])
                if [*head] == words or tokens[at : at + len(words)] == words:
                    found.append(_Match(theme.id, phrase, at, len(words), at_home))
    return found


def _matches_zh(text: str, bank: Mapping[str, Theme], language: str) -> list[_Match]:
    return [
        _Match(theme.id, phrase, hit.start(), len(phrase), phrase in theme.words[language])
        for theme in bank.values()
        for phrase in (*theme.words[language], *theme.leads[language])
        for hit in re.finditer(re.escape(phrase), text)
    ]


def _longest(matches: Sequence[_Match]) -> list[_Match]:
    """Keep the longest matches that do not overlap; themes that share a phrase all stay."""
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda match: (-match.size, not match.names, match.at, match.theme)):
        span = range(match.at, match.at + match.size)
        clash = any(
            span.start < other.at + other.size
            and other.at < span.stop
            and (other.at, other.size) != (match.at, match.size)
            for other in kept
        )
        if not clash and match.theme not in {other.theme for other in kept}:
            kept.append(match)
    return kept


def _left_over(text: str, matches: Sequence[_Match], subject: Subject) -> bool:
    """Say whether the request names something beyond the matched themes, its place and its person."""
    spared = {at for match in matches for at in range(match.at, match.at + match.size)}
    if subject.phrase and subject.kind != "feeling" and not all(match.names for match in matches):
        return True
    if language_of(text) == "zh":
        rest = "".join(" " if at in spared else letter for at, letter in enumerate(text))
        known = (*lexicon().adjectives_back, *(word.rstrip("的") for word in lexicon().adjectives_back))
        close = (*grammar()["chinese"]["kin"], *grammar()["chinese"]["partners"]) if subject.person else ()
        small = (subject.place, subject.person, *close, *known, *grammar()["chinese"]["particles"])
        for word in sorted((word for word in small if word), key=len, reverse=True):
            rest = rest.replace(word, " ")
        return bool(_HAN.search(rest))
    words = grammar()
    small_words = {
        *(
            word
            for name in ("determiners", "numbers", "pronouns", "clause_words", "prepositions")
            for word in words[name]
        ),
        *(word for name in ("relatives", "joiners", "time_adverbs", "lead_ins") for word in words[name]),
        *lexicon().adjectives,
        *f"{subject.place} {subject.person} of song story".lower().split(),
    }
    tokens = [token.lower().removesuffix("'s") for token in tokens_of(text)]
    return any(at not in spared and token not in small_words for at, token in enumerate(tokens))


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
    filled = {"subject": subject.phrase, "word": subject.word, "person": subject.person, "place": subject.place}
    return {name: value for name, value in filled.items() if value and singable(value, language)}


def _sources(
    prepared: Sequence[_Match],
    head: Sequence[_Match],
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
            sources.append(Source("about-anything", 0.08, slots))
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
    text = request.theme or request.title or request.text
    spoken = language_of(text)
    if spoken == "zh" and request.theme:
        text = strip_frame(text.strip())
    # Without a stated theme the text is a request ("make me a song"), not the name of a subject.
    read = (subject_zh if spoken == "zh" else subject_en)(request.theme or "")
    matched = (_matches_zh if spoken == "zh" else _matches_en)(text, bank, spoken)
    matched = _longest([match for match in matched if not _inside_name(match, text, read, spoken)])
    prepared = [match for match in matched if not bank[match.theme].generic]
    head = [match for match in prepared if _is_head(match, read, spoken)]
    ranked = [*head, *(match for match in prepared if match not in head)]
    owned = any(part.noun in lexicon().kind for part in read.parts[:-1])
    simple = bool(ranked) and not owned and not _left_over(text, prepared, read)
    kinds = [match.theme.removeprefix("about-") for match in matched if bank[match.theme].generic]
    kind = kinds[0] if kinds and read.kind == "anything" and _is_head(matched[0], read, spoken) else read.kind

    slots = _slots(_sung(read, spoken, language), language)
    # A grandmother who only owns the tea garden is not who the song is about.
    aside = frozenset({"person"}) if owned and read.person in lexicon().kind else frozenset[str]()
    sources = _sources(ranked, head, kind, slots, simple or not request.theme, aside)
    if not any(source.hooks for source in sources):
        free = _of_mood(bank, moods) or sorted(theme.id for theme in bank.values() if not theme.generic)
        sources.append(Source(str(rng(seed, "lyrics", "theme").choice(free)), 1.0))
    if simple:
        generic = f"about-{kind}" if kind in _SPOKEN_OF else "about-anything"
        sources.append(Source(generic, 0.01, slots, frozenset({"subject", "word"}), hooks=False))
    seasons = {match.theme for match in prepared} & _SEASONAL
    if (simple or kind in ("event", "feeling", "place")) and not seasons:
        taken = {source.theme for source in sources}
        sources += [
            Source(theme, _COLOUR, hooks=False) for theme in _of_mood(bank, request.mood)[:4] if theme not in taken
        ]
    title = _hook(request, read, language, simple)
    if title:
        sources.append(Source(GIVEN_TITLE, 1.0, {"title": title}))
    about: list[str] = [name for name in ("place", "person") if name in slots and name not in aside]
    if slots.keys() & {"subject", "word"} and slots.get("subject") not in [slots[name] for name in about]:
        about = [*about, "subject"] if simple else ["subject", *about]
    if simple and kind == "person" and "person" in about:
        about = [name for name in about if name != "subject"]
    return Topic(
        sources=tuple(source for source in sources if source.theme in bank),
        prepared=simple or not slots.keys() & {"subject", "word"},
        word=slots.get("word", "").lower(),
        names=tuple(about),
        excluded=_excluded(text),
        title=title,
    )


def _inside_name(match: _Match, text: str, subject: Subject, language: str) -> bool:
    """Say whether a match is part of a name: no sea in 上海, and 小雨 may be a daughter instead of the weather."""
    if language == "en":
        return False
    names = [subject.place, "" if subject.person in lexicon().kind else subject.person]
    return any(
        name and text.find(name) <= match.at < text.find(name) + len(name) and match.size <= len(name) for name in names
    )


def _is_head(match: _Match, subject: Subject, language: str) -> bool:
    """Say whether a theme was matched by the noun the request is about."""
    if language == "zh":
        return match.phrase in subject.word
    return bool(subject.word) and match.phrase.split()[-1] == subject.word.split()[-1]


def _hook(request: SongRequest, subject: Subject, language: str, simple: bool) -> str:
    """Return the title to sing: the member's own, else the deed of a request that names no thing."""
    title = (request.title or "").strip(" \"'“”《》「」『』")
    if title:
        return title if singable(title, language) else ""
    deed = subject.deed if not simple and singable(subject.deed, language) else ""
    return deed[:1].upper() + deed[1:]
