"""Charts of result tables, and the files they are saved as."""
