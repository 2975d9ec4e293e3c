"""The turns of one talk, pure: (talk, message, facts) -> (talk, replies, orders). It knows no platform and does no I/O."""
