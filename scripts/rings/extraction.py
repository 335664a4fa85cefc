# SPDX-License-Identifier: MIT
"""All numbers of assets/circuit/ring.json, and the look whether they come out again."""
import cmath
import math

from rings.circuit import (CHARGE, HARMONICS, LENGTH, LOAD, LONG_STEPS, MODELS, OPTIONS, PULSES, RATIO, SUPPLY, WIDTH_N,
                           Cycle, curves_of)
from rings.drift import clocked, drifted, injected
from rings.locking import EDGE_SHARES, INJECTION_SHARES, edge_of, injection_edges, pair_edge, two_phases
from rings.networks import NETWORKS, SHARES, Network, compared, differences

RATIOS = [1.0, 1.5, 2.0, 170 / 60]  # the last makes both transistors equally strong
# Relative to the leading harmonic. Same program, same numbers; another version of ngspice or another library of
# mathematics takes other steps, and the check has fewer phases and larger steps, which moves harmonics by some 1e-4.
TOLERANCE = 0.003
FREQUENCY_TOLERANCE = 0.0005


def rounded(values, digits=6):
    return [round(v, digits) + 0.0 for v in values]


def told(value, digits=6):
    return float(f"{value:.{digits}g}")


def shipped_curve(curve, rough, drift):
    """`error` is how far the numbers move with half the phases, twice the steps, and twice the charge."""
    own = curve.sine + curve.cosine
    result = {"time_constant_s": told(curve.lead), "strength_rad_per_s_per_siemens": told(curve.strength),
              "strength_error": told(abs(rough.strength / curve.strength - 1), 2),
              "sine": rounded(curve.sine), "cosine": rounded(curve.cosine),
              "error": told(max(abs(a - b) for a, b in zip(own, rough.sine + rough.cosine)), 2)}
    result["drift_sine"], result["drift_cosine"] = rounded(drift[0]), rounded(drift[1])
    result["drift_difference"] = told(max(abs(a - b) for a, b in zip(own, drift[0] + drift[1])), 2)
    return result


def measured(simulator, log, once):
    """Everything. once(name, make) is what make() gives, or has given in an earlier run."""
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
    drifts = {name: drifted(cycle, curve, -1 if "negative" in name else 1) for name, curve in curves.items()}
    log("drifts")
    result["coupling"] = {name: shipped_curve(curve, others[name], drifts[name]) for name, curve in curves.items()}
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
        low, high = once(f"injection, {share}", lambda s=share: injection_edges(long, s))
        row = {"strength_over_carrier": share, "from": told(low, 4), "to": told(high, 4)}
        result["injection_locking"].append({k: None if math.isnan(v) else v for k, v in row.items()})
    result["pair_locking"] = []
    for share in EDGE_SHARES:
        row = {"coupling_over_carrier": share}
        for name in ("resistor", "resistor_capacitor"):
            expected = edge_of(curves[name])
            found = once(f"pair, {name}, {share}", lambda c=curves[name], s=share: pair_edge(long, c, s))
            row[name] = {"edge": None if math.isnan(found) else told(found, 4), "by_curve": told(expected, 4),
                         "by_sine": told(2 * curves[name].sine[1], 4)}
        result["pair_locking"].append(row)
    result["networks"] = [once(f"{plan[0]}, {share}", lambda p=plan, s=share: compared(long, curves, p, s))
                          for plan in NETWORKS for share in SHARES]
    # What of these errors is the steps': one network with half of them.
    network, curve = Network(8, 1), curves["resistor_capacitor"]
    finer, coarser = (network.measured(c, curve, 0.01) for c in (cycle, long))
    result["rms_between_steps"] = told(differences(finer, coarser)[0], 2)
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
