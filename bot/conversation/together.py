"""A song that several people write, line by line, with hints that keep metre and rhyme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import names
from bot.conversation.asked import Asked, heard_alone
from bot.conversation.reply import Reply
from bot.conversation.songs import finished_circle
from bot.conversation.talk import Circle, GivenLine, Turn
from bot.understanding import understand
from bot.understanding.message import HAN, read
from generation.song import Line, Lyrics, LyricSection, Sheet

WANTED = 8
CHORUS_FROM = 4
FEWEST = 4
LONGEST_LINE = 120
USUAL_SYLLABLES = {"en": 8, "zh": 7}
FEWEST_SYLLABLES = 4
PUNCTUATION = " .,!?;:…，。！？；：、~\"'”’）)"
PARTICLES = "了的着吗吧啊呢呀哦嘛啦"
LONGER_BY = 4
"""So many syllables more than the line before are remarked upon."""


def together(asked: Asked) -> Turn:
    """Begin a circle, or take part in the one that is open."""
    circle, argument = asked.facts.circle, asked.message.argument
    if circle is None:
        return asked.refuse("circle.over") if argument else _begin(asked)
    if argument == "line" and not asked.text:
        return asked.ask("circle.line", "together")
    match argument or heard_alone("circle", asked.text):
        case "undo":
            return _undo(asked, circle)
        case "sing":
            return _finish_early(asked, circle)
        case "stop":
            return _stop(asked, circle)
        case "line" | "" if asked.text:
            return _add(asked, circle)
    return _show(asked, circle)


def credited(sheet: Sheet, given: Sequence[tuple[str, str]]) -> Sheet:
    """Return ``sheet`` with the names of those who gave its lines; ``given`` are (text, name)."""
    by = dict(given)

    def named(line: Line) -> Line:
        return replace(line, by=by[line.text]) if line.text in by else line

    sections = tuple(
        LyricSection(part.name, part.kind, tuple(named(line) for line in part.lines)) for part in sheet.lyrics.sections
    )
    return replace(sheet, lyrics=Lyrics(sheet.lyrics.title, sheet.lyrics.language, sections))


def _begin(asked: Asked) -> Turn:
    request = understand(asked.text).request
    if asked.message.verb and asked.text and not request.theme:
        request = replace(request, theme=names.clean(asked.text, 200))
    host = names.clean(asked.message.member.name)
    circle = Circle(request, asked.member, WANTED, host_name=host)
    about = asked.say("circle.about", theme=names.clean(request.theme, 80)) if request.theme else ""
    return _post(asked, circle, asked.say("circle.begun", about=about, wanted=WANTED))


def _add(asked: Asked, circle: Circle) -> Turn:
    replies: list[Reply] = []
    for text in asked.text.split("\n"):
        line = names.clean(text, len(text))
        if not line or len(circle.lines) >= circle.wanted:
            continue
        if len(line) > LONGEST_LINE or _syllables(line) == 0:
            return replace(asked.refuse("circle.unsingable", most=LONGEST_LINE), circle=circle)
        by = names.member_name(asked.message.member.name, asked.language)
        remarks = _remarks(asked, circle, line)
        circle = replace(circle, lines=(*circle.lines, GivenLine(line, by, asked.member)))
        hint = "\n".join([*remarks, _hint(asked, circle)]).strip()
        text = asked.say("circle.added", number=len(circle.lines), line=line, name=by, hint=hint)
        replies = [_post(asked, circle, text).replies[0]]
    if len(circle.lines) >= circle.wanted:
        return _finish(asked, circle)
    return replace(asked.turn(*replies) if replies else _show(asked, circle), circle=circle)


def _undo(asked: Asked, circle: Circle) -> Turn:
    own = [at for at, line in enumerate(circle.lines) if line.member == asked.member]
    if not own:
        return asked.refuse("circle.nothing_to_undo")
    taken = circle.lines[own[-1]]
    left = replace(circle, lines=circle.lines[: own[-1]] + circle.lines[own[-1] + 1 :])
    return _post(asked, left, asked.say("circle.undone", line=taken.text, hint=_hint(asked, left)))


def _show(asked: Asked, circle: Circle) -> Turn:
    lines = "\n".join(f"{at}. {line.text} ({line.by})" for at, line in enumerate(circle.lines, 1))
    return _post(
        asked, circle, asked.say("circle.state", lines=lines or asked.say("circle.first"), hint=_hint(asked, circle))
    )


def _stop(asked: Asked, circle: Circle) -> Turn:
    if not _may_end(asked, circle):
        return _only_host(asked, circle)
    return replace(asked.turn(asked.reply("circle.stopped")), circle=None)


def _finish_early(asked: Asked, circle: Circle) -> Turn:
    if not _may_end(asked, circle):
        return _only_host(asked, circle)
    if len(circle.lines) < FEWEST:
        return asked.refuse("circle.too_few", count=len(circle.lines), least=FEWEST)
    return _finish(asked, circle)


def _finish(asked: Asked, circle: Circle) -> Turn:
    """Order the song. Where the member has too many on the way the circle waits, complete."""
    verse = [line.text for line in circle.lines[:CHORUS_FROM]]
    chorus = [line.text for line in circle.lines[CHORUS_FROM:]]
    text = "\n".join(["[Verse]", *verse, *(["", "[Chorus]", *chorus] if chorus else [])])
    request = replace(circle.request, lyrics=text, language=circle.request.language or _language(verse + chorus))
    given = tuple((line.text, line.by) for line in circle.lines)
    turn = finished_circle(asked, circle.request, request, given, (circle.host, circle.host_name))
    return replace(turn, circle=None if turn.orders else circle)


def _may_end(asked: Asked, circle: Circle) -> bool:
    return asked.member == circle.host or asked.facts.is_moderator


def _only_host(asked: Asked, circle: Circle) -> Turn:
    return asked.refuse("circle.only_host", name=names.member_name(circle.host_name, asked.language))


def _post(asked: Asked, circle: Circle, text: str) -> Turn:
    buttons = [asked.button("line", "together", argument="line")]
    buttons += [asked.button("sing", "together", argument="sing")] if len(circle.lines) >= FEWEST else []
    buttons += [asked.button("undo", "together", argument="undo")] if circle.lines else []
    buttons.append(asked.button("put_aside", "together", argument="stop"))
    reply = Reply(text, buttons=(tuple(buttons),), asks=True, language=asked.language)
    return replace(asked.turn(reply), circle=circle)


def _hint(asked: Asked, circle: Circle) -> str:
    """Say how long the next line should be and, at the end of a couplet, what it should rhyme with."""
    number = len(circle.lines) + 1
    if number > circle.wanted:
        return ""
    if number == CHORUS_FROM + 1:
        return asked.say("circle.hint_chorus", number=number, wanted=circle.wanted)
    partner = circle.lines[-1].text if circle.lines else ""
    code = _language([line.text for line in circle.lines]) if circle.lines else asked.language
    near = max(_syllables(partner), FEWEST_SYLLABLES) if partner else USUAL_SYLLABLES.get(code, USUAL_SYLLABLES["en"])
    key = "circle.hint" if number % 2 else "circle.hint_rhyme"
    return asked.say(key, number=number, wanted=circle.wanted, syllables=near, word=_last_word(partner))


def _remarks(asked: Asked, circle: Circle, line: str) -> list[str]:
    """Say kindly where a line that was just given leaves the metre or the rhyme of its couplet."""
    if len(circle.lines) % 2 == 0:
        return []
    # Pronunciation loads its dictionaries on first use; the bot starts without them.
    from generation.lyrics.rhyme import rhymes

    partner = circle.lines[-1].text
    near, own = _syllables(partner), _syllables(line)
    if own > near + LONGER_BY:
        return [asked.say("circle.long", syllables=own, near=near)]
    if rhymes(_rhyming(line), _rhyming(partner), _language([partner])):
        return []
    return [asked.say("circle.no_rhyme", word=_last_word(partner))]


def _syllables(line: str) -> int:
    from generation.voices.pronunciation import syllabify

    return len(syllabify(line, _language([line])))


def _rhyming(line: str) -> str:
    """Return the line up to its rhyme: without punctuation and the light particles that Chinese lines end with."""
    bare = line.rstrip(PUNCTUATION)
    return bare.rstrip(PARTICLES) or bare


def _last_word(line: str) -> str:
    word = _rhyming(line).split(" ")[-1]
    return word[-1:] if HAN.search(word) else word


def _language(lines: Sequence[str]) -> str:
    return read("\n".join(lines)).language
