"""Where songs are made: rooms with a studio in them, and the queue before their door."""
