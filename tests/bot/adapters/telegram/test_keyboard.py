"""Buttons under posts, and what is read out of a press."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.keyboard import Press, keyboard, read_press
from bot.conversation.reply import Button, Reply
from bot.conversation.verbs import verbs


def test_a_button_says_when_pressed_what_it_said_when_drawn() -> None:
    button = Button("Sing it", "together", "abcde23456", "line:2")
    markup = keyboard(Reply("?", buttons=((button,),)))
    assert markup is not None
    data = markup.inline_keyboard[0][0].callback_data
    assert read_press(str(data)) == Press("together", "abcde23456", "line:2")


def test_rows_are_at_most_three_wide() -> None:
    row = tuple(Button(str(number), "again") for number in range(5))
    markup = keyboard(Reply("?", buttons=(row, row[:2])))
    assert markup is not None
    assert [len(row) for row in markup.inline_keyboard] == [3, 2, 2]


def test_no_buttons_are_no_keyboard() -> None:
    assert keyboard(Reply("?")) is None


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "nonsense",
        "drop table:x:y",
        "forget:../../etc:yes",
        "fly:abc:",
        "sing:ABC:",
        "sing",
        "sing:a:\n",
        "词:a:b",
    ],
)
def test_data_that_no_button_of_ours_carries_is_nothing(data: str | None) -> None:
    assert read_press(data) is None


@given(st.text())
def test_any_data_is_read_without_a_fault(data: str) -> None:
    press = read_press(data)
    assert press is None or press.verb in verbs()
