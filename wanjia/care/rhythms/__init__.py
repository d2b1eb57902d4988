"""How often each child in company is to be reached: derived from the register's groups by policy/contacts, kept as dated rows because figures ask it of every pair."""
