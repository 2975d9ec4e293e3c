"""The performance: parts in, one stereo stem for each group of instruments out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from generation.band import effects
from generation.band.genre import genre
from generation.band.hands import timed
from generation.band.parts import STEMS, Part
from generation.band.sampler import TimedNote, sample
from generation.band.sounds import Sound, sounds
from generation.band.synths import kit, modal, noise, patch
from generation.errors import Cancelled
from generation.song import SAMPLE_RATE, Audio, Score, Stem, StopAsked

_GUARD = round(0.05 * SAMPLE_RATE)
_KICKS = (35, 36)
_TAKES_CENTS = 3.5
"""Two takes of one part are never tuned alike; that is what keeps them two."""
_HEADROOM_DB = -3.0
"""Leaves the whole band together below full scale."""


def play(
    score: Score, parts: Sequence[Part], progress: Callable[[float], None], stop_asked: StopAsked
) -> tuple[Stem, ...]:
    """Play the parts. Stems are ``[2, round(duration_s * 44100)]``, float32, and end in silence.

    A part sounds the same to the sample whatever else is played. Raises ``Cancelled`` within one part of
    ``stop_asked`` turning true, ``MissingPart`` if the soundfont is missing or altered.
    """
    length = round(score.duration_s * SAMPLE_RATE)
    kicks = _kicks(score, parts)
    fade = _ending(score, length)
    stems: dict[str, Audio] = {}
    for done, part in enumerate(parts):
        if stop_asked():
            raise Cancelled
        audio = _perform(score, part, length)
        if part.duck_db and len(kicks):
            audio *= effects.ducking(kicks, length, part.duck_db, genre(score.genre).pump)
        audio *= np.float32(10 ** ((part.level_db + _HEADROOM_DB) / 20))
        audio[:, length - len(fade) :] *= fade
        if part.stem in stems:
            stems[part.stem] += audio
        else:
            stems[part.stem] = audio
        progress((done + 1) / len(parts))
    return tuple(Stem(name, stems[name]) for name in STEMS if name in stems)


def _perform(score: Score, part: Part, length: int) -> Audio:
    """Return one part as ``[2, length]`` with its own effects, before level and ducking."""
    sound = sounds()[part.sound]
    if sound.takes == 2:
        left = _mono_chain(_notes(score, part, replace(sound, tuning=-_TAKES_CENTS), length, take=0)[0], sound)
        right = _mono_chain(_notes(score, part, replace(sound, tuning=_TAKES_CENTS), length, take=1)[0], sound)
        audio = np.stack([left + np.float32(0.25) * right, right + np.float32(0.25) * left])
    else:
        raw = _notes(score, part, sound, length)
        audio = _chain(raw, sound)
    if sound.echo:
        audio = effects.echo(audio, sound.echo, 0.75 * 60 / score.tempo_bpm)
    audio = effects.panned(audio, sound.pan)
    audio *= np.float32(10 ** (sound.gain_db / 20))
    return audio


def _chain(raw: Audio, sound: Sound) -> Audio:
    if sound.kind in ("kit", "noise") or sound.bank or (sound.kind == "patch" and not sound.width):
        return np.stack([_mono_chain(raw[0], replace(sound, chorus=0.0)), _mono_chain(raw[1], sound)])
    mono = _mono_chain(raw[0], sound)
    wide = effects.chorus(mono, sound.chorus) if sound.chorus else effects.widened(mono, sound.width)
    return effects.tremolo(wide, sound.tremolo, 4.1) if sound.tremolo else wide


def _mono_chain(mono: Audio, sound: Sound) -> Audio:
    if sound.drive:
        mono = effects.drive(mono * np.float32(4.0), sound.drive)
    if sound.highpass:
        mono = effects.highpass(mono, sound.highpass)
    if sound.lowpass:
        mono = effects.lowpass(mono, sound.lowpass)
    if sound.wow:
        mono = effects.drifting(mono, sound.wow, 0.55)
    return mono


def _notes(score: Score, part: Part, sound: Sound, length: int, take: int = 0) -> Audio:
    notes = timed(score, part, sound, take)
    if sound.kind == "sample":
        return sample(
            notes,
            sound.program,
            sound.bank,
            length,
            vibrato=sound.vibrato,
            swell=sound.swell,
            tuning=sound.tuning,
        )
    out = np.zeros((2, length), np.float32)
    for note in notes:
        heard = _note(score, sound, note)
        end = min(length, note.start + heard.shape[1])
        if end > note.start:
            out[:, note.start : end] += heard[:, : end - note.start] * np.float32(note.velocity / 127)
    # The next part plays another patch; minutes of held notes are not worth their memory.
    patch.note.cache_clear()
    modal.note.cache_clear()
    return out


def _note(score: Score, sound: Sound, note: TimedNote) -> Audio:
    held = note.end - note.start
    match sound.kind:
        case "kit":
            return kit.hit(sound.synth, note.midi)
        case "modal":
            return modal.note(sound.synth, note.midi, _rounded(held))
        case "patch":
            return patch.note(sound.synth, note.midi, _rounded(held))
        case _:
            return noise.texture(sound.synth, held, score.seed)


def _rounded(held: int) -> int:
    """Lengths in steps of 23 ms let equal notes be made once; nobody hears the difference in a release."""
    return max(1024, round(held / 1024) * 1024)


def _kicks(score: Score, parts: Sequence[Part]) -> np.ndarray:
    starts = [
        note.start
        for part in parts
        if part.stem == "drums" and any(other.duck_db for other in parts)
        for note in timed(score, part, sounds()[part.sound])
        if note.midi in _KICKS
    ]
    return np.asarray(sorted(starts), np.int64)


def _ending(score: Score, length: int) -> Audio:
    """Return the gain of the song's end: it sinks while the last chord rings and is zero for the last 50 ms."""
    last = score.sections[-1]
    final_bar = last.onset + (last.bars - 1) * score.beats_per_bar
    start = max(score.seconds(final_bar + score.beats_per_bar / 2), score.duration_s - 4.0)
    start = min(start, score.duration_s - 0.6)
    count = max(length - max(0, round(start * SAMPLE_RATE)), _GUARD + 1)
    count = min(count, length)
    fade = np.zeros(count, np.float32)
    sinking = max(count - _GUARD, 0)
    fade[:sinking] = np.cos(np.linspace(0, np.pi / 2, sinking, dtype=np.float32)) ** 2
    return fade
