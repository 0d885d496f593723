"""Pure pieces of a screen: a context in, Dash components out."""
