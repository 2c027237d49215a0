"""What history teaches: pure functions of columns of one track's opportunities, cut to any day (method.md §5 to §8)."""
