"""Plan and lyrics in, score out: chords for every section, a tune for every kind, words set to it line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from generation.score.frame import SUNG, Frame, frame_of
from generation.score.genre import table
from generation.score.harmonise import harmonise
from generation.score.hummed import chords_under, in_range, lines_of, words_on
from generation.score.lead import LEAD, quote
from generation.score.marks import NO_MARKS, chords_given, hook_kind, said_in, with_players
from generation.score.motif import Setting, TuneLine, tune
from generation.score.rap import rap
from generation.score.rhythm import Pace
from generation.score.setting import set_words
from generation.song import (
    FormSection,
    Lyrics,
    LyricSection,
    Marks,
    Phrase,
    Score,
    ScoreSection,
    SongPlan,
    Syllable,
    Voice,
)
from generation.voices.pronunciation_said import respoken

Syllabify = Callable[[str, str], tuple[Syllable, ...]]


def compose(plan: SongPlan, lyrics: Lyrics, syllabify: Syllabify, marks: Marks = NO_MARKS) -> Score:
    """Write the score of ``plan`` with the words of ``lyrics``, keeping what members fixed by hand (``marks``).

    ``syllabify(text, language)`` is the singer's own. Every draw is made per (kind of section, part, line), so new
    words in one line change that line's notes alone. A chorus that returns with the same words is the same to the
    note. The chords never depend on the words. Raises ``ValueError`` where ``marks`` name a chord that is none.
    """
    frame = frame_of(plan, lyrics.title, marks)
    words = words_of(plan.form, lyrics)
    tunes = dict(tunes_of(frame, words))
    hummed = hook_kind(plan.form) if marks.tune else None
    if hummed:
        frame, tunes[hummed] = _with_hummed(frame, marks, hummed, tunes.get(hummed) or next(iter(tunes.values())))
    hook = tunes.get("chorus") or next(iter(tunes.values()), ())
    # Nothing in the song is sung higher than the first line of the chorus, its hook.
    ceiling = max(tunes["chorus"][0].pitches) if "chorus" in tunes and hummed != "chorus" else None
    order: dict[str, int] = {}
    sections = []
    for index, section in enumerate(plan.form):
        order[section.kind] = order.get(section.kind, -1) + 1
        lines = words.get(index)
        if lines is not None and plan.voices:
            phrases = _sung(frame, index, lines, tunes[section.kind], order[section.kind], ceiling, syllabify, marks)
        else:
            # Where nobody sings, the lead instrument plays the section's own tune, or else hints at the chorus.
            places = frame.rooms(index, [0] * frame.line_count(index))
            played = tunes.get(section.kind, hook)
            phrases = quote(section, played, places, frame.chords[index], frame.tonality, frame.style.leap)
        sections.append(
            ScoreSection(
                section.name,
                section.kind,
                frame.onsets[index],
                section.bars,
                section.energy,
                frame.chords[index],
                phrases,
            )
        )
    return with_players(replace(frame.score, sections=tuple(sections)), marks)


def words_of(form: Sequence[FormSection], lyrics: Lyrics) -> Mapping[int, LyricSection]:
    """Match lyric sections to the form's, by name and else by order."""
    by_name = {section.name: section for section in lyrics.sections}
    sung = [index for index, section in enumerate(form) if section.lines]
    if all(form[index].name in by_name for index in sung):
        return {index: by_name[form[index].name] for index in sung}
    return dict(zip(sung, lyrics.sections, strict=False))


def tunes_of(frame: Frame, words: Mapping[int, LyricSection]) -> Mapping[str, tuple[TuneLine, ...]]:
    """Compose one tune a kind, over the longest section of that kind."""
    plan = frame.plan
    singer = plan.voices[0] if plan.voices else LEAD
    found: dict[str, tuple[TuneLine, ...]] = {}
    for kind in (*SUNG, "instrumental"):
        indices = [index for index, section in enumerate(plan.form) if section.kind == kind]
        if not indices or (kind == "instrumental" and any(s.kind in SUNG for s in plan.form)):
            continue

        def count(index: int) -> int:
            given = words.get(index)
            return len(given.lines) if given else frame.line_count(index)

        index = max(indices, key=lambda index: (count(index), -index))
        closed = kind == "chorus" or index + 1 == len(plan.form)
        found[kind] = tune(
            setting_of(frame, kind, singer),
            frame.rooms(index, [0] * count(index)),
            frame.chords[index],
            closed,
            frame.score.seconds,
        )
    return found


def _with_hummed(
    frame: Frame, marks: Marks, kind: str, models: Sequence[TuneLine]
) -> tuple[Frame, tuple[TuneLine, ...]]:
    """Return the frame with chords that carry the hummed tune, and the tune cut into the lines of its section."""
    plan = frame.plan
    tune = in_range(marks.tune, frame.tonality.key, plan.voices[0] if plan.voices else LEAD)
    chords = list(frame.chords)
    longest: tuple[TuneLine, ...] = ()
    for index, section in enumerate(plan.form):
        if section.kind == kind:
            places = frame.rooms(index, [0] * frame.line_count(index))
            lines = lines_of(tune, places, models)
            longest = max(longest, lines, key=len)
            if not chords_given(marks, section):
                chords[index] = chords_under(lines, places, chords[index], frame.tonality.key)
    return replace(frame, chords=tuple(chords)), longest


def setting_of(frame: Frame, kind: str, singer: Voice) -> Setting:
    rows = table("tunes.toml")
    centre, floor, ceiling = rows["register"].get(kind, rows["register"]["chorus"])
    span = singer.high - singer.low
    rate = rows["pace"].get(kind, 1.0)
    line_s = frame.plan.bars_per_line * frame.bar_s
    ordinary = rows["syllables"][frame.plan.language].get(kind, 8)
    pace = _pace(ordinary, line_s, frame.style.syllable_s * rate, rate)
    return Setting(
        kind=kind,
        style=frame.style,
        tonality=frame.tonality,
        window=(round(singer.low + floor * span), round(singer.low + ceiling * span)),
        centre=singer.low + centre * span,
        pace=pace,
        # An English line begins lightly more often than not; with a pickup, that syllable lies before the pattern.
        syllables=ordinary - (frame.pickup > 0 and frame.plan.language == "en" and kind != "chorus"),
        tonal=frame.plan.language == "zh",
        title=frame.score.title,
        seed=frame.plan.seed,
    )


def _pace(syllables: int, line_s: float, comfortable_s: float, rate: float = 1.0) -> Pace:
    """Return the pace at which ``syllables`` fill ``line_s`` seconds with a held end and a breath."""
    hold = min(1.0, 0.22 * line_s) * rate
    room = max(0.5, line_s - 0.35 - hold)
    each = min(max(room / max(1, syllables - 1), 0.2), comfortable_s * 1.3)
    return Pace(each, hold, 1.6 * rate)


def _sung(
    frame: Frame,
    index: int,
    lines: LyricSection,
    tune_lines: Sequence[TuneLine],
    ordinal: int,
    ceiling: int | None,
    syllabify: Syllabify,
    marks: Marks,
) -> tuple[Phrase, ...]:
    plan, section = frame.plan, frame.plan.form[index]
    hummed = bool(marks.tune) and section.kind == hook_kind(plan.form)
    ids = [f"{section.name}/{number + 1}" for number in range(len(lines.lines))]
    spoken_of = [
        respoken(syllabify(line.text, plan.language), said_in(marks, name))
        for name, line in zip(ids, lines.lines, strict=True)
    ]
    places = frame.rooms(index, [len(syllables) for syllables in spoken_of])
    phrases = []
    for number, (line, syllables, room) in enumerate(zip(lines.lines, spoken_of, places, strict=True)):
        voice = singer_of(plan.voices, section.kind, ordinal, number)
        model = tune_lines[number % len(tune_lines)]
        apart = octaves(plan.voices[0], voice)
        phrase = Phrase(ids[number], line.text, voice.id, syllables, (), line.author, plan.spoken)
        if syllables and plan.spoken:
            phrase = replace(phrase, notes=rap(syllables, line.text, model, room, voice, frame.score.seconds))
        elif syllables and hummed:
            phrase = replace(phrase, notes=words_on(syllables, model, room, apart))
        elif syllables:
            setting = setting_of(frame, section.kind, voice)
            if ceiling is not None and (section.kind, number) != ("chorus", 0):
                low, high = setting.window
                setting = replace(setting, window=(low, max(low + 7, min(high, ceiling + apart))))
            notes = set_words(
                syllables,
                line.text,
                model,
                number,
                room,
                frame.chords[index],
                setting,
                apart,
                frame.score.seconds,
            )
            phrase = replace(phrase, notes=notes)
        if section.kind == "chorus" and not plan.spoken:
            part = harmonise(phrase.notes, frame.chords[index], frame.tonality, voice.low, voice.high)
            phrase = replace(phrase, harmony=part)
        phrases.append(phrase)
    return tuple(phrases)


def singer_of(voices: Sequence[Voice], kind: str, ordinal: int, line: int) -> Voice:
    """A duet takes turns: verse by verse, and couplet by couplet in the chorus."""
    if len(voices) == 1:
        return voices[0]
    turn = line // 2 if kind in {"chorus", "bridge"} else ordinal
    return voices[turn % len(voices)]


def octaves(first: Voice, other: Voice) -> int:
    """Semitones, in whole octaves, from the first voice's tune to another voice's."""
    return 12 * round((other.low + other.high - first.low - first.high) / 24)
