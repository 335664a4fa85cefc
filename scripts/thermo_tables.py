#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains thermodynamic computers, runs them, and prints the tables of docs/thermo.md.

    scripts/thermo_tables.py PROGRAM FOLDER [--write] [TABLE...]

What FOLDER has from an earlier time is not done again; all tables (thermo_trainings, thermo_runs,
thermo_mixtures, thermo_mnist, thermo_chunks) are some 50 minutes of one core. --write puts them between their marks in docs/thermo.md.
"""
import json
import math
import os
import re
import statistics
import subprocess

from marked_tables import main

SEEDS = [101, 102, 103, 104, 105]  # those of [WD]
SAMPLES = 200
# Name, arguments of `thermo train`, seeds.
TRAININGS = [
    ("batch, 300 cycles", ["--cycles", "300"], SEEDS),
    ("batch, 50 cycles", ["--cycles", "50"], SEEDS),
    ("online, 50 cycles", ["--cycles", "50", "--rule", "online"], SEEDS),
    ("batch, 100 cycles, visible biases", ["--cycles", "100", "--visible-biases"], SEEDS),
    ("batch, 100 cycles, half the rate", ["--cycles", "100", "--rate", "2e-4"], [101]),
    ("batch, 50 cycles, changes with 30 % noise", ["--cycles", "50", "--update-noise", "0.3"], [101]),
    ("batch, 50 cycles, 16 bits", ["--cycles", "50", "--bits", "16"], [101]),
    ("batch, 50 cycles, 8 bits", ["--cycles", "50", "--bits", "8"], [101]),
    ("batch, 50 cycles, 8 bits, stochastic rounding",
     ["--cycles", "50", "--bits", "8", "--stochastic-rounding"], [101]),
]
# What might remove mixtures, on the same noise: name, arguments of `thermo train`.
REMEDIES = [
    ("as it is", []),
    ("visible biases", ["--visible-biases"]),
    ("visible biases, J4 = 3", ["--visible-biases", "--j4", "3"]),
    ("a label for each prototype", ["--labels"]),
    ("labels and visible biases", ["--labels", "--visible-biases"]),
    ("hidden rivals, 100", ["--competition", "100"]),
    ("hidden rivals, 100, and visible biases", ["--competition", "100", "--visible-biases"]),
]
# Of the network that has learnt all of MNIST: baths that it is run in, and lives in after some minutes of training.
BATHS = [0, 0.05, 0.1, 0.2, 0.5, 1]
TAUGHT = [0.1, 0.2, 0.5]
# Of their 29 and 14 per chunk, four times as many: hot units go where forces are steep.
STEPS = {"mnist-thermo": "116", "mnist-thermo-3": "56"}
MINUTES = "3"
BITS = [8, 6, 5, 4, 3, 2, 1]
TEMPERATURES = [0.05, 0.07, 0.1, 0.14, 0.2]


class Laboratory:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        os.makedirs(folder, exist_ok=True)

    def call(self, *arguments):
        return subprocess.run([self.program, *arguments], check=True, capture_output=True, text=True).stdout

    def run(self, arguments):
        return self.call("thermo", *arguments)

    def model(self, name, arguments, seed):
        stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        file = os.path.join(self.folder, f"{stem}-{seed}.safetensors")
        if not os.path.exists(file):
            self.run(["train", *arguments, "--seed", str(seed), "--out", file])
        return file

    def taught(self, bath):
        """mnist-thermo after some minutes of training in another bath."""
        file = os.path.join(self.folder, f"mnist-{bath}.safetensors")
        if not os.path.exists(file):
            self.call("train", "mnist", "--from", "mnist-thermo", "--temperature", str(bath), "--step", "0.02",
                      "--minutes", MINUTES, "--threads", "1", "--out", file)
        return file

    def samples(self, model, *arguments):
        """What `thermo run --json` says of it."""
        return self.told(model, arguments, ["thermo", "run", model, "-n", str(SAMPLES)])

    def evaluated(self, model, steps, *arguments):
        """What `eval --json` says of it."""
        return self.told(model, arguments, ["eval", model, "--nearest", "0", "--steps-per-chunk", steps])

    def told(self, model, arguments, command):
        name = os.path.splitext(os.path.basename(model))[0] + "".join(arguments) + f".{command[0]}.json"
        file = os.path.join(self.folder, name)
        if not os.path.exists(file):
            text = self.call(*command, "--json", *arguments)
            with open(file + ".part", "w", encoding="utf-8") as out:
                out.write(text)
            os.rename(file + ".part", file)
        with open(file, encoding="utf-8") as found:
            return json.load(found)


def spread(values, digits=0):
    """The mean, and over several the standard deviation of one."""
    text = f"{statistics.mean(values):.{digits}f}"
    return text if len(values) < 2 else f"{text} ± {statistics.stdev(values):.{digits}f}"


def shares(run):
    total = run["samples"]
    return {key: 100 * run[key] / total for key in ("light_ground", "mixed")}


def read_as(run):
    histogram = run["class_histogram"]
    return ", ".join(str(histogram[k]) for k in range(3)) + f", {sum(histogram[3:])}"


def trainings(lab):
    lines = ["| training | seeds | heat, kT | on light ground, % | mixed, % | read as 0, 1, 2, other |",
             "|---|---|---|---|---|---|"]
    heats = {}
    for name, arguments, seeds in TRAININGS:
        runs = [lab.samples(lab.model(name, arguments, seed)) for seed in seeds]
        heats[name] = [run["heat_mean_kT"] for run in runs]
        light = [shares(run)["light_ground"] for run in runs]
        mixed = [shares(run)["mixed"] for run in runs]
        lines.append(f"| {name} | {len(seeds)} | {spread(heats[name])} | {spread(light)} | "
                     f"{spread(mixed)} | {'; '.join(read_as(run) for run in runs)} |")
    ratios = [100 * (1 - online / batch) for online, batch in
              zip(heats["online, 50 cycles"], heats["batch, 50 cycles"])]
    error = statistics.stdev(ratios) / math.sqrt(len(ratios))
    lines.append(f"\nThe online rule gives off {statistics.mean(ratios):.1f} ± {error:.1f} % less heat than the "
                 f"batch rule on the same noise (mean of {len(ratios)} pairs and its standard error; 5.6 % in [WD]).")
    return "\n".join(lines)


def running(lab):
    name, arguments, _ = TRAININGS[0]
    model = lab.model(name, arguments, SEEDS[0])

    def row(label, run):
        return (f"| {label} | {run['heat_mean_kT']:.0f} | {run['heat_sd_kT']:.0f} | "
                f"{shares(run)['light_ground']:.0f} | {shares(run)['mixed']:.0f} | {read_as(run)} |")

    head = ["| {} | heat, kT | spread | on light ground, % | mixed, % | read as 0, 1, 2, other |",
            "|---|---|---|---|---|---|"]
    bits = [head[0].format("bits"), head[1], row("float", lab.samples(model))]
    bits += [row(b, lab.samples(model, "--bits", str(b))) for b in BITS]
    heat = [head[0].format("kT, E0"), head[1]]
    heat += [row(t, lab.samples(model, "--kT", str(t))) for t in TEMPERATURES]
    return "\n".join(bits) + "\n\n" + "\n".join(heat)


def bath_head():
    return "| kT, E0 | relative FCD | read as the class asked for, % | heat, kT | heat, E0 |"


def in_bath(lab, model, bath):
    run = lab.evaluated(model, STEPS[model], "--temperature", str(bath))
    in_kt = f"{run['heat_mean_kT']:.0f} ± {run['heat_sd_kT']:.0f}" if bath > 0 else ""
    heat = run["heat_mean_kT"] * bath if bath > 0 else run["heat_mean_E0"]
    return (f"| {bath} | {run['relative_fcd']:.3f} | {100 * run['label_accuracy']:.1f} | {in_kt} | {heat:.0f} |")


def mnist(lab):
    lines = [bath_head() + " relative FCD, taught there |", "|---|---|---|---|---|---|"]
    for bath in BATHS:
        steps = STEPS["mnist-thermo"]
        taught = "" if bath not in TAUGHT else f"{lab.evaluated(lab.taught(bath), steps)['relative_fcd']:.3f}"
        lines.append(f"{in_bath(lab, 'mnist-thermo', bath)} {taught} |")
    return "\n".join(lines)


def chunks(lab):
    return "\n".join([bath_head(), "|---|---|---|---|---|", *(in_bath(lab, "mnist-thermo-3", bath) for bath in BATHS)])


def mixtures(lab):
    lines = ["| | heat, kT | negatives, % | mixtures, % | strongest is 0, 1, 2 |", "|---|---|---|---|---|"]
    for name, arguments in REMEDIES:
        arguments = ["--cycles", "100", *arguments]
        run = lab.samples(lab.model("remedy " + name, arguments, SEEDS[0]))
        total, found = run["samples"], run["overlaps"]
        lines.append(f"| {name} | {run['heat_mean_kT']:.0f} | {100 * found['negatives'] / total:.0f} | "
                     f"{100 * found['mixtures'] / total:.0f} | {', '.join(map(str, found['strongest']))} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main(__doc__, "thermo.md", Laboratory, {"thermo_trainings": trainings, "thermo_runs": running,
                                            "thermo_mixtures": mixtures, "thermo_mnist": mnist,
                                            "thermo_chunks": chunks})
