"""What is due today, across all slices."""
