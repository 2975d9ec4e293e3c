"""How a song comes back: what is posted, when it is edited, and in which size."""
