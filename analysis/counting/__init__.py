"""From hits and tokens to counts by article and group, and from draws of articles to intervals."""
