"""How far raters agree on one question, beyond chance, with an honest interval or a reason why not.

`figures.py` is the way in. `tables.py` counts answers, `weights.py` says how near two categories
are, `coefficients.py` holds the formulas, `bootstrap.py` the intervals.
"""
