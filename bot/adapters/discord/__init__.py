"""Discord: slash commands, buttons, forms and threads, in and out."""
