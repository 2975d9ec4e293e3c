"""The note is short and true, whatever the song is made of."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Literal

import pytest

from generation.passport.components import register
from generation.passport.note import LIMIT, Facts, note
from generation.passport.verdict import Operator, resolve, verdict
from generation.song import Remark

HOUSE = Operator("The house")
ID = "7F3K2Q9A"


def written(
    *ids: str,
    sung: bool = True,
    words: Literal["none", "machine", "member", "shared"] = "machine",
    confirmed: frozenset[str] = frozenset(),
    similar: bool = False,
) -> Remark:
    rows = resolve(ids, register(), HOUSE, confirmed)
    return note(verdict(rows, similar), rows, Facts(sung, words), ID)


def rows_by_role(*roles: str) -> list[list[str | None]]:
    return [[None, *(row.id for row in register().values() if row.role == role)] for role in roles]


def test_the_note_of_an_embedded_song_in_english() -> None:
    assert written("kokoro-82m", "template-lyrics", "fluidr3").en.splitlines() == [
        "🎵 Computer-made: composed by rules, AI voice, sampled instruments, words by built-in verses.",
        "Commercial use: yes, under its parts' licences: Kokoro-82M (Apache-2.0), FluidR3 (MIT).",
        "Credit: none required; welcome: Soundfont: Fluid (R3), Frank Wen, MIT.",
        "Ownership: we claim nothing. Machine-made parts may have no copyright; your words and edits stay yours.",
        "Publishing: say it is AI-made (a must on YouTube and in China; Bandcamp refuses it).",
        "Not checked against all songs. Song 7F3K2Q9A",
    ]


def test_the_note_of_an_embedded_song_in_chinese() -> None:
    assert written("kokoro-82m", "template-lyrics", "fluidr3").zh.splitlines() == [
        "🎵 电脑制作：按规则作曲、AI 合成人声演唱、采样乐器、内置词库作词。",
        "商用：按各组成部分的许可证可以——Kokoro-82M (Apache-2.0)、FluidR3 (MIT)。",
        "署名：不强制，欢迎注明 Soundfont: Fluid (R3), Frank Wen, MIT。",
        "归属：我们不主张任何权利。机器生成的部分可能不受著作权保护；你写的词、做的修改归你。",
        "发布：请声明“AI 生成”，国内平台和 YouTube 都要求；Bandcamp 不收 AI 音乐。",
        "未与全部已有歌曲比对。编号 7F3K2Q9A",
    ]


@pytest.mark.parametrize("similar", [False, True])
@pytest.mark.parametrize("words", ["machine", "member", "shared"])
def test_no_combination_of_parts_makes_it_too_long(
    similar: bool, words: Literal["machine", "member", "shared"]
) -> None:
    lists = rows_by_role("music_model", "voice", "lyric_model", "soundfont")
    # Shared words take the most room; the other two are looked at in a sample.
    for ids in product(*lists[:2], lists[2][:: 1 if words == "shared" else 5], lists[3], [None, "user-lyrics"]):
        chosen = [part for part in ids if part]
        remark = written(*chosen, words=words, similar=similar)
        assert len(remark.en) <= LIMIT, remark.en
        assert len(remark.zh) <= LIMIT, remark.zh
        assert "{" not in remark.en + remark.zh


def test_the_voice_is_mentioned_only_where_one_sings() -> None:
    instrumental = written("fluidr3", sung=False, words="none")
    assert "voice" not in instrumental.en
    assert "人声" not in instrumental.zh
    assert "words by" not in instrumental.en
    assert "no AI model took part" in instrumental.en
    assert "未使用 AI 模型" in instrumental.zh


def test_it_says_whose_words_were_sung() -> None:
    mine = written("kokoro-82m", "user-lyrics", words="member")
    assert "words by you" in mine.en
    assert "only if what you supplied is yours to use" in mine.en
    assert "歌词由你撰写" in mine.zh
    both = written("kokoro-82m", "user-lyrics", "template-lyrics", words="shared")
    assert "words by you and built-in verses" in both.en
    assert "words by Qwen3" in written("kokoro-82m", "qwen3").en


def test_a_confirmed_lyric_opens_commercial_use() -> None:
    mine = written("kokoro-82m", "user-lyrics", words="member", confirmed=frozenset({"user-lyrics"}))
    assert "Commercial use: yes" in mine.en


@pytest.mark.parametrize(
    ("ids", "en", "zh"),
    [
        (("musicgen",), "not cleared by MusicGen (CC-BY-NC-4.0); treat it as no", "请按“不可以”处理"),
        (("songgeneration-2",), "unclear, treat it as no: the licence of SongGeneration 2", "不明确"),
        (("a new model",), "unclear, treat it as no: the licence of a new model", "a new model的许可证"),
        (("stable-audio-open",), "only while the operator of this bot earns under USD 1M", "有条件"),
    ],
)
def test_it_says_what_is_not_cleared(ids: tuple[str, ...], en: str, zh: str) -> None:
    remark = written(*ids)
    assert en in remark.en
    assert zh in remark.zh
    assert "Commercial use: yes" not in remark.en


def test_a_likeness_is_said() -> None:
    assert "not too close to a song we know" in written("fluidr3", similar=True).en
    assert "过于相似" in written("fluidr3", similar=True).zh


def test_required_credit_is_always_said() -> None:
    assert "Credit required: Voice: RHVoice Lab, CC BY-NC-ND 4.0." in written("rhvoice-lab", "musicgen").en


def test_share_alike_is_said() -> None:
    rows = resolve(["fluidr3"], register(), HOUSE)
    outcome = replace(verdict(rows), share_alike=("CC-BY-SA-4.0",))
    remark = note(outcome, rows, Facts(False, "none"), ID)
    assert "Publish it under CC-BY-SA-4.0." in remark.en
    assert "发布时须采用 CC-BY-SA-4.0。" in remark.zh
