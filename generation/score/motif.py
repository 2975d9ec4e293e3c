"""The tune of a section kind before it has words: lines that share motifs (A A' B A''), with rhythm and pitches.

A tune depends on the plan alone, never on the words, so that a new word in one line leaves every other line as it
was, and the second verse is sung to the first verse's tune.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from generation.score.genre import Genre, table
from generation.score.melody import Path, Tonality, pitches
from generation.score.rhythm import Groove, Pace, Room, durations, strong
from generation.seeds import rng
from generation.song import Chord

LIFT = {"B": 2.0, "C": -1.0}
HOOK_LIFT = {"A": 1.5, "B": -1.5, "C": -1.0}
"""Semitones by which the motifs of a section lie apart: an answer rises, but nothing tops the hook of a chorus."""


@dataclass(frozen=True, slots=True)
class TuneLine:
    """One wordless line; ``onsets`` are beats from the line's bar line."""

    shape: str
    groove: Groove
    onsets: tuple[float, ...]
    durations: tuple[float, ...]
    pitches: tuple[int, ...]
    ending: str

    def pitch_at(self, onset: float) -> int:
        """Return the pitch of the tune's note nearest in time."""
        return self.pitches[self.place(onset)]

    def place(self, onset: float) -> int:
        return min(range(len(self.onsets)), key=lambda index: (abs(self.onsets[index] - onset), index))


@dataclass(frozen=True, slots=True)
class Setting:
    """What every line of a kind has in common."""

    kind: str
    style: Genre
    tonality: Tonality
    window: tuple[int, int]
    centre: float
    pace: Pace
    syllables: int
    """Syllables of an ordinary line."""
    tonal: bool
    """The words have tones."""
    title: str
    seed: int
    sweep: float = 1.0
    """How far contours reach, against the ordinary."""


def shapes(kind: str, lines: int, tonal: bool, seed: int) -> str:
    """Return a letter a line, such as ``AABA``; drawn once for each kind of section.

    Where the words have tones (``tonal``) fewer motifs come back more often: each return is bent a little.
    """
    rows = table("tunes.toml")["shapes"]
    plans = rows["tonal"] if tonal and kind in {"verse", "chorus"} else rows.get(kind, rows["verse"])
    four = plans[int(rng(seed, kind, "shapes").integers(len(plans)))]
    letters = [four[index % 4] for index in range(lines)]
    # The second half of a long section answers with a new third line.
    return "".join(
        "C" if index >= 4 and letter == "B" and "C" not in four else letter for index, letter in enumerate(letters)
    )


def groove(setting: Setting, shape: str, room: Room) -> Groove:
    """Draw the rhythm of a shape: an opening and a closing half with about as many onsets as a line has syllables.

    Straight genres draw from the head of the lists in ``tunes.toml``, syncopated ones from their far end too. The
    shapes of one section share their closing half more often than not: the lines rhyme in rhythm as well.
    """
    beat = "compound" if room.compound else "triple" if room.beats_per_bar == 3 else "duple"
    rows = table("tunes.toml")["rhythms"][beat]
    syncopation = setting.style.syncopation
    opening = rng(setting.seed, setting.kind, "rhythm", shape)
    closing = rng(setting.seed, setting.kind, "rhythm end", shape)
    if shape != "A" and closing.random() < 0.6:
        closing = rng(setting.seed, setting.kind, "rhythm end", "A")
        closing.random()
    elif shape == "A":
        closing.random()
    ending = _likely(rows["ending"], closing, syncopation, {})
    wanted = setting.syllables - ending.count("x")
    # A chorus comes in on the beat.
    bodies = [row for row in rows["body"] if setting.kind != "chorus" or row[0] == "x"]
    body = _likely(bodies, opening, syncopation, {row: 0.2 ** abs(row.count("x") - wanted) for row in bodies})
    free = [place for place, sign in enumerate((body + ending)[: len(body) + ending.rindex("x")]) if sign == "."]
    spare = rng(setting.seed, setting.kind, "spare", shape).permutation(free)[:1]
    return Groove(room.beats / (2 * len(body)), body, ending, syncopation, tuple(int(place) for place in spare))


def _likely(rows: Sequence[str], draw: np.random.Generator, syncopation: float, fit: Mapping[str, float]) -> str:
    """Draw a row; how far down the list is likely follows the syncopation."""
    places = np.linspace(0, 1, len(rows))
    centre = 0.05 + 0.95 * syncopation
    share = np.exp(-(((places - centre) / 0.33) ** 2)) * np.array([fit.get(row, 1.0) for row in rows])
    return str(rows[int(draw.choice(len(rows), p=share / share.sum()))])


def contour(name: str, places: np.ndarray) -> np.ndarray:
    """Return the height (-1..1) of a contour at ``places`` (0..1 along the line), from its points in the data."""
    points = table("tunes.toml")["contours"][name]
    heights: np.ndarray = np.interp(places, np.linspace(0, 1, len(points)), points)
    return heights


def tune(
    setting: Setting,
    rooms: Sequence[Room],
    chords: Sequence[Chord],
    closed: bool,
    seconds: Callable[[float], float],
) -> tuple[TuneLine, ...]:
    """Compose the wordless lines of one kind of section over its first occurrence's rooms and chords."""
    aim = setting.centre
    lines = _draft(setting, rooms, chords, closed, seconds)
    for _ in range(3):
        # Chords and contour pull a tune off its register, its steps and its reach; aim again until all are right.
        off = aim - float(np.mean([pitch for line in lines for pitch in line.pitches]))
        moves = np.abs(np.concatenate([np.diff(line.pitches) for line in lines]))
        steps = float(np.mean(moves <= 2)) if len(moves) else 0.55
        reach = float(np.mean([max(line.pitches) - min(line.pitches) for line in lines]))
        if abs(off) < 0.6 and 0.45 <= steps <= 0.65 and 5 <= reach <= 10:
            break
        sweep = setting.sweep * (1.35 if reach < 5 else 0.8 if reach > 10 else 1.0)
        bolder = setting.style.leap + (1.5 if steps > 0.55 else 2.5) * (steps - 0.55)
        setting = replace(setting, centre=setting.centre + off, style=replace(setting.style, leap=bolder), sweep=sweep)
        lines = _draft(setting, rooms, chords, closed, seconds)
    return lines


def _draft(
    setting: Setting,
    rooms: Sequence[Room],
    chords: Sequence[Chord],
    closed: bool,
    seconds: Callable[[float], float],
) -> tuple[TuneLine, ...]:
    letters = shapes(setting.kind, len(rooms), setting.tonal, setting.seed)
    first: dict[str, TuneLine] = {}
    lines: list[TuneLine] = []
    for index, (letter, room) in enumerate(zip(letters, rooms, strict=True)):
        last = index + 1 == len(rooms)
        ending = "closed" if last and closed else "open" if index % 2 == 0 or last else "free"
        line = _line(setting, letter, index, room, chords, ending, first, seconds)
        if index == 0 and setting.kind == "chorus":
            low, high = setting.window
            setting = replace(setting, window=(low, max(min(high, max(line.pitches)), low + 7)))
        first.setdefault(letter, line)
        lines.append(line)
    return tuple(lines)


def _line(
    setting: Setting,
    letter: str,
    index: int,
    room: Room,
    chords: Sequence[Chord],
    ending: str,
    first: Mapping[str, TuneLine],
    seconds: Callable[[float], float],
) -> TuneLine:
    model = first.get(letter)
    cell = model.groove if model else groove(setting, letter, room)
    offsets = [beat for beat in cell.onsets(room.beats) if room.start + beat < room.latest - 0.25]
    count = len(offsets)
    starts = [room.start + beat for beat in offsets]
    lengths = durations(starts, [1.0] * count, room, setting.pace, seconds)
    metre = (room.beats_per_bar, room.compound, room.start)
    targets: np.ndarray
    intervals: list[float | None]
    if model:
        heard = [model.pitch_at(offset) for offset in offsets]
        targets = np.array(heard, dtype=float) + _shift(heard, starts, chords, metre, setting.window)
        intervals = [None, *np.diff(heard).astype(float)]
        pull, loud = 0.35, 0.05
    else:
        targets = _drawn_targets(setting, letter, np.array(offsets))
        intervals = [None] * count
        pull, loud = 0.26, 1.3
    noise = rng(setting.seed, setting.kind, "tune", index).random((count, 128)) * loud
    path = Path(starts, lengths, list(targets), pull, intervals, [0.0] * count, [0.0] * count, ending)
    found = pitches(path, chords, setting.window, setting.tonality, setting.style.leap, metre, noise)
    return TuneLine(letter, cell, tuple(offsets), tuple(lengths), tuple(found), ending)


def _drawn_targets(setting: Setting, letter: str, offsets: np.ndarray) -> np.ndarray:
    """Draw a contour and lay a small turning figure over it, so that the line has a gesture that recurs."""
    draw = rng(setting.seed, setting.kind, "contour", letter)
    names = setting.style.contours
    if letter != "A":
        # An answer moves otherwise than its call.
        first = names[int(rng(setting.seed, setting.kind, "contour", "A").integers(len(names)))]
        names = tuple(name for name in names if name != first)
    name = names[int(draw.integers(len(names)))]
    span = max(float(offsets[-1] - offsets[0]), 1e-6)
    places = (offsets - offsets[0]) / span
    low, high = setting.window
    amplitude = setting.sweep * min(4.5, (high - low) / 2.6) * float(draw.uniform(0.75, 1.1))
    figure = draw.choice([-3.0, -2.0, 0.0, 0.0, 2.0, 3.0], size=int(draw.integers(3, 5)))
    lift = (HOOK_LIFT if setting.kind == "chorus" else LIFT).get(letter, 0.0)
    turns = np.array([figure[place % len(figure)] for place in range(len(offsets))])
    targets: np.ndarray = setting.centre + lift + amplitude * contour(name, places) + turns
    return targets


def _shift(
    heard: Sequence[int],
    starts: Sequence[float],
    chords: Sequence[Chord],
    metre: tuple[float, bool, float],
    window: tuple[int, int],
) -> int:
    """Return the transposition (semitones) at which a motif best fits new chords: a sequence instead of a copy."""
    bar, compound, origin = metre
    best, chosen = -1e9, 0
    for shift in (0, -2, 2, -3, 3, -5, 5):
        if min(heard) + shift < window[0] or max(heard) + shift > window[1]:
            continue
        fits = 0.0
        for pitch, start in zip(heard, starts, strict=True):
            if strong(start - origin, bar, compound):
                now = next((c for c in chords if c.onset <= start < c.onset + c.duration), chords[-1])
                fits += (pitch + shift) % 12 in now.pitches
        if fits - 0.25 * abs(shift) > best:
            best, chosen = fits - 0.25 * abs(shift), shift
    return chosen
