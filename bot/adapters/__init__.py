"""Surfaces: a platform's event becomes a Message, a Reply becomes the platform's post. Nothing else lives here."""
