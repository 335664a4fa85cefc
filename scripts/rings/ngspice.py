# SPDX-License-Identifier: MIT
"""ngspice as a child process, and what is read from waveforms."""
import array
import cmath
import math
import os
import re
import subprocess
import tempfile


class Failure(Exception):
    """Something that the reader has to mend; one line."""


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
            except (OSError, ValueError, AttributeError, IndexError):
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


def crossings(time, volts, level):
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
