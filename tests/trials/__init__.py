"""Promises kept under fire: the real daemon, a real file, real sockets. A module a promise.

Each has `PROMISE`, the sentence that is put to the test, and `run(trial)`, which does it and tells the `Trial` what was
done and what did not hold. `ALONE = True` keeps others from running beside it, where times are measured. `MINUTES` is
how long the full form takes, where it takes some: the longest begin first.

A check that cannot fail is worse than none. So a module has a `FAULT` too: Python that the daemon runs before anything
else, and that breaks what is promised. `python -m tests.trials --with-fault NAME` must end with BROKEN. Where there is
none, the docstring says what else shows that the trial notices.
"""
