"""The one search box and the page of what it found."""
