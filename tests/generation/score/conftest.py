"""A songbook to measure: every genre in both languages, set to plain words by a plain syllabifier."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from pypinyin import Style, pinyin

from generation.lyrics.verses import VerseLyricist
from generation.pipeline import write_sheet
from generation.plan import plan
from generation.score import compose
from generation.score.genre import PLAYABLE
from generation.song import Line, Lyrics, LyricSection, Score, Sheet, SongPlan, SongRequest, Syllable, Voice
from generation.voices.debug import DebugSinger

VOICES = (
    Voice("ada", "Ada", "female", "en", 55, 72, "test"),
    Voice("ben", "Ben", "male", "en", 45, 62, "test"),
    Voice("mei", "Mei", "female", "zh", 55, 72, "test"),
    Voice("jun", "Jun", "male", "zh", 45, 62, "test"),
)
LIGHT = re.compile(
    r"an?|the|and|or|but|of|to|in|on|at|for|with|by|as|is|are|was|i|you|he|it|we|they|my|your", re.IGNORECASE
)
ENGLISH = """The rain is falling on the empty street
I count the windows and the lights below
A taxi passes with a silver sheet
Of water rising where the gutters flow
You said the summer would be slow to leave
The kettle whispers in a quiet room
I keep your letter folded in my sleeve
And wait for morning underneath the moon
Hold me until the night is done
Stay with me now and see the sun
We are the river, we are the sea
Carry the morning home to me
Another winter at the station door
The clock is tired and the coffee cold
I hear your footsteps on the upper floor
A simple story that is never told
Maybe tomorrow I will know your name
Maybe the city will forget the rain
Everything changes and remains the same
A little light along the window pane""".splitlines()
MANDARIN = """窗外的雨一直下
我在夜里想起你
街灯照着旧时光
一杯清茶慢慢凉
外婆种的那片茶园
春天又绿了山坡
风吹过每一个秋天
故事还没有说完
请你留下来听我唱
月亮挂在老地方
走过千山和万水
家在心中不会忘
船儿摇过小桥边
花开花落又一年
远方的人你可知道
思念像河水长流
明天太阳还会升起
我们一起看海去
星星点点的灯火
照亮回家的路口""".splitlines()


@dataclass(frozen=True, slots=True)
class Song:
    plan: SongPlan
    lyrics: Lyrics
    score: Score


def simple_syllables(text: str, language: str) -> tuple[Syllable, ...]:
    """Split words at their vowels, first syllable stressed; Mandarin in pairs, with tones from pinyin."""
    found: list[Syllable] = []
    for token in re.findall(r"[\u3400-\u9fff]|[A-Za-z']+", text):
        if re.match(r"[\u3400-\u9fff]", token):
            sound = pinyin(token, style=Style.TONE3, neutral_tone_with_five=True)[0][0]
            tone = int(sound[-1]) if sound[-1].isdigit() else 5
            found.append(Syllable(token, sound, "zh", len(found) % 2 == 0, 0 if tone == 5 else 2, tone))
            continue
        parts = re.findall(r"[^aeiouy]*[aeiouy]+(?:[^aeiouy]+(?![aeiouy]))?", token.lower()) or [token]
        if len(parts) > 1 and re.fullmatch(r"[^aeiouyl]*e", parts[-1]):
            parts[-2:] = [parts[-2] + parts[-1]]
        for place, part in enumerate(parts):
            stress = 0 if place or LIGHT.fullmatch(token) else 2
            found.append(Syllable(part, part, language, place == 0, stress))
    return tuple(found)


def simple_lyrics(song_plan: SongPlan, shift: int = 0) -> Lyrics:
    """Give every sung section of the plan its lines; the chorus comes back word for word."""
    bank = ENGLISH if song_plan.language == "en" else MANDARIN
    at = shift
    sections = []
    for section in song_plan.form:
        if section.lines:
            start = shift + 8 if section.kind == "chorus" else at
            at += 0 if section.kind == "chorus" else section.lines
            lines = tuple(Line(bank[(start + place) % len(bank)], "machine") for place in range(section.lines))
            sections.append(LyricSection(section.name, section.kind, lines))
    return Lyrics("The Empty Street", song_plan.language, tuple(sections))


def make_song(request: SongRequest, seed: int, shift: int = 0, voices: Sequence[Voice] = VOICES) -> Song:
    song_plan = plan(request, seed, voices)
    lyrics = simple_lyrics(song_plan, shift)
    return Song(song_plan, lyrics, compose(song_plan, lyrics, simple_syllables))


@pytest.fixture(scope="session")
def voices() -> Sequence[Voice]:
    return VOICES


@pytest.fixture(scope="session")
def write() -> Callable[..., Song]:
    """Plan and compose a song: ``write(request, seed, shift=0)``; ``shift`` chooses other words."""
    return make_song


@pytest.fixture(scope="session")
def words() -> Callable[..., Lyrics]:
    return simple_lyrics


@pytest.fixture(scope="session")
def syllables() -> Callable[[str, str], tuple[Syllable, ...]]:
    return simple_syllables


@pytest.fixture(scope="session")
def songbook() -> list[Song]:
    """Forty sung songs: each playable genre twice, English and Mandarin, with different seeds and words."""
    songs = []
    for number, name in enumerate(PLAYABLE):
        for seed in (1, 2):
            language = ("en", "zh")[(number + seed) % 2]
            request = SongRequest(text="please sing it", genre=(name,), message_language=language)
            songs.append(make_song(request, 100 * seed + number, 7 * seed + number))
    return songs


THEMES = {
    "en": ("rain in the city", "my grandmother's kitchen", "the summer road", "missing you", "the sea at night"),
    "zh": ("夜雨", "外婆的茶园", "夏天的海", "想念你", "星空"),
}


@pytest.fixture(scope="session")
def sheets() -> list[Sheet]:
    """Forty songs as members get them: every playable genre in both languages, words from the verse bank."""
    lyricist, singer = VerseLyricist(), DebugSinger()
    written = []
    for number, name in enumerate(PLAYABLE):
        for language, themes in THEMES.items():
            theme = themes[number % len(themes)]
            request = SongRequest(text="please sing it", theme=theme, genre=(name,), message_language=language)
            written.append(write_sheet(request, 100 + number + 5000 * (language == "zh"), lyricist, singer))
    return written
