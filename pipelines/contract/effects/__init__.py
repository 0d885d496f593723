"""What each command leads to, by the phase of the loop it belongs to."""
