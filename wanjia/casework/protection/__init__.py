"""强制报告 (未成年人保护法 art. 11): a child in danger. Sealed, outside the ledger; no count, export or page of needs knows it."""
