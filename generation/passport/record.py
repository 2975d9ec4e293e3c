"""The passport of a song: the record kept beside its audio as NAME.json."""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from collections import Counter
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from typing import Any

from generation.passport.components import register
from generation.passport.credits import credit_line, credits_of
from generation.passport.note import Facts, note
from generation.passport.verdict import Operator, Resolved, Verdict, resolve, verdict
from generation.song import SCORE_SCHEMA, Score, Sheet, SongRequest, Track, to_json

PASSPORT_SCHEMA = 1
ID_LENGTH = 8
SOUND = ("numpy", "onnxruntime", "pyworld", "scipy")
"""The packages whose versions decide the very samples of a song."""
FRESH_DAYS = 180
"""Licences change: a row read longer ago than this is marked as due for another look."""


def passport(
    track: Track, operator: Operator, created: str, *, confirmed: frozenset[str] = frozenset(), similar: bool = False
) -> dict[str, Any]:
    """Return the passport of ``track`` as plain JSON values.

    ``created`` is an ISO 8601 date or time; ``confirmed`` the components whose rights the member has confirmed
    (``user-lyrics``); ``similar`` whether the song came close to one we know. ``files`` is empty: whoever writes the
    files names them. The licence rows are frozen into the record as they stood.
    """
    sheet = track.sheet
    rows = resolve(track.components, register(), operator, confirmed)
    answer = verdict(rows, similar)
    mark = fingerprint(sheet.score)
    name = song_id(sheet.score)
    remarks = (*sheet.plan.remarks, *track.remarks, *credit_line(credits_of(sheet)))
    written = note(answer, rows, Facts(bool(sheet.plan.voices), _whose_words(sheet)), name)
    return {
        "schema": PASSPORT_SCHEMA,
        "id": name,
        "fingerprint": mark,
        "created": created,
        "title": sheet.lyrics.title,
        "language": sheet.plan.language,
        "genre": sheet.plan.genre,
        "tempo_bpm": sheet.plan.tempo_bpm,
        "key": sheet.plan.key,
        "time_signature": sheet.plan.time_signature,
        "duration_s": round(track.audio.shape[-1] / track.sample_rate, 3),
        "seed": sheet.plan.seed,
        "engine": track.provenance.get("engine", "unknown"),
        "operator": {"name": operator.name, "region": operator.region},
        "verdict": _verdict(answer),
        "note": to_json(written),
        "components": [_row(row, created) for row in rows],
        "request": _stated(sheet.request),
        "lyrics": {"sections": to_json(sheet.lyrics)["sections"]},
        "authorship": _authorship(sheet),
        "voices": to_json(sheet.plan)["voices"],
        "sections": _sections(sheet.score),
        "remarks": [to_json(remark) for remark in remarks],
        "plan": to_json(sheet.plan),
        "score": to_json(sheet.score),
        "alignment": [to_json(syllable) for syllable in track.alignment],
        "provenance": dict(track.provenance),
        "versions": {"passport": PASSPORT_SCHEMA, "score": SCORE_SCHEMA} | {name: version(name) for name in SOUND},
        "files": [],
    }


def fingerprint(score: Score) -> str:
    """Return the SHA-256 of the score, seed included, as canonical JSON: the same song has it on every machine."""
    text = json.dumps(to_json(score), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def song_id(score: Score) -> str:
    """Return the eight letters and digits a song is called by, the beginning of its fingerprint in base 32."""
    return b32encode(bytes.fromhex(fingerprint(score))).decode()[:ID_LENGTH]


def _stated(request: SongRequest) -> dict[str, Any]:
    """The slots the member filled, and the message itself."""
    empty = to_json(SongRequest())
    return {slot: value for slot, value in to_json(request).items() if slot == "text" or value != empty[slot]}


def _verdict(answer: Verdict) -> dict[str, Any]:
    return {
        "answer": answer.answer,
        "reasons": [
            {"component": row.component.id, "answer": row.answer, "open_conditions": list(row.open_conditions)}
            for row in answer.reasons
        ],
        "similar": answer.similar,
        "credits_required": list(answer.credits_required),
        "credits_recommended": list(answer.credits_recommended),
        "share_alike": list(answer.share_alike),
        "operator_duties": list(answer.operator_duties),
    }


def _row(row: Resolved, created: str) -> dict[str, Any]:
    read = row.component.checked
    due = not read or (date.fromisoformat(created[:10]) - date.fromisoformat(read)).days > FRESH_DAYS
    return {
        **to_json(row.component),
        "answer": row.answer,
        "open_conditions": list(row.open_conditions),
        "due_for_check": due,
    }


def _sections(score: Score) -> list[dict[str, Any]]:
    starts = [round(score.seconds(section.onset), 3) for section in score.sections]
    spans = pairwise([*starts, round(score.duration_s, 3)])
    return [
        {"name": section.name, "kind": section.kind, "start_s": start, "end_s": end}
        for section, (start, end) in zip(score.sections, spans, strict=True)
    ]


def _authors(sheet: Sheet) -> Counter[str]:
    return Counter(line.author for section in sheet.lyrics.sections for line in section.lines)


def _authorship(sheet: Sheet) -> dict[str, Any]:
    """How many of the lines each wrote; a returning chorus counts each time, among the credits once."""
    authors = _authors(sheet)
    return {
        "member_lines": authors["member"],
        "machine_lines": authors["machine"],
        "member_share": round(authors["member"] / max(1, authors.total()), 3),
        "credits": credits_of(sheet),
    }


def _whose_words(sheet: Sheet) -> Any:
    authors = set(_authors(sheet)) if sheet.plan.voices else set()
    return "none" if not authors else "shared" if len(authors) == 2 else authors.pop()
