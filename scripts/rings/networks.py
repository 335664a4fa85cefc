# SPDX-License-Identifier: MIT
"""Networks of rings beside the phase equation."""
import math
import random
import statistics

from rings.circuit import Deck
from rings.ngspice import rotations

SHARES = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]  # coupling over carrier
SLOW = 20.0  # how long networks run, in units of one over the largest sum of couplings of a ring
SAMPLES = 100
# Name, rings, seeds, with capacitors, directed, strength of injection over that of couplings.
NETWORKS = [("2 rings", 2, (1, 2, 3), True, False, 0), ("4 rings", 4, (1, 2, 3), True, False, 0),
            ("8 rings", 8, (1, 2, 3), True, False, 0), ("16 rings", 16, (1, 2), True, False, 0),
            ("8 rings, resistors alone", 8, (1, 2, 3), False, False, 0),
            ("8 rings, directed", 8, (1, 2, 3), True, True, 0),
            ("8 rings, injection", 8, (1, 2), True, False, 0.3)]


class Network:
    """Rings around a circle with as many chords, couplings of both signs, detuned, from random phases. Strengths are in
    units of the largest sum of a ring's |W|."""

    def __init__(self, rings, seed, directed=False, injection=0.0):
        self.rings, self.directed, self.injection = rings, directed, injection
        random_ = random.Random(1000 * rings + seed)
        edges = {(i, (i + 1) % rings) for i in range(rings)} if rings > 2 else {(0, 1)}
        while rings > 4 and len(edges) < 2 * rings:
            i, j = random_.sample(range(rings), 2)
            if (j, i) not in edges:
                edges.add((i, j))
        drawn = [(i, j, random_.choice((-1, 1)) * random_.uniform(0.3, 1)) for i, j in sorted(edges)]
        if directed:
            drawn += [(j, i, random_.choice((-1, 1)) * random_.uniform(0.3, 1)) for i, j in sorted(edges)]
        sums = [0.0] * rings
        for i, j, w in drawn:
            sums[i] += abs(w)
            if not directed:
                sums[j] += abs(w)
        self.edges = [(i, j, w / max(sums)) for i, j, w in drawn]
        self.detuned = [random_.uniform(-0.3, 0.3) for _ in range(rings)]
        self.start = [random_.uniform(0.05, 2 * math.pi - 0.05) for _ in range(rings)]

    def phases(self, rate_of, steps=1000):
        """The phase equation by RK4; rate_of(w, x) is what a coupling adds at the phase difference x."""
        heard = [[] for _ in range(self.rings)]
        for i, j, w in self.edges:
            heard[i].append((j, w))
            if not self.directed:
                heard[j].append((i, w))

        def slope(p):
            return [self.detuned[i] - self.injection * math.sin(2 * p[i]) + sum(rate_of(w, p[j] - p[i]) for j, w in heard[i])
                    for i in range(self.rings)]
        h, p, kept = SLOW / steps, list(self.start), [list(self.start)]
        for step in range(steps):
            a = slope(p)
            b = slope([x + h / 2 * k for x, k in zip(p, a)])
            c = slope([x + h / 2 * k for x, k in zip(p, b)])
            d = slope([x + h * k for x, k in zip(p, c)])
            p = [x + h / 6 * (k + 2 * l + 2 * m + n) for x, k, l, m, n in zip(p, a, b, c, d)]
            if (step + 1) % (steps // SAMPLES) == 0:
                kept.append(list(p))
        return kept

    def measured(self, cycle, curve, share):
        """The same of transistors: phases less that of an uncoupled ring in the same deck, so that the steps' own error
        in the carrier is no error of phases. NaN where a ring stands still."""
        deck = Deck(cycle)
        for i in range(self.rings):
            ring = deck.ring(self.start[i], self.detuned[i] * share)
            if self.injection:
                deck.lock(ring, self.injection * share)
        free = deck.ring(math.pi)
        for i, j, w in self.edges:
            deck.couple(i, j, curve, w * share, self.directed)
        periods = SLOW / (2 * math.pi * share)
        t = deck.crossed(periods + 2)
        # All count from their first crossing, which is one turn.
        at = [periods * cycle.period * k / SAMPLES for k in range(SAMPLES + 1)]
        carrier = rotations(t[free], at)  # that ring started half a turn before its first crossing
        each = [rotations(times, at) if len(times) > 2 else [math.nan] * len(at) for times in t[:self.rings]]
        return [[2 * math.pi * (turn[k] - carrier[k] + 0.5) for turn in each] for k in range(SAMPLES + 1)]


def differences(measured, predicted):
    """Rms over rings and times, and the same with what all rings have in common taken away."""
    total = apart = count = 0
    for a, b in zip(measured, predicted):
        gap = [x - y for x, y in zip(a, b)]
        if any(math.isnan(g) for g in gap):
            continue
        mean = statistics.mean(gap)
        total += sum(g * g for g in gap)
        apart += sum((g - mean) ** 2 for g in gap)
        count += len(gap)
    return (math.sqrt(total / count), math.sqrt(apart / count)) if count > len(measured) * len(measured[0]) / 2 else \
        (math.nan, math.nan)


def brightness(measured, predicted):
    """Rms at the end of the run of what pictures are read from, (1 + sin theta) / 2."""
    gap = [(math.sin(x) - math.sin(y)) / 2 for x, y in zip(measured[-1], predicted[-1])]
    return math.sqrt(statistics.mean(g * g for g in gap))


def compared(cycle, curves, plan, share):
    """A row: medians over seeds of rms errors of the curve and of the pure sine."""
    name, rings, seeds, phased, directed, injection = plan
    pair = [curves["resistor_capacitor" + x] if phased else curves["resistor" + x] for x in ("", "_negative")]
    rows = []
    for seed in seeds:
        network = Network(rings, seed, directed, injection)
        found = network.measured(cycle, pair[0], share)
        by_curve = network.phases(lambda w, x: abs(w) * pair[w < 0](x))
        by_sine = network.phases(lambda w, x: w * pair[0].sine[1] * math.sin(x))
        rows.append((*differences(found, by_curve), *differences(found, by_sine), brightness(found, by_curve),
                     brightness(found, by_sine)))
    row = {"network": name, "share": share}
    for key, values in zip(("curve_rms", "curve_rms_relative", "sine_rms", "sine_rms_relative",
                            "curve_picture_rms", "sine_picture_rms"), zip(*rows)):
        alive = [v for v in values if not math.isnan(v)]
        row[key] = float(f"{statistics.median(alive):.3g}") if len(alive) * 2 > len(values) else None
    return row
