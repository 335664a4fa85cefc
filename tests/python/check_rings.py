# SPDX-License-Identifier: MIT
"""Looks at scripts/rings and at the shipped curves without ngspice; silent and 0 if all is well."""
import array
import json
import math
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "scripts"))
sys.dont_write_bytecode = True

from rings.drift import fitted  # noqa: E402
from rings.locking import edge_of  # noqa: E402
from rings.networks import SLOW, Network, differences  # noqa: E402
from rings.ngspice import Simulator, crossings, rotations  # noqa: E402

ROUNDING = 1e-9  # of double sums
SHIPPED = 1e-5  # numbers of six digits, a few of them added


def near(found, expected, tolerance, what):
    if not abs(found - expected) <= tolerance:
        sys.exit(f"{what}: {found}, not {expected}")


def raw_files_are_read():
    values = array.array("d", [0, 1, 2, 3])
    raw = (b"Title: * rings\nNo. Variables: 2\nNo. Points: 2\nVariables:\n\t0\ttime\ttime\n\t1\tv(a0)\tvoltage\nBinary:\n" +
           values.tobytes())
    waves = Simulator.parsed(raw)
    assert list(waves["time"]) == [0, 2] and list(waves["a0"]) == [1, 3]
    for broken in (b"", raw[:40], raw.replace(b"Binary", b"Values")):
        try:
            Simulator.parsed(broken)
        except ValueError:
            continue
        sys.exit("a broken file was read")


def phases_come_from_crossings():
    time = [i / 100 for i in range(1000)]
    times = crossings(time, [math.sin(2 * math.pi * t - 1) for t in time], 0)
    near(times[3] - times[2], 1, 1e-3, "period")  # straight lines between samples of a sine
    near(rotations(times, [times[0] + 2.25])[0], 2.25, 1e-3, "turns")
    assert math.isnan(rotations(times, [times[-1] + 1])[0])


def a_known_rate_is_fitted():
    times, phase, rate = [0.0], 0.0, 5.0
    for _ in range(400):  # each turn takes as long as a rate of 5 + 0.3 sin 2x - 0.1 cos x says, x is known exactly
        rate = 5 + 0.3 * math.sin(2 * phase) - 0.1 * math.cos(phase)
        times.append(times[-1] + 2 * math.pi / rate)
        phase += 0.07
    s, c = fitted(times, lambda at: [0.07 * i for i in range(len(at))], 5)
    near(s[2], 0.3, 1e-6, "second harmonic")  # normal equations square the condition
    near(c[1], -0.1, 1e-6, "first harmonic")


def two_phases_meet_where_the_sine_says():
    network = Network(2, 1)
    network.edges, network.detuned, network.start = [(0, 1, 1.0)], [-0.5, 0.5], [0.0, 0.1]
    end = network.phases(lambda w, x: w * math.sin(x))[-1]
    near(end[1] - end[0], math.asin(0.5), ROUNDING + math.exp(-SLOW), "locked difference")
    near(edge_of(math.sin), 2, ROUNDING, "edge")
    kept = network.phases(lambda w, x: w * math.sin(x))
    shifted = [[x + 0.1 for x in row] for row in kept]
    total, relative = differences(shifted, kept)
    near(total, 0.1, ROUNDING, "rms")
    near(relative, 0, ROUNDING, "rms without what is common")


def shipped_curves_are_sane():
    with open(os.path.join(ROOT, "assets", "circuit", "ring.json"), encoding="utf-8") as file:
        shipped = json.load(file)
    for name, curve in shipped["coupling"].items():
        # Resistors between like nodes carry no current where both rings are in phase; with the capacitor neither.
        if "negative" not in name:
            near(sum(curve["cosine"]), 0, 2e-3, f"{name} in phase")  # harmonics beyond the fifth are not in the file
        near(math.hypot(curve["sine"][1], curve["cosine"][1]), 1, SHIPPED, f"{name}, leading harmonic")
        assert len(curve["sine"]) == len(curve["cosine"]) == 6 and curve["sine"][0] == 0
        assert curve["drift_difference"] < 3e-3, name  # the two ways agree


if __name__ == "__main__":
    raw_files_are_read()
    phases_come_from_crossings()
    a_known_rate_is_fitted()
    two_phases_meet_where_the_sine_says()
    shipped_curves_are_sane()
