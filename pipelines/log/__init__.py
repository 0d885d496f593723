"""The ordered log of events, the only shared truth: one protocol, two backends."""
