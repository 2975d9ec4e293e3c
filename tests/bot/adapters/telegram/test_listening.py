"""What the house hears of what people do."""

from __future__ import annotations

import pytest

from bot.conversation.message import Member, Place
from bot.conversation.reply import Reply
from tests.bot.adapters.telegram.conftest import Scene
from tests.stands.telegram.world import USERNAME

pytestmark = pytest.mark.asyncio
CALLED = f"@{USERNAME}"
HUM = ("hum.ogg", "audio/ogg", b"OggS hum")


async def test_a_sentence_in_a_private_chat(scene: Scene) -> None:
    heard = await scene.write(scene.anna, "a song about rain")
    assert heard.id == f"telegram:{scene.anna}:1"
    assert heard.place == Place(f"telegram:{scene.anna}", shared=False)
    assert heard.member == Member(f"telegram:{scene.anna}", "Anna", "en")
    assert (heard.text, heard.verb, heard.addressed) == ("a song about rain", None, True)


@pytest.mark.parametrize(("code", "language"), [("zh", "zh"), ("en", "en"), ("en-gb", "en"), ("fr", None)])
async def test_the_language_is_the_apps(scene: Scene, code: str, language: str | None) -> None:
    heard = await scene.write(scene.people.join("Lan", code), "hello")
    assert heard.member.language == language


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        ("/song about rain", "song", "about rain"),
        (f"/SONG{CALLED.upper()} about rain", "song", "about rain"),
        ("/sheet\n[Verse]\nla la\nla", "sheet", "[Verse]\nla la\nla"),
        ("/start", "help", ""),
        ("/start from_a_link", "help", ""),
        ("/rock about rain", None, "rock about rain"),
        (f"/rock{CALLED} about rain", None, "rock about rain"),
        ("a song / about rain", None, "a song / about rain"),
    ],
)
async def test_commands(scene: Scene, text: str, verb: str | None, rest: str) -> None:
    heard = await scene.write(scene.anna, text)
    assert (heard.verb, heard.text) == (verb, rest)


async def test_in_a_group_commands_and_mentions_and_answers_are_for_the_bot(scene: Scene) -> None:
    group = scene.people.group(scene.anna)
    heard = await scene.write(scene.anna, f"/song{CALLED} about rain", chat=group)
    assert (heard.place, heard.verb, heard.addressed) == (Place(f"telegram:{group}", shared=True), "song", True)
    heard = await scene.write(scene.anna, f"hey {CALLED} a song\nabout rain", chat=group)
    assert (heard.text, heard.addressed) == ("hey a song\nabout rain", True)
    post = await scene.surface.post(f"telegram:{group}", Reply("A song"))
    heard = await scene.write(scene.anna, "slower", chat=group, answering=int(post))
    assert (heard.text, heard.replied, heard.quoted, heard.addressed) == ("slower", post, "", True)


async def test_in_a_group_commands_for_other_bots_are_not_ours(scene: Scene) -> None:
    group = scene.people.group(scene.anna, hears_all=True)
    await scene.ignores(lambda: scene.people.write(scene.anna, "/song@other_bot rain", chat=group))
    await scene.ignores(lambda: scene.people.write(scene.anna, "/weather", chat=group))


async def test_a_bot_that_hears_all_says_what_was_not_meant_for_it(scene: Scene) -> None:
    group = scene.people.group(scene.anna, hears_all=True)
    heard = await scene.write(scene.anna, "see you tomorrow", chat=group)
    assert not heard.addressed
    before = scene.stand.counts["getFile"]
    await scene.ignores(lambda: scene.people.write(scene.anna, file=HUM, chat=group))
    assert scene.stand.counts["getFile"] == before


async def test_an_answer_to_somebody_quotes_them_and_takes_their_file(scene: Scene) -> None:
    group = scene.people.group(scene.anna)
    bo = scene.people.join("Bo")
    words = scene.people.write(bo, "Roses are red", chat=group)["message_id"]
    heard = await scene.write(scene.anna, f"{CALLED} sing this", chat=group, answering=words)
    assert (heard.text, heard.quoted, heard.replied) == ("sing this", "Roses are red", None)
    hum = scene.people.write(bo, file=HUM, chat=group)["message_id"]
    heard = await scene.write(scene.anna, f"/hum{CALLED}", chat=group, answering=hum)
    assert heard.attachment is not None
    assert heard.attachment.content == HUM[2]


async def test_a_topic_is_a_place_of_its_own(scene: Scene) -> None:
    forum = scene.people.group(scene.anna, topics=2)
    heard = await scene.write(scene.anna, f"/song{CALLED} rain", chat=forum, topic=102)
    assert heard.place.id == f"telegram:{forum}/102"
    assert heard.replied is None
    await scene.surface.busy(heard.place.id)
    await scene.surface.post(heard.place.id, Reply("Here"), heard)
    (post,) = [post for post in scene.posts(forum) if "text" in post]
    assert post["message_thread_id"] == 102


async def test_a_voice_note_is_fetched_and_its_caption_is_the_sentence(scene: Scene) -> None:
    heard = await scene.write(scene.anna, "/hum a lullaby", file=HUM)
    assert (heard.verb, heard.text) == ("hum", "a lullaby")
    assert heard.attachment is not None
    assert (heard.attachment.media_type, heard.attachment.size, heard.attachment.content) == ("audio/ogg", 8, HUM[2])


async def test_a_text_file_is_fetched(scene: Scene) -> None:
    words = "我的歌".encode("gb18030")
    heard = await scene.write(scene.anna, file=("词.txt", "text/plain", words))
    assert heard.attachment is not None
    assert (heard.attachment.name, heard.attachment.content) == ("词.txt", words)


@pytest.mark.parametrize("claimed", [21_000_000, 300_000_000])
async def test_a_file_that_is_too_big_comes_without_content(scene: Scene, claimed: int) -> None:
    heard = await scene.write(scene.anna, file=("long.mp3", "audio/mpeg", b"ID3"), size=claimed)
    assert heard.attachment is not None
    assert (heard.attachment.size, heard.attachment.content) == (claimed, None)


async def test_a_file_that_telegram_lost_comes_without_content(scene: Scene) -> None:
    scene.stand.cut("getFile", 1)
    heard = await scene.write(scene.anna, file=HUM)
    assert heard.attachment is not None
    assert heard.attachment.content is None


async def test_an_edited_message_is_not_heard_again(scene: Scene) -> None:
    await scene.write(scene.anna, "a song about rain")
    await scene.ignores(lambda: scene.people.edit(scene.anna, 1, "a song about snow"))


async def test_channels_and_other_bots_and_comings_and_goings_are_not_heard(scene: Scene) -> None:
    group = scene.people.group(scene.anna, hears_all=True)
    robot = scene.people.join("Robot")
    scene.world.users[robot]["is_bot"] = True
    await scene.ignores(lambda: scene.people.post_in_channel("/song about rain"))
    await scene.ignores(lambda: scene.people.write(robot, f"/song{CALLED}", chat=group))
    await scene.ignores(lambda: scene.people.write(scene.anna, chat=group, new_chat_members=[scene.world.users[robot]]))


async def test_an_administrator_who_writes_as_the_group_is_answered(scene: Scene) -> None:
    group = scene.people.group(scene.anna)
    hidden = scene.world.chats[group].seen()
    heard = await scene.write(scene.anna, f"/song{CALLED} rain", chat=group, sender_chat=hidden)
    assert heard.member == Member(f"telegram:{group}", "The group")


async def test_a_sticker_is_a_message_without_words(scene: Scene) -> None:
    heard = await scene.write(scene.anna, dice={"emoji": "🎲", "value": 3})
    assert (heard.text, heard.attachment) == ("", None)


async def test_names_lose_what_would_disturb_a_line(scene: Scene) -> None:
    heard = await scene.write(scene.people.join("An\nna\u202e" + "x" * 100), "hello")
    assert heard.member.name == ("Anna" + "x" * 100)[:64]


async def test_many_people_are_heard_at_the_same_time(scene: Scene) -> None:
    scene.house.slow_s = 0.2
    for number in range(50):
        scene.people.write(scene.people.join(f"Member {number}"), "hello")
    await scene.hears(50)
    assert len({message.id for message in scene.house.heard}) == 50
