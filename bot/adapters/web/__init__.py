"""The web chat: the surface that is always there."""
