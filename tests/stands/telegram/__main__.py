"""A Telegram to chat with in a terminal: ``python -m tests.stands.telegram``.

Start the bot beside it with the TELEGRAM_API_URL and TELEGRAM_TOKEN it prints. What you type is a message of Anna's;
``#3 sing`` presses the button that says so under post 3.
"""

from __future__ import annotations

import asyncio
import sys

from tests.stands.telegram.people import People
from tests.stands.telegram.stand import TOKEN, Stand
from tests.stands.telegram.world import Json


async def main() -> None:
    async with Stand(int(sys.argv[1]) if sys.argv[1:] else 0) as stand:
        people = People(stand.world)
        anna = people.join("Anna")
        stand.world.watchers.append(_show)
        print(f"TELEGRAM_API_URL={stand.url} TELEGRAM_TOKEN={TOKEN} scripts/run")
        while line := await asyncio.to_thread(sys.stdin.readline):
            number, _, label = line.strip().removeprefix("#").partition(" ")
            post = stand.world.chats[anna].messages.get(int(number)) if number.isdecimal() else None
            if post and line.startswith("#"):
                data = [key["callback_data"] for key in _keys(post) if label.lower() in key["text"].lower()]
                people.press(anna, int(number), data[0] if data else label)
            elif line.strip():
                people.write(anna, line.strip())
        print(
            f"{stand.requests} requests, {len(stand.violations)} against the specification", *stand.violations, sep="\n"
        )


def _keys(post: Json) -> list[Json]:
    return [key for row in post.get("reply_markup", {}).get("inline_keyboard", []) for key in row]


def _show(what: str, post: Json) -> None:
    if what not in {"sent", "edited"}:
        return
    files = [f"<{kind}>" for kind in ("audio", "document", "photo") if kind in post]
    labels = [f"[{key['text']}]" for key in _keys(post)]
    print(f"#{post['message_id']}", *files, post.get("text") or post.get("caption", ""), *labels)


if __name__ == "__main__":
    asyncio.run(main())
