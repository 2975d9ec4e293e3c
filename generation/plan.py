"""The request with every open question answered: genre, tempo, key, metre, voices, form.

What the member stated is met exactly or refused in one sentence; the rest follows the mood, then the genre's
habits, and then a draw from the song's seed, one draw a question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from generation.score.form import FLEXIBLE, RING_S, bars_per_line, fit, named, spelt
from generation.score.genre import PLAYABLE, Genre, genre, table
from generation.score.keys import Key, parse_key
from generation.score.own_form import own_form
from generation.score.proportion import proportions
from generation.score.sentences import language_name, refusal, remark
from generation.seeds import rng
from generation.song import FormSection, LyricSection, Remark, SectionKind, SongPlan, SongRequest, Voice

SLOWEST, FASTEST = 40.0, 240.0
SHORTEST_S, LONGEST_S = 15.0, 360.0
LONGEST_LINE = 400
"""Characters of a member's line; a breath holds far fewer."""
METRES = ("4/4", "3/4", "6/8", "2/4")
_KINDS: Mapping[str, SectionKind] = {
    "intro": "intro",
    "verse": "verse",
    "pre-chorus": "pre-chorus",
    "chorus": "chorus",
    "bridge": "bridge",
    "instrumental": "instrumental",
    "solo": "instrumental",
    "outro": "outro",
}
_ASKED_TO_SING = re.compile(r"\b(sing|sings|sung|singing|melodic)\b|唱出来|用唱的|唱着|演唱|旋律", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")


def plan(request: SongRequest, seed: int, voices: Sequence[Voice], own: tuple[LyricSection, ...] = ()) -> SongPlan:
    """Answer every question the request leaves open.

    ``own`` are the member's words in sections; they then decide the form. Raises ``WishError`` where a wish cannot
    be met: a tempo outside 40-240, a length outside 15-360 s, an unknown metre, key or language, a line of more
    than 400 characters, or words that do not fit the time.
    """
    own = tuple(section for section in own if section.lines or section.kind == "instrumental")
    own = own if any(section.lines for section in own) else ()
    longest = max((len(line.text) for section in own for line in section.lines), default=0)
    if longest > LONGEST_LINE:
        raise refusal("line", have=longest, most=LONGEST_LINE)
    remarks: list[Remark] = []
    style = _genre(request, seed, remarks)
    metre = _metre(request, style, seed)
    tempo = _tempo(request, style, seed)
    key = _key(request, style, seed, remarks)
    instrumental = request.vocals == "none" and not own
    if request.vocals == "none" and own:
        remarks.append(remark("words-and-no-voice"))
    language = _language(request, own, instrumental, voices)
    singers = () if instrumental else _voices(request.vocals, language, voices, seed, remarks)
    spoken = style.spoken and not instrumental and not _ASKED_TO_SING.search(request.text)
    duration, form, per_line = _form(request, own, style, metre, tempo, spoken, bool(singers), seed, remarks)
    return SongPlan(
        seed=seed,
        genre=style.id,
        moods=request.mood,
        tempo_bpm=tempo,
        key=key.name,
        time_signature=metre,
        language=language,
        voices=singers,
        duration_s=duration,
        form=form,
        bars_per_line=per_line,
        spoken=spoken,
        swing=_swing(style, metre, tempo),
        swing_unit=style.swing_unit,
        instruments=request.instruments,
        instruments_excluded=request.instruments_excluded,
        remarks=tuple(remarks),
    )


def beats_per_bar(metre: str) -> float:
    """Quarter notes in a bar of ``metre``."""
    count, unit = metre.split("/")
    return int(count) * 4 / int(unit)


def _moods(request: SongRequest) -> list[Mapping[str, Any]]:
    rows = table("wishes.toml")["mood"]
    return [rows[mood] for mood in request.mood if mood in rows and mood != "any"]


def _genre(request: SongRequest, seed: int, remarks: list[Remark]) -> Genre:
    if asked := next((name for name in request.genre if name in PLAYABLE), None):
        return genre(asked)
    nearest = table("wishes.toml")["nearest"]
    if asked := next(iter(request.genre), None):
        found = nearest.get(asked, "pop")
        remarks.append(remark("nearest", asked=asked, nearest=found))
        return genre(found)
    fits = next((row["genres"] for row in _moods(request)), table("wishes.toml")["mood"]["any"]["genres"])
    return genre(fits[int(rng(seed, "plan", "genre").integers(len(fits)))])


def _metre(request: SongRequest, style: Genre, seed: int) -> str:
    if request.time_signature is None:
        return style.metres[int(rng(seed, "plan", "metre").integers(len(style.metres)))]
    asked = request.time_signature.replace(" ", "")
    if asked not in METRES:
        raise refusal("metre", asked=asked)
    return asked


def _tempo(request: SongRequest, style: Genre, seed: int) -> float:
    asked = request.tempo_bpm
    if isinstance(asked, int | float):
        if not SLOWEST <= asked <= FASTEST:
            raise refusal("tempo", low=int(SLOWEST), high=int(FASTEST), asked=f"{asked:g}")
        return float(asked)
    low, high = style.tempo
    if asked is not None:
        first, last = min(asked), max(asked)
        if last < SLOWEST or first > FASTEST:
            raise refusal("tempo", low=int(SLOWEST), high=int(FASTEST), asked=f"{first:g}-{last:g}")
        first, last = max(first, SLOWEST), min(last, FASTEST)
        low, high = (max(low, first), min(high, last)) if max(low, first) <= min(high, last) else (first, last)
    else:
        word = request.tempo_word or next((row["tempo"] for row in _moods(request) if "tempo" in row), None)
        third = (high - low) / 3
        if word == "slow":
            high = low + third
        elif word == "fast":
            low = high - third
        elif word == "medium":
            low, high = low + third / 2, high - third / 2
    whole = range(math.ceil(low), math.floor(high) + 1)
    if not whole:
        return round((low + high) / 2, 2)
    return float(whole[int(rng(seed, "plan", "tempo").integers(len(whole)))])


def _swing(style: Genre, metre: str, tempo: float) -> float:
    """Return the genre's swing, straighter at tempi where the short note would fall under 0.13 s, as players do it."""
    if metre == "6/8" or (metre == "3/4" and style.swing_unit != 0.5):
        return 0.5
    pair_s = 2 * style.swing_unit * 60.0 / tempo
    return round(max(0.5, min(style.swing, 1 - 0.13 / pair_s)), 3)


def _key(request: SongRequest, style: Genre, seed: int, remarks: list[Remark]) -> Key:
    if request.key is not None:
        try:
            return parse_key(request.key)
        except ValueError:
            return _modal(request.key, remarks)
    draw = rng(seed, "plan", "key", style.id)
    mode = next((row["mode"] for row in _moods(request) if "mode" in row), None)
    mode = mode or ("minor" if draw.random() < style.minor else "major")
    tonics = table("wishes.toml")["tonics"][mode]
    return parse_key(f"{tonics[int(draw.integers(len(tonics)))]} {mode}")


def _modal(text: str, remarks: list[Remark]) -> Key:
    tonic, _, mode = text.strip().partition(" ")
    kin = table("wishes.toml")["modes"].get(mode.strip().lower())
    if kin is None:
        raise refusal("key", asked=text)
    try:
        key = parse_key(f"{tonic} {kin}")
    except ValueError:
        raise refusal("key", asked=text) from None
    remarks.append(remark("mode", asked=text, key=key.name))
    return key


def _language(request: SongRequest, own: tuple[LyricSection, ...], instrumental: bool, voices: Sequence[Voice]) -> str:
    sung = {voice.language for voice in voices} or {"en", "zh"}
    home = "zh" if request.message_language.lower().startswith("zh") else "en"
    asked = request.language
    if asked is None and own:
        words = "".join(line.text for section in own for line in section.lines)
        home = "zh" if len(_HAN.findall(words)) * 3 > len(words.replace(" ", "")) else "en"
    if asked is None or instrumental:
        return home if home in sung or instrumental else min(sung)
    code = re.split(r"[-_]", asked.lower())[0]
    code = "zh" if code == "cmn" else code
    if code not in sung:
        raise refusal("language", asked=language_name(asked))
    return code


def _voices(
    vocals: str | None, language: str, voices: Sequence[Voice], seed: int, remarks: list[Remark]
) -> tuple[Voice, ...]:
    at_hand = [voice for voice in voices if voice.language == language]
    if not at_hand:
        raise refusal("voice", asked=language_name(language))

    def one(gender: str, *without: Voice) -> Voice:
        wanted = [voice for voice in at_hand if voice.gender == gender and voice not in without]
        if not wanted:
            remarks.append(remark("one-gender"))
            wanted = [voice for voice in at_hand if voice not in without] or at_hand
        return wanted[int(rng(seed, "plan", "voice", gender).integers(len(wanted)))]

    if vocals == "duet":
        female = one("female")
        return (female, one("male", female))
    if vocals in {"female", "male"}:
        return (one(vocals),)
    return (at_hand[int(rng(seed, "plan", "voice").integers(len(at_hand)))],)


def _form(
    request: SongRequest,
    own: tuple[LyricSection, ...],
    style: Genre,
    metre: str,
    tempo: float,
    spoken: bool,
    sung: bool,
    seed: int,
    remarks: list[Remark],
) -> tuple[float, tuple[FormSection, ...], int]:
    """Return the audio's length in seconds, the form and the bars of an ordinary line."""
    bar_s = beats_per_bar(metre) * 60.0 / tempo
    asked = request.duration_s
    if asked is not None and not SHORTEST_S <= asked <= LONGEST_S:
        raise refusal("duration", low=int(SHORTEST_S), high=int(LONGEST_S // 60))
    per_line = bars_per_line(bar_s, style.syllable_s, spoken)
    structure = tuple(_KINDS[name] for name in request.structure if name in _KINDS)
    if own:
        if structure:
            remarks.append(remark("sections"))
        blocks, per_line = own_form(own, per_line, bar_s, asked, tempo, spoken)
    else:
        length = asked if asked is not None else float(rng(seed, "plan", "length").uniform(*style.seconds))
        structures = [structure] if structure else [spelt(text) for text in table("forms.toml")["family"][style.family]]
        if structure and asked is None:
            length = _natural_length(structure, per_line, bar_s)
        bars = max(1, int((length - RING_S) / bar_s))
        blocks = fit(structures, _totals(bars, bar_s, asked, style), per_line, bar_s, proportions(style.family), seed)
        if any(block.lines and block.bars < block.lines for block in blocks):
            remarks.append(remark("short-form"))
    bars = sum(block.bars for block in blocks)
    duration = asked if asked is not None else math.ceil((bars * bar_s + RING_S + 1.0) * 10) / 10
    if duration > LONGEST_S:
        raise refusal("words", need=math.ceil(bars * bar_s), tempo=f"{tempo:g}")
    shift = sum(row.get("energy", 0.0) for row in _moods(request)[:2])
    return duration, named(blocks, (style.energy[0] + shift, style.energy[1] + shift), sung), per_line


def _totals(bars: int, bar_s: float, asked: float | None, style: Genre) -> Sequence[int]:
    """Return the lengths a form may have, in bars.

    Where nobody asked for a length, a few bars more or less are welcome if the form is rounder for it.
    """
    if asked is not None:
        return (bars,)
    low, high = style.seconds
    near = range(max(1, bars - 4), bars + 5)
    return [count for count in near if low <= count * bar_s + RING_S + 1 <= high] or near


def _natural_length(structure: Sequence[SectionKind], per_line: int, bar_s: float) -> float:
    """Seconds that a form lasts when every section is as long as it likes to be."""
    likes = table("forms.toml")["bars"]
    lines = 4 if 4 * per_line * bar_s >= 12 else 8
    bars = sum(
        min(likes[kind][0], int(likes[kind][2] / bar_s))
        if kind in FLEXIBLE
        else per_line * (2 if kind == "pre-chorus" else lines)
        for kind in structure
    )
    return min(LONGEST_S, bars * bar_s + RING_S + 0.5)
