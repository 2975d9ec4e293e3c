"""What members do with songs: change, hum, take apart, check."""

from __future__ import annotations

import wave
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from bot.conversation.message import Attachment
from tests.bot.surface import Post, Visitor, opened

SEA = "a 15 second song about the sea, female voice"


def has_song(post: Post) -> bool:
    return any(file.media_type == "audio/mpeg" for file in post.reply.files)


def hummed(*pitches: int) -> Attachment:
    """Half a second a note, as somebody hums: a few partials, a breath between."""
    rate, sound = 44_100, [np.zeros(8820)]
    for pitch in pitches:
        time = np.arange(round(0.42 * rate)) / rate
        wave_ = sum(np.sin(2 * np.pi * part * 440 * 2 ** ((pitch - 69) / 12) * time) / part for part in (1, 2, 3))
        fade = np.minimum(1, np.minimum(time, time[::-1]) / 0.03)
        sound += [0.2 * fade * wave_, np.zeros(round(0.08 * rate))]
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((np.concatenate(sound) * 32767).astype("<i2").tobytes())
    return Attachment("voice.wav", "audio/wav", len(file.getvalue()), file.getvalue())


@pytest.mark.asyncio
async def test_a_change_is_a_new_song_that_knows_its_parent_and_a_draft_changes_in_place(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann")
        await ann.say(SEA)
        first = await surface.until(has_song)
        await ann.say("no drums, and call it Low Tide", replied=first.id)
        second = await surface.until(lambda post: has_song(post) and post.reply.song != first.reply.song)
        child = await house.archive.songs.get(second.reply.song)
        assert child is not None
        assert (child.parent, child.title) == (first.reply.song, "Low Tide")

    async with opened(tmp_path / "other", sheet_first=True) as (house, surface):
        bo = Visitor(house, "bo")
        await bo.say(SEA)
        card = await surface.until(lambda post: bool(post.reply.buttons))
        await bo.say("call it High Tide", replied=card.id)
        await surface.until(lambda post: post.id != card.id and post.reply.text.count("High Tide") == 1)
        await house.idle()
        (song,) = await house.archive.songs.of(bo.member.id)
        assert (song.title, song.status) == ("High Tide", "written")


@pytest.mark.asyncio
async def test_a_hummed_tune_is_shown_as_notes_and_then_sung(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann")
        await ann.say("a 20 second song about rain", verb="hum", attachment=hummed(60, 62, 64, 65, 67, 67, 65, 64))
        shown = await surface.until(lambda post: any(file.name.endswith(".png") for file in post.reply.files))
        song = await house.archive.songs.get(shown.reply.song)
        assert song is not None
        assert song.sheet is not None
        assert song.sheet.marks.tune
        await house.idle()
        assert not house.archive.files.folder(song.id).joinpath("hummed").exists()
        await ann.press(shown, "sing")
        await surface.until(has_song)


@pytest.mark.asyncio
async def test_what_is_no_melody_is_refused_in_one_sentence(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann")
        fake = Attachment("voice.ogg", "audio/ogg", 4, b"MZ\x90\x00" * 400)
        await ann.say(verb="hum", attachment=fake)
        await house.idle()
        (song,) = await house.archive.songs.of(ann.member.id)
        assert song.status == "failed"
        assert len(surface.posts) == 2


@pytest.mark.asyncio
async def test_parts_are_made_from_the_song_and_its_file_is_recognised(tmp_path: Path) -> None:
    async with opened(tmp_path) as (house, surface):
        ann = Visitor(house, "ann")
        await ann.say(SEA)
        song = await surface.until(has_song)
        await ann.say(verb="stems", song=song.reply.song, argument="midi")
        await surface.until(lambda post: any(file.name.endswith(".mid") for file in post.reply.files))
        await ann.say(verb="stems", song=song.reply.song, argument="karaoke")
        await surface.until(lambda post: any(file.name.endswith(".ogg") for file in post.reply.files))
        content = song.reply.files[0].read()
        attachment = Attachment("song.mp3", "audio/mpeg", len(content), content)
        before = len(surface.posts)
        await ann.say(verb="check", attachment=attachment)
        await house.idle()
        assert song.reply.files[0].title in surface.posts[-1].reply.text
        assert len(surface.posts) == before + 2
