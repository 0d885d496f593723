"""One file a screen: its layout."""
