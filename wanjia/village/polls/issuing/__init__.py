"""Who takes a card or a token (发票): ticks on the roll, links for those away, tokens signed blind. All of it ends before voting begins."""
