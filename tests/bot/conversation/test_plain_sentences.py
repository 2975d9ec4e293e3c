"""Every verb is understood as a plain sentence: the examples of help are true."""

from __future__ import annotations

import pytest

from bot.conversation.verbs import verbs
from bot.understanding.verbs import verb_of
from storage.songs import Status
from tests.bot.conversation.chats import Chat, a_song, paper, says

FIRST_SENTENCE = {
    "song": "song.ordered",
    "sheet": "song.writing",
    "sing": "sing.start",
    "change": "song.changing",
    "hum": "file.hum_how",
    "again": "song.again",
    "variation": "song.changing",
    "extend": "song.changing",
    "shorter": "song.changing",
    "instrumental": "song.changing",
    "stems": "parts.coming",
    "lyrics": "lyrics.head",
    "licence": "licence.head",
    "check": "file.check_how",
    "status": "status.written",
    "cancel": "stop.stopping",
    "mine": "mine.head",
    "together": "circle.begun",
    "quota": "quota.none",
    "report": "report.why",
    "forget": "forget.everything",
    "language": "language.set",
    "help": "help.hello",
}
STATES: dict[str, Status] = {"stems": "made", "licence": "made", "cancel": "singing"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("verb", verbs())
def test_the_example_of_a_verb_means_that_verb(verb: str, language: str) -> None:
    assert verb_of(verbs()[verb].example[language], paper()) == verb


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("verb", verbs())
def test_the_example_of_a_verb_does_what_its_command_does(verb: str, language: str) -> None:
    song = a_song(STATES.get(verb, "written"))
    come = Chat(language, song=song, facts={"longest_s": 600.0}).say(verbs()[verb].example[language])
    assert says(come.replies[0], FIRST_SENTENCE[verb]), come.replies[0].text
