"""The archive: members, songs and audio files. It imports nothing of the studio but ``generation.song``."""
