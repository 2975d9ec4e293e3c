"""The MIDI file reads back as the song: tempo, key, metre, words, chords, sections and the band."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mido
import pytest

from generation.band.parts import Part, PlayedNote
from generation.score.measures import sung
from generation.score.midi import write_midi
from generation.song import SongRequest

BAND = (
    Part("bass", "bass", "finger", 33, 0, 2, (PlayedNote(0.0, 1.0, 40, 90), PlayedNote(1.0, 0.0, 43, 200))),
    Part("drums", "drums", "kit", 0, 128, 9, ()),
)


def read(song: Any, path: Path) -> dict[str, mido.MidiTrack]:
    write_midi(song.score, BAND, path)
    return {track.name: track for track in mido.MidiFile(path, charset="utf-8").tracks}


def notes(track: mido.MidiTrack) -> list[tuple[float, int]]:
    now, found = 0, []
    for message in track:
        now += message.time
        if message.type == "note_on" and message.velocity:
            found.append((now / 480, message.note))
    return found


def test_the_melody_track_has_the_notes_and_the_words(write: Any, tmp_path: Path) -> None:
    song = write(SongRequest(genre=("pop",), key="F# minor", tempo_bpm=97.0), 4)
    track = read(song, tmp_path / "song.mid")["melody"]
    expected = [(note.onset, note.midi) for phrase in sung(song.score) for note in phrase.notes]
    assert [midi for _, midi in notes(track)] == [midi for _, midi in expected]
    assert [onset for onset, _ in notes(track)] == pytest.approx([onset for onset, _ in expected], abs=1 / 480)
    words = "".join(m.text for m in track if m.type == "lyrics").replace("- ", "").replace("-", "")
    first = next(iter(sung(song.score)))
    assert words.strip().startswith(first.text.lower().split()[0])
    lyrics = [m.text for m in track if m.type == "lyrics"]
    assert len(lyrics) == sum(len(phrase.syllables) for phrase in sung(song.score))
    assert any(text.endswith("-") for text in lyrics)


def test_the_conductor_knows_tempo_key_metre_and_sections(write: Any, tmp_path: Path) -> None:
    song = write(SongRequest(genre=("folk",), key="Eb major", tempo_bpm=97.0, time_signature="6/8", title="x"), 4)
    track = read(song, tmp_path / "song.mid")[song.score.title]
    found = {message.type: message for message in track if message.is_meta}
    assert mido.tempo2bpm(found["set_tempo"].tempo) == pytest.approx(97.0, abs=0.01)
    assert found["key_signature"].key == "Eb"
    assert (found["time_signature"].numerator, found["time_signature"].denominator) == (6, 8)
    assert [m.text for m in track if m.type == "marker"] == [section.name for section in song.score.sections]


def test_chords_and_band_are_there(write: Any, tmp_path: Path) -> None:
    song = write(SongRequest(genre=("jazz",)), 4)
    tracks = read(song, tmp_path / "song.mid")
    names = [m.text for m in tracks["chords"] if m.type == "text"]
    assert names == [chord.name for section in song.score.sections for chord in section.chords]
    assert notes(tracks["bass"]) == [(0.0, 40), (1.0, 43)]
    assert notes(tracks["drums"]) == []


def test_mandarin_lyrics_are_characters(write: Any, tmp_path: Path) -> None:
    song = write(SongRequest(genre=("guofeng",), message_language="zh"), 4)
    lyrics = [m.text for m in read(song, tmp_path / "song.mid")["melody"] if m.type == "lyrics"]
    assert "".join(lyrics).replace("\r", "") == "".join(phrase.text for phrase in sung(song.score))


@pytest.mark.parametrize("key", ["D# major", "Ab minor", "Gb minor", "A# minor", "Db minor", "G# major", "Cb major"])
def test_keys_without_a_signature_of_their_own_are_respelt(write: Any, tmp_path: Path, key: str) -> None:
    song = write(SongRequest(genre=("pop",), key=key), 4)
    assert song.score.key == key
    assert any(m.type == "key_signature" for m in read(song, tmp_path / "song.mid")[song.score.title])
