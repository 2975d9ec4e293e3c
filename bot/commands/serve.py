"""Start the bot: the web chat, and Telegram and Discord where a token is set."""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import logging
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot import app, logs
from bot.commands.folder import check_writable
from bot.errors import UsageError
from bot.settings import Settings
from generation.errors import StudioError
from storage.files import private_folder

if TYPE_CHECKING:
    from bot.adapters.discord.app import DiscordSurface
    from bot.adapters.telegram.app import TelegramSurface
    from bot.adapters.web.app import WebSurface
    from bot.house import House

_log = logging.getLogger(__name__)
OpenChat = Callable[[Settings, "House"], "TelegramSurface | DiscordSurface"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-browser", action="store_true", help="do not open the web chat in a browser")
    parser.add_argument("--dry-run", action="store_true", help="say what would be started, and start nothing")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run until SIGTERM or Ctrl-C. Raises ``UsageError`` where the folder, the port or a setting is no good."""
    logs.set_up(settings.secrets)
    os.umask(0o077)  # whatever is written from here on, by the rooms too, is for this user alone
    check_writable(settings.data, "data folder", "数据文件夹", make=private_folder)
    _check_port(settings)
    if options.dry_run:
        app.open_house(settings)
        print("\n".join(_plan(settings)))
        return 0
    with _alone(settings.data):
        asyncio.run(_serve(settings, browser=not options.no_browser and _somebody_looks()))
    return 0


async def _serve(settings: Settings, *, browser: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    house = app.open_house(settings)
    await house.start()
    try:
        web = _web(settings, house)
        async with web:
            house.open(web)
            print(f"Minstrel is ready / 已就绪: {web.url}", flush=True)
            if browser:
                await asyncio.to_thread(webbrowser.open, web.url)
            chats = [
                loop.create_task(_run(name, open_chat, settings, house, stop)) for name, open_chat in _chats(settings)
            ]
            await stop.wait()
            await asyncio.gather(*chats)
    finally:
        await house.close()


async def _run(name: str, open_chat: OpenChat, settings: Settings, house: House, stop: asyncio.Event) -> None:
    """Run one chat beside the others: where it can't start, the rest of the house goes on."""
    try:
        surface = open_chat(settings, house)
        async with surface:
            house.open(surface)
            await stop.wait()
    except StudioError as error:
        print(f"{name}: {error.en}", file=sys.stderr, flush=True)
    except Exception as error:  # noqa: BLE001 - one chat's trouble is not the others'
        logs.tell(_log, f"{name} could not go on", error)


def _chats(settings: Settings) -> Iterator[tuple[str, OpenChat]]:
    if settings.telegram_token:
        yield "Telegram", _telegram
    if settings.discord_token:
        yield "Discord", _discord


def _web(settings: Settings, house: House) -> WebSurface:
    from bot.adapters.web.app import WebSurface

    return WebSurface(settings, house)


def _telegram(settings: Settings, house: House) -> TelegramSurface:
    from bot.adapters.telegram.app import TelegramSurface

    return TelegramSurface(settings, house)


def _discord(settings: Settings, house: House) -> DiscordSurface:
    from bot.adapters.discord.app import DiscordSurface

    return DiscordSurface(settings, house)


def _plan(settings: Settings) -> Iterator[str]:
    yield f"engine    {settings.engine}"
    yield f"data      {settings.data.resolve()}"
    yield f"web chat  {_url(settings)}{' with a password' if settings.web_password else ''}"
    for name, token, variable in (
        ("Telegram", settings.telegram_token, "TELEGRAM_TOKEN"),
        ("Discord", settings.discord_token, "DISCORD_TOKEN"),
    ):
        yield f"{name:9} {'on' if token else f'off: {variable} is not set'}"


def _url(settings: Settings) -> str:
    host = f"[{settings.web_host}]" if ":" in settings.web_host else settings.web_host
    return f"http://{host}:{settings.web_port}"


def _somebody_looks() -> bool:
    """Whether a person sits before this terminal with a screen that can show a browser."""
    shown = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(shown) and sys.stdout.isatty()


def _check_port(settings: Settings) -> None:
    """Find out before anything is started."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.web_host, settings.web_port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        url = _url(settings)
        raise UsageError(
            f"The web chat cannot listen on {url}: {error.strerror}. Set MINSTREL_WEB_PORT to a free port.",
            f"网页聊天无法监听 {url}：{error.strerror}。请把 MINSTREL_WEB_PORT 设为空闲端口。",
        ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second house off the same folder; the system lets go even of a killed process's lock."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"Another Minstrel runs on the folder {folder} already.", f"已有另一个 Minstrel 在使用文件夹 {folder}。"
            ) from error
        yield
