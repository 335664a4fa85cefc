#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Ring oscillators at transistor level: extracts their coupling curves by ngspice, and finds where phases are enough.

    scripts/ring_curves.py [--write]      all of it, some minutes of one core; prints the tables of docs/circuit_rings.md
    scripts/ring_curves.py --draw         figures and tables of the shipped numbers again; needs no ngspice
    scripts/ring_curves.py --check        some seconds: extracts the curves again and compares with assets/circuit/ring.json

--write writes assets/circuit/ring.json, the figures docs/images/circuit_*.svg, and the tables between their marks in
docs/circuit_rings.md. What --keep FILE has from an earlier time is not done again. --ngspice PROGRAM names another ngspice.
Exit code 1: a check has failed; 2: ngspice is absent or fails, or a file cannot be read.
"""
import argparse
import json
import os
import re
import shutil
import sys

from marked_tables import placed as with_table
from rings.extraction import TOLERANCE, checked, measured
from rings.ngspice import Failure, Simulator
from rings.page import curve_figure, network_figure, tables

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CURVES = os.path.join(ROOT, "assets", "circuit", "ring.json")
PAGE = os.path.join(ROOT, "docs", "circuit_rings.md")
IMAGES = os.path.join(ROOT, "docs", "images")


def written(path, text):
    """Whole, or not at all."""
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
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


def placed(found):
    """The tables, between their marks."""
    try:
        with open(PAGE, encoding="utf-8") as page:
            text = page.read()
    except OSError as error:
        raise Failure(f"cannot read {PAGE}: {error.strerror}") from None
    for name, table in found.items():
        try:
            text = with_table(text, f"rings_{name}", table)
        except ValueError:
            raise Failure(f"{PAGE} has no marks for rings_{name}") from None
    written(PAGE, text)


def read(path):
    try:
        with open(path, encoding="utf-8") as found:
            return json.load(found)
    except (OSError, ValueError) as error:
        raise Failure(f"cannot read {path}: {error}") from None


class Kept:
    """Numbers that take long, each under its name, in a file if one was asked for."""

    def __init__(self, path, log):
        self.path, self.log, self.numbers = path, log, {}
        if path and os.path.exists(path):
            self.numbers = read(path)

    def __call__(self, name, make):
        if name not in self.numbers:
            self.numbers[name] = make()
            self.log(f"{name}: {self.numbers[name]}")
            if self.path:
                written(self.path, json.dumps(self.numbers, indent=1) + "\n")
        return self.numbers[name]


def main():
    parser = argparse.ArgumentParser(description="Coupling curves of ring oscillators, by ngspice.")
    parser.add_argument("--check", action="store_true", help="extract the curves again and compare with the shipped ones")
    parser.add_argument("--write", action="store_true", help="write the curves, the figures, and the tables")
    parser.add_argument("--draw", action="store_true", help="draw the shipped numbers again; needs no ngspice")
    parser.add_argument("--ngspice", default=shutil.which("ngspice") or "ngspice", metavar="PROGRAM")
    parser.add_argument("--keep", metavar="FILE", help="numbers of earlier runs, and of this one for later ones")
    options = parser.parse_args()

    def log(what):
        print(what, file=sys.stderr, flush=True)
    try:
        if options.check:
            try:
                wrong = checked(Simulator(options.ngspice), read(CURVES))
            except (KeyError, TypeError, IndexError) as error:
                raise Failure(f"{CURVES} is not what this script writes: {error!r}") from None
            print("\n".join(wrong) if wrong else f"the curves are those shipped, to {TOLERANCE}")
            return 1 if wrong else 0
        result = read(CURVES) if options.draw else measured(Simulator(options.ngspice), log, Kept(options.keep, log))
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
