"""What every app's figures and papers stand on. Read in this order:

figures    counting the rows of a population on any day, by area
documents  a paper as it is drawn
models     papers, published notices and exports
"""
