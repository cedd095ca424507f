"""One file a format: each turns an input into the tables that it holds, nothing changed."""
