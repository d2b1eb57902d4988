"""The collective's own book (C13), apart from the village committee's: contracts and what is due by them, vouchers that another hand approves, the account that is published."""
