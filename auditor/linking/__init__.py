"""From statements to the cells and the other statements that speak of the same thing."""

from auditor.linking.link import link

__all__ = ["link"]
