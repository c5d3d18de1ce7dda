"""What no policy can pass in the world `poisson`, whatever it computes, if it sees what ours sees.

There an article's liveliness is Gamma(a, a), and on the clock that runs as edits are to be expected its age does not
matter. So what is known of it is three numbers: edits counted, exposure, and the clock. The best that can be done at a
price of c a look is found from the end backwards, and by weak duality no policy that spends B looks an article catches
more than min over c of V(c) + c·B versions.
"""

from __future__ import annotations

_SHAPE, _EDITS = 0.5, 0.9 * 0.98
_STEPS, _MOST = 100, 24
_PRICES = tuple(2e-4 * (0.7 / 2e-4) ** (i / 25) for i in range(26))


def bounds(looks: tuple[float, ...]) -> dict[float, float]:
    """The highest recall for each number of looks an article."""
    values = [(price, _value(price)) for price in _PRICES]
    return {each: min(value + price * each for price, value in values) / _EDITS for each in looks}


def _value(price: float) -> float:
    """Versions caught of one article, less the price of its looks.

    `best[h][k][e]`: what is still to be had when the clock stands at h after a look, with k edits counted and exposure
    e. A look that lands at h was taken j steps after the one before, and the last edit was i steps ago, or there was
    none in all j.
    """
    width = _EDITS / _STEPS
    best = [[[0.0] * (_STEPS + 1) for _ in range(_MOST + 1)] for _ in range(_STEPS + 1)]
    for clock in range(_STEPS, 0, -1):
        for count in range(_MOST + 1):
            same, more, alpha = best[clock][count], best[clock][min(count + 1, _MOST)], _SHAPE + count
            for exposure in range(clock):
                beta, found, before = _SHAPE + exposure * width, 0.0, 1.0
                for steps in range(1, clock - exposure + 1):
                    none = (beta / (beta + steps * width)) ** alpha
                    found += (before - none) * (1 + more[exposure + steps])
                    before = none
                    worth = none * same[exposure + steps] + found - price
                    earlier = best[clock - steps][count]
                    earlier[exposure] = max(earlier[exposure], worth)
    return best[0][0][0]
