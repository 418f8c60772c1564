"""The command line: thin calls of the services the window uses."""
