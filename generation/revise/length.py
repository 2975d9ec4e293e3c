"""Longer, shorter, or without a section; what remains is kept to the note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from generation.changes import Drop, Length
from generation.plan import LONGEST_S, SHORTEST_S, beats_per_bar
from generation.revise.layout import Slot, laid, new_section
from generation.revise.pace import lasting
from generation.revise.places import sections_called
from generation.revise.sentences import refusal
from generation.revise.studio import Studio
from generation.score.form import FLEXIBLE, RING_S, Block, fill
from generation.score.sentences import refusal as wish_refusal
from generation.song import FormSection, SectionKind, Sheet

_KINDS: tuple[SectionKind, ...] = ("verse", "pre-chorus", "chorus", "bridge", "instrumental", "intro", "outro")
_MOST_SECTIONS = 12


def relength(sheet: Sheet, change: Length, studio: Studio) -> Sheet:
    """Make the song as long as asked, or append sections (before its outro). A length is met exactly: sections join or
    leave, later verses first and never the only chorus, and instrumental sections take up what is left."""
    if change.sections:
        sheet = _with_sections(sheet, change.sections[:_MOST_SECTIONS], studio)
    if change.duration_s is None and not change.more_s:
        return sheet
    target = round((change.duration_s if change.duration_s is not None else sheet.plan.duration_s) + change.more_s, 3)
    if not SHORTEST_S <= target <= LONGEST_S:
        raise wish_refusal("duration", low=int(SHORTEST_S), high=int(LONGEST_S // 60))
    sheet = replace(sheet, request=replace(sheet.request, duration_s=target))
    bar_s = beats_per_bar(sheet.plan.time_signature) * 60.0 / sheet.plan.tempo_bpm
    bars = max(1, int((target - RING_S) / bar_s + 1e-9))
    longer = target >= sheet.plan.duration_s
    best: tuple[float, list[Slot]] | None = None
    for taste, slots in _extended(sheet) if longer else _shortened(sheet):
        for loose, penalty in ((("outro",), 0.0), (tuple(FLEXIBLE), 1.5)):
            found = _filled(slots, bars, bar_s, loose)
            if found and (best is None or taste + penalty + found[0] < best[0]):
                best = (taste + penalty + found[0], found[1])
    if best is None:
        least = min((sum(s.section.bars for s in slots if s.section.kind not in FLEXIBLE) + 1 for _, slots in
                     _shortened(sheet)), default=1)  # fmt: skip
        raise refusal("shortest", seconds=int(least * bar_s + RING_S) + 1)
    return laid(sheet, best[1], target, studio)


def drop(sheet: Sheet, change: Drop, studio: Studio) -> Sheet:
    """Leave out a section, or all of a kind; the song is shorter by as much."""
    gone = sections_called(sheet, change.section)
    slots = [slot for at, slot in enumerate(_slots(sheet)) if at not in gone]
    if not any(slot.section.kind not in {"intro", "outro"} for slot in slots):
        raise refusal("nothing-left", asked=change.section)
    return laid(sheet, slots, _lasting(sheet, slots), studio)


def _with_sections(sheet: Sheet, kinds: Sequence[str], studio: Studio) -> Sheet:
    slots = _slots(sheet)
    for asked in kinds:
        kind = next((one for one in _KINDS if one == asked.strip().lower()), None)
        if kind is None:
            raise refusal("kind", asked=asked)
        slots = _appended(sheet, slots, kind)
    return laid(sheet, slots, _lasting(sheet, slots), studio)


def _appended(sheet: Sheet, slots: Sequence[Slot], kind: SectionKind) -> list[Slot]:
    taken = {slot.section.name for slot in slots} | {section.name for section in sheet.plan.form}
    number = sum(slot.section.kind == kind for slot in slots) + 1
    while f"{kind} {number}" in taken:
        number += 1
    section = new_section(sheet, kind, f"{kind} {number}")
    before = len(slots) - (kind != "outro" and bool(slots) and slots[-1].section.kind == "outro")
    return [*slots[:before], Slot(section), *slots[before:]]


def _slots(sheet: Sheet) -> list[Slot]:
    return [Slot(section, at) for at, section in enumerate(sheet.plan.form)]


def _lasting(sheet: Sheet, slots: Sequence[Slot]) -> float:
    form: list[FormSection] = [slot.section for slot in slots]
    return lasting(sheet, form, sheet.plan.tempo_bpm, sheet.plan.time_signature)


def _extended(sheet: Sheet) -> Iterator[tuple[float, list[Slot]]]:
    """Yield ways to go on: rounds of verse and chorus, a bridge, an interlude, a last chorus; with their cost."""
    kinds = {section.kind for section in sheet.plan.form}
    turn: tuple[SectionKind, ...] = ("verse", "chorus") if "chorus" in kinds or not kinds & {"verse"} else ("verse",)
    with_outro = _slots(sheet) if sheet.plan.form[-1].kind in FLEXIBLE else _appended(sheet, _slots(sheet), "outro")
    added: list[SectionKind]
    for rounds, bridge, interlude, chorus in product(range(9), (0, 1), (0, 1), (0, 1)):
        added = [*(("instrumental",) if interlude else ()), *turn * rounds]
        if bridge:
            added.append("bridge")
        if chorus:
            added.append("chorus")
        slots = with_outro
        for kind in added:
            slots = _appended(sheet, slots, kind)
        doubled = chorus and not bridge
        yield 0.4 * len(added) + 1.0 * (bridge and "bridge" in kinds) + 1.5 * bool(doubled), slots


def _shortened(sheet: Sheet) -> Iterator[tuple[float, list[Slot]]]:
    """Yield what is left as sections go: later verses, interludes, bridges, pre-choruses, returns of the chorus, the
    introduction; the first verse and the only chorus stay."""
    form = sheet.plan.form

    def of(kind: str, keep: int) -> list[int]:
        return [at for at, section in enumerate(form) if section.kind == kind][keep:][::-1]

    order = [*of("verse", 1), *of("instrumental", 0), *of("bridge", 0), *of("pre-chorus", 0), *of("chorus", 1)]
    order += of("intro", 0)
    if not any(section.kind in {"verse", "chorus"} for section in form):
        order = order[1:]
    for count in range(len(order) + 1):
        yield 2.0 * count, [slot for at, slot in enumerate(_slots(sheet)) if at not in order[:count]]


def _filled(slots: Sequence[Slot], bars: int, bar_s: float, loose: Sequence[str]) -> tuple[float, list[Slot]] | None:
    """Share ``bars`` out: sections of ``loose`` kinds take what the others leave. Returns the cost and the slots."""
    blocks = [
        Block(slot.section.kind, 0, 0 if slot.section.kind in loose else slot.section.bars, slot.section.name)
        for slot in slots
    ]
    fixed = sum(block.bars for block in blocks)
    if all(block.bars for block in blocks):
        return (0.0, list(slots)) if 0 <= bars - fixed <= 1 else None
    if fixed > bars:
        return None
    found = fill([block if not block.bars else replace(block, kind="verse") for block in blocks], bars, bar_s)
    if found is None or any(new.bars != old.bars for new, old in zip(found[1], blocks, strict=True) if old.bars):
        return None
    shared = [
        replace(slot, section=replace(slot.section, bars=block.bars))
        for slot, block in zip(slots, found[1], strict=True)
    ]
    return found[0], shared
