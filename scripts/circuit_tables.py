#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs networks in ngspice and on the measured curves of rings, and prints the tables of docs/circuit.md.

    scripts/circuit_tables.py PROGRAM FOLDER [--write] [TABLE...]

What FOLDER has from an earlier time is not done again. circuit_a: a tile and a whole network by ngspice, 10 to 30
minutes of two cores; circuit_b: what the curves cost, before and after training for them, some 20 minutes of one.
--write puts them between their marks in docs/circuit.md. Rung C is scripts/ring_curves.py.
"""
import json
import os
import subprocess

from marked_tables import main

MODEL = "mnist-shil-4bit"
HELD = ["--bits", "4"]
ROUGH = [*HELD, "--weight-noise", "0.025"]
CIRCUITS = [("tile of 8 x 8, both layers", ["--tile", "8"]), ("tile of 14 x 14, both layers", ["--tile", "14"]),
            ("the whole, a 3", ["--label", "3"])]
CURVES = [("sine", None), ("rings, resistors with capacitors", "ring_resistor_capacitor"),
          ("rings, resistors alone", "ring_resistor")]
TRAINED = ["ring_resistor"]  # what costs nothing needs no training
ITERATIONS = "4000"
SEEDS = range(1, 6)


class Laboratory:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        os.makedirs(folder, exist_ok=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def call(self, *arguments):
        return subprocess.run([self.program, *arguments], check=True, capture_output=True, text=True).stdout

    def once(self, name, *arguments):
        """What the command says in JSON, kept in a file of that name."""
        path = self.path(name + ".json")
        if not os.path.exists(path):
            text = self.call(*arguments, "--json")
            with open(path + ".part", "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(path + ".part", path)
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def made(self, name, *arguments):
        """The model file of that name, by a command that writes it."""
        path = self.path(name + ".safetensors")
        if not os.path.exists(path):
            self.call(*arguments, "--out", path)
        return path


def circuits(lab):
    rows = ["| circuit | after chunk | rms | median | 99 % | rms at ten times the tolerance |", "|---|---|---|---|---|---|"]
    for name, options in CIRCUITS:
        key = "circuit-" + "-".join(options).strip("-")
        found = lab.once(key, "circuit", MODEL, *HELD, *options, "--check", "--out", lab.path(key))
        for number, chunk in enumerate(found["chunks"], 1):
            what = f"{name}: {found['units']:,} units, {found['couplings']:,} couplings" if number == 1 else ""
            rows.append(f"| {what} | {number} | {chunk['rms_phase_error']:.1e} | {chunk['median_phase_error']:.1e} "
                        f"| {chunk['p99_phase_error']:.1e} | {chunk['rms_at_ten_times_reltol']:.1e} |")
        rows.append(f"| mean difference of its pixels: {found['pixel_difference']:.1e} | | | | | |")
    return "\n".join(rows)


def quality(lab, model, name):
    found = [lab.once(f"eval-{name}-{seed}", "eval", model, *ROUGH, "--nearest", "0", "--seed", str(seed))["relative_fcd"]
             for seed in SEEDS]
    return f"{sum(found) / len(found):.4f} ({min(found):.4f} to {max(found):.4f})"


def curves(lab):
    rows = ["| coupling | trained for a sine | trained on for the curve |", "|---|---|---|"]
    for name, substrate in CURVES:
        model = lab.made(substrate, "recast", MODEL, "--substrate", substrate) if substrate else MODEL
        before, after = quality(lab, model, substrate or "sine"), ""
        if substrate in TRAINED:
            better = lab.made(f"{substrate}-trained", "train", "mnist", "--from", model, "--iterations", ITERATIONS,
                              "--generator-rate", "6e-4", *ROUGH)
            after = quality(lab, better, substrate + "-trained")
        rows.append(f"| {name} | {before} | {after} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main(__doc__, "circuit.md", Laboratory, {"circuit_a": circuits, "circuit_b": curves})
