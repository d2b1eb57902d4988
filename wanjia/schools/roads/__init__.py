"""Operations on the road (A45): counts by kind, of a day, a place and the forces there; corrections leave what stood before. Nobody and no plate is kept."""
