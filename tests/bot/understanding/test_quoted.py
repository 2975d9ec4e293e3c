import pytest

from bot.understanding.message import read
from bot.understanding.quoted import lyrics_language, take_quoted

POEM = "The night is long\nand I am strong\nso sing along\nmy little song"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('a song called "Paper Boats" about rivers', "Paper Boats"),
        ("歌名叫《夏天的风》，流行", "夏天的风"),
        ("a pop song titled Northern Lights, slow", "Northern Lights"),
        ("写一首《晚安》", "晚安"),
        ("标题：远方\n民谣", "远方"),
        ("a song about my dog called Rex", None),
        ('with the line "stay with me"', None),
        ("副歌要有“我还在等你”这句", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    assert take_quoted(read(text)).title == title


@pytest.mark.parametrize(
    "text",
    [
        f"Sing these lyrics, folk:\n{POEM}",
        f"folk, lyrics:\n{POEM}",
        f'Use my lyrics: "{POEM}"',
        f"用下面的歌词唱一首民谣：\n{POEM}",
        f"lyrics:\n{POEM}\n\nstyle: slow folk",
    ],
)
def test_own_lyrics_are_kept_word_for_word(text: str) -> None:
    quoted = take_quoted(read(text))
    assert quoted.lyrics == POEM
    assert "long" not in quoted.message.text


def test_section_tags_belong_to_the_lyrics() -> None:
    assert (
        take_quoted(read(f"a ballad\n[Verse 1]\n{POEM}\n[Chorus]\nla la")).lyrics
        == f"[Verse 1]\n{POEM}\n[Chorus]\nla la"
    )


def test_what_follows_the_lyrics_still_counts() -> None:
    assert "slow folk" in take_quoted(read(f"lyrics:\n{POEM}\n\nstyle: slow folk")).message.text


@pytest.mark.parametrize(
    ("lyrics", "language"),
    [
        (POEM, "en"),
        ("窗外的雨下了一整夜", "zh"),
        ("夜の窓に雨が降る", "ja"),
        ("비가 내리는 밤", "ko"),
        ("la noche es larga y yo no tengo miedo de la lluvia", "es"),
        ("je ne sais pas pourquoi tu es dans la nuit", "fr"),
        ("ich bin nicht allein und du bist mein Licht", "de"),
        ("ночь длинна", "ru"),
    ],
)
def test_the_language_of_lyrics(lyrics: str, language: str) -> None:
    assert lyrics_language(lyrics) == language
