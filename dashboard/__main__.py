"""`python -m dashboard` is `citybrain`."""

from .cli import main

main()
