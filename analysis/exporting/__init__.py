"""Result tables as files for a report or paper, one module for each family of formats; `writing` is the door."""
