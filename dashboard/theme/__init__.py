"""Colours, sizes and durations, all from tokens.json."""
