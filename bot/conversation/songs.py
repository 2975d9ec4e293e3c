"""New songs: from a sentence, from own words, from a hummed tune, or once more from an earlier one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.conversation import cards, names
from bot.conversation.asked import Asked, song_id
from bot.conversation.attached import is_audio, is_text, read_lyrics
from bot.conversation.making import how_far
from bot.conversation.message import Attachment
from bot.conversation.orders import Sing, Write
from bot.conversation.talk import Turn
from bot.conversation.told import told
from bot.conversation.wishes import wished, without_the_sheet
from bot.understanding import Understanding, summary, understand
from bot.understanding.changes import read_changes
from bot.understanding.message import read
from generation.changes import Change, NewTune, Rewrite, Tune, changes_to_json
from generation.song import SongRequest
from storage.songs import OPEN, Song, Status


def song(asked: Asked) -> Turn:
    """Write a song and sing it, or show it first where the house does so."""
    return _new(asked, sing=not asked.facts.sheet_first)


def sheet(asked: Asked) -> Turn:
    """Write a song on paper only."""
    return _new(asked if asked.message.verb else replace(asked, text=without_the_sheet(asked.text)), sing=False)


def hum(asked: Asked, about: Song | None) -> Turn:
    """Make a hummed tune the chorus: of ``about``, or of a new song."""
    attached = asked.message.attachment
    if attached is None:
        return asked.ask("file.hum_how", "hum", about)
    if attached.content is None:
        return asked.refuse("file.too_big", name=names.clean(attached.name))
    if not is_audio(attached):
        return asked.refuse("file.unusable", name=names.clean(attached.name))
    if about is None or about.sheet is None:
        return _new(asked, sing=False, hummed=attached)
    if about.status == "written" and asked.owns(about):
        written = replace(about, seed=asked.facts.seed)
    else:
        written = child(asked, about, (), sing=False)
    return asked.turn(
        asked.reply("song.hummed", song=written),
        orders=(Write(written, sing=False, hummed=attached),),
        focus=written.id,
    )


def again(asked: Asked, about: Song) -> Turn:
    """The same recipe with new luck, as a song of its own. A hummed tune and own words stay what they are.

    With what the sentence changes besides ("another take, but slower") it is another tune to the same words.
    """
    request = about.sheet.request if about.sheet else about.request
    tune = about.sheet.marks.tune if about.sheet else ()
    found = read_changes(asked.text, about.sheet).changes if about.sheet and asked.text else ()
    new_words = () if found or request.lyrics else (Rewrite(),)
    kept = (Tune(tune),) if tune else ()
    changes = tuple(dict.fromkeys((*new_words, NewTune(), *kept, *found))) if tune or found else ()
    sections = about.sheet.lyrics.sections if about.sheet else ()
    given = tuple(dict.fromkeys((line.text, line.by) for part in sections for line in part.lines if line.by))
    sing = about.status != "written" and not asked.facts.sheet_first
    written = child(asked, about, changes, sing=sing, request=request)
    key = "song.again_but" if found else "song.again"
    what = told(found, asked.language)
    turn = write(asked, written, key, sing=sing, changes=changes, given=given, called=asked.title(about), what=what)
    return beside(asked, about, turn)


def sing(asked: Asked, about: Song) -> Turn:
    """Sing what is on paper; a failed song is tried again."""
    if about.status in OPEN:
        return asked.turn(how_far(asked, about), focus=about.id)
    if about.status == "made":
        return asked.turn(
            asked.reply("sing.made", song=about, buttons=cards.song_buttons(about, asked.language)), focus=about.id
        )
    refused = too_many(asked)
    if refused:
        return refused
    reply = asked.reply("sing.start", song=about, buttons=((asked.button("cancel", "cancel", about.id),),))
    return asked.turn(reply, orders=(Sing(about.id),), focus=about.id)


def child(
    asked: Asked, parent: Song, changes: tuple[Change, ...], *, sing: bool, request: SongRequest | None = None
) -> Song:
    """Return a new song of the asking member that comes from ``parent``."""
    kept = request or (parent.sheet.request if parent.sheet else parent.request)
    return replace(_song(asked, kept, sing=sing), parent=parent.id, changes=tuple(changes_to_json(changes)))


def write(
    asked: Asked,
    written: Song,
    key: str,
    *,
    sing: bool,
    changes: tuple[Change, ...] = (),
    given: tuple[tuple[str, str], ...] = (),
    hummed: Attachment | None = None,
    called: str = "",
    **values: Any,
) -> Turn:
    """Order a song to be written, unless the member has too many on the way; the reply becomes its live post."""
    refused = too_many(asked) if sing else None
    if refused:
        return refused
    buttons = ((asked.button("cancel", "cancel", written.id),),) if sing else ()
    values["title"] = called or asked.title(written)
    reply = asked.reply(key, song=written, buttons=buttons, **values)
    return asked.turn(reply, orders=(Write(written, sing, changes, hummed, given),), focus=written.id)


def beside(asked: Asked, about: Song, turn: Turn) -> Turn:
    """Say that the version before is still on its way, where it is."""
    if not turn.orders or about.status not in OPEN or not asked.owns(about):
        return turn
    stop = asked.button("stop_first", "cancel", about.id)
    return replace(turn, replies=(*turn.replies, asked.reply("song.first_goes_on", buttons=((stop,),))))


def too_many(asked: Asked) -> Turn | None:
    """Return a refusal where the member has as many songs on the way as one may have."""
    on_the_way = asked.open_songs()
    if len(on_the_way) < asked.facts.most_open:
        return None
    reply = asked.reply(
        "song.too_many",
        buttons=cards.stops(on_the_way, asked.language),
        private=True,
        open=len(on_the_way),
        most=asked.facts.most_open,
    )
    return asked.turn(reply)


def _new(asked: Asked, *, sing: bool, hummed: Attachment | None = None) -> Turn:
    attached = asked.message.attachment
    if attached and attached is not hummed:
        if is_audio(attached):
            return hum(asked, None)
        if not is_text(attached):
            return asked.refuse("file.unusable", name=names.clean(attached.name))
        own = read_lyrics(attached)
        if own.refusal:
            return asked.refuse(own.refusal, name=names.clean(attached.name))
        return _written(asked, wished(asked.text, own.text), sing=sing)
    if asked.message.quoted.strip():
        return _quoted(asked, sing=sing)
    if hummed is None and _says_nothing(asked):
        about = asked.facts.song
        if not sing and about and about.sheet and asked.sees(about):
            return asked.turn(cards.card(about, asked.language), focus=about.id)
        return asked.ask("song.about_what", "song" if sing else "sheet")
    return _written(asked, wished(asked.text), sing=sing, hummed=hummed)


def _says_nothing(asked: Asked) -> bool:
    """A plain "show me the sheet" says nothing of a song; after a command or a question any text does."""
    invited = asked.message.verb or asked.talk.expects
    return not any(unicodedata.category(c)[0] in "LNS" for c in asked.text) or (
        not invited and understand(asked.text).intent not in {"new_song", "not_a_request"}
    )


def _quoted(asked: Asked, *, sing: bool) -> Turn:
    """Words somebody wrote are sung to the letter, unless they themselves ask for a song."""
    quoted = read(asked.message.quoted).text
    understood = understand(quoted)
    if "\n" not in quoted and understood.intent == "new_song":
        return _written(asked, understood.request, sing=sing)
    return _written(asked, wished(asked.text, quoted), sing=sing)


def _written(asked: Asked, request: SongRequest, *, sing: bool, hummed: Attachment | None = None) -> Turn:
    if not any(c.isalpha() for c in request.text + (request.lyrics or "")):
        request = replace(request, message_language=asked.language)
    understood = said_back(asked, request)
    if hummed:
        key = "song.hummed"
    elif not sing:
        key = "song.writing"
    else:
        key = "song.own_words" if request.lyrics else "song.ordered"
    return write(asked, _song(asked, request, sing=sing), key, sing=sing, hummed=hummed, summary=understood)


def said_back(asked: Asked, request: SongRequest) -> str:
    """Return what was understood, beside words that were given; what was left open is left to the bot."""
    stated = replace(request, lyrics=None)
    if stated == SongRequest(text=request.text, message_language=request.message_language):
        return "" if request.lyrics else asked.say("song.left_open")
    return names.remark(summary(Understanding("new_song", stated)), asked.language)


def _song(asked: Asked, request: SongRequest, *, sing: bool) -> Song:
    status: Status = "waiting" if sing else "written"
    return Song(
        id=song_id(asked.message.id),
        owner=asked.member,
        owner_name=names.clean(asked.message.member.name),
        place=asked.message.place.id,
        language=asked.language,
        status=status,
        created=asked.facts.now,
        request=request,
        seed=asked.facts.seed,
    )


def finished_circle(
    asked: Asked, wish: SongRequest, request: SongRequest, given: Sequence[tuple[str, str]], host: tuple[str, str]
) -> Turn:
    """Order the song that several members wrote from one's ``wish``; it belongs to who began it."""
    sing = not asked.facts.sheet_first
    owner, owner_name = host
    if sing and owner != asked.member and asked.facts.host_open >= asked.facts.most_open:
        name = names.member_name(owner_name, asked.language)
        return asked.turn(asked.reply("circle.host_busy", name=name, most=asked.facts.most_open))
    if owner != asked.member:  # who gives the last line may have songs of their own on the way
        asked = replace(asked, facts=replace(asked.facts, mine=()))
    written = replace(_song(asked, request, sing=sing), owner=owner, owner_name=owner_name)
    understood = said_back(asked, wish)
    thanked = asked.say("name.and").join(dict.fromkeys(by for _, by in given))
    return write(asked, written, "circle.finished", sing=sing, given=tuple(given), names=thanked, summary=understood)
