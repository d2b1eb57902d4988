"""What casework brings of the register to the exports: homes, asked for, agreed and counted as the ledger is (ADR 80)."""
