"""The embedded lyricist keeps its promises, over the whole bank in both languages."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.errors import MissingPart
from generation.lyrics.metre import syllables
from generation.lyrics.rhyme import rhymed_share
from generation.lyrics.versebook import PACKAGED, read_bank
from generation.lyrics.verses import VerseLyricist
from generation.song import FormSection, Lyrics, SectionKind, SongPlan, SongRequest

KINDS: dict[str, SectionKind] = {
    "i": "intro",
    "v": "verse",
    "p": "pre-chorus",
    "c": "chorus",
    "b": "bridge",
    "s": "instrumental",
    "o": "outro",
}
SONG = "i0 v4 p2 c4 v4 p2 c4 b2 c4 o0"
REQUESTS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "requests.toml").read_text(encoding="utf-8"))
SMELLS = re.compile(
    r"[{}]|  |^[a-z\s]|\s$|的的|在在|"
    r"(?i:\b(the|a|an|my|your) (the|a|an|my|your|our|his|her)\b|\b(\w+) \3 \3\b|\ba (?!one)[aeio]\w)"
)


def form(spec: str) -> tuple[FormSection, ...]:
    count: Counter[str] = Counter()
    sections = []
    for token in spec.split():
        kind = KINDS[token[0]]
        count[kind] += 1
        sections.append(FormSection(f"{kind} {count[kind]}", kind, 8, int(token[1:]), 0.5))
    return tuple(sections)


def plan(language: str, seed: int = 1, spec: str = SONG, moods: tuple[str, ...] = ()) -> SongPlan:
    return SongPlan(
        seed=seed,
        genre="pop",
        moods=moods,
        tempo_bpm=90.0,
        key="C major",
        time_signature="4/4",
        language=language,
        voices=(),
        duration_s=120.0,
        form=form(spec),
        bars_per_line=2,
        spoken=False,
        swing=0.5,
        swing_unit=0.5,
    )


@cache
def write(theme: str | None, language: str, seed: int = 1, spec: str = SONG, **wish: object) -> Lyrics:
    request = SongRequest(text=theme or "", theme=theme, **wish)  # type: ignore[arg-type]
    return VerseLyricist().write(request, plan(language, seed, spec))


def lines(lyrics: Lyrics, *kinds: str) -> list[str]:
    return [line.text for section in lyrics.sections if not kinds or section.kind in kinds for line in section.lines]


def sung(lyrics: Lyrics) -> str:
    return "\n".join(lines(lyrics)).lower()


BOTH = [(theme, language) for language, themes in REQUESTS.items() for theme in themes]


@pytest.mark.parametrize(("theme", "language"), BOTH)
def test_every_song_is_whole(theme: str, language: str) -> None:
    lyrics = write(theme, language)
    wanted = [section for section in form(SONG) if section.lines]
    assert [(section.name, len(section.lines)) for section in lyrics.sections] == [(s.name, s.lines) for s in wanted]
    # The chorus returns word for word; outside it no line is sung twice.
    assert len({tuple(section.lines) for section in lyrics.sections if section.kind == "chorus"}) == 1
    others = lines(lyrics, "verse", "pre-chorus", "bridge")
    assert len(others) == len(set(others))
    assert not set(others) & set(lines(lyrics, "chorus"))
    assert lyrics.title.lower() in "\n".join(lines(lyrics, "chorus")).lower()
    assert [line for line in lines(lyrics) if SMELLS.search(line)] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nearly_every_line_rhymes(language: str) -> None:
    songs = [write(theme, language) for theme in REQUESTS[language]]
    shares = {
        theme: sum(rhymed_share(sung, language) * len(sung) for sung in sections) / sum(map(len, sections))
        for theme, song in zip(REQUESTS[language], songs, strict=True)
        for sections in [[[line.text for line in section.lines] for section in song.sections]]
    }
    assert {theme: share for theme, share in shares.items() if share < 0.85} == {}
    assert sum(shares.values()) / len(shares) > 0.95


@pytest.mark.parametrize(
    ("theme", "language", "names"),
    [
        ("rain in Shanghai", "en", ["rain", "shanghai"]),
        ("the lighthouse keeper's cat", "en", ["the lighthouse keeper's cat"]),
        ("a delivery rider's night shift", "en", ["a delivery rider's night shift"]),
        ("my broken espresso machine", "en", ["my broken espresso machine"]),
        ("my grandmother's tea garden", "en", ["my grandmother's tea garden"]),
        ("my sister Anna who loves cats", "en", ["my sister anna"]),
        ("Anna's birthday", "en", ["anna"]),
        ("insomnia", "en", ["insomnia"]),
        ("learning to swim", "en", ["learning to swim"]),
        ("上海的雨", "zh", ["上海", "雨"]),
        ("外婆的茶园", "zh", ["外婆的茶园"]),
        ("灯塔看守人的猫", "zh", ["灯塔看守人的猫"]),
        ("外卖骑手的夜班", "zh", ["外卖骑手的夜班"]),
        ("女儿小雨的生日", "zh", ["小雨", "生日"]),
        ("外婆的茶園", "zh", ["外婆的茶园"]),
        # The other language's request is sung in this one's words.
        ("外婆的茶园", "en", ["my grandmother's tea garden"]),
        ("成都的夏天", "en", ["chengdu"]),
        ("灯塔看守人的猫", "en", ["the lighthouse keeper's cat"]),
        ("rain in Shanghai", "zh", ["上海", "雨"]),
        ("my grandmother's tea garden in Hangzhou", "zh", ["外婆的茶园", "杭州"]),
    ],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_listener_hears_the_subject_by_name(theme: str, language: str, names: list[str], seed: int) -> None:
    words = sung(write(theme, language, seed))
    assert [name for name in names if name not in words] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_prepared_theme_makes_a_song_of_its_own(language: str) -> None:
    bank = read_bank(PACKAGED, language)
    for theme in bank.values():
        if theme.generic or not theme.words[language]:
            continue
        lyrics = write(theme.words[language][0], language)
        own = {line for entry in theme.entries for line in entry.lines}
        said = [line for line in lines(lyrics) if line in own]
        assert len(said) >= len(lines(lyrics)) / 3, theme.id


@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_songs_of_one_request_share_few_lines(language: str) -> None:
    shared = {}
    for theme in REQUESTS[language]:
        one, other = (set(lines(write(theme, language, seed))) for seed in (1, 2))
        shared[theme] = len(one & other) / len(one | other)
    assert sum(shared.values()) / len(shared) < 0.25
    assert {theme: share for theme, share in shared.items() if share >= 0.6} == {}


def moods_sung(lyrics: Lyrics, kind: str) -> list[frozenset[str]]:
    """The moods of the bank's entries that a song is made of; lines with a slot are not found again."""
    said = set(lines(lyrics, kind))
    bank = read_bank(PACKAGED, lyrics.language).values()
    return [entry.moods for theme in bank for entry in theme.entries if said & set(entry.lines)]


OPPOSED = [
    ("sad", {"happy", "funny", "energetic"}, {"sad", "lonely", "nostalgic", "calm", "dark"}),
    ("happy", {"sad", "lonely", "dark", "angry", "tense"}, {"happy", "energetic", "funny", "hopeful", "romantic"}),
    ("angry", {"calm", "romantic", "dreamy", "happy"}, {"angry", "tense", "dark", "energetic"}),
    ("tense", {"calm", "dreamy", "happy", "funny"}, {"tense", "dark", "angry", "epic"}),
]


@pytest.mark.parametrize(("mood", "opposite", "fitting"), OPPOSED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_mood_asked_for_is_kept(mood: str, opposite: set[str], fitting: set[str], language: str) -> None:
    against = total = 0
    for theme in REQUESTS[language][:24]:
        lyrics = write(theme, language, 3, mood=(mood,))
        for moods in moods_sung(lyrics, "chorus"):
            assert moods & fitting, (theme, lyrics.title)
        verses = moods_sung(lyrics, "verse")
        total += len(verses)
        against += sum(bool(moods & opposite) and not moods & fitting for moods in verses)
    assert against <= total / 20


@pytest.mark.parametrize(
    ("theme", "words"),
    [("my late husband", "smile|here comes"), ("a lullaby for my daughter Mia", "not this time|done with you|slammed")],
)
def test_a_theme_has_a_mood_of_its_own(theme: str, words: str) -> None:
    for seed in range(8):
        assert not re.search(words, sung(write(theme, "en", seed)))


@pytest.mark.parametrize(
    ("theme", "language", "place"),
    [("rain in Shanghai", "en", "shanghai"), ("winter in Oslo", "en", "oslo"), ("上海的雨", "zh", "上海")],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_place_is_heard_in_verse_and_chorus(theme: str, language: str, place: str, seed: int) -> None:
    lyrics = write(theme, language, seed)
    assert place in "\n".join(lines(lyrics, "verse")).lower()
    assert place in "\n".join(lines(lyrics, "chorus")).lower()


@pytest.mark.parametrize(
    ("theme", "language", "not_said"),
    [
        ("和妈妈一起包饺子", "zh", "(这|那个?)(和妈妈|饺子)"),
        ("girls who code", "en", "the girl\\b|girls who code (is|makes|waits)"),
        ("learning to swim", "en", "the learning"),
    ],
)
def test_a_deed_is_sung_as_a_deed(theme: str, language: str, not_said: str) -> None:
    for seed in range(4):
        words = sung(write(theme, language, seed))
        assert theme in words
        assert not re.search(not_said, words)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_lines_of_a_section_are_close_in_length(language: str) -> None:
    wide = total = 0
    for theme in REQUESTS[language]:
        for section in write(theme, language).sections:
            counts = [syllables(line.text, language) for line in section.lines]
            wide += max(counts) - min(counts) > 3
            total += 1
    assert wide <= total / 20


@pytest.mark.parametrize("language", ["en", "zh"])
def test_seeds_give_different_songs(language: str) -> None:
    for theme in ("rain", "missing you", "my broken espresso machine") if language == "en" else ("雨", "外婆", "失眠"):
        songs = {sung(write(theme, language, seed)) for seed in range(6)}
        assert len(songs) == 6, theme


def test_the_same_seed_gives_the_same_song() -> None:
    assert write("rain in Shanghai", "en", 7) == write("rain in Shanghai", "en", 7)


def test_a_longer_form_leaves_the_sections_before_it_untouched() -> None:
    short, long = write("the sea", "en", spec="v4 c4"), write("the sea", "en", spec="v4 c4 v4 c4")
    assert long.sections[:2] == short.sections


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 8])
@pytest.mark.parametrize(("theme", "language"), [("rain", "en"), ("猫", "zh")])
def test_sections_of_any_length(count: int, theme: str, language: str) -> None:
    lyrics = write(theme, language, spec=f"i{count} v{count} p{count} c{count} b{count} o{count}")
    assert {len(section.lines) for section in lyrics.sections} == {count}
    assert lyrics.title.lower() in "\n".join(lines(lyrics, "chorus")).lower()


def test_a_form_longer_than_the_theme_still_repeats_nothing() -> None:
    found = lines(write("an onion", "en", spec="v8 c4 v8 c4 v8 b8 v8 v8"), "verse", "bridge")
    assert len(found) == len(set(found)) == 48


def test_the_lines_of_a_verse_are_about_as_long() -> None:
    lyrics = write("winter in Hokkaido", "en", spec="v8 c4")
    counts = [len(line.split()) for line in lines(lyrics, "verse")]
    assert max(counts) <= 2 * min(counts)


@pytest.mark.parametrize(
    ("title", "theme", "language"),
    [("Bus Stop Blues", "rain", "en"), ("I Can't Believe It's You", None, "en"), ("慢慢来", "上海的雨", "zh")],
)
def test_a_given_title_is_the_hook(title: str, theme: str | None, language: str) -> None:
    lyrics = write(theme, language, title=title)
    assert lyrics.title == title
    assert title.lower() in "\n".join(lines(lyrics, "chorus")).lower()


def test_a_title_in_the_other_script_stays_a_title() -> None:
    lyrics = write("rain", "en", title="雨夜")
    assert lyrics.title == "雨夜"
    assert not re.search("[一-鿿]", sung(lyrics))


@pytest.mark.parametrize("theme", ["my fucking boss", "the bitch next door", "傻逼老板"])
def test_no_slot_is_filled_with_a_rude_word(theme: str) -> None:
    for language in ("en", "zh"):
        assert not re.search("fuck|bitch|傻逼", sung(write(theme, language)))


def test_a_rude_title_is_not_sung_by_the_machine() -> None:
    assert "shit" not in sung(write("rain", "en", title="Shit Happens"))


def test_a_song_about_a_grandfather_has_no_grandmother() -> None:
    for seed in range(5):
        assert not re.search(r"\b(grandma|she|her)\b", sung(write("my grandfather", "en", seed)))
        assert not re.search("外婆|奶奶|她", sung(write("爷爷", "zh", seed)))


def test_a_request_without_a_theme_follows_the_mood() -> None:
    lyrics = write(None, "en", mood=("happy",))
    entries = [entry for theme in read_bank(PACKAGED, "en").values() for entry in theme.entries]
    said = set(lines(lyrics))
    moods = [entry.moods for entry in entries if said & set(entry.lines)]
    assert sum("happy" in mood for mood in moods) > len(moods) / 2


OWN = "[Verse]\nMy own words, Kept  so\nand a second line\n\n[Chorus]\nHey Anna, hey hey\nwe go out to sea"


def test_the_members_lines_are_kept_to_the_letter_and_the_rest_is_marked_machine() -> None:
    lyrics = write("the sea", "en", spec="v2 c2 v2 c2", lyrics=OWN)
    first, chorus, second, again = lyrics.sections
    assert [line.text for line in first.lines] == ["My own words, Kept  so", "and a second line"]
    assert chorus.lines == again.lines
    assert {line.author for line in (*first.lines, *chorus.lines)} == {"member"}
    assert {line.author for line in second.lines} == {"machine"}
    assert lyrics.title == "Hey Anna"


def test_a_form_with_more_room_than_words_is_filled_by_the_machine() -> None:
    lyrics = write("the sea", "en", spec="v4 c2", lyrics=OWN)
    assert [line.author for line in lyrics.sections[0].lines] == ["member", "member", "machine", "machine"]


def test_the_members_lines_are_never_cut() -> None:
    assert len(write("the sea", "en", spec="v1 c1", lyrics=OWN).sections[0].lines) == 2


def test_a_bank_of_ones_own(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "soup.toml").write_text(
        'theme = "soup"\nwords_en = ["soup"]\nmoods = ["happy"]\n'
        '[[verse]]\nlines = ["A {word} in the pot", "The kitchen is hot"]\n'
        '[[verse]]\nlines = ["A spoon and a bowl", "It goes to the soul"]\n'
        '[[chorus]]\ntitle = "Soup Again"\nlines = ["Soup again", "Now and then", "Soup again", "Amen"]\n'
    )
    request = SongRequest(text="soup", theme="onion soup")
    lyrics = VerseLyricist(tmp_path).write(request, plan("en", spec="v4 c4"))
    assert lyrics.title == "Soup Again"
    assert set(lines(lyrics, "verse")) >= {"A spoon and a bowl", "It goes to the soul"}


def test_a_bank_with_too_few_lines_is_a_missing_part(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "soup.toml").write_text('words_en = ["soup"]\n[[verse]]\nlines = ["A pot", "So hot"]\n')
    with pytest.raises(MissingPart):
        VerseLyricist(tmp_path).write(SongRequest(theme="soup"), plan("en"))


def test_a_song_without_a_chorus_goes_by_its_first_line() -> None:
    lyrics = write("the sea", "en", spec="v4 b2 v4")
    assert lines(lyrics)[0].startswith(lyrics.title)


def test_a_genre_is_no_theme() -> None:
    house = VerseLyricist().write(SongRequest(text="a house track", genre=("house",), mood=("energetic",)), plan("en"))
    home = {line for entry in read_bank(PACKAGED, "en")["home"].entries for line in entry.lines}
    assert not home & set(lines(house))


def test_a_language_without_a_bank_is_a_missing_part() -> None:
    with pytest.raises(MissingPart):
        write("la mer", "fr")


@settings(max_examples=40, deadline=None)
@given(theme=st.text(max_size=40), language=st.sampled_from(["en", "zh"]), seed=st.integers(0, 999))
def test_no_text_breaks_the_lyricist(theme: str, language: str, seed: int) -> None:
    lyrics = write(theme, language, seed, spec="v4 c4")
    assert [len(section.lines) for section in lyrics.sections] == [4, 4]
    assert not re.search("[{}]", sung(lyrics).replace(theme.lower(), ""))


DETERMINERS = st.sampled_from(["", "a ", "an ", "the ", "my ", "our ", "these ", "two ", "every "])
ADJECTIVES = st.sampled_from(["", "old ", "orange ", "broken ", "very happy ", "late-night "])
OWNERS = st.sampled_from(["", "teacher's ", "Anna's ", "my mom's ", "the ugly duckling's "])
NOUNS = st.sampled_from(
    ["umbrella", "onions", "tea garden", "children", "night shift", "hour", "honesty", "Lego", "bus"]
)


@settings(max_examples=40, deadline=None)
@given(determiner=DETERMINERS, owner=OWNERS, adjective=ADJECTIVES, noun=NOUNS, seed=st.integers(0, 99))
def test_english_slots_stay_grammatical(determiner: str, owner: str, adjective: str, noun: str, seed: int) -> None:
    if determiner and owner.startswith(("my", "the", "Anna")):
        determiner = ""
    lyrics = write(f"{determiner}{owner}{adjective}{noun}", "en", seed)
    assert [line for line in lines(lyrics) if SMELLS.search(line)] == []
