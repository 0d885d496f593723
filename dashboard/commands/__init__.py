"""The commands of `citybrain`, one noun a file; `site` holds the options all of them have."""
