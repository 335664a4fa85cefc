# SPDX-License-Identifier: MIT
"""Where rings stop to stay together: pairs, and one ring under injection of second order."""
import math
import statistics

from rings.circuit import Deck
from rings.ngspice import rotations

EDGE_SHARES = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
INJECTION_SHARES = [0.005, 0.01, 0.02, 0.05]
NEAR = 0.005  # of an edge: who slips there, slips slowly, and runs are as long as telling that takes


def edge_of(curve):
    """The largest detuning over the coupling at which two tied rings stay locked: the difference of both rates is odd."""
    return max(abs(curve(-x) - curve(x)) for x in (2 * math.pi * i / 3600 for i in range(3600)))


def held(t, own, other):
    """Whether a ring kept its phase to another, or to what a function says, within three quarters of a turn."""
    when = t[own][2:-2]
    there = other(when) if callable(other) else rotations(t[other], when)
    gap = [b - a for a, b in zip(rotations(t[own], when), there) if not math.isnan(a + b)]
    return len(gap) > 10 and max(gap) - min(gap) < 0.75


def pair_edge(cycle, curve, share):
    """The detuning over the coupling up to which two tied rings stay locked: twelve pairs, then twelve between the last
    that does and the first that does not."""
    predicted = edge_of(curve)
    periods = 8 + 1.3 / (share * predicted * math.sqrt(2 * NEAR))
    low, high = 0.5 * predicted, 1.3 * predicted
    for _ in range(2):
        step = (high - low) / 12
        factors = [low + step * (i + 0.5) for i in range(12)]
        deck = Deck(cycle)
        pairs = []
        for f in factors:
            pair = deck.ring(1.0, -f * share / 2), deck.ring(0.5 + math.pi / 2, f * share / 2)
            deck.couple(*pair, curve, share)
            pairs.append(pair)
        t = deck.crossed(periods)
        locked = [held(t, *pair) for pair in pairs]
        first = locked.index(False) if False in locked else 12
        if first in (0, 12) and step > 0.02 * predicted:
            return math.nan
        low, high = factors[max(first - 1, 0)], factors[min(first, 11)]
    return (low + high) / 2


def injection_edges(cycle, share):
    """Both ends of the range where one ring locks to injection of second order: carrier less half the injected frequency,
    over the strength; the phase equation says -1 and 1."""
    periods = 8 + 1.3 / (share * math.sqrt(2 * NEAR))

    def locked(factors):
        deck, drives = Deck(cycle), []
        for f in factors:
            hertz = (1 - f * share) / cycle.period
            i = deck.ring(2 * math.pi + math.asin(max(-1, min(1, f))) / 2)
            deck.lock(i, share, hertz)
            drives.append((i, lambda at, hertz=hertz: [hertz * x for x in at]))
        t = deck.crossed(periods)
        return [held(t, *drive) for drive in drives]
    grid = [-2.4 + 0.2 * i for i in range(25)]
    found = [i for i, good in enumerate(locked(grid)) if good]
    if not found or found[0] == 0 or found[-1] == 24:
        return math.nan, math.nan
    fine = [0.2 * (i + 0.5) / 12 for i in range(12)]
    ends = locked([grid[found[0]] - x for x in fine] + [grid[found[-1]] + x for x in fine])
    inside = [next((x for x, good in zip(fine, part) if not good), 0.2) - 0.1 / 12 for part in (ends[:12], ends[12:])]
    return grid[found[0]] - inside[0], grid[found[-1]] + inside[1]


def two_phases(cycle, share=0.01, rings=16):
    """Rings that start anywhere, under injection of second order: where they come to rest, as degrees from 0 and 180."""
    deck = Deck(cycle)
    phases = [2 * math.pi * (i + 0.37) / rings for i in range(rings)]
    for phase in phases:
        deck.lock(deck.ring(phase), share)
    t = deck.crossed(10 / (2 * math.pi * share) + 8)
    rest = [(-x[-1] / cycle.period) % 1 for x in t]
    ends = [round(2 * x) % 2 for x in rest]
    right = sum(end == (round(p / math.pi) % 2) for end, p in zip(ends, phases))
    away = [180 * (2 * x - round(2 * x)) for x in rest]
    return {"at_0": ends.count(0), "at_180": ends.count(1), "as_predicted": right,
            "mean_offset_degrees": round(statistics.mean(away), 2), "largest_spread_degrees":
            round(max(away) - min(away), 3)}
