"""Figures, papers and exports: every figure a count of promises, each a link to its rows. Read in this order:

figures    counting needs on any day, by area
dashboard  the page a leader reads
documents  the nine printed papers
ledger     the workbook in the office's own columns
"""
