"""The posts of a page of the web chat, read from its HTML as a browser would."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from tests.journeys.person import Seen

EMPTY = {"input", "img", "meta", "link", "br", "path", "circle", "rect"}
INLINE = {"span", "b", "i", "q", "small"}


class Page(HTMLParser):
    """Feed it a page or one post; ``seen`` are the bot's posts by name, ``token`` what forms carry."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: dict[str, Seen] = {}
        self.token = ""
        self.revision = 0
        self._post: dict[str, Any] | None = None
        self._open: list[str] = []
        self._label = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in EMPTY:
            self._open.append(tag)
        if tag == "body":
            self.revision = int(given.get("data-after", "0"))
        if given.get("name") == "token" and tag == "input":
            self.token = given["value"]
        if "data-post" in given:
            mine = "mine" in given["class"].split()
            self._post = None if mine else {"post": given["data-post"], "text": [], "buttons": [], "files": []}
        if self._post is None:
            return
        if "data-file" in given:
            self._post["files"].append((given["data-file"], int(given["data-size"])))
        if tag in ("summary", "button"):
            self._label = ""
        if given.get("name") == "data":
            self._post["buttons"].append([self._label, given["value"]])

    def handle_data(self, data: str) -> None:
        if self._post is None:
            return
        within = [tag for tag in self._open if tag not in INLINE][-1:]
        if within in (["button"], ["summary"]):
            self._label += data.strip()
            if within == ["button"] and self._post["buttons"] and not self._post["buttons"][-1][0]:
                self._post["buttons"][-1][0] = self._label
        elif data.strip() and self._open[-1:] != within and self._post["text"]:
            self._post["text"][-1] += " " + data.strip()
        elif data.strip():
            self._post["text"].append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "li" and self._post is not None:
            row = self._post
            buttons = tuple((label, data) for label, data in row["buttons"])
            seen = Seen(row["post"], "\n".join(row["text"]), buttons, tuple(row["files"]))
            self.seen[seen.post] = seen
            self._post = None
