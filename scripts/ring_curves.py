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
        self.lines.append(f"r{self.parts} {one} {other} {1 / siemens:.9g}")
        if lead:
            self.lines.append(f"cc{self.parts} {one} {other} {siemens * lead:.9g}")

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
