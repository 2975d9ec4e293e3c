"""What the bot says is there in both languages, and nothing of it is left over."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import get_args

import pytest

from bot.conversation.cards import PARTS
from bot.conversation.news import STAGES
from bot.conversation.verbs import Verb, verbs
from bot.conversation.words import help_groups, listened, say, sentences
from generation.passport.components import Answer
from storage.songs import Status

PROJECT = Path(__file__).resolve().parents[3]
CODE = "\n".join(path.read_text("utf-8") for path in (PROJECT / "bot/conversation").glob("*.py"))


def names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_say_the_same_things() -> None:
    assert list(sentences("en")) == list(sentences("zh"))


@pytest.mark.parametrize("key", sentences("en"))
def test_a_sentence_is_there_with_the_same_values(key: str) -> None:
    assert names(sentences("en")[key]) == names(sentences("zh")[key])
    assert sentences("en")[key].strip()
    assert sentences("zh")[key].strip()


def test_every_sentence_is_said_somewhere() -> None:
    built = {f"status.{status}" for status in get_args(Status)} | {f"state.{status}" for status in get_args(Status)}
    built |= {f"parts.{part}" for part in PARTS} | {f"use.{use}" for use in listened("use") if use != "personal"}
    built |= {f"licence.{answer}" for answer in get_args(Answer)}
    built |= {f"stage.{stage}" for stage in (*STAGES, "begun")}
    built |= {f"told.vocals_{voice}" for voice in ("none", "female", "male", "duet")}
    built |= {f"told.{step}" for step in ("higher", "lower", "higher_one", "lower_one", "longer", "shorter")}
    built |= {f"told.{note}_{way}" for note in ("note", "last_note", "last_nth") for way in ("higher", "lower")}
    built |= {f"aside.{kind}" for kind in listened("aside")} | {f"help.{heading}" for heading in help_groups()}
    built |= {"card.female", "card.male", "card.duet", "card.no_voice", "name.vocals", "name.band"}
    buttons = {f"button.{name}" for name in re.findall(r'"(\w+)"', CODE)} | {"button.change_asks", "button.line_asks"}
    unsaid = {key for key in sentences("en") if f'"{key}"' not in CODE} - built - buttons
    assert not unsaid


def test_chinese_sentences_use_chinese_punctuation() -> None:
    for key, sentence in sentences("zh").items():
        assert not re.search(r"[\u4e00-\u9fff][,.!?;:](?:\s|$)", sentence), key


def test_what_a_member_wrote_is_only_text() -> None:
    assert say("song.ordered", "en", summary="{title} <b>@everyone</b>").endswith("{title} <b>@everyone</b>")


def test_any_other_language_is_answered_in_english() -> None:
    assert sentences("fr") == sentences("en")


def test_the_words_listened_for_are_folded() -> None:
    tables = ("parts", "language", "use", "everything", "drop", "greeting", "thanks", "circle", "aside", "nod", "back")
    for table in (*tables, "asking", "another_take", "sing_this", "stop_it", "one_of_several", "ordinal", "a_song"):
        for words in listened(table).values():
            assert all(word == word.lower() for word in words)


@pytest.mark.parametrize("verb", verbs().values(), ids=lambda verb: verb.name)
def test_a_verb_fits_every_menu(verb: Verb) -> None:
    assert re.fullmatch(r"[a-z]{1,32}", verb.name)
    for language in ("en", "zh"):
        assert 1 <= len(verb.label[language]) <= 32
        assert 1 <= len(verb.says[language]) <= 100
        assert len(verb.hint[language]) <= 100
        assert verb.example[language]
        assert bool(verb.hint[language]) == (verb.takes != "nothing")
