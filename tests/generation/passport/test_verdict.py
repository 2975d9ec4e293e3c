"""The rule that turns licence rows into one answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from generation.passport.components import Answer, Attribution, Component, register, unlisted
from generation.passport.verdict import WORST_LAST, Operator, Resolved, resolve, verdict

HOUSE = Operator("The house")
SMALL = Operator("Small", annual_revenue_usd=50_000.0)
MEMBER, REVENUE, REGISTER, CREDIT = (
    "user-confirms-rights",
    "operator-revenue-under-1M-USD",
    "operator-registered",
    "ui-credit",
)
NOBODY, USE = "ask-licensor-for-output-permission", "prohibited-use-policy"
PLAIN = replace(unlisted("part"), conditions=(), output_commercial_use="yes")


def part(answer: Answer, *conditions: str, id: str = "part") -> Component:  # noqa: A002
    return replace(PLAIN, id=id, output_commercial_use=answer, conditions=conditions)


def answer_of(*ids: str, operator: Operator = HOUSE, confirmed: frozenset[str] = frozenset()) -> Answer:
    return verdict(resolve(ids, register(), operator, confirmed)).answer


@pytest.mark.parametrize("answers", list(product(WORST_LAST, repeat=3)))
@pytest.mark.parametrize("similar", [False, True])
def test_the_answer_is_the_worst_of_the_parts(answers: tuple[Answer, ...], similar: bool) -> None:
    rows = [Resolved(part(answer, id=str(place)), answer, ()) for place, answer in enumerate(answers)]
    outcome = verdict(rows, similar)
    worst = max(answers, key=WORST_LAST.index)
    assert outcome.answer == ("conditional" if similar and worst == "yes" else worst)
    assert {row.component.id for row in outcome.reasons} == {
        str(place) for place, answer in enumerate(answers) if answer != "yes"
    }
    assert [WORST_LAST.index(row.answer) for row in outcome.reasons] == sorted(
        (WORST_LAST.index(row.answer) for row in outcome.reasons), reverse=True
    )


@pytest.mark.parametrize("revenue", [None, 0.0, 999_999.0, 1_000_000.0, 5e7])
@pytest.mark.parametrize("registered", [frozenset(), frozenset({"part"}), frozenset({"another"})])
@pytest.mark.parametrize("credit", [False, True])
@pytest.mark.parametrize("confirmed", [frozenset(), frozenset({"part"})])
@pytest.mark.parametrize("answer", WORST_LAST)
def test_a_conditional_part_is_a_yes_once_all_its_conditions_are_met(
    revenue: float | None, registered: frozenset[str], credit: bool, confirmed: frozenset[str], answer: Answer
) -> None:
    operator = Operator("x", "", revenue, registered, credit)
    met = {
        MEMBER: bool(confirmed),
        REVENUE: revenue is not None and revenue < 1_000_000,
        REGISTER: "part" in registered,
        CREDIT: credit,
        USE: True,
        NOBODY: False,
        "a condition nobody has described": False,
    }
    for choice in product([False, True], repeat=len(met)):
        wanted = tuple(condition for condition, chosen in zip(met, choice, strict=True) if chosen)
        (row,) = resolve(["part"], {"part": part(answer, *wanted)}, operator, confirmed)
        still_open = tuple(condition for condition in wanted if not met[condition])
        assert row.open_conditions == still_open
        assert row.answer == ("yes" if answer == "conditional" and not still_open else answer)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (("kokoro-82m", "fluidr3", "builtin-synth", "template-lyrics"), "yes"),
        (("fluidr3",), "yes"),
        (("kokoro-82m", "fluidr3", "user-lyrics"), "conditional"),
        (("piper-joe", "fluidr3"), "conditional"),
        (("musicgen", "encodec-32k"), "no"),
        (("ace-step-1.5", "qwen3"), "yes"),
        (("timgm6mb",), "conditional"),
        (("songgeneration-2",), "unknown"),
        (("stable-audio-open",), "conditional"),
        (("kokoro-82m", "a model nobody listed"), "unknown"),
        (("musicgen", "a model nobody listed"), "no"),
        ((), "unknown"),
    ],
)
def test_known_songs(ids: tuple[str, ...], expected: Answer) -> None:
    assert answer_of(*ids) == expected


def test_the_members_word_clears_their_own_lyrics() -> None:
    ids = ("kokoro-82m", "user-lyrics")
    assert answer_of(*ids, confirmed=frozenset({"user-lyrics"})) == "yes"
    assert answer_of(*ids, confirmed=frozenset({"user-reference-audio"})) == "conditional"


def test_a_small_registered_operator_may_use_stable_audio() -> None:
    registered = replace(SMALL, registered=frozenset({"stable-audio-open"}))
    assert answer_of("stable-audio-open", operator=registered) == "yes"
    assert answer_of("stable-audio-open", operator=SMALL) == "conditional"
    assert answer_of("stable-audio-open", operator=replace(registered, annual_revenue_usd=2e6)) == "conditional"


def test_no_profile_turns_a_no_into_a_yes() -> None:
    everything = Operator("x", "", 0.0, frozenset(register()), True)
    assert answer_of("musicgen", operator=everything, confirmed=frozenset(register())) == "no"


def test_credits_are_those_required_on_the_track_then_those_welcome() -> None:
    required = replace(part("yes", id="a"), attribution=Attribution("required", "Song by A", "track"))
    shown = replace(part("yes", id="b"), attribution=Attribution("required", "Shown by B", "ui"))
    welcome = replace(part("yes", id="c"), attribution=Attribution("recommended", "Made with C", "none"))
    table = {row.id: row for row in (welcome, shown, required)}
    outcome = verdict(resolve(["c", "b", "a", "a"], table, HOUSE))
    assert outcome.credits_required == ("Song by A",)
    assert outcome.credits_recommended == ("Made with C",)


@pytest.mark.parametrize(("share_alike", "inside"), list(product([False, True], repeat=2)))
def test_share_alike_reaches_the_song_only_through_content_inside_it(share_alike: bool, inside: bool) -> None:
    row = replace(PLAIN, licence="CC-BY-SA-4.0", share_alike=share_alike, content_in_output=inside)
    outcome = verdict(resolve(["part"], {"part": row}, HOUSE))
    assert outcome.share_alike == (("CC-BY-SA-4.0",) if share_alike and inside else ())


def test_rows_keep_their_order_and_come_once() -> None:
    rows = resolve(["fluidr3", "kokoro-82m", "fluidr3"], register(), HOUSE)
    assert [row.component.id for row in rows] == ["fluidr3", "kokoro-82m"]


def test_the_operators_duties_are_collected() -> None:
    assert any(
        "Stability" in duty for duty in verdict(resolve(["stable-audio-open"], register(), HOUSE)).operator_duties
    )
