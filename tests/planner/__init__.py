"""A kind of plan of the tests: other names (别名) of an area, as many as asked."""
