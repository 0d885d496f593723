"""Who is looking: accounts, sessions, keys, paired walls."""
