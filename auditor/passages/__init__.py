"""What one passage of running text says, held against itself: parts, flow, responses, harms.

Pure readings of statements and their sentences; the laws themselves lie in ``checks/``.
"""
