"""What leaves the node: facts to programs (`receiver`), notices to people (`notifier`), each on its own thread."""
