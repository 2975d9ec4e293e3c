"""The passport of a song, NAME.json."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import av
import pytest

from generation.mix.encode import FORMATS, encode
from generation.passport import Operator, passport, tags
from generation.song import Score, SongPlan, from_json

HOUSE = Operator("雨 Radio", region="CN")
NOW = "2026-11-22T10:00:00Z"
LEAST = {
    "id", "title", "request", "lyrics", "tempo_bpm", "key", "language", "duration_s", "seed", "engine", "components",
    "verdict", "note", "sections", "genre", "files", "score", "plan", "time_signature", "voices", "remarks",
    "authorship", "versions",
}  # fmt: skip


def test_it_is_json_and_has_every_field(track: Any) -> None:
    record = json.loads(json.dumps(passport(track(), HOUSE, NOW)))
    assert set(record) >= LEAST
    assert record["title"] == "Rain"
    assert record["duration_s"] == 10.0
    assert record["engine"] == "embedded"
    assert record["request"] == {"text": "a song about rain, 110 bpm", "genre": ["pop"], "tempo_bpm": 110.0}
    assert record["lyrics"] == {
        "sections": [
            {
                "name": "verse 1",
                "kind": "verse",
                "lines": [
                    {"text": "line 0", "author": "machine", "by": ""},
                    {"text": "line 1", "author": "machine", "by": ""},
                ],
            }
        ]
    }
    assert record["sections"] == [
        {"name": "intro", "kind": "intro", "start_s": 0.0, "end_s": 4.364},
        {"name": "verse 1", "kind": "verse", "start_s": 4.364, "end_s": 10.0},
    ]


def test_score_and_plan_can_be_rebuilt_from_it(track: Any) -> None:
    song = track()
    record = json.loads(json.dumps(passport(song, HOUSE, NOW)))
    assert from_json(record["score"], Score) == song.sheet.score
    assert from_json(record["plan"], SongPlan) == song.sheet.plan


def test_the_licence_rows_are_frozen_as_they_stood(track: Any) -> None:
    record = passport(track(authors=("member", "machine"), components=("kokoro-82m", "user-lyrics")), HOUSE, NOW)
    voice, words = record["components"]
    assert (voice["licence"], voice["answer"], voice["due_for_check"]) == ("Apache-2.0", "yes", False)
    assert (words["answer"], words["open_conditions"]) == ("conditional", ["user-confirms-rights"])
    assert record["verdict"]["answer"] == "conditional"
    assert record["verdict"]["reasons"][0]["component"] == "user-lyrics"


def test_the_members_word_is_kept(track: Any) -> None:
    song = track(authors=("member",), components=("user-lyrics",))
    record = passport(song, HOUSE, NOW, confirmed=frozenset({"user-lyrics"}))
    assert record["verdict"]["answer"] == "yes"
    assert passport(song, HOUSE, NOW, similar=True)["verdict"]["similar"]


def test_old_rows_are_due_for_another_look(track: Any) -> None:
    record = passport(track(components=("kokoro-82m", "no such part")), HOUSE, "2027-12-01")
    assert [row["due_for_check"] for row in record["components"]] == [True, True]


@pytest.mark.parametrize(
    ("authors", "share"), [(("member", "member"), 1.0), (("member", "machine"), 0.5), (("machine",), 0.0), ((), 0.0)]
)
def test_the_share_of_the_members_own_lines(authors: tuple[str, ...], share: float, track: Any) -> None:
    assert passport(track(authors=authors), HOUSE, NOW)["authorship"]["member_share"] == share


def test_the_id_is_the_songs_own(track: Any) -> None:
    one, again, other = (passport(track(seed=seed), HOUSE, NOW) for seed in (7, 7, 8))
    assert one == again
    assert one["id"] != other["id"]
    assert re.fullmatch(r"[A-Z2-7]{8}", one["id"])
    assert one["note"]["en"].endswith(one["id"])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", FORMATS)
def test_the_tags_survive_in_every_format(kind: str, language: str, track: Any, tmp_path: Path) -> None:
    song = track(language)
    record = passport(song, HOUSE, NOW)
    words = tags(song, record)
    encode(song.audio[:, :22_050], song.sample_rate, tmp_path / f"song.{kind}", words)
    with av.open(str(tmp_path / f"song.{kind}")) as container:
        found = {**container.metadata, **container.streams.audio[0].metadata}
    assert {key: found.get(key) or found.get(key.upper()) for key in words} == words
    assert words["comment"] == record["note"][language]
    label = json.loads(words["AIGC"])["AIGC"]
    assert label["ProduceID"] == record["id"]
    assert label["ReservedCode1"] == record["fingerprint"]


def test_the_tags_claim_nothing(track: Any) -> None:
    song = track()
    words = tags(song, passport(song, HOUSE, NOW))
    assert words["copyright"].startswith("No copyright is claimed")
    assert words["LICENSE"].startswith("Commercial use: yes.")
    assert words["date"] == "2026-11-22"
