"""Parents' classes (A39): what was told to grown-ups, in which aspects of the law, and which homes came; a home counts once, and no child is named."""
