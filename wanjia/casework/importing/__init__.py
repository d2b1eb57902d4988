"""The county's own ledger workbook becomes needs with their history (A28): every act at the date that the paper gives."""
