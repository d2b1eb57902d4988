"""The ledger leaves the house: in the office's own columns, with a reason, an approver where it must, a watermark, once."""
