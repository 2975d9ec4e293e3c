"""What a song may be used for, and the record, note and tags that say so."""

from generation.passport.record import passport
from generation.passport.tags import tags
from generation.passport.verdict import Operator

__all__ = ["Operator", "passport", "tags"]
