"""What is asked is met exactly or refused in one sentence; what is left open follows mood, genre and seed."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

import pytest

from generation.errors import WishError
from generation.plan import beats_per_bar, plan
from generation.score.genre import PLAYABLE
from generation.song import Line, LyricSection, SectionKind, SongPlan, SongRequest, Voice

VOICES = (
    Voice("ada", "Ada", "female", "en", 55, 72, "test"),
    Voice("eve", "Eve", "female", "en", 55, 72, "test"),
    Voice("ben", "Ben", "male", "en", 45, 62, "test"),
    Voice("mei", "Mei", "female", "zh", 55, 72, "test"),
    Voice("jun", "Jun", "male", "zh", 45, 62, "test"),
)


def made(seed: int = 1, own: tuple[LyricSection, ...] = (), **asked: object) -> SongPlan:
    return plan(replace(SongRequest(), **asked), seed, VOICES, own)  # type: ignore[arg-type]


def ring_s(song: SongPlan) -> float:
    bars = sum(section.bars for section in song.form)
    return song.duration_s - bars * bar_s(song)


def bar_s(song: SongPlan) -> float:
    return beats_per_bar(song.time_signature) * 60 / song.tempo_bpm


def section(name: str, kind: SectionKind, *lines: str) -> LyricSection:
    return LyricSection(name, kind, tuple(Line(line, "member") for line in lines))


def test_one_request_and_seed_give_one_plan() -> None:
    assert made(7, genre=("pop",)) == made(7, genre=("pop",))
    assert len({made(seed).key for seed in range(12)}) > 3


@pytest.mark.parametrize("genre", PLAYABLE)
def test_every_playable_genre_is_planned_without_a_remark(genre: str) -> None:
    for seed in range(3):
        song = made(seed, genre=(genre,))
        assert song.genre == genre
        assert song.remarks == ()
        assert 118 <= song.duration_s <= 171


@pytest.mark.parametrize(
    ("asked", "played"),
    [("metal", "rock"), ("trap", "hip-hop"), ("soul", "r&b"), ("techno", "house"), ("classical", "cinematic")],
)
def test_a_genre_the_band_cannot_play_becomes_the_nearest_and_says_so(asked: str, played: str) -> None:
    song = made(genre=(asked,))
    assert song.genre == played
    assert asked in song.remarks[0].en
    assert asked in song.remarks[0].zh


@pytest.mark.parametrize("tempo", [40.0, 61.5, 90.0, 127.0, 174.0, 240.0])
def test_an_asked_tempo_is_met_exactly(tempo: float) -> None:
    assert made(genre=("ballad",), tempo_bpm=tempo).tempo_bpm == tempo


def test_a_tempo_range_is_kept_and_a_word_leans_on_the_genre() -> None:
    for seed in range(8):
        assert 95 <= made(seed, genre=("lo-fi",), tempo_bpm=(95.0, 99.0)).tempo_bpm <= 99
        slow, fast = (made(seed, genre=("pop",), tempo_word=word).tempo_bpm for word in ("slow", "fast"))
        assert 92 <= slow < fast <= 124


@pytest.mark.parametrize(
    ("asked", "written"),
    [("A minor", "A minor"), ("F# major", "F# major"), ("Bbm", "Bb minor"), ("c sharp minor", "C# minor")],
)
def test_an_asked_key_is_met_exactly(asked: str, written: str) -> None:
    assert made(key=asked).key == written


def test_a_church_mode_is_played_as_its_nearest_key_with_a_remark() -> None:
    song = made(key="D dorian")
    assert song.key == "D minor"
    assert "D dorian" in song.remarks[0].en


def test_a_sad_song_is_in_minor_and_a_happy_one_in_major() -> None:
    for seed in range(8):
        assert made(seed, mood=("sad",)).key.endswith("minor")
        assert made(seed, mood=("happy",)).key.endswith("major")


@pytest.mark.parametrize("seconds", [15.0, 22.0, 30.0, 47.5, 60.0, 90.0, 133.0, 180.0, 240.0, 301.0, 360.0])
@pytest.mark.parametrize("tempo", [52.0, 76.0, 101.0, 128.0, 180.0])
def test_an_asked_length_is_met_and_filled_with_music(seconds: float, tempo: float) -> None:
    for genre in ("pop", "folk", "house"):
        song = made(3, genre=(genre,), tempo_bpm=tempo, duration_s=seconds)
        assert song.duration_s == seconds
        assert 1.0 <= ring_s(song) <= bar_s(song) + 3
        assert any(section.lines for section in song.form)
        for part in song.form:
            assert part.kind != "intro" or (part.bars <= 8 and part.bars * bar_s(song) <= 12.5)
            # The last line may ring on for a bar.
            assert part.lines == 0 or part.bars - part.lines * song.bars_per_line in {0, int(part == song.form[-1])}


def chorus_at_s(song: SongPlan) -> float:
    before = takewhile(lambda part: part.kind != "chorus", song.form)
    return sum(part.bars for part in before) * bar_s(song)


@pytest.mark.parametrize("genre", PLAYABLE)
def test_a_song_of_two_minutes_tells_on_and_comes_back_soon(genre: str) -> None:
    """Two verses, choruses of four lines, the first within three quarters of a minute, something new late on."""
    for seed in range(6):
        for asked in (None, 110.0, 150.0):
            song = made(seed, genre=(genre,), duration_s=asked)
            kinds = [part.kind for part in song.form]
            assert kinds.count("verse") >= 2
            assert kinds.count("chorus") >= 2
            assert chorus_at_s(song) <= 45
            assert {part.lines for part in song.form if part.kind == "chorus"} == {4}
            if song.duration_s > 135:
                assert {"bridge", "instrumental"} & set(kinds)


def test_verses_of_eight_lines_are_for_quick_songs_and_storytellers() -> None:
    for genre in ("lo-fi", "guofeng", "ballad", "pop", "r&b", "city pop"):
        for seed in range(6):
            song = made(seed, genre=(genre,))
            verses = [part for part in song.form if part.kind == "verse"]
            assert all(part.bars * bar_s(song) <= 32 for part in verses)
    assert any(part.lines == 8 for part in made(genre=("hip-hop",)).form)


@pytest.mark.parametrize("seconds", [25.0, 32.0, 40.0, 60.0, 75.0, 90.0])
def test_a_short_song_still_has_a_verse_before_its_chorus(seconds: float) -> None:
    for genre in ("pop", "lo-fi", "rock", "guofeng", "house"):
        kinds = [part.kind for part in made(3, genre=(genre,), duration_s=seconds).form if part.lines]
        assert kinds[0] == "verse"
        assert "chorus" in kinds


def test_a_short_song_is_its_chorus_and_a_long_one_says_it_often() -> None:
    short, long = made(genre=("pop",), duration_s=20.0), made(genre=("pop",), duration_s=240.0)
    assert [part.kind for part in short.form if part.lines] == ["chorus"]
    assert sum(part.kind == "chorus" for part in long.form) >= 3


@pytest.mark.parametrize("tempo", [60.0, 75.0, 90.0, 120.0, 150.0, 200.0])
def test_a_line_has_time_to_be_sung(tempo: float) -> None:
    song = made(genre=("pop",), tempo_bpm=tempo)
    assert 2.9 <= song.bars_per_line * bar_s(song) <= 7


def test_an_asked_structure_is_kept_in_order() -> None:
    asked = ("intro", "verse", "chorus", "verse", "chorus", "bridge", "chorus", "outro")
    assert tuple(part.kind for part in made(structure=asked).form) == asked
    song = made(structure=asked, duration_s=75.0)
    assert tuple(part.kind for part in song.form) == asked
    assert ring_s(song) <= bar_s(song) + 3


def test_sections_are_numbered_and_the_last_chorus_is_the_summit() -> None:
    song = made(genre=("pop",), duration_s=200.0)
    assert len({part.name for part in song.form}) == len(song.form)
    assert {"verse 1", "verse 2", "chorus 1"} <= {part.name for part in song.form}
    summit = max(song.form, key=lambda part: part.energy)
    assert summit.name == [part.name for part in song.form if part.kind == "chorus"][-1]
    assert all(0 <= part.energy <= 1 for part in song.form)


def test_voices_follow_language_and_gender() -> None:
    assert {voice.id for seed in range(9) for voice in made(seed, vocals="female").voices} == {"ada", "eve"}
    assert [voice.id for voice in made(vocals="male", language="zh").voices] == ["jun"]
    assert [voice.gender for voice in made(vocals="duet").voices] == ["female", "male"]
    assert made(message_language="zh").voices[0].language == "zh"


def test_an_instrumental_has_no_voice_and_no_lines() -> None:
    song = made(vocals="none", genre=("jazz",))
    assert song.voices == ()
    assert not song.spoken
    assert all(part.lines == 0 for part in song.form)


def test_hip_hop_is_rapped_unless_singing_is_asked_for() -> None:
    assert made(genre=("hip-hop",)).spoken
    assert not made(genre=("hip-hop",), text="a hip-hop song, but sing it").spoken
    assert made(genre=("hip-hop",), text="唱一首说唱", message_language="zh").spoken
    assert not made(genre=("hip-hop",), text="嘻哈，但要用唱的", message_language="zh").spoken
    assert not made(genre=("pop",)).spoken


def test_own_lyrics_define_the_form() -> None:
    own = (
        section("verse 1", "verse", "The kettle sings a little low", "I set two cups before I know", "And wait"),
        section("chorus 1", "chorus", "Stay a while", "Stay a while with me"),
        section("verse 2", "verse", "The morning came without a sound"),
    )
    song = made(own=own, genre=("folk",))
    sung = [(part.name, part.kind, part.lines) for part in song.form if part.lines]
    assert sung == [("verse 1", "verse", 3), ("chorus 1", "chorus", 2), ("verse 2", "verse", 1)]
    assert ring_s(song) <= bar_s(song) + 3
    asked = made(own=own, genre=("folk",), duration_s=60.0)
    assert asked.duration_s == 60
    assert [part.lines for part in asked.form if part.lines] == [3, 2, 1]
    assert ring_s(asked) <= bar_s(asked) + 3


def test_own_sections_keep_their_names_and_new_ones_get_free_ones() -> None:
    own = (
        section("intro 1", "intro", "La la la"),
        section("verse 1", "verse", "Rain on the window"),
        LyricSection("instrumental 1", "instrumental", ()),
        section("chorus 1", "chorus", "Stay a while"),
    )
    song = made(own=own, duration_s=90.0)
    names = [part.name for part in song.form]
    assert len(set(names)) == len(names)
    kept = [name for name in names if name in {"intro 1", "verse 1", "instrumental 1", "chorus 1"}]
    assert kept == ["intro 1", "verse 1", "instrumental 1", "chorus 1"]


def test_a_long_own_line_gets_more_bars() -> None:
    short = made(own=(section("verse 1", "verse", "one two three four"),), genre=("pop",))
    long = made(own=(section("verse 1", "verse", "one two three four " * 10),), genre=("pop",))
    assert max(part.bars for part in long.form) > 2 * min(part.bars for part in short.form if part.lines)


def test_own_lyrics_tell_the_language() -> None:
    assert made(own=(section("verse 1", "verse", "窗外的雨一直下"),)).language == "zh"
    assert made(own=(section("verse 1", "verse", "Rain on the window"),), message_language="zh").language == "en"


def test_words_without_a_voice_are_sung_and_remarked_on() -> None:
    song = made(own=(section("verse 1", "verse", "Rain on the window"),), vocals="none")
    assert song.voices
    assert song.remarks


@pytest.mark.parametrize(
    "asked",
    [
        {"tempo_bpm": 0.0},
        {"tempo_bpm": -20.0},
        {"tempo_bpm": 400.0},
        {"tempo_bpm": (300.0, 320.0)},
        {"duration_s": 10800.0},
        {"duration_s": 3.0},
        {"time_signature": "7/8"},
        {"time_signature": "5/4"},
        {"key": "H quarter"},
        {"language": "fr"},
        {"language": "yue"},
    ],
)
def test_an_impossible_wish_is_refused_in_one_sentence(asked: dict[str, object]) -> None:
    with pytest.raises(WishError) as refused:
        made(**asked)  # type: ignore[arg-type]
    assert refused.value.en.endswith(".")
    assert refused.value.zh.endswith("。")
    assert "{" not in refused.value.en + refused.value.zh


def test_a_refusal_says_what_is_possible() -> None:
    for request, hints in (
        (SongRequest(tempo_bpm=400.0), ("400", "40", "240")),
        (SongRequest(tempo_bpm=0.0), ("0", "40", "240")),
        (SongRequest(duration_s=10800.0), ("15", "6")),
    ):
        with pytest.raises(WishError) as refused:
            plan(request, 1, VOICES)
        assert all(hint in sentence for hint in hints for sentence in (refused.value.en, refused.value.zh))
    with pytest.raises(WishError) as refused:
        made(language="fr")
    assert "French" in refused.value.en
    assert "English or Mandarin" in refused.value.en
    assert "法语" in refused.value.zh


def test_many_words_in_little_time_are_refused_with_the_time_they_need() -> None:
    own = tuple(section(f"verse {n}", "verse", *["The kettle sings a little low"] * 8) for n in range(1, 6))
    with pytest.raises(WishError, match=r"at least \d+ seconds"):
        made(own=own, duration_s=20.0)


def test_a_line_that_nobody_could_sing_is_refused() -> None:
    made(own=(section("verse 1", "verse", "la " * 60),))
    with pytest.raises(WishError, match="64,000 characters"):
        made(own=(section("verse 1", "verse", "a" * 64_000),))
