"""The labourers behind one number: of a figure, of one part of its change, of one province they went to."""
