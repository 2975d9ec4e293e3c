"""How people write a range: 80-90, 80 to 90, 八十到九十."""

TO = r"\s*(?:-|–|—|~|\bto\b|到|至)\s*"
"""Between the ends of a range."""
