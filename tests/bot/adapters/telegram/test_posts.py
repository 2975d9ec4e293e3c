"""What people see of a reply."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.adapters.base import Gone
from bot.conversation.message import Member, Message, Place
from bot.conversation.reply import Button, File, Folded, Reply
from tests.bot.adapters.telegram.conftest import Scene

pytestmark = pytest.mark.asyncio
AGAIN = ((Button("Again", "again", "abcde23456"),),)
NOTE = "You may use it.\n" * 100


def picture(width: int = 64, height: int = 48, kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, kind)
    return out.getvalue()


def song(name: str = "Rain.mp3", **more: object) -> File:
    return File(name, "audio/mpeg", content=b"ID3 song", **more)  # type: ignore[arg-type]


def here(scene: Scene) -> str:
    return f"telegram:{scene.anna}"


def labels(post: dict[str, object]) -> list[str]:
    markup = post.get("reply_markup", {})
    assert isinstance(markup, dict)
    return [key["text"] for row in markup.get("inline_keyboard", []) for key in row]


async def test_a_song_is_played_with_its_title_and_carries_its_buttons(scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "雨.mp3"
    path.write_bytes(b"ID3 song")
    thumbnail = picture(320, 320, "JPEG")
    file = File("雨.mp3", "audio/mpeg", path, title="雨", performer="Bella", duration_s=20.4, thumbnail=thumbnail)
    name = await scene.surface.post(here(scene), Reply("Rain <3", buttons=AGAIN, files=(file,)))
    (post,) = scene.posts()
    assert (str(post["message_id"]), post["caption"], labels(post)) == (name, "Rain <3", ["Again"])
    audio = post["audio"]
    assert (audio["file_name"], audio["title"], audio["performer"], audio["duration"]) == ("雨.mp3", "雨", "Bella", 20)
    assert scene.world.files[audio["file_id"]] == b"ID3 song"


async def test_what_does_not_fit_into_a_caption_follows_the_song(scene: Scene) -> None:
    reply = Reply("A song", (Folded("Lyrics", "la la la\n" * 600), Folded("Note", NOTE)), AGAIN, (song(),))
    name = await scene.surface.post(here(scene), reply)
    main, *further = scene.posts()
    assert (str(main["message_id"]), main["caption"], labels(main)) == (name, "A song", ["Again"])
    assert sum(post["text"].count("la la la") for post in further) == 600
    assert all(post["reply_to_message"]["message_id"] == main["message_id"] for post in further[:1])
    assert not any(labels(post) for post in further)


async def test_a_long_text_has_its_buttons_at_the_end(scene: Scene) -> None:
    name = await scene.surface.post(here(scene), Reply("la la la\n" * 1000, buttons=AGAIN))
    *before, last = scene.posts()
    assert [len(post["text"]) <= 4096 for post in before] == [True, True]
    assert (str(last["message_id"]), labels(last)) == (name, ["Again"])


async def test_ten_megabytes_come_as_a_file(scene: Scene) -> None:
    text = "la la la 啦\n" * 800_000
    await scene.surface.post(here(scene), Reply("Here", (Folded("Lyrics", text),), AGAIN, language="zh"))
    (post,) = scene.posts()
    assert "文件" in post["caption"]
    assert labels(post) == ["Again"]
    assert scene.world.files[post["document"]["file_id"]].decode().endswith(text)


async def test_several_files_come_in_albums_and_the_text_last(scene: Scene) -> None:
    stems = tuple(File(f"stem {number}.flac", "audio/flac", content=b"fLaC") for number in range(11))
    name = await scene.surface.post(
        here(scene), Reply("The parts", buttons=AGAIN, files=(song(), song("B.mp3"), *stems))
    )
    assert scene.stand.counts["sendMediaGroup"] == 2
    assert scene.stand.counts["sendDocument"] == 1
    *files, text = scene.posts()
    assert [("audio" if "audio" in post else post["document"]["file_name"]) for post in files] == [
        "audio",
        "audio",
        *(file.name for file in stems),
    ]
    assert (str(text["message_id"]), text["text"], labels(text)) == (name, "The parts", ["Again"])


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (File("notes.png", "image/png", content=picture()), "photo"),
        (File("notes.png", "image/png", content=picture(3000, 20)), "document"),
        (File("song.mid", "audio/midi", content=b"MThd"), "document"),
        (File("song.flac", "audio/flac", content=b"fLaC"), "document"),
        (File("song.m4a", "audio/mp4", content=b"ftyp"), "audio"),
        (File("song.json", "application/json", content=b"{}"), "document"),
    ],
)
async def test_each_file_is_sent_as_what_it_is(scene: Scene, file: File, kind: str) -> None:
    await scene.surface.post(here(scene), Reply("Here", files=(file,)))
    assert kind in scene.posts()[0]


async def test_a_post_is_edited_and_editing_nothing_is_no_error(scene: Scene) -> None:
    name = await scene.surface.post(here(scene), Reply("Waiting", buttons=AGAIN))
    await scene.surface.edit(here(scene), name, Reply("Singing"))
    await scene.surface.edit(here(scene), name, Reply("Singing"))
    (post,) = scene.posts()
    assert (post["text"], labels(post)) == ("Singing", [])


async def test_a_song_is_edited_after_a_restart_too(scene: Scene) -> None:
    name = await scene.surface.post(here(scene), Reply("A song", files=(song(),)))
    await scene.stop()
    await scene.start()
    await scene.surface.edit(here(scene), name, Reply("Deleted", buttons=AGAIN))
    (post,) = scene.posts()
    assert (post["caption"], labels(post)) == ("Deleted", ["Again"])


async def test_an_edit_that_grows_goes_on_below_and_one_that_shrinks_tidies_up(scene: Scene) -> None:
    name = await scene.surface.post(here(scene), Reply("A song", files=(song(),)))
    long = Reply("A song", (Folded("Lyrics", "la la la\n" * 700),), AGAIN)
    await scene.surface.edit(here(scene), name, long)
    main, *further = scene.posts()
    assert (main["caption"], labels(main)) == ("A song", ["Again"])
    assert sum(post["text"].count("la la la") for post in further) == 700
    await scene.surface.edit(here(scene), name, Reply("Deleted"))
    assert [post.get("caption") for post in scene.posts()] == ["Deleted"]


async def test_a_post_is_taken_down_with_all_that_belongs_to_it(scene: Scene) -> None:
    reply = Reply("A song", (Folded("Lyrics", "la la la\n" * 600),), files=(song(),))
    name = await scene.surface.post(here(scene), reply)
    await scene.surface.delete(here(scene), name)
    await scene.surface.delete(here(scene), name)
    assert scene.posts() == []


async def test_files_of_a_post_are_taken_down_with_it(scene: Scene) -> None:
    name = await scene.surface.post(here(scene), Reply("The parts", files=(song(), song("B.mp3"))))
    await scene.surface.delete(here(scene), name)
    assert scene.posts() == []


async def test_an_answer_to_any_part_of_a_post_answers_the_post(scene: Scene) -> None:
    reply = Reply("A song", (Folded("Lyrics", "la la la\n" * 600),), files=(song(),))
    name = await scene.surface.post(here(scene), reply)
    heard = await scene.write(scene.anna, "slower", answering=scene.posts()[-1]["message_id"])
    assert heard.replied == name


async def test_editing_what_somebody_deleted_says_gone(scene: Scene) -> None:
    name = await scene.surface.post(here(scene), Reply("Waiting"))
    scene.world.chats[scene.anna].messages.clear()
    with pytest.raises(Gone):
        await scene.surface.edit(here(scene), name, Reply("Singing"))


async def test_in_a_group_an_answer_is_tied_to_its_question(scene: Scene) -> None:
    group = scene.people.group(scene.anna)
    heard = await scene.write(scene.anna, "/help@minstrel_stand_bot", chat=group)
    await scene.surface.post(heard.place.id, Reply("I sing"), heard)
    scene.world.chats[group].messages.pop(1)
    await scene.surface.post(heard.place.id, Reply("I sing, though you took that back"), heard)
    first, second = scene.posts(group)
    assert first["reply_to_message"]["message_id"] == 1
    assert "reply_to_message" not in second


async def test_a_question_in_a_group_opens_the_answer_for_who_was_asked(scene: Scene) -> None:
    group = scene.people.group(scene.anna)
    pressed = Message(
        "telegram:cb:1", Place(f"telegram:{group}", shared=True), Member(f"telegram:{scene.anna}", "A<na")
    )
    await scene.surface.post(f"telegram:{group}", Reply("哪一句？", asks=True, language="zh"), pressed)
    (post,) = scene.world.chats[group].messages.values()
    assert post["_forces"] == {"force_reply": True, "selective": True, "input_field_placeholder": "在这里回答"}
    assert post["text"] == "A<na: 哪一句？"
    assert f"tg://user?id={scene.anna}" in post["_html"]


async def test_a_question_in_a_private_chat_is_a_plain_sentence(scene: Scene) -> None:
    heard = await scene.write(scene.anna, "/change")
    await scene.surface.post(here(scene), Reply("What should change?", asks=True), heard)
    (post,) = scene.posts()
    assert "reply_to_message" not in post
    assert "_forces" not in scene.world.chats[scene.anna].messages[post["message_id"]]


async def test_being_busy_is_shown_as_recording(scene: Scene) -> None:
    await scene.surface.busy(here(scene))
    await scene.surface.busy("telegram:5")
    assert scene.stand.counts["sendChatAction"] == 2
