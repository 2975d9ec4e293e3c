"""Says whether Discord will work, and what to do about it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import aiohttp
import discord

from bot.adapters.discord.rights import NEEDED, invite, names
from bot.settings import Settings

PORTAL = "https://discord.com/developers/applications"
Finding = tuple[bool, str]
"""Whether it is well, and one sentence: what is, or what to do."""
TIMEOUT_S = 20.0
MOST_SERVERS = 200


async def check(settings: Settings) -> list[Finding]:
    """Ask Discord about the token, the application and the rights in every server. Never raises, never tells the
    token."""
    if not settings.discord_token:
        return [(True, "Discord is off. Set DISCORD_TOKEN to switch it on; docs/discord.md shows how.")]
    client = discord.Client(intents=discord.Intents(guilds=True))
    try:
        async with asyncio.timeout(TIMEOUT_S):
            await client.login(settings.discord_token)
            about = await client.application_info()
            servers = await client.http.get_guilds(MOST_SERVERS)
    except discord.LoginFailure:
        return [(False, f"Discord refuses DISCORD_TOKEN. Reset it at {PORTAL}, under Bot, and set it again.")]
    except (aiohttp.ClientError, OSError, TimeoutError, discord.HTTPException) as error:
        return [(False, f"Discord cannot be reached from here ({type(error).__name__}). Is there a network?")]
    finally:
        await client.close()
    found = [(True, f"Discord knows the bot as {about.name}."), *_application(about)]
    for server in servers:
        missing = names(NEEDED.value & ~int(server.get("permissions") or 0))
        if missing and not int(server.get("permissions") or 0) & discord.Permissions(administrator=True).value:
            found.append((False, f"In {server['name']}, the bot may not: {', '.join(missing)}. Invite it once more."))
    found.append((True, f"The bot is in {len(servers)} servers. To add it to one, open {invite(about.id)}"))
    return found


def _application(about: discord.AppInfo) -> Iterator[Finding]:
    if about.interactions_endpoint_url:
        yield False, f"Clear Interactions Endpoint URL at {PORTAL}, or commands and buttons will never reach the bot."
    if about.bot_require_code_grant:
        yield False, f"Switch off Requires OAuth2 Code Grant at {PORTAL}, under Bot, or nobody can add the bot."
    if not about.bot_public:
        yield True, "Public Bot is off: only you can add the bot to servers."
