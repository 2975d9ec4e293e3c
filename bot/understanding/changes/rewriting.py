"""Words to be written anew: "rewrite verse 2 about my dog", 第二段重写."""

from __future__ import annotations

from bot.understanding.changes.clause import Clause
from bot.understanding.changes.feel import moods
from bot.understanding.changes.patterns import expressions, matches
from bot.understanding.lexicon import LANGUAGES
from generation.changes import Rewrite

_EDGES = " \"“”「」『』《》',.;!?，。；！？"


def rewritten(clause: Clause, before: str) -> list[Rewrite]:
    """Return what the lyricist shall write again; ``before`` is the clause before, where it
    changes nothing by itself. Raises ``UnclearTarget``."""
    theme = _theme(clause)
    about_words = clause.has("rewrite", "lyrics")
    named = bool(clause.named)
    mood = tuple(moods(clause)) if about_words or clause.has("rewrite") else ()
    faulted = before and (clause.inherited or matches("rewrite", "lyrics", before))
    complained = bool(faulted) and clause.has("rewrite", "another")
    asked = clause.has("rewrite") or (theme and (named or about_words)) or (about_words and mood)
    if not asked and (named or not complained):
        return []
    target = clause.target()
    return [Rewrite(target.where if target else "", theme, mood)]


def complained_of(clause: Clause) -> list[Rewrite]:
    """Return the words that a clause only finds fault with ("I don't like line 3"). Raises ``UnclearTarget``."""
    sung = [mention for mention in clause.named if mention.line or mention.kind == "verse"]
    if not clause.has("rewrite", "complaint") or not (sung or clause.has("rewrite", "lyrics")):
        return []
    target = clause.target()
    return [Rewrite(target.where if target else "")]


def _theme(clause: Clause) -> str:
    for language in LANGUAGES:
        for pattern in expressions(language, "rewrite", "theme"):
            m = pattern.search(clause.folded)
            if m:
                return clause.message.text[m.start("theme") : m.end("theme")].strip(_EDGES)
    # 第一段改成下雨的夜晚: what a whole section becomes is a theme, not its words.
    for mention in clause.named:
        if not mention.line:
            for pattern in expressions("zh", "rewrite", "becomes"):
                m = pattern.match(clause.folded, mention.end)
                if m:
                    return clause.message.text[m.start("theme") : m.end("theme")].strip(_EDGES)
    return ""
