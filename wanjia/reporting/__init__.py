"""What every app's figures and papers stand on. Read in this order:

kinds      what an app brings to have papers, notices and sheets of its own
figures    counting the rows of a population on any day, by area
published  what is told of children beyond those who may open the rows: no small number, nor one to be worked out
documents  a paper as it is drawn and sent
papers     papers about one row: number, journal line, page
notices    the notice of an area and a month, frozen under its number
exporting  what leaves as a sheet: asked, agreed, counted, taken once
checking   each figure counted twice
models     papers, published notices and exports
"""
