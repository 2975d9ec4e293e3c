"""Every part draws for itself."""

from __future__ import annotations

from generation.seeds import rng


def test_the_same_part_draws_the_same() -> None:
    assert rng(1, "verse 1", 2).random() == rng(1, "verse 1", 2).random()


def test_other_parts_and_seeds_draw_something_else() -> None:
    parts: list[tuple[int, tuple[str | int, ...]]] = [
        (1, ("a",)),
        (2, ("a",)),
        (1, ("b",)),
        (1, ("a", 0)),
        (1, ("ab",)),
    ]
    draws = {rng(seed, *part).random() for seed, part in parts}
    assert len(draws) == 5


def test_draws_are_the_same_on_every_machine() -> None:
    assert rng(7, "verse 1", "melody", 2).integers(1_000_000) == 303382
