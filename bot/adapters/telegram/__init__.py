"""Telegram: updates become messages, replies become posts."""
