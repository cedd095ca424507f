"""The catalogue of defects that can be planted into an invented extract, by theme."""
