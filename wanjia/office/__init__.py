"""The running of an office: its backups and restores (backing), its upgrades (upgrading), its move to PostgreSQL (moving)."""
