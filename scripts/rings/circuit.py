# SPDX-License-Identifier: MIT
"""The ring, its deck, and the coupling curve that follows from pulses and one waveform."""
import cmath
import math

from rings.ngspice import Failure, crossings, fourier

# The circuit: three inverters in a ring, each with a load that stands for gates, drains, and wires together. The
# models have no capacitance of their own, so a ring with all loads changed by a factor is the same ring in another time.
SUPPLY = 1.8  # V
LOAD = 200e-15  # F at each node
LENGTH, WIDTH_N = 0.5, 2.0  # um
RATIO = 1.0  # width of the p transistor over that of the n transistor
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


def period_guess(ratio):
    """Seconds, from the currents of saturated transistors; a limit for the first run only."""
    drive = 0.5 * (SUPPLY - 0.45) ** 2 / LENGTH * 1e-6
    fall = LOAD * SUPPLY / (170 * WIDTH_N * drive)
    return 2 * (fall + LOAD * SUPPLY / (60 * WIDTH_N * ratio * drive))


class Cycle:
    """One ring at rest: period, waveform over its phase (0 where node a rises through half the supply), and how a charge
    at node a moves the phase."""

    def __init__(self, simulator, ratio, steps=STEPS, pulses=PULSES, charge=CHARGE):
        self.simulator, self.ratio, self.steps = simulator, ratio, steps
        first = Deck(self, period=period_guess(ratio))
        first.ring(volts=(0, SUPPLY, SUPPLY / 2))
        waves = first.waves(12, 50)
        rough = crossings(waves["time"], waves["a0"], SUPPLY / 2)
        if len(rough) < 4:
            raise Failure("the ring does not oscillate")
        first.period = (rough[-1] - rough[-3]) / 2
        waves = first.waves(40, steps, "abc")
        times = crossings(waves["time"], waves["a0"], SUPPLY / 2)
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
        late = [crossings(waves["time"], waves[f"a{i}"], SUPPLY / 2)[-1] for i in range(2 * pulses)]
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

    def couple(self, i, j, curve, strength, directed=False):
        """Of this strength over the carrier, of either sign. A positive coupling joins like nodes. A negative one has two
        wires, a to b and b to a: a third of a turn ahead and a third behind add up to half a turn. With `directed`, i
        alone feels it, through ideal followers."""
        siemens, lead = strength * self.cycle.omega / curve.strength, curve.lead
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

    def lock(self, i, strength, hertz=None):
        """-strength sin 2 theta over the carrier, by a current of about twice the carrier; `hertz` is half of that."""
        response = self.cycle.response[2]
        self.inject(i, strength * self.cycle.omega / abs(response), 2 * (hertz or 1 / self.cycle.period),
                    cmath.phase(response) - math.pi / 2)

    def waves(self, periods, steps, nodes="a"):
        probes = [f"{n}{i}" for i in range(self.rings) for n in nodes]
        return self.cycle.simulator.run(self.lines, probes, periods * self.period, self.period / steps)

    def crossed(self, periods, steps=None):
        waves = self.waves(periods, steps or self.cycle.steps)
        return [crossings(waves["time"], waves[f"a{i}"], SUPPLY / 2) for i in range(self.rings)]


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


def curves_of(cycle):
    lead = math.tan(cycle.lag()) / cycle.omega
    plain = Curve(cycle.gamma([0], 0), 0)
    phased = Curve(cycle.gamma([0], lead), lead)
    # Of each resistor of the two, so that strengths of both signs are those of equal resistors.
    return {"resistor": plain, "resistor_capacitor": phased,
            "resistor_negative": Curve(cycle.gamma([THIRD, -THIRD], 0), 0, plain.strength),
            "resistor_capacitor_negative": Curve(cycle.gamma([THIRD, -THIRD], lead), lead, phased.strength)}
