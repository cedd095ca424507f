"""Invented cohorts that obey every rule, and defects to plant into them."""
