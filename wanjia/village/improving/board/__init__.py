"""The strict path to a group's paper board: drawn up on a council's decision, put up by another hand, stopped by an objection."""
