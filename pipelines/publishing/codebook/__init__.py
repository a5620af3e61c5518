"""The printed catalogue: what every indicator means, how it is made and when it is not shown, as one PDF."""
