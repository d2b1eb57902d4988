"""What the register's workbooks hold and how their rows are judged. Pure: no Django; what the database knows comes as a `World`.

sentences   what is said of a row, code by code
names       names of people as they come out of old systems
kinds       what a column holds: numbers that identify, names, places
columns     spellings that several workbooks share
world       what the rules may know: villages, homes, heads
judging     rules across cells and rows
homes, benefits   the two workbooks: their columns, and the rules in their order
"""
