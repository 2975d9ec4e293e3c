"""Files and records: parts of a song, whether a file is ours, deleting, reporting."""

from __future__ import annotations

from bot.conversation import cards, names
from bot.conversation.asked import Asked, heard, song_id
from bot.conversation.attached import is_audio
from bot.conversation.news import checked, parts_coming
from bot.conversation.orders import Check, Forget, Parts, Report
from bot.conversation.reply import Button
from bot.conversation.talk import Turn
from storage.songs import Song

LONGEST_REPORT = 1000


def stems(asked: Asked, about: Song) -> Turn:
    """Parts of a finished song; without naming one, a menu of them."""
    if about.status != "made":
        shown = cards.song_buttons(about, asked.language) if asked.owns(about) else ()
        return asked.turn(asked.reply("parts.not_made", song=about, buttons=shown), focus=about.id)
    named = asked.message.argument
    wanted = (named,) if named in cards.PARTS else heard("parts", asked.text)
    if wanted:
        coming = parts_coming(about, wanted, asked.language)
        return asked.turn(coming, orders=(Parts(about.id, wanted),), focus=about.id)
    menu = cards.rows(Button(asked.say(f"parts.{part}"), "stems", about.id, part) for part in cards.PARTS)
    return asked.turn(asked.reply("parts.which", song=about, buttons=menu), focus=about.id)


def check(asked: Asked) -> Turn:
    """Whether a file was made here; a song that is answered was."""
    attached = asked.message.attachment
    about = asked.facts.song
    if attached is None:
        if asked.facts.pointed and about and asked.sees(about) and about.status == "made":
            return asked.turn(checked(about, about, asked.language), focus=about.id)
        return asked.ask("file.check_how", "check")
    if attached.content is None:
        return asked.refuse("file.too_big", name=names.clean(attached.name))
    if not is_audio(attached):
        return asked.refuse("file.unusable", name=names.clean(attached.name))
    return asked.turn(asked.reply("file.checking"), orders=(Check(attached),))


def forget_everything(asked: Asked) -> Turn | None:
    """Delete everything about the member after a yes, or nothing after a no; None where this is about one song."""
    if asked.message.argument == "no":
        return asked.refuse("forget.kept")
    # The answer carries the member's own mark, so that nobody deletes their data by pressing another's button.
    mark = "me" + song_id(asked.member)[:8]
    if asked.message.argument == "yes" and asked.message.song == mark:
        return asked.turn(asked.reply("forget.going", private=True), orders=(Forget(asked.member),))
    if asked.message.song or not heard("everything", asked.text):
        return None
    buttons = (asked.button("yes_everything", "forget", mark, "yes"), asked.button("keep", "forget", mark, "no"))
    reply = asked.reply("forget.everything", buttons=(buttons,), private=True, count=len(asked.facts.mine))
    return asked.turn(reply, expects=_expects(asked))


def _expects(asked: Asked) -> str:
    """A "no" in words keeps everything. Where others talk too, only the buttons answer."""
    return "" if asked.message.place.shared else "forget"


def forget(asked: Asked, about: Song) -> Turn:
    """Delete a song once its owner, or a moderator, has said yes to the question."""
    if asked.message.argument == "yes":
        return asked.turn(asked.reply("forget.going"), orders=(Forget(about.owner, about.id),))
    buttons = (asked.button("yes_delete", "forget", about.id, "yes"), asked.button("keep", "forget", about.id, "no"))
    title = cards.called(about, asked.language)
    reply = asked.reply("forget.one", song=about, title=title, buttons=(buttons,))
    return asked.turn(reply, focus=about.id, expects=_expects(asked))


def report(asked: Asked, about: Song) -> Turn:
    """Tell the moderators what is wrong with a song."""
    # A plain "I want to report this song" gives no reason yet.
    gives_reason = asked.message.verb or asked.talk.expects or heard("reason", asked.text)
    if not asked.text or not gives_reason:
        return asked.ask("report.why", "report", about)
    text = asked.text[:LONGEST_REPORT]
    return asked.turn(
        asked.reply("report.thanks", private=True), orders=(Report(asked.member, about.id, text),), focus=about.id
    )
