"""The figures of labourers: what they are counted by, now and on a past day, and the sums that stand for them."""
