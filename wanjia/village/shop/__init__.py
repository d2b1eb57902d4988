"""The shop (C28, 爱心超市): what lies on its shelves, what homes take for their points, the close of a month."""
