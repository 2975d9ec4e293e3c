"""A reply as Discord can show it: text, cards for what is folded, files, buttons."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.adapters.discord.markup import escape, split
from bot.adapters.discord.words import say
from bot.conversation.reply import Button, File, Reply

TEXT = 1970
"""Of the 2000 that Discord allows: the name of a member may come before."""
CARD = 4096
CARDS = 6000
"""Characters of all cards of one message, titles included."""
TITLE = 256
MOST_CARDS = 10
SMALLEST_CARD = 100
MOST_FILES = 10
PARCEL_BYTES = 24 * 1024 * 1024
"""Of all files of one message; a request may hold 25 MiB."""
MOST_ROWS = 5
ROW = 5
LABEL = 80
NOTHING = "\u200b"
"""A message must hold something."""
COVER = "cover.jpg"
DOES, ASKS = "m:", "a:"
"""How the ``custom_id`` of a button begins, before ``verb:song:argument``: it acts, or a form comes first."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message to send. May be sent again: files are opened anew each time."""

    text: str = ""
    cards: tuple[discord.Embed, ...] = ()
    files: tuple[File, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()

    def shown(self) -> dict[str, Any]:
        """Return what an edit replaces, as discord.py takes it."""
        return {"content": self.text or None, "embeds": list(self.cards), "view": _view(self.rows)}

    def sent(self, before: str = "") -> dict[str, Any]:
        """Return everything, as discord.py takes it. Raises ``OSError`` if a file is gone."""
        files = [
            discord.File(io.BytesIO(file.content) if file.content is not None else str(file.path), filename=file.name)
            for file in self.files
        ]
        return {
            **self.shown(),
            "content": before + self.text or ("" if files or self.cards else NOTHING),
            "files": files,
        }


def posts(reply: Reply, edited: bool = False) -> list[Post]:
    """Return the messages of a reply, the one with text and buttons first; more only for more files or buttons than
    one message holds.

    What is too long for cards becomes a text file; of an ``edited`` post, whose files stay as they are, it is cut and
    ends in an ellipsis.
    """
    text, *rest = split(escape(reply.text), TEXT, CARD)
    folded = [(fold.title, escape(fold.text)) for fold in reply.folded]
    cards, unshown = _cards([("", piece) for piece in rest] + folded, cut=edited)
    files = list(reply.files)
    if edited:
        unshown = []
    if any(not title for title, _ in unshown):
        # A part of the text itself does not fit: then all of it is in the file.
        files.append(_text_file("text", reply.text))
        text, *_ = split(escape(reply.text), TEXT - 200, CARD)
        text += f"\n… {say('more', reply.language)}"
        cards = [card for card in cards if card.title]
    names = {title for title, _ in unshown}
    files += [_text_file(fold.title, fold.text) for fold in reply.folded if fold.title and fold.title in names]
    if cover := next((file.thumbnail for file in reply.files if file.thumbnail), None):
        files.insert(0, File(COVER, "image/jpeg", content=cover))
        cards = cards or [discord.Embed()]
        cards[0].set_thumbnail(url=f"attachment://{COVER}")
    parcels = list(_parcels(files)) or [()]
    rows = list(_rows(reply.buttons))
    first = Post(text, tuple(cards), parcels[0], tuple(rows[:MOST_ROWS]))
    more = [Post("…", rows=tuple(rows[at : at + MOST_ROWS])) for at in range(MOST_ROWS, len(rows), MOST_ROWS)]
    return [first, *(Post(files=parcel) for parcel in parcels[1:]), *more]


def _cards(folded: Sequence[tuple[str, str]], cut: bool) -> tuple[list[discord.Embed], list[tuple[str, str]]]:
    cards: list[discord.Embed] = []
    unshown: list[tuple[str, str]] = []
    for title, text in folded:
        card = discord.Embed(title=escape(title)[:TITLE] or None, description=text)
        room = min(CARD, CARDS - sum(map(len, cards)) - len(card.title or ""))
        if len(cards) == MOST_CARDS or room < SMALLEST_CARD or (len(text) > room and not cut):
            unshown.append((title, text))
            continue
        if len(text) > room:
            card.description = split(text, room - 2, CARD)[0] + "\n…"
        cards.append(card)
    return cards, unshown


def _text_file(title: str, text: str) -> File:
    name = "".join(letter if letter.isalnum() else "-" for letter in title).strip("-")[:60] or "text"
    return File(f"{name}.txt", "text/plain", content=text.encode(errors="replace"))


def _parcels(files: Sequence[File]) -> Iterator[tuple[File, ...]]:
    parcel: list[File] = []
    for file in files:
        if parcel and (len(parcel) == MOST_FILES or sum(each.size for each in parcel) + file.size > PARCEL_BYTES):
            yield tuple(parcel)
            parcel = []
        parcel.append(file)
    if parcel:
        yield tuple(parcel)


def _rows(rows: Sequence[Sequence[Button]]) -> Iterator[tuple[Button, ...]]:
    """Rows of at most five; where that makes too many rows, they are filled up."""
    narrow = [tuple(row[at : at + ROW]) for row in rows for at in range(0, len(row), ROW)]
    if len(narrow) > MOST_ROWS:
        every = [button for row in rows for button in row]
        narrow = [tuple(every[at : at + ROW]) for at in range(0, len(every), ROW)]
    yield from narrow


def _view(rows: Sequence[Sequence[Button]]) -> discord.ui.View | None:
    if not rows:
        return None
    view = discord.ui.View(timeout=None)
    taken: set[str] = set()
    for number, row in enumerate(rows):
        for button in row:
            custom_id = (ASKS if button.asks else DOES) + button.data
            if custom_id in taken:
                continue
            taken.add(custom_id)
            view.add_item(discord.ui.Button(label=button.label[:LABEL] or "…", custom_id=custom_id, row=number))
    # A stopped view is shown but not kept: presses are read from their custom_id, before and after a restart alike.
    view.stop()
    return view
