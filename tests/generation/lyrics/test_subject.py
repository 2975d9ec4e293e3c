"""What a request is about becomes a noun phrase that a line can carry, in either language."""

from __future__ import annotations

import pytest

from generation.lyrics.decency import decent
from generation.lyrics.subject import to_english, to_mandarin
from generation.lyrics.subject_en import subject_en
from generation.lyrics.subject_zh import subject_zh
from generation.lyrics.words_en import singular


@pytest.mark.parametrize(
    ("theme", "phrase", "word", "kind"),
    [
        ("lighthouse keeper's cat", "the lighthouse keeper's cat", "cat", "animal"),
        ("a delivery rider's night shift", "a delivery rider's night shift", "night shift", "event"),
        ("my broken espresso machine", "my broken espresso machine", "espresso machine", "thing"),
        ("broken espresso machine", "the broken espresso machine", "espresso machine", "thing"),
        ("my grandmother's tea garden", "my grandmother's tea garden", "tea garden", "place"),
        ("grandmother's tea garden", "my grandmother's tea garden", "tea garden", "place"),
        ("the first day of school", "the first day of school", "first day", "event"),
        ("a robot learning to love", "a robot learning to love", "robot", "thing"),
        ("imposter syndrome", "imposter syndrome", "imposter syndrome", "feeling"),
        ("a old umbrella", "an old umbrella", "umbrella", "thing"),
        ("world peace", "world peace", "world peace", "event"),
        ("Minecraft", "Minecraft", "Minecraft", "anything"),
        ("bass fishing with my uncle", "bass fishing", "bass fishing", "anything"),
        ("a song about a cat named Mochi", "a cat named Mochi", "cat", "animal"),
        # Plurals are sung in the singular.
        ("old trains", "the old train", "train", "thing"),
        ("my two cats", "my cat", "cat", "animal"),
        ("three old friends", "my old friend", "friend", "person"),
        ("my new shoes", "my new pair of shoes", "pair of shoes", "thing"),
        # Of several parts the one with an article counts; what follows it only describes it.
        ("birthday, my sister Anna who loves cats", "my sister Anna", "sister", "person"),
        ("our football team, the Red Foxes", "our football team", "football team", "person"),
        # What has no article, what a clause tells of someone, and what is cut away.
        ("quantum physics", "quantum physics", "quantum physics", "anything"),
        ("my boyfriend snores", "my boyfriend", "boyfriend", "person"),
        ("my plant is dying", "my plant", "plant", "thing"),
        ("my son Leo who turns 6", "my son Leo", "son", "person"),
        ("my dear old teacher's surprise retirement party", "the retirement party", "retirement party", "event"),
        # A clause gives its noun.
        ("how we met at a bus stop", "the bus stop", "bus stop", "place"),
    ],
)
def test_english_subjects(theme: str, phrase: str, word: str, kind: str) -> None:
    found = subject_en(theme)
    assert (found.phrase, found.word, found.kind) == (phrase, word, kind)


@pytest.mark.parametrize("theme", ["leaving home", "learning to swim", "when the power went out", "girls who code"])
def test_a_deed_is_no_noun_phrase(theme: str) -> None:
    assert (subject_en(theme).phrase, subject_en(theme).deed) == ("", theme)


@pytest.mark.parametrize(
    ("theme", "person", "place"),
    [
        ("rain in Shanghai", "", "Shanghai"),
        ("Rain In Shanghai", "", "Shanghai"),
        ("my sister Anna who loves cats", "Anna", ""),
        ("a birthday song for anna", "Anna", ""),
        ("my grandmother's tea garden in Hangzhou", "Grandma", "Hangzhou"),
        ("a vending machine in Osaka", "", "Osaka"),
        ("summer nights in Little Whinging", "", "Little Whinging"),
        ("snow in May", "", ""),
        ("my dog Biscuit", "Biscuit", ""),
    ],
)
def test_names_of_people_and_places(theme: str, person: str, place: str) -> None:
    found = subject_en(theme)
    assert (found.person, found.place) == (person, place)


@pytest.mark.parametrize(
    ("theme", "phrase", "word", "kind"),
    [
        ("外婆的茶园", "外婆的茶园", "茶园", "place"),
        ("关于一只流浪猫", "流浪猫", "流浪猫", "animal"),
        ("一台坏掉的咖啡机", "坏掉的咖啡机", "咖啡机", "thing"),
        ("外卖骑手的夜班", "外卖骑手的夜班", "夜班", "event"),
        ("我的猫", "我的猫", "猫", "animal"),
        ("我奶奶的咖啡店", "奶奶的咖啡店", "咖啡店", "place"),
        ("我们在公交站相遇", "公交站", "公交站", "place"),
        ("失眠", "失眠", "失眠", "feeling"),
        ("毕业那天", "毕业那天", "毕业", "event"),
        ("失去的爱", "失去的爱", "爱", "feeling"),
        ("墨尔本的酒吧", "墨尔本的酒吧", "酒吧", "place"),
        ("一个人的除夕", "一个人的除夕", "除夕", "event"),
        ("我家的狗叫豆豆", "我的狗", "狗", "animal"),
        ("给女儿的摇篮曲", "摇篮曲", "摇篮曲", "thing"),
        ("我家的老榕树", "我的老榕树", "榕树", "thing"),
        ("骂我的老板", "我的老板", "老板", "person"),
        ("成都的火锅", "成都的火锅", "火锅", "thing"),
        ("毕业，我的大学室友们", "我的大学室友", "室友", "person"),
    ],
)
def test_mandarin_subjects(theme: str, phrase: str, word: str, kind: str) -> None:
    found = subject_zh(theme)
    assert (found.phrase, found.word, found.kind) == (phrase, word, kind)


@pytest.mark.parametrize(
    ("theme", "person", "place"),
    [
        ("上海的雨", "", "上海"),
        ("女儿小雨的生日", "小雨", ""),
        ("送给我的朋友王小明", "王小明", ""),
        ("小雨", "", ""),
        ("外婆的茶园", "外婆", ""),
        ("在杭州的茶园", "", "杭州"),
    ],
)
def test_mandarin_names(theme: str, person: str, place: str) -> None:
    found = subject_zh(theme)
    assert (found.person, found.place) == (person, place)


@pytest.mark.parametrize(
    "theme", ["第一次坐飞机", "第一次当爸爸", "和妈妈一起包饺子", "减肥失败", "梦见去世的爷爷", "打游戏输了"]
)
def test_a_deed_in_mandarin(theme: str) -> None:
    assert (subject_zh(theme).phrase, subject_zh(theme).deed) == ("", theme)


@pytest.mark.parametrize(
    ("theme", "phrase"),
    [
        ("the lighthouse keeper's cat", "灯塔看守人的猫"),
        ("my grandmother's tea garden", "外婆的茶园"),
        ("my broken espresso machine", "坏掉的咖啡机"),
        ("my cat", "我的猫"),
        ("a zorblatt", ""),
    ],
)
def test_english_subjects_in_mandarin(theme: str, phrase: str) -> None:
    assert to_mandarin(subject_en(theme)).phrase == phrase


@pytest.mark.parametrize(
    ("theme", "phrase"),
    [
        ("灯塔看守人的猫", "the lighthouse keeper's cat"),
        ("外婆的茶园", "my grandmother's tea garden"),
        ("外卖骑手的夜班", "the delivery rider's night shift"),
        ("小雨的生日", "the birthday"),
        ("女儿小雨的生日", "Xiaoyu's birthday"),
        ("失眠", "insomnia"),
        ("成都", "Chengdu"),
        ("豆腐脑", ""),
    ],
)
def test_mandarin_subjects_in_english(theme: str, phrase: str) -> None:
    assert to_english(subject_zh(theme)).phrase == phrase


@pytest.mark.parametrize(
    ("plural", "one"), [("trains", "train"), ("stories", "story"), ("boxes", "box"), ("wolves", "wolf"), ("bus", "bus")]
)
def test_singulars(plural: str, one: str) -> None:
    assert singular(plural) == one


@pytest.mark.parametrize("text", ["that bitch", "sh1t happens", "傻 逼", "he is fucking late"])
def test_rude_words_fill_no_slot(text: str) -> None:
    assert not decent(text)


@pytest.mark.parametrize("text", ["a cocktail in Scunthorpe", "the peacock", "my class", "草莓", "Dickens", "做饭"])
def test_innocent_words_do(text: str) -> None:
    assert decent(text)
