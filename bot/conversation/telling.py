"""Questions: my songs, the words, the licence, the quota, the language, what the bot can do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import cards, names
from bot.conversation.asked import Asked, heard
from bot.conversation.focus import unwritten
from bot.conversation.orders import SetLanguage
from bot.conversation.reply import Button, Folded, Reply
from bot.conversation.talk import Turn
from bot.conversation.verbs import verbs
from bot.conversation.words import help_groups, say
from storage.songs import Song

MOST_LISTED = 20
DEEPEST = 4
EXAMPLES = ("song", "change", "licence", "together")


def mine(asked: Asked) -> Turn:
    """The member's songs as families; with a song named, that song's card."""
    about = asked.facts.song
    if asked.message.song and about and asked.sees(about) and about.status != "deleted":
        return asked.turn(cards.card(about, asked.language), focus=about.id)
    if not asked.facts.mine:
        return asked.turn(asked.reply("mine.none"))
    listed = _families(asked.facts.mine)
    lines = [asked.say("mine.head", count=len(listed))]
    for depth, song in listed[:MOST_LISTED]:
        state = asked.say(f"state.{song.status}")
        branch = "　" * (min(depth, DEEPEST) - 1) + "└ " if depth else "♪ "
        title = cards.apart(song, asked.facts.mine if depth else (), asked.language)
        lines.append(asked.say("mine.row", branch=branch, title=title, state=state))
    if len(listed) > MOST_LISTED:
        lines.append(asked.say("mine.more", count=len(listed) - MOST_LISTED))
    buttons = cards.choice(asked.facts.mine, "mine", asked.language)
    return asked.turn(Reply("\n".join(lines), buttons=buttons, language=asked.language))


def lyrics(asked: Asked, about: Song) -> Turn:
    """The words of a song, folded."""
    if about.sheet is None:
        return unwritten(asked, about)
    words = cards.lyrics(about, asked.language)
    if not words:
        return asked.turn(asked.reply("lyrics.none", song=about), focus=about.id)
    return asked.turn(asked.reply("lyrics.head", song=about, folded=words), focus=about.id)


def licence(asked: Asked, about: Song) -> Turn:
    """What may be done with a song; a use that was named is answered as far as the note goes."""
    if about.note is None:
        buttons = cards.song_buttons(about, asked.language) if asked.owns(about) else ()
        return asked.turn(asked.reply("licence.no_note", song=about, buttons=buttons), focus=about.id)
    lines = [asked.say("licence.head", title=asked.title(about)), *_answers(asked, about)]
    lines += ["", names.remark(about.note, asked.language)]
    return asked.turn(Reply("\n".join(lines), song=about.id, language=asked.language), focus=about.id)


def quota(asked: Asked) -> Turn:
    """What may still be made: this house sets no daily limit, only one on songs at a time."""
    today = asked.facts.now[:10]
    made = sum(song.status == "made" and song.created[:10] == today for song in asked.facts.mine)
    reply = asked.reply("quota.none", private=True, made=made, open=len(asked.open_songs()), most=asked.facts.most_open)
    return asked.turn(reply)


def language(asked: Asked) -> Turn:
    """Fix the language to answer in."""
    named = heard("language", asked.message.argument or asked.text)
    if len(named) != 1:
        buttons = tuple(asked.button(label, "language", argument=code) for label, code in _LANGUAGES)
        return asked.turn(asked.reply("language.which", buttons=(buttons,)))
    chosen = named[0]
    about = asked.facts.song
    mine = about if about and asked.owns(about) and about.status != "deleted" else None
    # The buttons of the song at hand come along in the language chosen.
    shown = cards.song_buttons(mine, chosen) if mine else ()
    reply = Reply(say("language.set", chosen), buttons=shown, song=mine.id if mine else "", language=chosen)
    return asked.turn(reply, orders=(SetLanguage(asked.member, chosen),))


def help_(asked: Asked) -> Turn:
    """Who the bot is, with examples to copy, and every verb folded."""
    code = "zh" if asked.language == "zh" else "en"
    known = verbs()
    examples = "\n".join(f"• {known[name].example[code]}" for name in EXAMPLES)
    every = "\n\n".join(
        "\n".join(
            [
                asked.say(f"help.{group}"),
                *(asked.say("help.row", name=name, says=known[name].says[code]) for name in each),
            ]
        )
        for group, each in help_groups().items()
    )
    switch = asked.button("english", "language", argument="en") if code == "zh" else _chinese(asked)
    reply = asked.reply(
        "help.hello",
        examples=examples,
        folded=(Folded(asked.say("help.fold"), every),),
        buttons=((asked.button("mine", "mine"), switch),) if asked.facts.mine else ((switch,),),
    )
    return asked.turn(reply)


_LANGUAGES = (("english", "en"), ("chinese", "zh"))


def _chinese(asked: Asked) -> Button:
    return asked.button("chinese", "language", argument="zh")


def _answers(asked: Asked, about: Song) -> list[str]:
    uses = heard("use", asked.text)
    answer = cards.commercial_use(about)
    told = [asked.say(f"licence.{answer}", use=asked.say(f"use.{use}")) for use in uses if use != "personal"]
    return told or ([asked.say("licence.personal")] if uses else [])


def _families(songs: Sequence[Song]) -> list[tuple[int, Song]]:
    """Return (depth, song): families by their newest song, each parent before its children, oldest child first."""
    known = {song.id: song for song in songs}
    children: dict[str, list[Song]] = {}
    for song in songs:
        children.setdefault(song.parent if song.parent in known and song.parent != song.id else "", []).append(song)
    listed: list[tuple[int, Song]] = []
    waiting = [(0, song) for song in reversed(_by_newest(children.get("", []), children))]
    while waiting:
        depth, song = waiting.pop()
        listed.append((depth, song))
        waiting += [(depth + 1, child) for child in children.get(song.id, [])]
    return listed


def _by_newest(heads: Sequence[Song], children: dict[str, list[Song]]) -> list[Song]:
    def newest(head: Song) -> str:
        latest, family = "", [head]
        while family:
            song = family.pop()
            latest = max(latest, song.created)
            family += children.get(song.id, [])
        return latest

    return sorted(heads, key=newest, reverse=True)
