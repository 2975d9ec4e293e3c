"""The JSON API: what its description promises, it keeps."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.bot.adapters.web.conftest import Come
from tests.journeys.web_stage import WebStage

pytestmark = pytest.mark.asyncio(loop_scope="session")
BAD: list[Any] = [
    {}, [], {"text": ""}, {"text": "  "}, {"text": 5}, {"text": "a", "seed": -1}, {"text": "a", "more": 1},
    {"text": "x" * 8001}, {"text": "a", "language": "fr"},
]  # fmt: skip
SPARING = settings(
    max_examples=6,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
WISH = {"text": "a calm 20 second pop song about the sea", "seed": 7}


async def made(client: httpx.AsyncClient, wish: dict[str, Any]) -> dict[str, Any]:
    """Order a song and follow its events to the end."""
    ordered = await client.post("/api/songs", json=wish)
    assert ordered.status_code == 202, ordered.text
    song: dict[str, Any] = {}
    async with client.stream("GET", f"/api/songs/{ordered.json()['id']}/events", timeout=60) as stream:
        event = ""
        async for line in stream.aiter_lines():
            name, _, value = line.partition(": ")
            event = value if name == "event" else event
            if name == "data" and event == "song":
                song = json.loads(value)
    return song


async def test_a_song_is_ordered_followed_heard_and_deleted(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    song = await made(client, WISH)
    assert (song["status"], song["seed"]) == ("made", 7)
    assert "sea" in song["text"]
    assert "Commercial use" in song["note"]["en"]
    part = await client.get(song["audio"], headers={"Range": "bytes=0-99"})
    assert (part.status_code, len(part.content)) == (206, 100)
    assert part.headers["content-type"] == "audio/mpeg"
    where = f"/api/songs/{song['id']}"
    assert (await client.get(where)).json()["status"] == "made"
    assert (await client.delete(where)).status_code == 204
    assert (await client.get(where)).status_code == 404
    assert (await client.get(song["audio"])).status_code == 404


async def test_a_wish_that_cannot_be_met_says_why(stage: WebStage, come: Come) -> None:
    song = await made(await come(stage), {"text": "a pop song, 3 hours long"})
    assert song["status"] == "failed"
    assert set(song["reason"]) == {"en", "zh"}
    assert song["audio"] is None


async def test_somebody_elses_song_is_not_here(stage: WebStage, come: Come) -> None:
    anna, ben = await come(stage), await come(stage)
    song = (await anna.post("/api/songs", json=WISH)).json()["id"]
    for answer in (await ben.get(f"/api/songs/{song}"), await ben.delete(f"/api/songs/{song}")):
        assert answer.status_code == 404
        assert answer.json()["error"] == {"en": "This song is not here any more.", "zh": "这首歌已经不在了。"}
    await anna.delete(f"/api/songs/{song}")


async def test_a_bad_wish_is_answered_in_both_languages(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    for body in BAD:
        answer = await client.post("/api/songs", json=body)
        assert answer.status_code == 422, body
        assert set(answer.json()["error"]) == {"en", "zh"}


async def test_only_json_is_taken(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = await client.post("/api/songs", content=json.dumps(WISH), headers={"Content-Type": kind})
        assert answer.status_code in (415, 422)
        assert set(answer.json()["error"]) == {"en", "zh"}
    answer = await client.post("/api/songs", content=b"{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


async def test_counters_are_told_in_prometheus_text(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    before = stage.surface_open.web.counts["messages"]
    await client.post("/say", data={"text": "/help"})
    told = (await client.get("/metrics")).text
    assert f"minstrel_web_messages_total {before + 1}" in told
    assert all(len(line.split(" ")) == 2 for line in told.splitlines() if not line.startswith("#"))


async def test_the_description_is_shown_to_people_too(stage: WebStage, come: Come) -> None:
    client = await come(stage)
    assert "/api/songs/{id}/audio" in (await client.get("/api")).text
    described = (await client.get("/api/openapi.json")).json()
    assert set(described["paths"]) == {
        "/api/songs", "/api/songs/{id}", "/api/songs/{id}/audio", "/api/songs/{id}/events", "/healthz", "/metrics",
    }  # fmt: skip


async def test_the_api_does_what_its_description_says(apart: WebStage) -> None:
    """schemathesis draws requests, good and bad, and judges every answer by the description."""

    def judge() -> int:
        judged = 0
        schema = schemathesis.openapi.from_url(f"{apart.url}/api/openapi.json")
        for described in schema.get_all_operations():
            operation = described.ok()  # type: ignore[union-attr]
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                try:
                    drawn = operation.as_strategy(generation_mode=mode)
                except Unsatisfiable:
                    continue

                @settings(SPARING)
                @given(case=drawn)
                def every_answer_is_as_described(case: schemathesis.Case[Any]) -> None:
                    nonlocal judged
                    # A sentence of the right shape may still be no wish for a song: that is said with 422.
                    case.call_and_validate(timeout=20, excluded_checks=[positive_data_acceptance])
                    judged += 1

                with contextlib.suppress(Unsatisfiable):
                    every_answer_is_as_described()
        return judged

    assert await asyncio.to_thread(judge) > 40
