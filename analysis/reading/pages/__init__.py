"""Web pages in parts: the tree that a browser builds, what the page states, its headline, what surrounds the article, and its body."""
