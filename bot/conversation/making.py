"""Songs on their way: how far they are, and stopping them."""

from __future__ import annotations

from bot.conversation import cards, names
from bot.conversation.asked import Asked, heard
from bot.conversation.named import named
from bot.conversation.news import standing_text
from bot.conversation.orders import Cancel
from bot.conversation.reply import Reply
from bot.conversation.talk import Turn
from storage.songs import OPEN, Song


def status(asked: Asked) -> Turn:
    """Every song on the way with its place and why; with none, how the last one came out."""
    about = asked.facts.song
    seen = about if about and asked.sees(about) else None
    if asked.facts.pointed and seen:
        return asked.turn(how_far(asked, seen), focus=seen.id)
    on_the_way = asked.open_songs()
    if len(on_the_way) > 1 and (one := named(asked.text, on_the_way)):
        on_the_way = (one,)
    if len(on_the_way) > 1:
        text = "\n\n".join(how_far(asked, song).text for song in on_the_way)
        return asked.turn(Reply(text, buttons=cards.stops(on_the_way, asked.language), language=asked.language))
    if on_the_way:
        return asked.turn(how_far(asked, on_the_way[0]), focus=on_the_way[0].id)
    if seen and asked.owns(seen):
        return asked.turn(how_far(asked, seen), focus=seen.id)
    return asked.turn(asked.reply("status.none"))


def cancel(asked: Asked) -> Turn:
    """Stop the song that is meant: the one pointed at or named in words, else the one in focus, else the only one."""
    about = asked.facts.song if asked.facts.song and asked.sees(asked.facts.song) else None
    on_the_way = asked.open_songs()
    if not asked.facts.pointed and len(on_the_way) > 1:
        one = named(asked.text, on_the_way)
        if one or heard("one_of_several", asked.text):
            about, on_the_way = one, (one,) if one else on_the_way
    if about and (about.status in OPEN or asked.facts.pointed):
        return _stop(asked, about)
    if len(on_the_way) == 1:
        return _stop(asked, on_the_way[0])
    if on_the_way:
        return asked.turn(asked.reply("stop.which", buttons=cards.stops(on_the_way, asked.language)))
    return asked.turn(asked.reply("song.dropped" if asked.talk.expects else "status.none"))


def _stop(asked: Asked, about: Song) -> Turn:
    if about.status == "deleted":
        return asked.refuse("status.deleted")
    if not asked.owns(about) and not asked.facts.is_moderator:
        return asked.refuse("which.not_yours", about, name=names.member_name(about.owner_name, asked.language))
    if about.status not in OPEN:
        return asked.refuse("stop.not_open", about)
    title = _called(asked, about)
    return asked.turn(asked.reply("stop.stopping", song=about, title=title), orders=(Cancel(about.id),), focus=about.id)


def how_far(asked: Asked, about: Song) -> Reply:
    """Return the state of one song, with its standing where it is on the way."""
    reason = names.remark(about.reason, asked.language) if about.reason else asked.say("status.unknown_reason")
    standing = asked.facts.standings.get(about.id)
    # A finished song has its buttons where it was posted.
    shows = asked.owns(about) and about.status != "made"
    shown: cards.Rows = cards.song_buttons(about, asked.language) if shows else ()
    title = _called(asked, about)
    reply = asked.reply(f"status.{about.status}", song=about, title=title, buttons=shown, reason=reason)
    if standing is None or about.status not in OPEN:
        return reply
    text = f"{reply.text}\n{standing_text(standing, asked.language)}"
    return Reply(text, buttons=shown, song=about.id, language=asked.language)


def _called(asked: Asked, about: Song) -> str:
    """Return the title, with what tells the song from the others on the way."""
    return (
        cards.called(about, asked.language) if about.parent else cards.apart(about, asked.open_songs(), asked.language)
    )
