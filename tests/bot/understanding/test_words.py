"""The word lists keep to the closed vocabularies, and no English word is taken for a slip of the finger."""

import json
import re
from importlib.resources import files

import pytest

from bot.understanding import understand
from bot.understanding.intents import ASKED_FIRST
from bot.understanding.lexicon import slot_lexicon
from bot.understanding.words import read_words

VOCABULARY = {
    "genre": (
        "lo-fi, pop, synth-pop, ballad, folk, rock, metal, punk, hip-hop, trap, r&b, soul, funk, edm, house, techno, "
        "ambient, cinematic, classical, jazz, bossa nova, blues, country, reggae, latin, guofeng, c-pop, k-pop, "
        "city pop, lullaby, children, gospel, chiptune"
    ),
    "mood": (
        "happy, sad, calm, energetic, romantic, nostalgic, dark, hopeful, angry, dreamy, funny, epic, lonely, tense"
    ),
    "instruments": (
        "piano, electric piano, acoustic guitar, electric guitar, bass, drums, strings, violin, cello, flute, "
        "saxophone, trumpet, organ, synth, harp, erhu, guzheng, pipa, dizi, koto, shakuhachi, ukulele, harmonica, "
        "accordion, choir, beatbox, 808"
    ),
    "vocals": "none, female, male, duet",
    "tempo_word": "slow, medium, fast",
    "section": "intro, verse, pre-chorus, chorus, bridge, outro",
    "purpose": "commercial, personal, short_video",
}


@pytest.mark.parametrize("slot", VOCABULARY)
def test_the_lists_name_the_closed_vocabulary(slot: str) -> None:
    assert set(read_words(f"en/{slot}")) == set(VOCABULARY[slot].split(", "))
    assert set(read_words(f"zh/{slot}")) <= set(VOCABULARY[slot].split(", "))


@pytest.mark.parametrize("slot", ["genre", "mood", "instruments", "section"])
def test_every_word_has_a_chinese_name(slot: str) -> None:
    assert set(read_words("summary")["zh"][slot]) == set(VOCABULARY[slot].split(", "))


def test_no_phrase_stands_twice_in_a_list() -> None:
    for language in ("en", "zh"):
        for slot in VOCABULARY:
            phrases = [phrase for spoken in read_words(f"{language}/{slot}").values() for phrase in spoken]
            doubled = {phrase for phrase in phrases if phrases.count(phrase) > 1}
            assert not doubled


@pytest.mark.parametrize("code", read_words("languages"))
def test_a_song_can_be_asked_for_in_every_language(code: str) -> None:
    names = read_words("languages")[code]
    for name in names["en"]:
        assert understand(f"a song in {name}, 90 bpm").request.language == code
    for name in names["zh"]:
        assert understand(f"用{name}唱一首歌").request.language == code


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_expression_of_an_intent_compiles(language: str) -> None:
    intents = read_words(f"{language}/intents")
    assert set(intents) == {"new_song", "change", "surely_change", "surely_new", "extend", "talk", *ASKED_FIRST}
    for expressions in intents.values():
        for expression in expressions:
            re.compile(expression)


def test_no_english_word_is_taken_for_another() -> None:
    dictionary = json.loads((files("misaki.data") / "us_gold.json").read_text("utf-8"))
    words = {word.lower() for word in dictionary if word.isascii() and word.isalpha()}
    lexicon = slot_lexicon()
    assert {word for word in words if lexicon.spell(word) != word} == set()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("acustic", "acoustic"), ("saxaphon", "saxophone"), ("melancholly", "melancholy"), ("femal", "female")],
)
def test_slips_of_the_finger_are_corrected(typed: str, meant: str) -> None:
    assert slot_lexicon().spell(typed) in {meant, "saxaphone"}
