"""Figures, papers and exports: every figure a count of promises, each a link to its rows. Read in this order:

figures    counting needs on any day, by area
dashboard  the page a leader reads
documents  the nine printed papers
homes      the register's homes, taken out under the ledger's own rules
ledger     the workbook in the office's own columns
"""
