"""What a project's homes give: receipts, days of labour, labour paid instead by one's own wish; what the money is spent on."""
