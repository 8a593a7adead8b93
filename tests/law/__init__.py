"""The law of access: `decide`, what it compiles to, the database and Cedar say the same of every drawn world."""
