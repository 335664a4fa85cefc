# SPDX-License-Identifier: MIT
"""The same curves by another way, nothing of which is a pulse: what passes each other slowly."""
import math

from rings.circuit import HARMONICS, STEPS, SUPPLY, Deck
from rings.ngspice import fourier, rotations, solved


def fitted(times, phases, offset, orders=HARMONICS):
    """Harmonics s_k, c_k of a ring's rate less `offset`, against the phase difference that `phases` gives at a time."""
    middles = [(a + b) / 2 for a, b in zip(times, times[1:])]
    rows, rates = [], []
    for (a, b), x in zip(zip(times, times[1:]), phases(middles)):
        if not math.isnan(x):
            rows.append([1.0] + [f(k * x) for k in range(1, orders) for f in (math.sin, math.cos)])
            rates.append(2 * math.pi / (b - a) - offset)
    found = solved(rows, rates)
    return [0.0] + found[1::2], [found[0]] + found[2::2]


def rate(times):
    return 2 * math.pi * (len(times) - 1) / (times[-1] - times[0])


def drifted(cycle, curve, sign=1, share=0.001, apart=0.012, turns=4):
    """The same curve by another way, nothing of which is a pulse: two rings, too far apart to lock, pass each other
    slowly, and each one's rate tells what it feels. Both are averaged, as one is the faster and one the slower. Half the
    coupling and all of it give two curves, of which the straight line to no coupling at all is taken."""
    deck = Deck(cycle)
    for _ in range(3):  # the last pair is uncoupled: its rates are where the others' shifts are counted from
        deck.ring(3, -apart / 2)
        deck.ring(3, apart / 2)
    for pair in range(2):
        deck.couple(2 * pair, 2 * pair + 1, curve, sign * share / (1 + pair))
    # All start at one phase and lose as many crossings, so that turns are counted from the same one.
    t = [times[4:] for times in deck.crossed(turns / apart + 8, STEPS)]
    found = []
    for pair in range(2):
        total = [0.0] * (2 * HARMONICS)
        for side in range(2):
            own, other = t[2 * pair + side], t[2 * pair + 1 - side]

            def phases(at, own=own, other=other):
                return [2 * math.pi * (b - a) for a, b in zip(rotations(own, at), rotations(other, at))]
            s, c = fitted(own, phases, rate(t[4 + side]))
            total = [x + y / 2 for x, y in zip(total, s + c)]
        found.append([x * (1 + pair) / (share * cycle.omega) for x in total])
    line = [2 * half - full for full, half in zip(*found)]
    return line[:HARMONICS], line[HARMONICS:]


def passed(cycle, drive, harmonics, apart=0.006, turns=4):
    """Harmonics s_k - i c_k ... of a driven ring's rate against its phase to the drive, as complex r_k of Re(r_k exp(ikx)).
    Drives a little too fast and a little too slow are averaged: what a crossing moves as the drive passes by, which for
    a weak second harmonic is some percent, has opposite signs in these."""
    result = [0j] * harmonics
    for side in (1, -1):
        deck = Deck(cycle)
        hertz = (1 + side * apart) / cycle.period
        driven, free = deck.ring(3), deck.ring(3)
        drive(deck, driven, hertz)
        t = [times[4:] for times in deck.crossed(turns / apart + 8, STEPS)]

        def phases(at, own=t[driven], hertz=hertz):
            return [2 * math.pi * (a - x * hertz) for a, x in zip(rotations(own, at), at)]
        s, c = fitted(t[driven], phases, rate(t[free]), harmonics)
        result = [r + complex(b, -a) / 2 for r, a, b in zip(result, s, c)]
    return result


def injected(cycle, order, share=0.001):
    """A current of `order` times the carrier: complex rad/s per ampere, and what all other harmonics have of that."""
    amperes = share * cycle.omega / abs(cycle.response[order])
    found = [r / amperes for r in passed(cycle, lambda deck, i, hertz: deck.inject(i, amperes, order * hertz, 0),
                                         HARMONICS)]
    rest = max(abs(r) for k, r in enumerate(found) if k not in (0, order))
    return found[order], rest / abs(found[order])


def clock(x, rise=0.02):
    """A square wave from ground to the supply over a turn, with edges that take a share of it."""
    x = x % 1
    return SUPPLY * (min(x / rise, 1) if x < 0.5 else 1 - min((x - 0.5) / rise, 1))


def clocked(cycle, share=0.001):
    """A clock of twice the carrier through a resistor to node a: harmonics of 2x relative to the leading one as predicted,
    and as measured; the strength is rad/s per siemens. The clock's third harmonic meets the sixth of the response."""
    wave = [fourier([clock(i / 2000) for i in range(2000)], q) for q in range(4)]
    predicted = [2 * cycle.response[2 * q] * wave[q].conjugate() for q in range(1, 4)]
    strength = abs(predicted[0])
    found = []
    for part in (1, 2):
        siemens = share / part * cycle.omega / strength

        def drive(deck, i, hertz, siemens=siemens):
            turn = 1 / (2 * hertz)
            deck.lines += [f"vclk clk 0 pulse(0 {SUPPLY} 0 {0.02 * turn:.9g} {0.02 * turn:.9g} {0.48 * turn:.9g} "
                           f"{turn:.12g})", f"rclk clk a{i} {1 / siemens:.9g}"]
        found.append([r / (siemens * strength) for r in passed(cycle, drive, 7)])
    line = [2 * half - full for full, half in zip(*found)]
    return strength, [abs(p) / strength for p in predicted], [abs(line[2 * q]) for q in (1, 2, 3)]
