"""The label of GB 45438-2025, Annex E."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from generation.passport.aigc import aigc, original, printable


def test_a_new_file_names_its_producer_as_the_first_to_pass_it_on() -> None:
    assert json.loads(aigc("minstrel.example", "7F3K2Q9A", "abc123")) == {
        "AIGC": {
            "Label": "1",
            "ContentProducer": "minstrel.example",
            "ProduceID": "7F3K2Q9A",
            "ReservedCode1": "abc123",
            "ContentPropagator": "minstrel.example",
            "PropagateID": "7F3K2Q9A",
            "ReservedCode2": "",
        }
    }


@given(st.text(max_size=60))
def test_any_operator_name_becomes_printable_and_can_be_read_back(name: str) -> None:
    safe = printable(name.encode("utf-8", "ignore").decode())
    assert all(0x21 <= ord(sign) <= 0x7E and sign not in '"\\' for sign in safe)
    assert original(safe) == name.encode("utf-8", "ignore").decode()


def test_a_chinese_operator_is_percent_encoded() -> None:
    assert printable("雨") == "%E9%9B%A8"
