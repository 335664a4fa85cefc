#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints the tables of docs/transport.md from the rows of the grid (assets/transport/results.csv)."""
import collections
import csv
import math
import os
import statistics
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TITLES = {"D1": "one Gaussian to eight Gaussians", "D2": "one Gaussian to a checkerboard",
          "D3": "one Gaussian to two moons", "D4": "eight Gaussians to two moons"}
MODELS = ["mlp", "kuramoto", "kuramoto_shil", "aim_tanh", "aim_poly"]
LOSSES = [("ot_cfm", "OT-CFM"), ("swd", "SWD")]


def spread(values):
    """Median, and the range in brackets if there are several; x 1000."""
    values = [1000 * v for v in values]
    text = f"{statistics.median(values):.2f}"
    return text if len(values) < 2 else f"{text} ({min(values):.2f}–{max(values):.2f})"


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "assets/transport/results.csv")
    rows = list(csv.DictReader(open(path, encoding="utf-8")))
    value = {}
    cells = collections.defaultdict(list)
    floors = collections.defaultdict(dict)
    for r in rows:
        key = (r["pair"], r["model"], int(r["chunks"]), int(r["hidden"]))
        value[key + (r["seed"], r["loss"])] = float(r["w2_squared"])
        cells[key + (r["loss"],)].append(float(r["w2_squared"]))
        floors[r["pair"]][r["seed"]] = float(r["floor"])
    print(f"{len(rows)} trainings.\n")
    for pair, title in TITLES.items():
        mlp = ", ".join(f"{name} {spread(cells[pair, 'mlp', 1, 0, loss])}" for loss, name in LOSSES)
        print(f"**{pair}, {title}**; sampling noise {spread(floors[pair].values())}; `mlp`: {mlp}. "
              "`kuramoto_shil`:\n")
        print("| chunks | loss | k = 0 | 2 | 4 | 8 | 16 |\n|---|---|---|---|---|---|---|")
        for chunks in (1, 2, 4, 8):
            for loss, name in LOSSES:
                found = [cells[pair, "kuramoto_shil", chunks, k, loss] for k in (0, 2, 4, 8, 16)]
                print(f"| {chunks} | {name} | " + " | ".join(map(spread, found)) + " |")
        print()
    print("All models. Physics: median over all trainings with hidden units, and in how many of the "
          "pairs of trainings that differ in the loss alone SWD is better, by which median factor.\n")
    print("| pair | model | OT-CFM | SWD | SWD is better in | by |\n|---|---|---|---|---|---|")
    for pair in TITLES:
        for model in MODELS:
            both = [(value[k[:5] + ("ot_cfm",)], v) for k, v in value.items()
                    if k[0] == pair and k[1] == model and k[5] == "swd" and
                    (model == "mlp" or k[3] > 0) and k[:5] + ("ot_cfm",) in value]
            better = sum(swd < cfm for cfm, swd in both)
            factor = statistics.median(cfm / swd for cfm, swd in both)
            floor = statistics.median(floors[pair].values())
            cfm, swd = (statistics.median(b[i] for b in both) for i in (0, 1))
            above = (cfm - floor) / (swd - floor) if swd > floor else math.inf
            print(f"| {pair} | `{model}` | {1000 * cfm:.2f} | {1000 * swd:.2f} | "
                  f"{better} of {len(both)} | {factor:.1f} |")
            if model == "kuramoto_shil":
                print(f"{pair}: above the noise by {above:.1f}", file=sys.stderr)


if __name__ == "__main__":
    main()
