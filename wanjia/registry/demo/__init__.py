"""What the register plants in the demo county: its workbook of homes, and in one township what is true of some of them."""
