"""Photos and sound that belong to cases: checked by content, stripped of what tells of people, kept by their hash."""
