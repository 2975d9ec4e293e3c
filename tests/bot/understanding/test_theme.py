"""Where a theme begins and ends."""

import pytest

from bot.understanding import stated, understand
from bot.understanding.theme.peeled import peeled


@pytest.mark.parametrize(
    ("phrase", "left"),
    [
        ("请帮我写一首毕业的", "毕业"),
        ("想要一个人的旅行", "一个人的旅行"),
        ("写求婚", "求婚"),
        ("来一首有点伤感", "伤感"),
        ("帮我来一首", ""),
    ],
)
def test_words_of_asking_are_peeled_off_both_ends(phrase: str, left: str) -> None:
    start, end = peeled(phrase, 0, len(phrase))
    assert phrase[start:end] == left


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("写一首给外卖骑手的说唱", "外卖骑手"),
        ("写一首关于月亮的诗意歌曲", "月亮"),
        ("以“夏夜萤火虫”为主题，写一首歌", "夏夜萤火虫"),
        ("我想把失恋写成一首歌", "失恋"),
        ("用A小调写一首关于离别的钢琴曲", "离别"),
        ("爵士 雨夜的上海 慢", "雨夜的上海"),
        ("写一首山的歌", "山"),
        ("写一首梨的歌", "梨"),
        ("来首雨的民谣", "雨"),
        ("我家猫叫煤球，特别懒，给它写首歌", "我家猫叫煤球，特别懒"),
        ("a kids song to teach counting, happy", "to teach counting"),
    ],
)
def test_theme(text: str, theme: str) -> None:
    assert stated(understand(text))["theme"] == theme


def test_what_describes_how_much_is_no_story() -> None:
    assert stated(understand("一首关于海的民谣，特别燃")).get("theme") == "海"


@pytest.mark.parametrize("text", ["写一首好的歌", "写一首新的歌", "来一首快的民谣", "写一首你的歌"])
def test_one_character_that_says_how_a_song_is_is_no_theme(text: str) -> None:
    assert "theme" not in stated(understand(text))


def test_a_whole_song_after_make_it_is_a_new_song() -> None:
    answer = stated(understand("could you make it, um, a soul song about my mom"))
    assert answer == {"intent": "new_song", "genre": ["soul"], "theme": "my mom"}
    assert stated(understand("make it a soul song"))["intent"] == "change"
