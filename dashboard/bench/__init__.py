"""`citybrain bench`: what the product costs, each time beside the plainest thing that does the same work."""
