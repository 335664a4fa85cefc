#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Ring oscillators at transistor level: extracts their coupling curves by ngspice, and finds where phases are enough.

    scripts/ring_curves.py [--write]      all of it, some minutes of one core; prints the tables of docs/circuit_rings.md
    scripts/ring_curves.py --check        some seconds: extracts the curves again and compares with assets/circuit/ring.json

--write writes assets/circuit/ring.json, the figures docs/images/circuit_*.svg, and the tables between their marks in
docs/circuit_rings.md. --ngspice PROGRAM names another ngspice. Exit code 1: a check has failed; 2: ngspice is absent or
fails, or a file cannot be read.
"""
import argparse
import array
import cmath
import json
import math
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CURVES = os.path.join(ROOT, "assets", "circuit", "ring.json")
PAGE = os.path.join(ROOT, "docs", "circuit_rings.md")
IMAGES = os.path.join(ROOT, "docs", "images")

# The circuit: three inverters in a ring, each with a load that stands for gates, drains, and wires together. The
# models have no capacitance of their own, so a ring with all loads changed by a factor is the same ring in another time.
SUPPLY = 1.8  # V
LOAD = 200e-15  # F at each node
LENGTH, WIDTH_N = 0.5, 2.0  # um
RATIO = 1.0  # width of the p transistor over that of the n transistor
RATIOS = [1.0, 1.5, 2.0, 170 / 60]  # the last makes both equally strong
MODELS = {"nm": "nmos level=1 vto=0.45 kp=170u lambda=0.1", "pm": "pmos level=1 vto=-0.45 kp=60u lambda=0.1"}
# chgtol as it is by default, with trtol 1, is so loose that the largest step sets all steps: periods then do not jitter
# as steps are chosen, and what error a step makes is common to all rings of a deck, also to the one that tells the time.
OPTIONS = "reltol=1e-5 abstol=1e-13 vntol=1e-8 trtol=1"
STEPS = 400  # in a period
LONG_STEPS = 200  # the same, of networks and locking
THIRD = 2 * math.pi / 3  # a node leads the one that drives it by this

HARMONICS = 6  # k = 0..5
PULSES = 64  # phases at which a pulse is given
CHARGE = 0.01  # of LOAD * SUPPLY
SETTLE = 8  # periods after a pulse

# Relative to the leading harmonic. Same program, same numbers; another version of ngspice or another library of
# mathematics takes other steps, and the check has fewer phases and larger steps, which moves harmonics by some 1e-4.
TOLERANCE = 0.003
FREQUENCY_TOLERANCE = 0.0005


class Failure(Exception):
    """Something that the reader has to mend; one line."""


def period_guess(ratio):
    """Seconds, from the currents of saturated transistors; a limit for the first run only."""
    drive = 0.5 * (SUPPLY - 0.45) ** 2 / LENGTH * 1e-6
    fall = LOAD * SUPPLY / (170 * WIDTH_N * drive)
    return 2 * (fall + LOAD * SUPPLY / (60 * WIDTH_N * ratio * drive))


class Simulator:
    def __init__(self, program):
        self.program = program
        self.runs = 0
        try:
            told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError) as error:
            raise Failure(f"cannot run {program}: install ngspice, or name it by --ngspice ({error})") from None
        found = re.search(r"ngspice-([\w.+]+)", told)
        self.version = found.group(1) if found else "unknown"

    def run(self, deck, probes, stop, step):
        """Time and the probed voltages, from a child in a folder of its own."""
        self.runs += 1
        with tempfile.TemporaryDirectory(prefix="rings-") as folder:
            lines = ["* rings", *deck, ".save " + " ".join(f"v({p})" for p in probes),
                     f".tran {step:.9g} {stop:.9g} 0 {step:.9g} uic", ".end", ""]
            with open(os.path.join(folder, "deck.cir"), "w", encoding="ascii") as out:
                out.write("\n".join(lines))
            done = subprocess.run([self.program, "-n", "-b", "-r", "out.raw", "deck.cir"], cwd=folder,
                                  capture_output=True, text=True, errors="replace", check=False)
            try:
                with open(os.path.join(folder, "out.raw"), "rb") as found:
                    waves = self.parsed(found.read())
            except (OSError, ValueError):
                waves = None
            if done.returncode or not waves or waves["time"][-1] < 0.999 * stop:
                said = [line for line in (done.stderr + done.stdout).splitlines() if re.search("error|abort", line, re.I)]
                raise Failure(f"{self.program} failed: {said[0] if said else 'no result'}")
        return waves

    @staticmethod
    def parsed(raw):
        head, mark, body = raw.partition(b"Binary:\n")
        if not mark:
            raise ValueError("no binary part")
        head = head.decode("ascii", "replace")
        count = int(re.search(r"No\. Variables: (\d+)", head).group(1))
        points = int(re.search(r"No\. Points: (\d+)", head).group(1))
        names = [line.split()[1] for line in head.split("Variables:\n")[1].splitlines() if line.strip()][:count]
        values = array.array("d")
        values.frombytes(body[:8 * count * points])
        return {re.sub(r"^v\((.*)\)$", r"\1", name): values[i::count] for i, name in enumerate(names)}


def crossings(time, volts, level=SUPPLY / 2):
    """When it rises through the level."""
    low = [v < level for v in volts]
    return [time[i] + (time[i + 1] - time[i]) * (level - volts[i]) / (volts[i + 1] - volts[i])
            for i in range(len(low) - 1) if low[i] and not low[i + 1]]


def rotations(times, at):
    """How many turns a ring with these crossings has made at each time, in order; NaN where nobody knows."""
    turns, k = [], 0
    for t in at:
        while k + 2 < len(times) and times[k + 1] <= t:
            k += 1
        known = len(times) > k + 1 and times[k] <= t <= times[k + 1]
        turns.append(k + (t - times[k]) / (times[k + 1] - times[k]) if known else math.nan)
    return turns


def fourier(values, k):
    """The coefficient of exp(ikx)."""
    count = len(values)
    return sum(v * cmath.exp(-2j * math.pi * k * i / count) for i, v in enumerate(values)) / count


def solved(rows, right):
    """Least squares by normal equations; the unknowns are few and well apart."""
    n = len(rows[0])
    a = [[sum(row[i] * row[j] for row in rows) for j in range(n)] + [sum(row[i] * r for row, r in zip(rows, right))]
         for i in range(n)]
    for i in range(n):
        best = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[best] = a[best], a[i]
        for r in range(n):
            if r != i:
                f = a[r][i] / a[i][i]
                a[r] = [x - f * y for x, y in zip(a[r], a[i])]
    return [a[i][n] / a[i][i] for i in range(n)]


class Cycle:
    """One ring at rest: period, waveform over its phase (0 where node a rises through half the supply), and how a charge
    at node a moves the phase."""

    def __init__(self, simulator, ratio, steps=STEPS, pulses=PULSES, charge=CHARGE):
        self.simulator, self.ratio, self.steps = simulator, ratio, steps
        first = Deck(self, period=period_guess(ratio))
        first.ring(volts=(0, SUPPLY, SUPPLY / 2))
        waves = first.waves(12, 50)
        rough = crossings(waves["time"], waves["a0"])
        if len(rough) < 4:
            raise Failure("the ring does not oscillate")
        first.period = (rough[-1] - rough[-3]) / 2
        waves = first.waves(40, steps, "abc")
        times = crossings(waves["time"], waves["a0"])
        self.period = (times[-1] - times[-21]) / 20
        self.omega = 2 * math.pi / self.period
        self.table = {n: self.sampled(waves, n, times[-4]) for n in "abc"}
        self.pulsed(pulses, charge * LOAD * SUPPLY)

    def sampled(self, waves, node, start, count=512):
        time, volts, values, k = waves["time"], waves[node + "0"], [], 0
        for i in range(count):
            t = start + self.period * i / count
            while time[k + 1] < t:
                k += 1
            values.append(volts[k] + (volts[k + 1] - volts[k]) * (t - time[k]) / (time[k + 1] - time[k]))
        return values

    def volts(self, phase):
        """Of its three nodes."""
        x = phase / (2 * math.pi) % 1 * 512
        i = int(x) % 512
        return tuple(t[i] + (t[(i + 1) % 512] - t[i]) * (x - int(x)) for t in (self.table[n] for n in "abc"))

    def pulsed(self, pulses, charge):
        """Each phase has two rings, one with a charge and one with its opposite: what is even in the charge drops out."""
        deck, width = Deck(self), self.period / 200
        for i in range(pulses):
            when = self.period * (2 + i / pulses)
            for sign in (1, -1):
                ring = deck.ring(phase=0)
                peak = sign * charge / width
                deck.lines.append(f"i{ring} 0 a{ring} pwl(0 0 {when - width:.9g} 0 {when:.9g} {peak:.9g} "
                                  f"{when + width:.9g} 0)")
        waves = deck.waves(3.5 + SETTLE, self.steps)
        late = [crossings(waves["time"], waves[f"a{i}"])[-1] for i in range(2 * pulses)]
        moved = [(late[2 * i + 1] - late[2 * i]) / (2 * charge) * self.omega for i in range(pulses)]
        self.volt = [fourier(self.table["a"], k) for k in range(2 * HARMONICS)]
        self.response = [fourier(moved, k) for k in range(2 * HARMONICS)]

    def gamma(self, shifts, lead):
        """Harmonics G_k of the coupling curve per siemens: resistors (with a capacitor in parallel, time constant `lead`)
        to nodes of the other ring that are `shifts` ahead. G_0 has what a ring's own voltage draws."""
        terms = [self.response[k].conjugate() * self.volt[k] * (1 + 1j * k * self.omega * lead)
                 for k in range(2 * HARMONICS)]
        result = [terms[k] * sum(cmath.exp(1j * k * s) for s in shifts) for k in range(HARMONICS)]
        own = terms[0].real + 2 * sum(t.real for t in terms[1:])
        result[0] = complex(result[0].real - own * len(shifts))
        return result

    def lag(self):
        """By which a resistor between like nodes comes late, rad."""
        g = self.gamma([0], 0)[1]
        return -math.atan2(2 * g.real, -2 * g.imag)


class Deck:
    """Rings, what couples them, and what drives them."""

    def __init__(self, cycle, period=None):
        self.cycle, self.period = cycle, period or cycle.period
        self.lines = [f"vdd vdd 0 {SUPPLY}", *(f".model {n} {t}" for n, t in MODELS.items()), f".options {OPTIONS}"]
        self.rings = self.parts = 0

    def ring(self, phase=0.0, faster=0.0, volts=None):
        """One that runs faster by this share: all its loads are smaller."""
        i, nodes = self.rings, "abc"
        self.rings += 1
        for k in range(3):
            out, gate = f"{nodes[k]}{i}", f"{nodes[k - 1]}{i}"
            self.lines += [f"mn{out} {out} {gate} 0 0 nm w={WIDTH_N}u l={LENGTH}u",
                           f"mp{out} {out} {gate} vdd vdd pm w={WIDTH_N * self.cycle.ratio:.6g}u l={LENGTH}u",
                           f"c{out} {out} 0 {LOAD / (1 + faster):.12g}"]
        values = volts or self.cycle.volts(phase)
        self.lines.append(".ic " + " ".join(f"v({n}{i})={v:.9g}" for n, v in zip(nodes, values)))
        return i

    def wire(self, one, other, siemens, lead):
        self.parts += 1
        self.lines.append(f"rw{self.parts} {one} {other} {1 / siemens:.9g}")
        if lead:
            self.lines.append(f"cw{self.parts} {one} {other} {siemens * lead:.9g}")

    def couple(self, i, j, siemens, lead, directed=False):
        """A positive coupling joins like nodes. A negative one has two wires, a to b and b to a: a third of a turn ahead
        and a third behind add up to half a turn. With `directed`, i alone feels it, through ideal followers."""
        if directed:
            for node in "a" if siemens > 0 else "bc":
                self.parts += 1
                self.lines.append(f"e{self.parts} f{self.parts} 0 {node}{j} 0 1")
                self.wire(f"a{i}", f"f{self.parts}", abs(siemens), lead)
        elif siemens > 0:
            self.wire(f"a{i}", f"a{j}", siemens, lead)
        else:
            self.wire(f"a{i}", f"b{j}", -siemens, lead)
            self.wire(f"b{i}", f"a{j}", -siemens, lead)

    def inject(self, i, amperes, hertz, phase):
        """amperes * cos(2 pi hertz t + phase) into node a."""
        self.lines.append(f"i{i} 0 a{i} sin(0 {amperes:.9g} {hertz:.12g} 0 0 {math.degrees(phase) + 90:.9g})")

    def waves(self, periods, steps, nodes="a"):
        probes = [f"{n}{i}" for i in range(self.rings) for n in nodes]
        return self.cycle.simulator.run(self.lines, probes, periods * self.period, self.period / steps)

    def crossed(self, periods, steps=LONG_STEPS):
        waves = self.waves(periods, steps)
        return [crossings(waves["time"], waves[f"a{i}"]) for i in range(self.rings)]


def sines(harmonics):
    """Harmonics G_k as s_k, c_k of s_k sin(k x) + c_k cos(k x)."""
    return [0.0] + [-2 * g.imag for g in harmonics[1:]], [harmonics[0].real] + [2 * g.real for g in harmonics[1:]]


class Curve:
    """A coupling curve: strength in rad/s for each siemens of one resistor, and harmonics of which the leading one is 1."""

    def __init__(self, harmonics, lead, scale=None):
        self.lead = lead
        s, c = sines(harmonics)
        self.strength = scale or math.hypot(s[1], c[1])
        self.sine, self.cosine = [x / self.strength for x in s], [x / self.strength for x in c]

    def __call__(self, x):
        return self.cosine[0] + sum(self.sine[k] * math.sin(k * x) + self.cosine[k] * math.cos(k * x)
                                    for k in range(1, HARMONICS))

    def odd(self, x):
        return sum(self.sine[k] * math.sin(k * x) for k in range(1, HARMONICS))


def curves_of(cycle):
    lead = math.tan(cycle.lag()) / cycle.omega
    plain = Curve(cycle.gamma([0], 0), 0)
    phased = Curve(cycle.gamma([0], lead), lead)
    # Of each resistor of the two, so that strengths of both signs are those of equal resistors.
    return {"resistor": plain, "resistor_capacitor": phased,
            "resistor_negative": Curve(cycle.gamma([THIRD, -THIRD], 0), 0, plain.strength),
            "resistor_capacitor_negative": Curve(cycle.gamma([THIRD, -THIRD], lead), lead, phased.strength)}


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


def drifted(cycle, curve, share=0.001, apart=0.012, turns=4):
    """The same curve by another way, nothing of which is a pulse: two rings, too far apart to lock, pass each other
    slowly, and each one's rate tells what it feels. Both are averaged, as one is the faster and one the slower. Half the
    coupling and all of it give two curves, of which the straight line to no coupling at all is taken."""
    deck = Deck(cycle)
    for _ in range(3):  # the last pair is uncoupled: its rates are where the others' shifts are counted from
        deck.ring(3, -apart / 2)
        deck.ring(3, apart / 2)
    for pair in range(2):
        deck.couple(2 * pair, 2 * pair + 1, share / (1 + pair) * cycle.omega / curve.strength, curve.lead)
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


def edge_of(curve):
    """The largest detuning over the coupling at which two tied rings stay locked: the difference of both rates is odd."""
    return max(abs(curve(-x) - curve(x)) for x in (2 * math.pi * i / 3600 for i in range(3600)))


SHARES = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]  # coupling over carrier
EDGE_SHARES = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
INJECTION_SHARES = [0.005, 0.01, 0.02, 0.05]
NEAR = 0.005  # of an edge: who slips there, slips slowly, and runs are as long as telling that takes


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
            deck.couple(*pair, share * cycle.omega / curve.strength, curve.lead)
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
            deck.inject(i, share * cycle.omega / abs(cycle.response[2]), 2 * hertz,
                        cmath.phase(cycle.response[2]) - math.pi / 2)
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
        i = deck.ring(phase)
        deck.inject(i, share * cycle.omega / abs(cycle.response[2]), 2 / cycle.period,
                    cmath.phase(cycle.response[2]) - math.pi / 2)
    t = deck.crossed(10 / (2 * math.pi * share) + 8)
    rest = [(-x[-1] / cycle.period) % 1 for x in t]
    ends = [round(2 * x) % 2 for x in rest]
    right = sum(end == (round(p / math.pi) % 2) for end, p in zip(ends, phases))
    away = [180 * (2 * x - round(2 * x)) for x in rest]
    return {"at_0": ends.count(0), "at_180": ends.count(1), "as_predicted": right,
            "mean_offset_degrees": round(statistics.mean(away), 2), "largest_spread_degrees":
            round(max(away) - min(away), 3)}


SLOW = 20.0  # how long networks run, in units of one over the largest sum of couplings of a ring
SAMPLES = 100
# Name, rings, seeds, with capacitors, directed, strength of injection over that of couplings.
FINEST = ("8 rings", "8 rings, resistors alone")  # of which the smallest share is run, too; it takes longest
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

    def measured(self, cycle, curves, share):
        """The same of transistors: phases less that of an uncoupled ring in the same deck, so that the steps' own error
        in the carrier is no error of phases. NaN where a ring stands still."""
        deck = Deck(cycle)
        for i in range(self.rings):
            ring = deck.ring(self.start[i], self.detuned[i] * share)
            if self.injection:
                deck.inject(ring, self.injection * share * cycle.omega / abs(cycle.response[2]), 2 / cycle.period,
                            cmath.phase(cycle.response[2]) - math.pi / 2)
        free = deck.ring(math.pi)
        for i, j, w in self.edges:
            deck.couple(i, j, w * share * cycle.omega / curves[0].strength, curves[0].lead, self.directed)
        periods = SLOW / (2 * math.pi * share)
        t = deck.crossed(periods + 2)
        # A crossing is a whole turn; each ring had its first one after it had started.
        at = [periods * cycle.period * k / SAMPLES for k in range(SAMPLES + 1)]
        clock_ = [x - 0.5 for x in rotations(t[free], at)]
        each = [rotations(times, at) if len(times) > 2 else [math.nan] * len(at) for times in t[:self.rings]]
        return [[2 * math.pi * (turn[k] + 1 - clock_[k] - 1) for turn in each] for k in range(SAMPLES + 1)]


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


def compared(cycle, curves, plan, share, log):
    """A row: medians over seeds of rms errors of the curve and of the pure sine."""
    name, rings, seeds, phased, directed, injection = plan
    pair = [curves["resistor_capacitor" + x] if phased else curves["resistor" + x] for x in ("", "_negative")]
    rows = []
    for seed in seeds:
        network = Network(rings, seed, directed, injection)
        found = network.measured(cycle, pair, share)
        by_curve = network.phases(lambda w, x: abs(w) * pair[w < 0](x))
        by_sine = network.phases(lambda w, x: w * pair[0].sine[1] * math.sin(x))
        rows.append((*differences(found, by_curve), *differences(found, by_sine)))
    row = {"network": name, "share": share}
    for key, values in zip(("curve_rms", "curve_rms_relative", "sine_rms", "sine_rms_relative"), zip(*rows)):
        alive = [v for v in values if not math.isnan(v)]
        row[key] = float(f"{statistics.median(alive):.3g}") if len(alive) * 2 > len(values) else None
    log(f"{name}, {share}: {row}")
    return row


def rounded(values, digits=6):
    return [round(v, digits) + 0.0 for v in values]


def told(value, digits=6):
    return float(f"{value:.{digits}g}")


def shipped_curve(curve, rough, drift=None):
    """`error` is how far the numbers move with half the phases, twice the steps, and twice the charge."""
    result = {"time_constant_s": told(curve.lead), "strength_rad_per_s_per_siemens": told(curve.strength),
              "strength_error": told(abs(rough.strength / curve.strength - 1), 2),
              "sine": rounded(curve.sine), "cosine": rounded(curve.cosine),
              "error": told(max(abs(a - b) for a, b in zip(curve.sine + curve.cosine, rough.sine + rough.cosine)), 2)}
    if drift:
        result["drift_sine"], result["drift_cosine"] = rounded(drift[0]), rounded(drift[1])
        result["drift_difference"] = told(max(abs(a - b) for a, b in zip(curve.sine + curve.cosine, drift[0] + drift[1])), 2)
    return result


def measured(simulator, log):
    """Everything."""
    cycle, rough = Cycle(simulator, RATIO), Cycle(simulator, RATIO, LONG_STEPS, PULSES // 2, 2 * CHARGE)
    long = Cycle(simulator, RATIO, LONG_STEPS)
    curves, others = curves_of(cycle), curves_of(rough)
    log("curves")
    result = {
        "format": "phaseloom ring curves 1",
        "made_by": f"scripts/ring_curves.py, ngspice {simulator.version}",
        "meaning": ["rate_i = omega_i + sum_j W_ij curve(theta_j - theta_i), W = strength * siemens",
                    "curve(x) = sum over k of sine[k] sin(k x) + cosine[k] cos(k x), k = 0..5, sqrt(sine[1]^2 + "
                    "cosine[1]^2) = 1",
                    "theta is 0 where node a rises through half the supply and grows evenly, 2 pi a period",
                    "negative curves: two resistors of one strength each, from node a to the other's b and from b to a"],
        "circuit": {"stages": 3, "supply_V": SUPPLY, "load_F_per_node": LOAD, "length_um": LENGTH, "width_n_um": WIDTH_N,
                    "width_p_um": told(WIDTH_N * RATIO), "n": MODELS["nm"], "p": MODELS["pm"], "options": OPTIONS},
        "carrier_hz": told(1 / cycle.period, 7),
        "lag_rad": told(cycle.lag(), 5),
        "waveform_V": [told(abs(v) * (2 if k else 1), 5) for k, v in enumerate(cycle.volt[:HARMONICS])],
        "response_rad_per_C": [told(abs(z) * (2 if k else 1), 5) for k, z in enumerate(cycle.response[:HARMONICS])]}
    drifts = {name: drifted(cycle, curves[name]) for name in ("resistor", "resistor_capacitor")}
    log("drifts")
    result["coupling"] = {name: shipped_curve(curve, others[name], drifts.get(name)) for name, curve in curves.items()}
    injections = {}
    for order, name in ((1, "first_order"), (2, "second_order")):
        found, rest = injected(cycle, order)
        expected, loose = cycle.response[order], rough.response[order]
        injections[name] = {
            "strength_rad_per_s_per_ampere": told(abs(expected)),
            "strength_error": told(abs(abs(loose) / abs(expected) - 1), 2),
            "phase_rad": told(cmath.phase(expected) - math.pi / 2, 5), "sine": [0.0] * order + [1.0],
            "drift_strength": round(abs(found) / abs(expected), 4),
            "drift_phase_rad": round(cmath.phase(found / expected), 4), "drift_other_harmonics": told(rest, 2)}
    strength, expected, found = clocked(cycle)
    injections["second_order_clock"] = {"strength_rad_per_s_per_siemens": told(strength), "harmonics_of_2x":
                                        rounded(expected, 4), "drift_harmonics_of_2x": rounded(found, 4)}
    injections["meaning"] = ["a current I cos(2 pi order carrier t + phase) into node a adds -strength I sin(order theta)",
                             "the clock: a square wave of twice the carrier from 0 to the supply through a resistor"]
    result["injection"] = injections
    log("injection")
    result["ratios"] = []
    for ratio in RATIOS:
        other = cycle if ratio == RATIO else Cycle(simulator, ratio)
        found = curves_of(other)
        beyond = {n: max(math.hypot(a, b) for a, b in zip(found[n].sine[2:], found[n].cosine[2:]))
                  for n in ("resistor", "resistor_capacitor")}
        result["ratios"].append({
            "width_p_over_n": round(ratio, 3), "carrier_hz": told(1 / other.period), "lag_rad": told(other.lag(), 4),
            "strength_rad_per_s_per_siemens": told(found["resistor_capacitor"].strength),
            "largest_harmonic_beyond_1_resistor": told(beyond["resistor"], 3),
            "largest_harmonic_beyond_1": told(beyond["resistor_capacitor"], 3),
            "second_over_first_injection": told(abs(other.response[2] / other.response[1]), 3)})
    result["two_stable_phases"] = {"strength_over_carrier": 0.01, **two_phases(long)}
    log("ratios")
    result["injection_locking"] = []
    for share in INJECTION_SHARES:
        low, high = injection_edges(long, share)
        row = {"strength_over_carrier": share, "from": told(low, 4), "to": told(high, 4)}
        result["injection_locking"].append({k: None if math.isnan(v) else v for k, v in row.items()})
        log(row)
    result["pair_locking"] = []
    for share in EDGE_SHARES:
        row = {"coupling_over_carrier": share}
        for name in ("resistor", "resistor_capacitor"):
            found, expected = pair_edge(long, curves[name], share), edge_of(curves[name])
            row[name] = {"edge": None if math.isnan(found) else told(found, 4), "by_curve": told(expected, 4),
                         "by_sine": told(2 * curves[name].sine[1], 4)}
        result["pair_locking"].append(row)
        log(row)
    result["networks"] = [compared(long, curves, plan, share, log) for plan in NETWORKS for share in SHARES
                          if share > SHARES[0] or plan[0] in FINEST]
    return result


def checked(simulator, shipped):
    """What of the shipped curves does not come out again with half the phases, twice the steps, and by drift."""
    wrong = []

    def same(name, found, expected, tolerance):
        if not abs(found - expected) <= tolerance:
            wrong.append(f"{name}: {found:.6g}, shipped {expected:.6g}, tolerance {tolerance:.2g}")
    cycle = Cycle(simulator, RATIO, LONG_STEPS, PULSES // 2)
    carrier = shipped["carrier_hz"]
    same("carrier, Hz", 1 / cycle.period, carrier, FREQUENCY_TOLERANCE * carrier)
    curves = curves_of(cycle)
    for name, curve in curves.items():
        kept = shipped["coupling"][name]
        same(f"{name}, strength", curve.strength / kept["strength_rad_per_s_per_siemens"], 1, TOLERANCE)
        for kind, values in (("sine", curve.sine), ("cosine", curve.cosine)):
            for k, value in enumerate(values):
                same(f"{name}, {kind} {k}", value, kept[kind][k], TOLERANCE)
    drift = drifted(cycle, curves["resistor_capacitor"], turns=2)
    kept = shipped["coupling"]["resistor_capacitor"]
    for kind, values in zip(("sine", "cosine"), drift):
        for k, value in enumerate(values):
            same(f"drift, {kind} {k}", value, kept[kind][k], TOLERANCE)
    for order, name in ((1, "first_order"), (2, "second_order")):
        expected = shipped["injection"][name]["strength_rad_per_s_per_ampere"]
        same(f"injection, {name}", abs(cycle.response[order]) / expected, 1, TOLERANCE * (1 if order == 1 else 3))
    return wrong


def written(path, text):
    """Whole, or not at all."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    try:
        with open(path + ".part", "w", encoding="utf-8") as out:
            out.write(text)
        os.replace(path + ".part", path)
    except OSError as error:
        raise Failure(f"cannot write {path}: {error.strerror}") from None


def as_text(result):
    """JSON with a line for each list of numbers."""
    text = json.dumps(result, indent=1)
    return re.sub(r"\[([^\[\]{}\"]*)\]", lambda m: "[" + " ".join(m.group(1).split()) + "]", text) + "\n"


class Panel:
    """Axes in an SVG."""

    def __init__(self, left, top, width, height, x, y, log=False):
        self.box, self.x, self.y, self.log = (left, top, width, height), x, y, log
        self.parts = [f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="#ffffff" stroke="#555"/>']

    def at(self, x, y):
        left, top, width, height = self.box
        f = math.log10 if self.log else float
        return (left + width * (f(x) - f(self.x[0])) / (f(self.x[1]) - f(self.x[0])),
                top + height * (1 - (f(y) - f(self.y[0])) / (f(self.y[1]) - f(self.y[0]))))

    def text(self, x, y, words, anchor="middle", size=13, colour="#222", turn=""):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{turn}>'
                          f'{words}</text>')

    def axes(self, xs, ys, x_title, y_title, title):
        left, top, width, height = self.box
        for value, label in xs:
            x, _ = self.at(value, self.y[0])
            self.parts.append(f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{top + height}" stroke="#e4e4e4"/>')
            self.text(x, top + height + 18, label)
        for value, label in ys:
            _, y = self.at(self.x[0], value)
            self.parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + width}" y2="{y:.1f}" stroke="#e4e4e4"/>')
            self.text(left - 7, y + 4, label, "end")
        self.text(left + width / 2, top + height + 40, x_title)
        x, y = left - 48, top + height / 2
        self.text(x, y, y_title, turn=f' transform="rotate(-90 {x:.1f} {y:.1f})"')
        self.text(left + width / 2, top - 12, title, size=14)

    def line(self, points, colour, dashes="", dots=False, stroke=True):
        """Gaps where there is no number; what leaves the axes is left out."""
        run, runs = [], []
        for x, y in points:
            inside = y is not None and self.y[0] <= y <= self.y[1]
            if inside:
                run.append(self.at(x, y))
            if run and not inside:
                runs.append(run)
                run = []
        for run in [*runs, run]:
            if run and stroke:
                self.parts.append('<polyline points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in run) +
                                  f'" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>')
            if dots:
                self.parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{colour}"/>' for x, y in run]


def drawing(width, height, panels, key, key_left, key_top):
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
             'font-family="Helvetica, Arial, sans-serif">', f'<rect width="{width}" height="{height}" fill="#fbfbfa"/>']
    parts += [part for panel in panels for part in panel.parts]
    for i, (words, colour, dashes, dots, stroke) in enumerate(key):
        y = key_top + 20 * i
        if stroke:
            parts.append(f'<line x1="{key_left}" y1="{y}" x2="{key_left + 34}" y2="{y}" stroke="{colour}" '
                         f'stroke-width="2" stroke-dasharray="{dashes}"/>')
        if dots:
            parts.append(f'<circle cx="{key_left + 17}" cy="{y}" r="3.2" fill="{colour}"/>')
        parts.append(f'<text x="{key_left + 42}" y="{y + 4}" font-size="13" fill="#222">{words}</text>')
    return "\n".join([*parts, "</svg>", ""])


LINES = [("16 rings", "curve", "#1f5fa8", ""), ("8 rings", "curve", "#2a9d8f", ""),
         ("8 rings", "sine", "#2a9d8f", "6 4"), ("8 rings, directed", "curve", "#8a5fbf", ""),
         ("8 rings, resistors alone", "curve", "#d1495b", ""), ("8 rings, resistors alone", "sine", "#d1495b", "6 4")]


def network_figure(result):
    panels = []
    for i, (suffix, title) in enumerate((("", "phases as they are"), ("_relative", "without what all rings share"))):
        panel = Panel(80 + 420 * i, 40, 340, 320, (0.0015, 0.7), (0.001, 5), True)
        panel.axes([(0.002, "0.2"), (0.005, "0.5"), (0.01, "1"), (0.02, "2"), (0.05, "5"), (0.1, "10"), (0.2, "20"),
                    (0.5, "50")], [(0.001, "0.001"), (0.01, "0.01"), (0.1, "0.1"), (1, "1")],
                   "coupling over carrier, max &#931;|W| / &#969;, %", "rms error of phases, rad", title)
        for name, model, colour, dashes in LINES:
            panel.line([(row["share"], row[f"{model}_rms{suffix}"]) for row in result["networks"]
                        if row["network"] == name], colour, dashes, True)
        panels.append(panel)
    key = [(f"{name}: {'extracted curve' if model == 'curve' else 'pure sine'}", colour, dashes, True, True)
           for name, model, colour, dashes in LINES]
    return drawing(860, 550, panels, key, 260, 428)


def curve_figure(result):
    panel = Panel(80, 40, 560, 320, (-math.pi, math.pi), (-1.6, 1.6))
    panel.axes([(-math.pi, "&#8722;&#960;"), (-math.pi / 2, "&#8722;&#960;/2"), (0, "0"), (math.pi / 2, "&#960;/2"),
                (math.pi, "&#960;")], [(-1, "&#8722;1"), (0, "0"), (1, "1")],
               "phase difference &#966; = &#952;j &#8722; &#952;i, rad", "&#915;(&#966;), leading harmonic 1",
               "what a ring feels of another")
    grid = [math.pi * i / 120 for i in range(-120, 121)]

    def of(s, c, xs):
        return [(x, sum(a * math.sin(k * x) + b * math.cos(k * x) for k, (a, b) in enumerate(zip(s, c)))) for x in xs]
    panel.line([(x, math.sin(x)) for x in grid], "#999", "6 4")
    key = [("sin &#966;", "#999", "6 4", False, True)]
    for name, words, colour in (("resistor", "resistor", "#d1495b"),
                                ("resistor_capacitor", "resistor and capacitor", "#1f5fa8")):
        curve = result["coupling"][name]
        panel.line(of(curve["sine"], curve["cosine"], grid), colour)
        panel.line(of(curve["drift_sine"], curve["drift_cosine"], grid[10::20]), colour, "", True, False)
        key += [(f"{words}: charge pulses", colour, "", False, True),
                (f"{words}: two rings passing each other", colour, "", True, False)]
    return drawing(680, 530, [panel], key, 220, 424)


def number(value, form):
    return "-" if value is None else format(value, form)


def tables(result):
    """What docs/circuit_rings.md has between its marks."""
    coupling, found = result["coupling"], {}
    rows = ["| coupling | strength, rad/s per S | | k = 0 | 1 | 2 | 3 | 4 | 5 | error | by drift |",
            "|---|---|---|---|---|---|---|---|---|---|---|"]
    for name, curve in coupling.items():
        for kind in ("sine", "cosine"):
            first = kind == "sine"
            rows.append(f"| {name.replace('_', ', ') if first else ''} | "
                        f"{format(curve['strength_rad_per_s_per_siemens'], '.4g') if first else ''} | {kind[0]}_k | " +
                        " | ".join(f"{v:.4f}" for v in curve[kind]) +
                        f" | {curve['error'] if first else ''} | {curve.get('drift_difference', '-') if first else ''} |")
    found["curves"] = rows
    rows = ["| injection | strength | by drift | phase, by drift, rad | other harmonics |", "|---|---|---|---|---|"]
    for name, words in (("first_order", "current at the carrier"), ("second_order", "current at twice the carrier")):
        row = result["injection"][name]
        rows.append(f"| {words} | {row['strength_rad_per_s_per_ampere']:.4g} rad/s per A | {row['drift_strength']:.4f} | "
                    f"{row['drift_phase_rad']:.4f} | {row['drift_other_harmonics']} |")
    row = result["injection"]["second_order_clock"]
    rows.append(f"| clock through a resistor | {row['strength_rad_per_s_per_siemens']:.4g} rad/s per S | "
                f"{row['drift_harmonics_of_2x'][0]:.4f} | | {row['harmonics_of_2x'][2]} of sin 6θ; "
                f"{row['drift_harmonics_of_2x'][2]} by drift |")
    found["injection"] = rows
    rows = ["| width p / n | carrier, MHz | lag, degrees | harmonics beyond 1, at most | injection, second over first |",
            "|---|---|---|---|---|"]
    for row in result["ratios"]:
        rows.append(f"| {row['width_p_over_n']} | {row['carrier_hz'] / 1e6:.1f} | {math.degrees(row['lag_rad']):.1f} | "
                    f"{row['largest_harmonic_beyond_1']:.4f} | {row['second_over_first_injection']:.4f} |")
    found["ratios"] = rows
    rows = ["| coupling / carrier | resistor | by curve | by sine | with capacitor | by curve | by sine |",
            "|---|---|---|---|---|---|---|"]
    for row in result["pair_locking"]:
        rows.append(f"| {100 * row['coupling_over_carrier']:g} % | " + " | ".join(
            " | ".join(number(row[name][key], ".3f") for key in ("edge", "by_curve", "by_sine"))
            for name in ("resistor", "resistor_capacitor")) + " |")
    found["pairs"] = rows
    rows = ["| strength / carrier | locks from | to | width over 2 |", "|---|---|---|---|"]
    for row in result["injection_locking"]:
        both = None not in (row["from"], row["to"])
        rows.append(f"| {100 * row['strength_over_carrier']:g} % | {number(row['from'], '.3f')} | "
                    f"{number(row['to'], '.3f')} | {number((row['to'] - row['from']) / 2 if both else None, '.3f')} |")
    found["shil"] = rows
    names = [plan[0] for plan in NETWORKS]
    rows = ["| network | model | " + " | ".join(f"{100 * s:g} %" for s in SHARES) + " |",
            "|---|---|" + "---|" * len(SHARES)]
    for name in names:
        of = {row["share"]: row for row in result["networks"] if row["network"] == name}
        for model in ("curve", "sine"):
            cells = [f"{number(of[s][model + '_rms'], '.2g')}, {number(of[s][model + '_rms_relative'], '.2g')}"
                     if s in of else "" for s in SHARES]
            rows.append(f"| {name if model == 'curve' else ''} | {model} | " + " | ".join(cells) + " |")
    found["networks"] = rows
    return {name: "\n".join(rows) for name, rows in found.items()}


def placed(found):
    """The tables, between their marks."""
    try:
        with open(PAGE, encoding="utf-8") as page:
            text = page.read()
    except OSError as error:
        raise Failure(f"cannot read {PAGE}: {error.strerror}") from None
    for name, table in found.items():
        text = re.sub(rf"(<!-- made from rings_{name} -->\n).*?(<!-- end of rings_{name} -->)",
                      lambda m, table=table: f"{m.group(1)}{table}\n{m.group(2)}", text, flags=re.S)
    written(PAGE, text)


def shipped():
    try:
        with open(CURVES, encoding="utf-8") as found:
            result = json.load(found)
    except (OSError, ValueError) as error:
        raise Failure(f"cannot read {CURVES}: {error}") from None
    return result


def main():
    parser = argparse.ArgumentParser(description="Coupling curves of ring oscillators, by ngspice.")
    parser.add_argument("--check", action="store_true", help="extract the curves again and compare with the shipped ones")
    parser.add_argument("--write", action="store_true", help="write the curves, the figures, and the tables")
    parser.add_argument("--draw", action="store_true", help="draw the shipped numbers again; needs no ngspice")
    parser.add_argument("--ngspice", default=shutil.which("ngspice") or "ngspice", metavar="PROGRAM")
    options = parser.parse_args()
    try:
        if options.check:
            kept = shipped()
            wrong = checked(Simulator(options.ngspice), kept)
            print("\n".join(wrong) if wrong else f"the curves are those shipped, to {TOLERANCE}")
            return 1 if wrong else 0
        result = shipped() if options.draw else \
            measured(Simulator(options.ngspice), lambda what: print(what, file=sys.stderr, flush=True))
        if options.write or options.draw:
            if options.write:
                written(CURVES, as_text(result))
            written(os.path.join(IMAGES, "circuit_rings.svg"), network_figure(result))
            written(os.path.join(IMAGES, "circuit_curve.svg"), curve_figure(result))
            placed(tables(result))
        else:
            print("\n\n".join(tables(result).values()))
    except Failure as failure:
        print(f"ring_curves: {failure}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
