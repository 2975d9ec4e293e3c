"""Files and records: parts of a song, whether a file is ours, deleting, reporting."""

from __future__ import annotations

from bot.conversation import cards, names
from bot.conversation.asked import Asked, heard, song_id
from bot.conversation.attached import is_audio
from bot.conversation.news import checked, parts_coming
from bot.conversation.orders import Check, Forget, Parts, Report
from bot.conversation.talk import Turn
from storage.songs import Song

LONGEST_REPORT = 1000


def stems(asked: Asked, about: Song) -> Turn:
    """Parts of a finished song; without naming one, a menu of them."""
    if about.status != "made":
        shown = cards.song_buttons(about, asked.language) if asked.owns(about) else ()
        return asked.turn(asked.reply("parts.not_made", song=about, buttons=shown), focus=about.id)
    named = (asked.message.argument,) if asked.message.argument in cards.PARTS else ()
    wanted = named or (heard("parts", asked.text) if asked.message.verb or _names_one(asked.text) else ())
    if wanted:
        coming = parts_coming(about, wanted, asked.language)
        return asked.turn(coming, orders=(Parts(about.id, wanted),), focus=about.id)
    menu = cards.rows(
        cards.part_button(part, about.id, asked.language) for part in cards.PARTS
    )
    return asked.turn(asked.reply("parts.which", song=about, buttons=menu), focus=about.id)


def check(asked: Asked) -> Turn:
    """Whether a file was made here; a song that is answered was."""
    attached = asked.message.attachment
    about = asked.facts.song
    if attached is None:
        if asked.facts.pointed and about and asked.sees(about) and about.status == "made":
            return asked.turn(checked(_Known(asked.title(about)), about, asked.language), focus=about.id)
        return asked.ask("file.check_how", "check")
    if attached.content is None:
        return asked.refuse("file.too_big", name=names.clean(attached.name))
    if not is_audio(attached):
        return asked.refuse("file.unusable", name=names.clean(attached.name))
    return asked.turn(asked.reply("file.checking"), orders=(Check(attached),))


def forget(asked: Asked) -> Turn:
    """Delete a song, or everything, once the member has said yes to the question."""
    argument, named = asked.message.argument, asked.message.song or ""
    if argument == "no":
        return asked.refuse("forget.kept")
    if argument == "yes" and named == _everything(asked):
        return asked.turn(asked.reply("forget.going", private=True), orders=(Forget(asked.member),))
    if argument == "yes" and named.startswith(EVERYTHING):
        return asked.refuse("forget.other")
    if heard("everything", asked.text):
        yes = asked.button("yes_everything", "forget", _everything(asked), "yes")
        keep = asked.button("keep", "forget", argument="no")
        return asked.turn(
            asked.reply("forget.everything", buttons=((yes, keep),), private=True, count=len(asked.facts.mine))
        )
    return asked.need_song(_forget_one)


def report(asked: Asked, about: Song) -> Turn:
    """Tell the moderators what is wrong with a song."""
    if not asked.text:
        return asked.ask("report.why", "report", about)
    text = asked.text[:LONGEST_REPORT]
    return asked.turn(
        asked.reply("report.thanks", private=True), orders=(Report(asked.member, about.id, text),), focus=about.id
    )
