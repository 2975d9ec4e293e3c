"""One turn of a talk: a message comes, replies and orders go. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation import changing, chatting, keeping, making, songs, telling, together
from bot.conversation.asked import Asked, heard, heard_alone
from bot.conversation.attached import is_audio
from bot.conversation.focus import with_song
from bot.conversation.message import Message
from bot.conversation.named import named
from bot.conversation.orders import Check, Order, Write
from bot.conversation.talk import Facts, Talk, Turn
from bot.conversation.verbs import verbs
from bot.conversation.wishes import looks_like_lyrics
from bot.understanding import understand
from bot.understanding.changes import read_changes
from bot.understanding.message import read
from bot.understanding.verbs import verb_of
from generation.changes import Reword
from storage.songs import Song

LONGEST_MESSAGE = 8_000
LONGEST_TAKE = 120
MOST_ON_PAPER = 2
"""Sheets and looks at files that one member may wait for at a time."""

_FREE: Mapping[str, Callable[[Asked], Turn]] = {
    "song": songs.song,
    "sheet": songs.sheet,
    "check": keeping.check,
    "status": making.status,
    "cancel": making.cancel,
    "mine": telling.mine,
    "together": together.together,
    "quota": telling.quota,
    "language": telling.language,
    "help": telling.help_,
}
_OF_A_SONG: Mapping[str, Callable[[Asked, Song], Turn]] = {
    "sing": songs.sing,
    "change": changing.change,
    "again": songs.again,
    "variation": changing.variation,
    "extend": changing.extend,
    "shorter": changing.shorter,
    "instrumental": changing.instrumental,
    "stems": keeping.stems,
    "lyrics": telling.lyrics,
    "licence": telling.licence,
    "report": keeping.report,
    "forget": keeping.forget,
}
_ASIDE = frozenset(
    {"help", "status", "mine", "quota", "language", "cancel", "forget", "licence", "lyrics", "sing", "again", "report"}
)
"""Verbs that are no answer to a question, even if they come next."""
_OPEN_QUESTIONS = frozenset({"song", "sheet"})
"""Questions what a song should be about: any text that is no other verb answers them."""
_FOR_NO_WORDS = frozenset({"hum", "check", "forget"})
"""Questions that only a file or a button answers."""
_BESIDE_A_CIRCLE = frozenset({"help", "status", "mine", "quota", "language"})
"""Verbs that are no line of a song together; its other commands are known by their exact words."""


_MADE_OF_LINES = frozenset({"song", "sheet", "change", "together"})
"""Verbs whose text may have many lines; what else seems to be in so many is only a word of a lyric."""


def turn(talk: Talk, message: Message, facts: Facts) -> Turn:
    """Return what one message brings about. Never raises for anything a member can send.

    Silence is deliberate in two cases: a message answered before, and a sentence in a shared place that was not said
    to the bot and answers none of its questions.
    """
    if message.id == talk.last_message or not (message.addressed or talk.expects):
        return Turn(talk, circle=facts.circle)
    asked = Asked(talk, message, facts, read(message.text).text)
    if len(message.text) > LONGEST_MESSAGE:
        return asked.refuse("song.too_long", count=len(message.text), most=LONGEST_MESSAGE)
    if message.verb is not None:
        come = _do(asked, message.verb if message.verb in verbs() else "help")
    else:
        come = _sentence(asked)
    if facts.on_paper >= MOST_ON_PAPER and any(is_on_paper(order) for order in come.orders):
        return asked.refuse("trouble.on_paper")
    return come


def is_on_paper(order: Order) -> bool:
    """Whether an order is work for the desk alone, which no queue of songs bounds."""
    return isinstance(order, Check) or (isinstance(order, Write) and not order.sing)


def _do(asked: Asked, verb: str) -> Turn:
    if verb == "hum":
        meant = asked.facts.song if asked.facts.pointed or asked.talk.expects_song else None
        return with_song(asked, verb, songs.hum) if meant else songs.hum(asked, None)
    if verb == "sing" and asked.message.quoted.strip() and not asked.facts.pointed:
        return songs.song(asked)
    if verb == "forget":
        everything = keeping.forget_everything(asked)
        if everything:
            return everything
    if verb in _FREE:
        return _FREE[verb](asked)
    return with_song(asked, verb, _OF_A_SONG[verb])


def _sentence(asked: Asked) -> Turn:
    """A plain sentence: the answer to a question, a file, a line of a song together, or a verb in other words."""
    talk, message, facts = asked.talk, asked.message, asked.facts
    if message.attachment:
        return _do(asked, _file_verb(asked))
    sheet = facts.song.sheet if facts.song else None
    verb = verb_of(asked.text, sheet)
    if verb != "sing" and heard_alone("nod", asked.text):
        verb = ""
    if talk.expects in verbs() and not message.quoted:
        answered = _answer(asked, verb)
        if answered:
            return answered
    if facts.circle and _is_a_line(asked, verb):
        return together.together(asked)
    called = _called(asked.text)
    if called and not message.quoted:
        return _do(replace(asked, text=""), called)
    if message.quoted and (verb in {"sing", "change"} or not asked.text or heard_alone("sing_this", asked.text)):
        verb = "song"
    if verb not in _MADE_OF_LINES and looks_like_lyrics(asked.text):
        verb = "song"
    if verb in {"", "song"} and chatting.asks_on(asked):
        return _do(asked, "licence")
    if verb in {"", "song"} and _stops_one(asked):
        verb = "cancel"
    if verb in {"", "song"} and _means_a_change(asked, verb):
        verb = "change"
    if verb == "change" and facts.song and _is_another_take(asked.text):
        verb = "again"
    if verb in {"", "change", "cancel"} and heard_alone("back", asked.text) and not asked.open_songs():
        return changing.back(asked)
    if verb:
        return _do(asked, verb)
    return chatting.chat(asked)


def _answer(asked: Asked, verb: str) -> Turn | None:
    """Take the sentence as the answer to the question before, unless it plainly asks for something else."""
    expected = asked.talk.expects
    if heard_alone("drop", asked.text):
        return asked.turn(asked.reply("forget.kept" if expected == "forget" else "song.dropped"))
    if expected == "report":
        return _do(asked, expected)
    if expected in _FOR_NO_WORDS:
        return None
    if expected in _OPEN_QUESTIONS:
        nothing_to_change = asked.facts.song is None and verb not in _ASIDE
        is_answer = (verb in {"", "song", "sheet"} or nothing_to_change) and not heard_alone("greeting", asked.text)
    else:
        is_answer = verb not in _ASIDE and not _is_another_song(asked, verb)
    return _do(asked, expected) if is_answer else None


def _called(text: str) -> str:
    """Return the verb whose bare name is all that is said: "lyrics", 进度."""
    bare = text.lower().strip(" .!。！")
    return next((name for name, verb in verbs().items() if bare in (name, *verb.label.values())), "")


def _is_a_line(asked: Asked, verb: str) -> bool:
    """While a song is written together what is said to the bot is its next line; alone one may also order another."""
    if asked.facts.pointed or verb in _BESIDE_A_CIRCLE:
        return False
    return asked.message.place.shared or not (_is_another_song(asked, verb) and heard("a_song", asked.text))


def _is_another_song(asked: Asked, verb: str) -> bool:
    return verb == "song" and understand(asked.text).request.theme is not None


def _file_verb(asked: Asked) -> str:
    """Return what a file is sent for: humming, unless the words or the question before say otherwise."""
    attached = asked.message.attachment
    meant = verb_of(asked.text) if asked.text else ""
    if attached and is_audio(attached):
        return "check" if "check" in {meant, asked.talk.expects} else "hum"
    return "sheet" if "sheet" in {meant, asked.talk.expects} else "song"


def _means_a_change(asked: Asked, verb: str) -> bool:
    """What can be read as a change is one in an answer to a song's post ("as jazz", "sadder"), and wherever it names
    nothing that would make another song of it ("line 2: …", "in D major, no drums")."""
    about = asked.facts.song
    if about is None or about.sheet is None or not asked.sees(about) or _is_another_song(asked, verb):
        return False
    found = read_changes(asked.text, about.sheet).changes
    if not asked.facts.pointed or not asked.message.replied:
        request = understand(asked.text).request
        if not verb or request.lyrics or request.title or request.genre:
            return False
        if heard("a_song", asked.text) and not any(isinstance(each, Reword) for each in found):
            return False
    return bool(found)


def _is_another_take(text: str) -> bool:
    """ "Another take, but slower": "sing it again with a man's voice" means the same song."""
    return len(text) <= LONGEST_TAKE and (bool(heard("another_take", text)) or text.lower().startswith("again"))


def _stops_one(asked: Asked) -> bool:
    """ "Cancel the second one", while several are on the way."""
    on_the_way = asked.open_songs()
    return bool(on_the_way and heard("stop_it", asked.text[:12]) and named(asked.text, on_the_way))
