"""What a person can do and see on any surface, so that one journey is walked on all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Seen:
    """A post of the bot as a person sees it now."""

    post: str
    """Its name on the surface."""
    text: str
    """Everything readable in it, folded parts too."""
    buttons: tuple[tuple[str, str], ...] = ()
    """Label and ``verb:song:argument`` of each."""
    files: tuple[tuple[str, int], ...] = ()
    """Name and size in bytes of each."""
    private: bool = False

    def has(self, verb: str) -> bool:
        return any(data.split(":")[0] == verb for _, data in self.buttons)


class Person(Protocol):
    """Somebody with the app open."""

    name: str

    async def say(
        self, text: str, *, answering: Seen | None = None, file: tuple[str, str, bytes] | None = None
    ) -> None:
        """Write a plain sentence to the bot (in a shared place: addressed to it, as one does there).
        ``file`` is name, media type, content."""

    async def command(self, verb: str, text: str = "", *, file: tuple[str, str, bytes] | None = None) -> None:
        """Use a command of the menu."""

    async def press(self, seen: Seen, verb: str, argument: str | None = None, *, answer: str = "") -> None:
        """Press the first button of that verb (and argument). Where it asks for words, give ``answer``."""

    async def press_data(self, seen: Seen, data: str) -> None:
        """Send the callback of a button that this post does not have: forged, or of an old post."""

    def posts(self) -> Sequence[Seen]:
        """What the bot has posted where this person can see it, oldest first, as it looks now."""
        ...

    async def until(self, wanted: Callable[[Seen], bool], seconds: float = 30.0) -> Seen:
        """Wait for the newest post that is ``wanted``. Raises ``AssertionError`` with all posts when time is up."""
        ...


class Stage(Protocol):
    """One surface with a whole house behind it: real adapter, real archive, debug engine."""

    surface: str

    async def person(self, name: str, language: str = "en") -> Person:
        """Somebody alone with the bot, whose app is in ``language``."""
        ...

    async def together(self, *names: str) -> Sequence[Person]:
        """Several people in one shared place with the bot. Raises ``NotImplementedError`` on the web."""
        ...

    async def restart(self) -> None:
        """The bot's process ends without a word and starts again on the same data. People keep their posts."""

    @property
    def requests(self) -> int:
        """Requests to the platform that were checked against its specification."""
        ...

    @property
    def violations(self) -> Sequence[str]: ...
