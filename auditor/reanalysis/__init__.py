"""What a manuscript lets a reader recompute: statistics gathered with the numbers behind them.

``Manuscript`` -> compared counts, summaries, test statistics, intervals -> ``auditor.statistics``
-> results under each convention. Checks judge them.
"""
