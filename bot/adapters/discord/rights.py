"""What the bot must be allowed to do, and what of it is missing."""

from __future__ import annotations

from typing import Any

import discord

from bot.adapters.discord.posts import Post

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
SCOPES = ("bot", "applications.commands")


def lacking(channel: Any, post: Post) -> list[str]:
    """Return Discord's names of what a post needed and the bot may not do in a channel of a server."""
    has = channel.permissions_for(channel.guild.me)
    needed = {"embed_links": bool(post.cards), "attach_files": bool(post.files)}
    return [
        name.replace("_", " ").title() for name, is_needed in needed.items() if is_needed and not getattr(has, name)
    ]


def invite(application: int) -> str:
    """Return the link by which an admin adds the bot to a server."""
    return discord.utils.oauth_url(application, permissions=NEEDED, scopes=SCOPES)
