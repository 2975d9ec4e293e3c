import pytest

from bot.understanding.numerals import number, plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("90", 90),
        ("2.5", 2.5),
        ("ninety", 90),
        ("seventy-five", 75),
        ("a hundred", 100),
        ("one hundred and twenty", 120),
        ("one twenty", 120),
        ("two and a half", 2.5),
        ("half", 0.5),
        ("九十", 90),
        ("一百二十", 120),
        ("一百二", 120),
        ("一百零五", 105),
        ("十五", 15),
        ("两", 2),
        ("半", 0.5),
        ("一二〇", 120),
    ],
)
def test_numbers_in_both_languages(text: str, value: float) -> None:
    assert number(text) == value


def test_whole_numbers_are_plain_integers() -> None:
    assert isinstance(plain(90.0), int)
    assert plain(2.5) == 2.5
