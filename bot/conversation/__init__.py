"""The turns of one talk, pure: (talk, message, facts) -> (talk, replies, orders). No platform, no I/O."""
