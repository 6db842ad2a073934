"""What every folder stands on: the public tables, errors, whole files, where a result comes from."""
