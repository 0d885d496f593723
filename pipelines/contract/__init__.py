"""The language both floors speak: pure values and pure functions, no I/O."""
