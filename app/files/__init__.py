"""Files: what is kept with records beside their fields, each content once."""
