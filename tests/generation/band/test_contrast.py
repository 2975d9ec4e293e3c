"""Loud and soft as they reach the listener: the band, a plain voice and the mix together."""

from __future__ import annotations

import numpy as np
import pyloudnorm
import pytest

from generation.band import arrange, play
from generation.lyrics.verses import VerseLyricist
from generation.mix import mix
from generation.pipeline import write_sheet
from generation.song import SAMPLE_RATE, SongRequest, Stem
from generation.voices.debug import DebugSinger


@pytest.mark.parametrize("genre", ["lo-fi", "guofeng"])
def test_a_sad_song_keeps_its_chorus_up_and_its_verse_in_reach(genre: str) -> None:
    request = SongRequest(theme="rain", genre=(genre,), mood=("sad",), duration_s=44.0, structure=("verse", "chorus"))
    singer = DebugSinger()
    score = write_sheet(request, 3, VerseLyricist(), singer).score
    sung = singer.sing(score, lambda _: None, lambda: False)
    stems = play(score, arrange(score), lambda _: None, lambda: False)
    whole = mix([*stems, Stem("vocals", sung.lead), Stem("backing", sung.backing)], score).master
    edges = [round(score.seconds(section.onset) * SAMPLE_RATE) for section in score.sections]
    halves = np.split(whole, edges[1:], axis=1)
    verse, chorus = (pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(half.T) for half in halves)
    assert 2.0 <= chorus - verse <= 5.5
