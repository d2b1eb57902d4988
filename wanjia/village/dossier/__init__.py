"""The file of a mediation as it is read and printed (人民调解法 art. 27): each opening and each paper is a line of the journal, before it is sent."""
