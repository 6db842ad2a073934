"""Media framing analysis: which words frame whom, where in the article, how often, and in which sentence."""
