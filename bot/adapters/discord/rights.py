"""What the bot must be allowed to do, and what of it is missing."""

from __future__ import annotations

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


def lacking(channel: discord.abc.GuildChannel | discord.Thread, post: Post) -> list[str]:
    """Return Discord's names of what a post needs and the bot may not do in a channel of a server."""
    if channel.guild.me is None or (isinstance(channel, discord.Thread) and channel.parent is None):
        return []
    needed = discord.Permissions(embed_links=bool(post.cards), attach_files=bool(post.files))
    return names(needed.value & ~channel.permissions_for(channel.guild.me).value)


def names(permissions: int) -> list[str]:
    """Return permissions by the names they have in Discord's settings."""
    return [name.replace("_", " ").title() for name, is_set in discord.Permissions(permissions) if is_set]


def invite(application: int) -> str:
    """Return the link by which an admin adds the bot to a server."""
    return discord.utils.oauth_url(application, permissions=NEEDED, scopes=SCOPES)
