"""A sentence becomes a song, on paper first or at once, and the song goes on from there."""

from __future__ import annotations

import pytest

from tests.journeys.person import Person, Seen, Stage

pytestmark = pytest.mark.asyncio

WISH = "a calm 20 second pop song about the sea, female voice, 100 bpm"
WORDS = (
    "[Verse]\nI left my shoes beside the door\nI walked along the morning shore\n[Chorus]\nSing me home\nSing me home"
)


def is_song(seen: Seen) -> bool:
    return any(name.endswith(".mp3") and size > 10_000 for name, size in seen.files)


def is_sheet(seen: Seen) -> bool:
    return seen.has("sing") and not seen.files


async def a_song(person: Person, wish: str = WISH) -> Seen:
    await person.say(wish)
    return await person.until(is_song)


async def a_sheet(person: Person, wish: str = WISH) -> Seen:
    await person.command("sheet", wish)
    return await person.until(is_sheet)


def songs(person: Person) -> list[Seen]:
    return [seen for seen in person.posts() if is_song(seen)]


async def test_a_sentence_comes_back_as_a_song_with_its_note_and_its_buttons(stage: Stage) -> None:
    anna = await stage.person("Anna")
    song = await a_song(anna)
    assert "we claim nothing" in song.text
    for verb in ("again", "change", "extend", "stems", "licence", "forget"):
        assert song.has(verb), verb
    assert len(songs(anna)) == 1


async def test_the_first_reply_says_what_was_understood(stage: Stage) -> None:
    anna = await stage.person("Anna")
    await anna.say(WISH)
    first = await anna.until(lambda seen: "sea" in seen.text)
    assert "100" in first.text


async def test_chinese_is_answered_in_chinese(stage: Stage) -> None:
    lan = await stage.person("小兰", "zh")
    await lan.say("写一首20秒的歌，关于大海，女声")
    song = await lan.until(is_song)
    assert "我们不主张" in song.text
    assert any(label == "再来一版" or "再来" in label for label, _ in song.buttons)


async def test_the_sheet_comes_first_and_costs_no_sound(stage: Stage) -> None:
    anna = await stage.person("Anna")
    sheet = await a_sheet(anna)
    assert "100" in sheet.text
    assert not songs(anna)
    await anna.press(sheet, "sing")
    await anna.until(is_song)


async def test_a_sheet_is_changed_as_often_as_one_likes(stage: Stage) -> None:
    anna = await stage.person("Anna")
    sheet = await a_sheet(anna)
    await anna.say("in D minor", answering=sheet)
    changed = await anna.until(lambda seen: is_sheet(seen) and "D minor" in seen.text)
    await anna.say("make it 120 bpm", answering=changed)
    await anna.until(lambda seen: is_sheet(seen) and "120" in seen.text and "D minor" in seen.text)
    assert not songs(anna)


async def test_the_change_button_asks_what_to_change(stage: Stage) -> None:
    anna = await stage.person("Anna")
    sheet = await a_sheet(anna)
    await anna.press(sheet, "change", answer="in D minor")
    await anna.until(lambda seen: is_sheet(seen) and "D minor" in seen.text)


async def test_own_words_are_kept_to_the_letter(stage: Stage) -> None:
    anna = await stage.person("Anna")
    await anna.say("make a folk song of these words", file=("words.txt", "text/plain", WORDS.encode()))
    song = await anna.until(is_song)
    for line in WORDS.splitlines():
        assert line.startswith("[") or line in song.text


async def test_one_word_changes_and_the_new_song_knows_its_parent(stage: Stage) -> None:
    anna = await stage.person("Anna")
    await anna.command("song", "a folk song, lyrics:\n" + WORDS)
    song = await anna.until(is_song)
    await anna.say("change shoes to boots", answering=song)
    await anna.until(lambda seen: is_song(seen) and "I left my boots beside the door" in seen.text)
    assert len(songs(anna)) == 2
    await anna.command("mine")
    await anna.until(lambda seen: seen.post not in {post.post for post in songs(anna)} and "2" in seen.text)


async def test_again_makes_another_take(stage: Stage) -> None:
    anna = await stage.person("Anna")
    song = await a_song(anna)
    await anna.press(song, "again")
    await anna.until(lambda seen: is_song(seen) and seen.post != song.post)


async def test_a_verb_works_as_a_plain_sentence(stage: Stage) -> None:
    anna = await stage.person("Anna")
    song = await a_song(anna)
    await anna.say("can I use this in an ad?", answering=song)
    await anna.until(lambda seen: not seen.files and "In an ad: yes" in seen.text)
    await anna.say("show me the lyrics", answering=song)
    await anna.until(lambda seen: not seen.files and "The words of" in seen.text)


async def test_parts_are_posted(stage: Stage) -> None:
    anna = await stage.person("Anna")
    song = await a_song(anna)
    await anna.press(song, "stems")
    menu = await anna.until(lambda seen: ("stems", "midi") in {tuple(d.split(":")[::2]) for _, d in seen.buttons})
    await anna.press(menu, "stems", "midi")
    await anna.until(lambda seen: any(name.endswith(".mid") for name, _ in seen.files))


async def test_help_lists_the_verbs_in_the_members_language(stage: Stage) -> None:
    anna = await stage.person("Anna")
    await anna.command("help")
    await anna.until(lambda seen: "hum" in seen.text.lower())
    await anna.command("language", "中文")
    await anna.command("help")
    await anna.until(lambda seen: "哼" in seen.text)
