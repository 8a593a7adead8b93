"""The `alongside` command and its subcommands."""
