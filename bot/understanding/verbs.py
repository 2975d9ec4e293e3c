"""Which verb of the conversation a plain sentence means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.understanding.changes import read_changes
from bot.understanding.cues import LONGEST_CUED
from bot.understanding.lexicon import LANGUAGES, slot_lexicon
from bot.understanding.message import LONGEST_WISH, TAKEN, Message, read
from bot.understanding.quoted import take_quoted
from bot.understanding.reading import Understanding, stated, understand
from bot.understanding.verb_cues import verbs_cued
from bot.understanding.verb_examples import NONE, likeness
from bot.understanding.words import read_words
from generation.changes import Change, Feel, Instruments, Length, Reword, Vocals
from generation.lyrics.own import sections_of
from generation.song import Sheet

_VERB_OF_INTENT = {"new_song": "song", "not_a_request": ""}
_LONGEST = 240
"""A longer message is a song to write; its story says "sing it" and "again" too. It may still ask for the sheet."""
_ASKED_AT_LENGTH = ("sheet",)
_UNSURE = {"": 0.15, "song": 0.2, "change": 0.15}
"""The rules' answers where nothing else fits, and by how much another must be likelier to replace them.

Chosen by five-fold cross-validation of the examples, that of ``song`` higher so that no wish for a song is lost.
"""
_HARDLY_MISSED = 0.1
"""The rules know most wishes for a song: what they take for something else must be this much more like one."""
_OF_A_NEW_SONG = frozenset({"genre", "title"})
_SUNG = frozenset({"voice", "vocal", "vocals"})
"""Nouns of a request that are also parts of a song that is there."""
_A_FEW_WORDS = 12
"""Characters."""
_VAGUE = (Feel, Instruments, Vocals)
"""What small talk names too ("you're funny", "I play the piano")."""


def verb_of(text: str, about: Sheet | None = None) -> str:
    """Return the name of a verb of ``bot.conversation.verbs``, ``""`` where the sentence asks for nothing.

    ``about`` is the song the talk is about, None where there is none. Never raises.
    """
    understood = understand(text)
    message = take_quoted(read(text[:LONGEST_WISH])).message
    if understood.request.lyrics and understood.intent == "new_song":
        # Words for one section of the song at hand change it; words for several are another song.
        given = read_changes(text, about).changes if about and len(sections_of(text)) < 2 else ()
        return "change" if any(isinstance(change, Reword) for change in given) else "song"
    folded = message.folded.replace(TAKEN, " ").strip()
    said = _said(understood, folded, about)
    if said is not None:
        return said
    ruled = _VERB_OF_INTENT.get(understood.intent, understood.intent)
    if about and len(folded) <= _LONGEST:
        changes = _changes(understood, text, about)
        if any(_is_plain(change, understood.intent) for change in changes):
            return "change"
        ruled = "change" if changes else ruled
    if ruled not in _UNSURE or len(folded) > LONGEST_CUED or _is_told(understood):
        return ruled
    return _likeliest(message, ruled)


def _said(understood: Understanding, folded: str, about: Sheet | None) -> str | None:
    """Return the verb that an expression or a set of cues names, None where none does."""
    rows = read_words("en/verbs")
    for verb, row in rows.items():
        if len(folded) > _LONGEST and verb not in _ASKED_AT_LENGTH:
            continue
        if understood.intent in row["over"] and _says(verb, folded, of_a_song=about is not None):
            return "" if verb == NONE else str(verb)
    if understood.intent in _VERB_OF_INTENT or understood.intent == "change":
        return next((verb for verb in verbs_cued(folded) if understood.intent in rows[verb]["over"]), None)
    return None


def _is_told(understood: Understanding) -> bool:
    """A wish that names the new song's genre, or says two things of it, is one, whatever else its words are like."""
    slots = stated(understood).keys() - {"intent"}
    return understood.intent == "new_song" and (len(slots) > 1 or bool(slots & _OF_A_NEW_SONG))


def _likeliest(message: Message, ruled: str) -> str:
    """Return the verb whose examples the message is most like; ``ruled`` stands unless another is clearly nearer."""
    near = likeness(message)
    near[""] = near.pop(NONE)
    near[ruled] += _UNSURE[ruled]
    near["song"] -= _HARDLY_MISSED * (ruled != "song")
    possible = [
        verb
        for verb in near
        if verb == ruled or not any(one.search(message.folded) for one in _expressions(verb, "never"))
    ]
    return max(possible, key=near.__getitem__)


def _changes(understood: Understanding, text: str, about: Sheet) -> Sequence[Change]:
    """Return what is changed in the song at hand: a fragment ("no drums", 女声唱会更好) is about that song, not the
    wish for another one."""
    if understood.intent not in {*_VERB_OF_INTENT, "change"} or len(sections_of(text)) > 1:
        return ()
    changes = read_changes(text, about).changes
    if understood.intent == "change":
        return changes
    if understood.intent == "not_a_request":
        is_named = any(not isinstance(change, _VAGUE) or getattr(change, "section", "") for change in changes)
        return changes if is_named else ()
    slots = stated(understood).keys() - {"intent"}
    names_a_song = any(hit.slot == "head" and hit.value not in _SUNG for hit in slot_lexicon().find(read(text)))
    if names_a_song or slots & _OF_A_NEW_SONG:
        return ()
    if any(getattr(change, "section", "") for change in changes):
        return changes
    # 转到D调: in a few words with a sound in them, what looks like a theme is the rest of the wish.
    is_rest = len(understood.request.text) <= _A_FEW_WORDS and not any(isinstance(change, Feel) for change in changes)
    return changes if len(slots - {"theme"}) <= 1 and (is_rest or "theme" not in slots) else ()


def _is_plain(change: Change, intent: str) -> bool:
    """Whether no other verb can be meant: a length and no voice have their own, a mood is in small talk."""
    if isinstance(change, Feel):
        return bool(change.section or (change.genre and intent == "change"))
    return not isinstance(change, Length) and change != Vocals("none")


def _says(verb: str, folded: str, *, of_a_song: bool) -> bool:
    if any(one.search(folded) for one in _expressions(verb, "never")):
        return False
    keys = ("patterns", "of_a_song") if of_a_song else ("patterns",)
    return any(one.search(folded) for key in keys for one in _expressions(verb, key))


@cache
def _expressions(verb: str, key: str) -> Sequence[re.Pattern[str]]:
    rows = [read_words(f"{language}/verbs").get(verb, {}) for language in LANGUAGES]
    return [re.compile(written) for row in rows for written in row.get(key, ())]
