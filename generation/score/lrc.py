"""Timed lyrics in the LRC format that players show line by line."""

from __future__ import annotations

from collections.abc import Sequence

from generation.song import INSTRUMENT, AlignedSyllable, Lyrics, Score

_HEADINGS = {
    "intro": "Intro",
    "verse": "Verse",
    "pre-chorus": "Pre-Chorus",
    "chorus": "Chorus",
    "bridge": "Bridge",
    "instrumental": "Instrumental",
    "outro": "Outro",
}


def lrc(score: Score, lyrics: Lyrics, alignment: Sequence[AlignedSyllable]) -> str:
    """Return the song's lyrics with times: ``[ti:]`` and ``[length:]``, a ``[Verse]`` line where each section begins
    to be sung, and every sung line.

    Times are those of ``alignment``, where a line is in it, and else the score's.
    """
    heard: dict[str, float] = {}
    for syllable in alignment:
        heard[syllable.phrase] = min(syllable.start_s, heard.get(syllable.phrase, syllable.start_s))
    rows = [f"[ti:{lyrics.title}]", f"[length:{_minutes(score.duration_s)[:-3]}]", f"[la:{lyrics.language}]"]
    for section in score.sections:
        start = score.seconds(section.onset)
        lines = [
            (heard.get(phrase.id, score.seconds(phrase.notes[0].onset)), phrase.text)
            for phrase in section.phrases
            if phrase.voice != INSTRUMENT and phrase.notes
        ]
        # A pickup sounds before its bar line; the heading stays above its first line.
        start = min([start, *(time for time, _ in lines)])
        rows.append(f"[{_minutes(start)}][{_HEADINGS[section.kind]}]")
        rows += [f"[{_minutes(time)}]{text}" for time, text in lines]
    return "\n".join(rows) + "\n"


def _minutes(seconds: float) -> str:
    hundredths = max(0, round(seconds * 100))
    return f"{hundredths // 6000:02d}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}"
