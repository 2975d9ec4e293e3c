"""What the house says of itself, when something has come about. Pure: data in, a reply out."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from bot.conversation import cards, names
from bot.conversation.reply import File, Reply
from bot.conversation.talk import Standing
from bot.conversation.told import opened
from bot.conversation.words import say
from generation.errors import StudioError
from generation.song import TuneNote
from storage.songs import Song

BAR = 10
LONGEST_CAPTION = 900
"""Characters: Telegram's captions hold 1024, and words may follow."""
STAGES = ("lyrics", "score", "voice", "band", "mix", "passport")


class Marked(Protocol):
    """A file's mark, as ``generation.passport.readback`` found it."""

    @property
    def title(self) -> str: ...


def listening(language: str) -> Reply:
    """A hummed tune has come and is being heard."""
    return _plain("song.hummed", language)


def sheet_card(song: Song, language: str) -> Reply:
    """A song on paper: key facts, form and chords, words folded, and the buttons of its state."""
    return cards.card(song, language)


def heard(song: Song, tune: tuple[TuneNote, ...], picture: bytes, named: str = "") -> Reply:
    """The hummed tune as notes (``named`` as a musician writes them) and as a picture (PNG), with the song's sheet."""
    language = song.language
    head = say("listen.heard", language, notes=named or names.notes(tune))
    files = (File("tune.png", "image/png", content=picture),) if picture else ()
    # The notes stand in the head already.
    paper = replace(song.sheet, marks=replace(song.sheet.marks, tune=())) if song.sheet else None
    return replace(cards.card(replace(song, sheet=paper), language, head + "\n"), files=files)


def live(song: Song, standing: Standing | None, language: str) -> Reply:
    """The one post that follows an ordered song."""
    lines = cards.song_lines(song, language, whole=False)
    lines[1:1] = _standing_lines(standing, language) if standing else [_state(song, language)]
    return Reply(
        "\n".join(lines),
        cards.lyrics(song, language),
        cards.song_buttons(song, language),
        song=song.id,
        language=language,
    )


def finished(song: Song, files: tuple[File, ...], language: str) -> Reply:
    """The result: facts and the short licence note as caption, words and the whole note folded."""
    lines = cards.song_lines(song, language, whole=False)
    note = names.shortened(cards.short_note(song, language), cards.LONGEST_LINE)
    facts = names.shortened("\n".join(lines), LONGEST_CAPTION - len(note) - 2)
    return Reply(
        f"{facts}\n\n{note}" if note else facts,
        (*cards.lyrics(song, language), *cards.licence(song, language)),
        cards.song_buttons(song, language),
        files,
        song.id,
        language=language,
    )


def finished_live(song: Song, language: str = "") -> Reply:
    """What the live post turns into once the song is posted."""
    return _about("live.made", song, language, buttons=False)


def failed(song: Song, language: str = "") -> Reply:
    """The live post of a song that could not be made, and why."""
    return _about("live.failed", song, language)


def cancelled(song: Song, language: str = "") -> Reply:
    """The live post of a song that was stopped."""
    return _about("live.cancelled", song, language)


def parts_coming(song: Song, wanted: tuple[str, ...], language: str = "") -> Reply:
    """Parts of a song are being made."""
    return _parts("parts.coming", song, wanted, (), language)


def parts_ready(song: Song, wanted: tuple[str, ...], files: tuple[File, ...], language: str = "") -> Reply:
    """Parts of a song, as files."""
    return _parts("parts.ready", song, wanted, files, language)


def forgotten(song: Song | None, language: str) -> Reply:
    """One song is deleted, or with None everything about the member."""
    if song is None:
        return _plain("forget.done_everything", language)
    return Reply(say("forget.done", language, title=names.title(song, language)), language=language)


def reported(song: Song, name: str, text: str, language: str) -> Reply:
    """A report as the moderators read it; ``name`` is who reports."""
    said = say(
        "report.moderators",
        language,
        name=names.member_name(name, language),
        owner=names.member_name(song.owner_name, language),
        title=names.title(song, language),
        text=text,
    )
    return Reply(
        said,
        cards.lyrics(song, language),
        ((cards.button("forget", "forget", language, song.id),),),
        song=song.id,
        language=language,
    )


def checked(found: Marked | None, song: Song | None, language: str) -> Reply:
    """Whether a file was made here. ``song`` is the one it is, where it is still kept."""
    if found is None:
        return _plain("check.no", language)
    if song is None or song.status == "deleted":
        return Reply(say("check.yes_gone", language, title=names.clean(found.title)), language=language)
    said = say("check.yes", language, title=names.title(song, language))
    return Reply(
        f"{said}\n{cards.short_note(song, language)}".strip(), cards.licence(song, language), language=language
    )


def refused(error: StudioError, language: str) -> Reply:
    """Something that cannot be done as asked, in the error's own sentence."""
    return Reply(error.sentence(language), language=language)


def flood(language: str) -> Reply:
    return replace(_plain("trouble.flood", language), private=True)


def fault(language: str) -> Reply:
    return _plain("trouble.fault", language)


def standing_text(standing: Standing, language: str) -> str:
    """Place in the queue and why, or stage and bar; then the estimate."""
    return "\n".join(_standing_lines(standing, language))


def _standing_lines(standing: Standing, language: str) -> list[str]:
    if standing.place == 0:
        share = min(max(standing.fraction, 0.0), 1.0)
        full = round(share * BAR)
        stage = say(f"stage.{standing.stage if standing.stage in STAGES else 'begun'}", language)
        where = say(
            "status.stage", language, stage=stage, bar="▓" * full + "░" * (BAR - full), percent=round(share * 100)
        )
    elif standing.place == 1:
        where = say("status.next", language)
    elif standing.ahead_members == 0:
        where = say("status.own_first", language, place=standing.place)
    else:
        key = "status.other_first" if standing.ahead_members == 1 else "status.others_first"
        where = say(key, language, place=standing.place, count=standing.ahead_members)
    if standing.estimate_s < 5:
        return [where, say("status.nearly", language)]
    return [where, say("status.ready_in", language, time=names.about(standing.estimate_s, language))]


def _state(song: Song, language: str) -> str:
    return say(f"status.{song.status}", language, title=names.title(song, language), reason=_reason(song, language))


def _reason(song: Song, language: str) -> str:
    return names.remark(song.reason, language) if song.reason else say("status.unknown_reason", language)


def _plain(key: str, language: str) -> Reply:
    return Reply(say(key, language), language=language)


def _about(key: str, song: Song, language: str, *, buttons: bool = True) -> Reply:
    language = language or song.language
    text = say(key, language, title=names.title(song, language), reason=_reason(song, language))
    shown = cards.song_buttons(song, language) if buttons else ()
    return Reply(text, buttons=shown, song=song.id, language=language)


def _parts(key: str, song: Song, wanted: tuple[str, ...], files: tuple[File, ...], language: str) -> Reply:
    language = language or song.language
    listed = say("name.and", language).join(say(f"parts.{part}", language) for part in wanted if part in cards.PARTS)
    text = opened(say(key, language, title=names.title(song, language), parts=listed))
    return Reply(text, files=files, song=song.id, language=language)
