"""The confirmed rows of an upload become rows of the register, chunk by chunk; what goes before is `registry.importing`."""
