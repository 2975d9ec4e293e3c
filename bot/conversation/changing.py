"""One thing in a song becomes another; the rest stays."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import cards, names, songs
from bot.conversation.asked import Asked
from bot.conversation.focus import unwritten
from bot.conversation.talk import Turn
from bot.conversation.told import opened, told
from bot.understanding.changes import ReadChanges, read_changes
from generation.changes import Change, Drop, Length, NewTune, Reword, Vocals, changes_to_json
from generation.song import Remark, Sheet
from storage.songs import Song

LONGER_S = 30.0
SHORTER_SHARE = 0.25


def change(asked: Asked, about: Song) -> Turn:
    """Change what the sentence names."""
    if not asked.text:
        return asked.ask("change.what", "change", about)
    sheet = about.sheet
    if sheet is None:
        return unwritten(asked, about)
    found = read_changes(asked.text, sheet)
    if not found.changes:
        return _unclear(asked, about, found)
    return changed(asked, about, tuple(_signed(asked, each) for each in found.changes), found.unclear)


def variation(asked: Asked, about: Song) -> Turn:
    """The same words with another tune."""
    return unwritten(asked, about) if about.sheet is None else changed(asked, about, (NewTune(),))


def extend(asked: Asked, about: Song) -> Turn:
    """Longer by what was said, else by half a minute."""
    sheet = about.sheet
    if sheet is None:
        return unwritten(asked, about)
    found = _resized(asked, sheet) or (Length(more_s=LONGER_S),)
    longest, now = asked.facts.longest_s, sheet.plan.duration_s
    if any((each.duration_s or now) + each.more_s > longest for each in found if isinstance(each, Length)):
        return asked.refuse("change.too_long", about, longest=names.clock(longest))
    return changed(asked, about, found)


def shorter(asked: Asked, about: Song) -> Turn:
    """Shorter by what was said, else by a quarter."""
    sheet = about.sheet
    if sheet is None:
        return unwritten(asked, about)
    less = max(10, round(sheet.plan.duration_s * SHORTER_SHARE / 5) * 5)
    return changed(asked, about, _resized(asked, sheet) or (Length(more_s=-float(less)),))


def instrumental(asked: Asked, about: Song) -> Turn:
    """The same song without the voice."""
    sheet = about.sheet
    if sheet is None:
        return unwritten(asked, about)
    if not sheet.plan.voices:
        return asked.refuse("change.no_voice", about)
    return changed(asked, about, (Vocals("none"),))


def changed(asked: Asked, about: Song, changes: tuple[Change, ...], unclear: Remark | None = None) -> Turn:
    """Change a member's own draft in place, for free; of any other song make a new one that knows its parent."""
    what = opened(told(changes, asked.language))
    if about.status == "written" and asked.owns(about):
        history = (*about.changes, *changes_to_json(changes)) if about.parent else about.changes
        written = replace(about, seed=asked.facts.seed, changes=history)
        turn = songs.write(asked, written, "song.changing", sing=False, changes=changes, what=what)
    else:
        sing = not asked.facts.sheet_first
        written = songs.child(asked, about, changes, sing=sing)
        key = "song.changing_sung" if sing else "song.changing"
        turn = songs.write(asked, written, key, sing=sing, changes=changes, called=asked.title(about), what=what)
    if not turn.orders:
        return turn
    first, *_ = turn.replies
    if unclear:
        first = replace(first, text=f"{first.text}\n{names.remark(unclear, asked.language)}")
    return songs.beside(asked, about, replace(turn, replies=(first,)))


def back(asked: Asked) -> Turn:
    """Show the way to the version before: a song of its own; a draft keeps no earlier ones."""
    about = asked.facts.song
    if about is None or not asked.sees(about):
        return asked.turn(asked.reply("status.none"))
    before = next((song for song in asked.facts.mine if song.id == about.parent), None)
    if before is None:
        return asked.turn(asked.reply("change.no_way_back", song=about), focus=about.id)
    return asked.turn(asked.reply("change.back", buttons=cards.choice([before], "mine", asked.language)))


def _signed(asked: Asked, change: Change) -> Change:
    """A line given where others read along carries the name of who gave it."""
    if isinstance(change, Reword) and asked.message.place.shared:
        return replace(change, by=names.member_name(asked.message.member.name, asked.language))
    return change


def _resized(asked: Asked, sheet: Sheet) -> tuple[Change, ...]:
    """Return what the sentence changes, if that makes the song longer or shorter."""
    found = read_changes(asked.text, sheet).changes if asked.text else ()
    return found if any(isinstance(each, Length | Drop) for each in found) else ()


def _unclear(asked: Asked, about: Song, found: ReadChanges) -> Turn:
    turn = asked.ask("change.unclear", "change", about)
    return replace(turn, replies=(asked.remark(found.unclear, about, asks=True),)) if found.unclear else turn
