"""What homes may be owed (政策找人): facts gathered in bulk, decided by policy, shown to those who may see them. Nothing is stored."""
