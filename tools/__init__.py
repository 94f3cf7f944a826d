"""What maintainers run by hand; nothing in here is needed by the running platform."""
