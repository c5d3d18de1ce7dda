"""Imported by what verbs are forked from, after all else: what coverage would do anew when it starts in each of them.

It asks for the stack, and so looks for the file of each of more than a thousand modules that it has not looked for yet.
"""

from __future__ import annotations

import inspect

import coverage  # noqa: F401 -- so that they have it

inspect.stack()
