"""Screening (A33 是否合理): reasonable or not, with a reason that the person is told; declined needs stay counted."""
