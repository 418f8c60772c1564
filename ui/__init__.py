"""What the person sees: the window and the command line."""
