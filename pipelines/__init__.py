"""Everything true about the city, without a pixel; docs/ARCHITECTURE.md says what each part is."""
