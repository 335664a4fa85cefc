#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the tables of docs/sweeps.md from the sweeps that are shipped.

    scripts/sweep_tables.py [--write]

Prints them; --write puts them between their marks in docs/sweeps.md.
"""
import csv
import glob
import os
import sys

from marked_tables import write

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HOLDS = ["save_and_reprogram", "state_stationary", "weight_stationary"]
# Worse than this is no picture any more, however cheap it is; what is better by less than this is none better (ours).
WORST = 0.2
NOTICED = 0.03


def rows():
    found = []
    for path in sorted(glob.glob(os.path.join(ROOT, "assets", "sweeps", "*", "table.csv"))):
        with open(path, encoding="utf-8") as table:
            found += [row for row in csv.DictReader(table) if row["relative_fcd"]]
    return found


def model_table(found, model):
    mine = [row for row in found if row["model"] == model]
    densities = sorted({float(row["density"]) for row in mine}, reverse=True)
    lines = [f"| `{model}`, bits | " + " | ".join(f"{d:g}" for d in densities) + " |", "|---" * (len(densities) + 1) + "|"]
    for bits in sorted({int(row["bits"]) for row in mine}, reverse=True):
        of = {float(row["density"]): float(row["relative_fcd"]) for row in mine if int(row["bits"]) == bits}
        lines.append(f"| {bits} | " + " | ".join(f"{of[d]:.3g}" for d in densities) + " |")
    return "\n".join(lines)


def joules(energy):
    return f"{energy * 1e6:.2f} µJ" if energy >= 1e-6 else f"{energy * 1e9:.1f} nJ"


def times(factor):
    return f"{factor:,.0f}" if factor >= 100 else f"{factor:.3g}"


def front(found, hold):
    """By rising energy, what is better than all that is cheaper."""
    energy, best, kept = f"energy_{hold}_J", WORST / (1 - NOTICED), []
    for row in sorted(found, key=lambda r: (float(r[energy]), float(r["relative_fcd"]))):
        if float(row["relative_fcd"]) < best * (1 - NOTICED):
            best = float(row["relative_fcd"])
            kept.append(row)
    return kept


def front_table(found):
    lines = ["| chunks held by | network | bits | wires | relative FCD | energy of a picture | of the published 23 µJ |", "|---|---|---|---|---|---|---|"]
    for hold in HOLDS:
        for number, row in enumerate(front(found, hold)):
            energy = float(row[f"energy_{hold}_J"])
            lines.append(f"| {hold if number == 0 else ''} | `{row['model']}` | {row['bits']} | {float(row['density']):g} "
                         f"| {float(row['relative_fcd']):.4f} | {joules(energy)} | 1/{times(23e-6 / energy)} |")
    return "\n".join(lines)


def tables():
    found = rows()
    models = sorted({row["model"] for row in found}, key=lambda m: (not m.startswith("mnist"), m))
    made = {"sweep_models": "\n\n".join(model_table(found, model) for model in models)}
    for data in ("mnist", "fashion"):
        made[f"sweep_front_{data}"] = front_table([row for row in found if row["model"].startswith(data)])
    return made


def main():
    for name, table in tables().items():
        print(table + "\n")
        if "--write" in sys.argv[1:]:
            write("sweeps.md", name, table)


if __name__ == "__main__":
    main()
