"""Pictures: what may come in (intake) and the renditions pages show."""
