"""The studio: turns a request into a finished song. It knows no chat and no database."""
