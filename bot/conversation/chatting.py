"""Small talk: what asks for nothing is answered in a few words, with a way on."""

from __future__ import annotations

import unicodedata

from bot.conversation.asked import Asked, heard, heard_alone
from bot.conversation.talk import Turn
from bot.conversation.words import listened
from bot.understanding.changes import read_changes
from bot.understanding.changes.remarks import unclear
from storage.songs import Song

LONGEST_PRAISE = 40
LONGEST_FOLLOW_UP = 60


def chat(asked: Asked) -> Turn:
    """Answer what asks for nothing. Only somebody without a song is asked for the first one."""
    about = asked.facts.song
    mine = about if about and asked.sees(about) and about.status != "deleted" else None
    if len(asked.text) <= LONGEST_PRAISE and heard("thanks", asked.text):
        return asked.turn(asked.reply("song.welcome"))
    aside = heard("aside", asked.text) if len(asked.text) <= LONGEST_PRAISE else ()
    if aside:
        return asked.turn(asked.reply(f"aside.{aside[0]}"))
    if mine and heard_alone("nod", asked.text):
        return asked.turn(asked.reply("aside.fine"))
    if asked.text and not any(unicodedata.category(c)[0] in "LN" for c in asked.text):
        return asked.turn(asked.reply("aside.wordless"))
    if mine and not heard_alone("greeting", asked.text):
        return _not_understood(asked, mine)
    if asked.message.place.shared:
        return asked.turn(asked.reply("song.chat_shared"))
    return asked.ask("song.chat", "song")


def asks_on(asked: Asked) -> bool:
    """ "And on Spotify?" goes on asking what may be done with the song."""
    about = asked.facts.song
    if about is None or about.note is None or len(asked.text) > LONGEST_FOLLOW_UP or heard("a_song", asked.text):
        return False
    asking, text = listened("asking"), asked.text.lower().rstrip(" ?？。.")
    return bool(heard("use", text)) and (text.startswith(asking["begin"]) or text.endswith(asking["end"]))


def _not_understood(asked: Asked, about: Song) -> Turn:
    if about.sheet and asked.owns(about):
        found = read_changes(asked.text, about.sheet)
        if found.unclear not in (None, unclear("nothing")):
            return asked.turn(asked.remark(found.unclear, about))
    return asked.turn(asked.reply("song.not_understood", song=about))
