"""The demonstration: one invented partnership whose people have lived through the same actions as anybody else's."""
