"""Export of the register in the columns of the household workbook: what goes out can be edited in Excel and comes in as changes."""
