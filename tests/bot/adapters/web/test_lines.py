"""Plain text becomes a page: what is a title, a chord, a bar of progress looks like one."""

from __future__ import annotations

import pytest

from bot.adapters.web.lines import Part, Verse, laid, plain, terms, verses

SHEET = {
    "en": "🎵 Rain\npop · A minor · 92 bpm\n\nForm: verse – chorus\nverse: Am F Dm E\nchorus: F#m7 Bb/D",
    "zh": "🎵 雨\n流行 · A小调 · 92 bpm\n\n结构：主歌 – 副歌\n主歌：Am F Dm E\n副歌：F#m7 Bb/D",
}


@pytest.mark.parametrize("language", SHEET)
def test_a_sheet_has_title_facts_form_and_chords(language: str) -> None:
    parts = laid(SHEET[language], language, about_song=True)
    assert [part.kind for part in parts] == ["title", "facts", "form", "chords", "chords"]
    assert parts[2].names == ((verse := parts[3]).text, parts[4].text)
    assert verse.names == ("Am", "F", "Dm", "E")
    assert parts[4].names == ("F#m7", "Bb/D")


def test_a_bar_of_progress_becomes_a_number_and_stands_below_the_facts() -> None:
    text = "🎵 Rain\nSinging ▓▓▓░░░░░░░ 34 %\nReady in 20 s.\npop · A minor · 92 bpm"
    title, facts, bar, ready = laid(text, "en", about_song=True)
    assert (title.kind, facts.kind) == ("title", "facts")
    assert bar == Part("bar", "Singing", done=34)
    assert ready == Part("text", "Ready in 20 s.")


def test_what_only_looks_like_a_sheet_stays_a_sentence() -> None:
    text = "🎵 Rain\nForm: verse – chorus\nverse: Am F\na · b · c"
    assert laid(text, "en") == (Part("text", "Rain\nForm: verse – chorus\nverse: Am F\na · b · c"),)
    assert laid("bridge: All Gold Everywhere", "en", about_song=True)[0].kind == "text"


def test_a_title_that_is_shown_already_is_left_out() -> None:
    parts = laid("🎵 Rain\npop · A minor · 92 bpm\n\nFine.", "en", True, "Rain")
    assert [part.text for part in parts] == ["pop · A minor · 92 bpm", "Fine."]
    assert laid("", "en") == ()


def test_a_note_is_cut_into_what_and_what_is_said_of_it() -> None:
    note = "📜 Made: by rules\nCredit: none\nUse: yes\nNot checked."
    found = (("Made", "by rules"), ("Credit", "none"), ("Use", "yes"), ("", "Not checked."))
    assert terms(note) == found
    assert laid(note, "en") == (Part("terms", terms=found),)


def test_words_are_cut_at_their_headings() -> None:
    assert verses("[Verse 1]\na\nb\n\n[副歌]\nc") == (Verse("Verse 1", ("a", "b")), Verse("副歌", ("c",)))
    assert verses("a\n[Verse]\nb") == verses("") == ()


def test_pictures_go_and_words_stay() -> None:
    said = {"🗑 Delete": "Delete", "✏️ 修改": "修改", "Sing it": "Sing it", "¿Qué?": "¿Qué?"}
    assert [plain(text) for text in said] == list(said.values())
