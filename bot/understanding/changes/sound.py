"""How it sounds: key, tempo, metre, instruments, voice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.understanding.changes.clause import Clause
from bot.understanding.changes.patterns import expressions, languages
from bot.understanding.changes.places import resolve
from bot.understanding.changes.remarks import UnclearTarget, unclear
from bot.understanding.changes.slots import read_slots
from bot.understanding.changes.step import amount, plain_step, semitones
from bot.understanding.lexicon import LANGUAGES, Hit
from bot.understanding.numerals import number
from bot.understanding.words import read_words
from generation.changes import Change, Instruments, Key, Metre, Tempo, Vocals

_TEMPO_WORDS = {"slow": -1, "fast": 1}


def sounding(clause: Clause) -> list[Change]:
    """Return the changes of key, tempo, metre, instruments and voice in one clause."""
    readings = read_slots(clause.message)
    changes: list[Change] = []
    tempo = _tempo(clause, readings.wanted)
    key = _key(clause, readings.wanted) if tempo is None else None
    if key is None and clause.has("step", "unnamed"):
        raise UnclearTarget(unclear("which_key"))
    changes += [change for change in (key, tempo) if change]
    changes += [Metre(str(hit.value)) for hit in readings.wanted if hit.slot == "time_signature"][:1]
    changes += _in_sections(clause, _instruments(readings.wanted, readings.unwanted))
    voice = _voice(clause, readings.wanted)
    changes += [Vocals(voice)] if voice else []
    return changes


def asked_language(clause: Clause) -> str:
    """Return the code of another language to sing in, ``""`` for none. Raises ``UnclearTarget`` for one section."""
    stated = next((str(hit.value) for hit in read_slots(clause.message).wanted if hit.slot == "language"), "")
    named = (
        m["language"]
        for language in LANGUAGES
        for pattern in expressions(language, "language")
        if (m := pattern.search(clause.folded))
    )
    code = stated or languages().get(next(named, ""), "")
    if code and clause.named:
        raise UnclearTarget(unclear("one_language"))
    return code


def _key(clause: Clause, hits: Iterable[Hit]) -> Key | None:
    stated = next((str(hit.value) for hit in hits if hit.slot == "key"), None)
    if stated:
        return Key(stated)
    steps = semitones(clause.folded)
    is_key = amount(clause.folded) or clause.has("step", "bare") or clause.has("step", "of_key")
    return Key(semitones=steps) if steps and is_key and not clause.has("step", "not_key") else None


def _tempo(clause: Clause, hits: Iterable[Hit]) -> Tempo | None:
    folded, now = clause.folded, clause.song.sheet.score.tempo_bpm
    way = clause.has("tempo", "up") - clause.has("tempo", "down")
    step = _figure("beats", folded)
    if step and way:
        return Tempo(bpm=now + way * step)
    stated = next((hit.value for hit in hits if hit.slot == "tempo_bpm"), None)
    if isinstance(stated, tuple):
        return Tempo(bpm=sum(stated) / 2)
    if isinstance(stated, int | float):
        return Tempo(bpm=float(stated))
    if bare := _figure("stated", folded):
        return Tempo(bpm=bare)
    if clause.has("tempo", "double"):
        return Tempo(factor=2.0)
    if clause.has("tempo", "half"):
        return Tempo(factor=0.5)
    share = _figure("percent", folded)
    if share and way:
        return Tempo(factor=round(1 + way * share / 100, 3))
    if not way:
        word = next((str(hit.value) for hit in hits if hit.slot == "tempo_word"), "")
        way = _TEMPO_WORDS.get(word, 0)
    return Tempo(factor=round(1 + way * plain_step("tempo" if way > 0 else "down_tempo", folded), 3)) if way else None


def _figure(key: str, folded: str) -> float:
    """Return the beats a minute or the percents that are stated, 0 for none."""
    for language in LANGUAGES:
        for pattern in expressions(language, "tempo", key):
            m = pattern.search(folded)
            if m:
                groups = m.groupdict()
                written = groups.get("count") or groups.get("by") or groups.get("tenth")
                return number(written or "0") * (10 if groups.get("tenth") else 1)
    return 0.0


def _instruments(wanted: Iterable[Hit], unwanted: Iterable[Hit]) -> Instruments | None:
    names = read_words("changes")["unnamed"]
    out = [name for hit in unwanted if hit.slot == "instruments" for name in names.get(str(hit.value), [hit.value])]
    put_in = [names.get(str(hit.value), [hit.value])[0] for hit in wanted if hit.slot == "instruments"]
    known = set(read_words("en/instruments"))
    gone = tuple(dict.fromkeys(str(name) for name in out if name in known))
    new = tuple(dict.fromkeys(str(name) for name in put_in if name in known and name not in gone))
    return Instruments(new, gone) if new or gone else None


def _in_sections(clause: Clause, playing: Instruments | None) -> list[Instruments]:
    """Return who plays in the sections that are named, or in the whole song. Raises ``UnclearTarget``."""
    places = [mention for mention in clause.named if not mention.line]
    if playing is None or not places:
        return [playing] if playing else []
    if _others_silent(clause):
        raise UnclearTarget(unclear("only_one"))
    sections = [resolve(mention, clause.song).where for mention in places]
    elsewhere = [Instruments(unwanted=playing.wanted)] if clause.has("section_only") and playing.wanted else []
    return [*elsewhere, *(replace(playing, section=section) for section in sections)]


def _others_silent(clause: Clause) -> bool:
    """Whether nobody else shall play there ("only piano in the intro")."""
    return any(
        one.search(clause.folded[: hit.start])
        for hit in read_slots(clause.message).wanted
        if hit.slot == "instruments"
        for language in LANGUAGES
        for one in expressions(language, "section_only", "alone")
    )


def _voice(clause: Clause, hits: Iterable[Hit]) -> str:
    named = {str(hit.value) for hit in hits if hit.slot == "vocals"}
    named |= {voice for voice in ("female", "male") if clause.has("vocals", voice)}
    if "none" in named:
        return "none"
    if "duet" in named or {"male", "female"} <= named:
        return "duet"
    return next(iter(named), "")
