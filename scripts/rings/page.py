# SPDX-License-Identifier: MIT
"""Figures, and tables of docs/circuit_rings.md."""
import math

from rings.networks import NETWORKS, SHARES


class Panel:
    """Axes in an SVG."""

    def __init__(self, left, top, width, height, x, y, log=False):
        self.box, self.x, self.y, self.log = (left, top, width, height), x, y, log
        self.parts = [f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="#ffffff" stroke="#555"/>']

    def at(self, x, y):
        left, top, width, height = self.box
        f = math.log10 if self.log else float
        return (left + width * (f(x) - f(self.x[0])) / (f(self.x[1]) - f(self.x[0])),
                top + height * (1 - (f(y) - f(self.y[0])) / (f(self.y[1]) - f(self.y[0]))))

    def text(self, x, y, words, anchor="middle", size=13, colour="#222", turn=""):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{turn}>'
                          f'{words}</text>')

    def axes(self, xs, ys, x_title, y_title, title):
        left, top, width, height = self.box
        for value, label in xs:
            x, _ = self.at(value, self.y[0])
            self.parts.append(f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{top + height}" stroke="#e4e4e4"/>')
            self.text(x, top + height + 18, label)
        for value, label in ys:
            _, y = self.at(self.x[0], value)
            self.parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + width}" y2="{y:.1f}" stroke="#e4e4e4"/>')
            self.text(left - 7, y + 4, label, "end")
        self.text(left + width / 2, top + height + 40, x_title)
        x, y = left - 48, top + height / 2
        self.text(x, y, y_title, turn=f' transform="rotate(-90 {x:.1f} {y:.1f})"')
        self.text(left + width / 2, top - 12, title, size=14)

    def line(self, points, colour, dashes="", dots=False, stroke=True):
        """Gaps where there is no number; what leaves the axes is left out."""
        run, runs = [], []
        for x, y in points:
            inside = y is not None and self.y[0] <= y <= self.y[1]
            if inside:
                run.append(self.at(x, y))
            if run and not inside:
                runs.append(run)
                run = []
        for run in [*runs, run]:
            if run and stroke:
                self.parts.append('<polyline points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in run) +
                                  f'" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>')
            if dots:
                self.parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{colour}"/>' for x, y in run]


def drawing(width, height, panels, key, key_left, key_top):
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
             'font-family="Helvetica, Arial, sans-serif">', f'<rect width="{width}" height="{height}" fill="#fbfbfa"/>']
    parts += [part for panel in panels for part in panel.parts]
    for i, (words, colour, dashes, dots, stroke) in enumerate(key):
        y = key_top + 20 * i
        if stroke:
            parts.append(f'<line x1="{key_left}" y1="{y}" x2="{key_left + 34}" y2="{y}" stroke="{colour}" '
                         f'stroke-width="2" stroke-dasharray="{dashes}"/>')
        if dots:
            parts.append(f'<circle cx="{key_left + 17}" cy="{y}" r="3.2" fill="{colour}"/>')
        parts.append(f'<text x="{key_left + 42}" y="{y + 4}" font-size="13" fill="#222">{words}</text>')
    return "\n".join([*parts, "</svg>", ""])


LINES = [("16 rings", "curve", "#1f5fa8", ""), ("8 rings", "curve", "#2a9d8f", ""),
         ("8 rings", "sine", "#2a9d8f", "6 4"), ("8 rings, directed", "curve", "#8a5fbf", ""),
         ("8 rings, resistors alone", "curve", "#d1495b", ""), ("8 rings, resistors alone", "sine", "#d1495b", "6 4")]


def network_figure(result):
    panels = []
    for i, (suffix, title) in enumerate((("", "phases as they are"), ("_relative", "without what all rings share"))):
        panel = Panel(80 + 420 * i, 40, 340, 320, (0.004, 0.6), (0.001, 5), True)
        panel.axes([(0.005, "0.5"), (0.01, "1"), (0.02, "2"), (0.05, "5"), (0.1, "10"), (0.2, "20"),
                    (0.5, "50")], [(0.001, "0.001"), (0.01, "0.01"), (0.1, "0.1"), (1, "1")],
                   "coupling over carrier, max &#931;|W| / &#969;, %", "rms error of phases, rad", title)
        for name, model, colour, dashes in LINES:
            panel.line([(row["share"], row[f"{model}_rms{suffix}"]) for row in result["networks"]
                        if row["network"] == name], colour, dashes, True)
        panels.append(panel)
    key = [(f"{name}: {'extracted curve' if model == 'curve' else 'pure sine'}", colour, dashes, True, True)
           for name, model, colour, dashes in LINES]
    return drawing(860, 550, panels, key, 260, 428)


def curve_figure(result):
    panel = Panel(80, 40, 560, 320, (-math.pi, math.pi), (-1.6, 1.6))
    panel.axes([(-math.pi, "&#8722;&#960;"), (-math.pi / 2, "&#8722;&#960;/2"), (0, "0"), (math.pi / 2, "&#960;/2"),
                (math.pi, "&#960;")], [(-1, "&#8722;1"), (0, "0"), (1, "1")],
               "phase difference &#966; = &#952;j &#8722; &#952;i, rad", "&#915;(&#966;), leading harmonic 1",
               "what a ring feels of another")
    grid = [math.pi * i / 120 for i in range(-120, 121)]

    def of(s, c, xs):
        return [(x, sum(a * math.sin(k * x) + b * math.cos(k * x) for k, (a, b) in enumerate(zip(s, c)))) for x in xs]
    panel.line([(x, math.sin(x)) for x in grid], "#999", "6 4")
    key = [("sin &#966;", "#999", "6 4", False, True)]
    for name, words, colour in (("resistor", "resistor", "#d1495b"),
                                ("resistor_capacitor", "resistor and capacitor", "#1f5fa8")):
        curve = result["coupling"][name]
        panel.line(of(curve["sine"], curve["cosine"], grid), colour)
        panel.line(of(curve["drift_sine"], curve["drift_cosine"], grid[10::20]), colour, "", True, False)
        key += [(f"{words}: charge pulses", colour, "", False, True),
                (f"{words}: two rings passing each other", colour, "", True, False)]
    return drawing(680, 530, [panel], key, 220, 424)


def number(value, form):
    return "-" if value is None else format(value, form)


def reach(result, name, key, level=0.1):
    """Coupling over carrier at which an error passes the level, on straight lines between logarithms; None if it is
    above from the start, and the last share if it never is."""
    rows = [row for row in result["networks"] if row["network"] == name]
    for i, row in enumerate(rows):
        if row[key] is None or row[key] > level:
            before = rows[i - 1] if i else None
            if not before or row[key] is None:
                return before and before["share"]
            part = math.log(level / before[key]) / math.log(row[key] / before[key])
            return before["share"] * (row["share"] / before["share"]) ** part
    return rows[-1]["share"]


SUM = 10  # of a shipped network's strongest unit, |W| per time unit


def units(result):
    """What a coupling over carrier means: errors of the largest networks here, and how long a time unit is then."""
    rows = ["| coupling / carrier | rms of phases, without what is common: 8, 16 rings | of brightness at the end: 8, 16 rings "
            "| time unit at 1 MHz | 188.7 MHz | 1 GHz |", "|---|---|---|---|---|---|"]
    for share in SHARES[:-1]:
        of = [next(row for row in result["networks"] if (row["network"], row["share"]) == (name, share))
              for name in ("8 rings", "16 rings")]
        times = [SUM / (share * 2 * math.pi * hertz) for hertz in (1e6, result["carrier_hz"], 1e9)]
        cells = [", ".join(number(row[key], ".2g") for row in of) for key in ("curve_rms_relative", "curve_picture_rms")]
        rows.append(f"| {100 * share:g} % | {cells[0]} | {cells[1]} | {times[0] * 1e6:.3g} us | "
                    f"{times[1] * 1e9:.0f} ns | {times[2] * 1e9:.3g} ns |")
    return rows


def tables(result):
    """What docs/circuit_rings.md has between its marks."""
    coupling, found = result["coupling"], {}
    rows = ["| coupling | strength, rad/s per S | | k = 0 | 1 | 2 | 3 | 4 | 5 | error | by drift |",
            "|---|---|---|---|---|---|---|---|---|---|---|"]
    for name, curve in coupling.items():
        for kind in ("sine", "cosine"):
            first = kind == "sine"
            rows.append(f"| {name.replace('_', ', ') if first else ''} | "
                        f"{format(curve['strength_rad_per_s_per_siemens'], '.4g') if first else ''} | {kind[0]}_k | " +
                        " | ".join(f"{v:.4f}" for v in curve[kind]) +
                        f" | {curve['error'] if first else ''} | {curve.get('drift_difference', '-') if first else ''} |")
    found["curves"] = rows
    rows = ["| injection | strength | by drift | phase, by drift, rad | other harmonics |", "|---|---|---|---|---|"]
    for name, words in (("first_order", "current at the carrier"), ("second_order", "current at twice the carrier")):
        row = result["injection"][name]
        rows.append(f"| {words} | {row['strength_rad_per_s_per_ampere']:.4g} rad/s per A | {row['drift_strength']:.4f} | "
                    f"{row['drift_phase_rad']:.4f} | {row['drift_other_harmonics']} |")
    row = result["injection"]["second_order_clock"]
    rows.append(f"| clock through a resistor | {row['strength_rad_per_s_per_siemens']:.4g} rad/s per S | "
                f"{row['drift_harmonics_of_2x'][0]:.4f} | | {row['harmonics_of_2x'][2]} of sin 6θ; "
                f"{row['drift_harmonics_of_2x'][2]} by drift |")
    found["injection"] = rows
    rows = ["| width p / n | carrier, MHz | lag, degrees | harmonics beyond 1, at most | injection, second over first |",
            "|---|---|---|---|---|"]
    for row in result["ratios"]:
        rows.append(f"| {row['width_p_over_n']} | {row['carrier_hz'] / 1e6:.1f} | {math.degrees(row['lag_rad']):.1f} | "
                    f"{row['largest_harmonic_beyond_1']:.4f} | {row['second_over_first_injection']:.4f} |")
    found["ratios"] = rows
    rows = ["| coupling / carrier | resistor | by curve | by sine | with capacitor | by curve | by sine |",
            "|---|---|---|---|---|---|---|"]
    for row in result["pair_locking"]:
        rows.append(f"| {100 * row['coupling_over_carrier']:g} % | " + " | ".join(
            " | ".join(number(row[name][key], ".3f") for key in ("edge", "by_curve", "by_sine"))
            for name in ("resistor", "resistor_capacitor")) + " |")
    found["pairs"] = rows
    rows = ["| strength / carrier | locks from | to | width over 2 |", "|---|---|---|---|"]
    for row in result["injection_locking"]:
        both = None not in (row["from"], row["to"])
        rows.append(f"| {100 * row['strength_over_carrier']:g} % | {number(row['from'], '.3f')} | "
                    f"{number(row['to'], '.3f')} | {number((row['to'] - row['from']) / 2 if both else None, '.3f')} |")
    found["shil"] = rows
    names = [plan[0] for plan in NETWORKS]
    rows = ["| network | model | " + " | ".join(f"{100 * s:g} %" for s in SHARES) + " | 0.1 rad at |",
            "|---|---|" + "---|" * len(SHARES) + "---|"]
    for name in names:
        of = {row["share"]: row for row in result["networks"] if row["network"] == name}
        for model in ("curve", "sine"):
            cells = [f"{number(of[s][model + '_rms'], '.2g')}, {number(of[s][model + '_rms_relative'], '.2g')}"
                     if s in of else "" for s in SHARES]
            ends = [reach(result, name, f"{model}_rms{suffix}") for suffix in ("", "_relative")]
            cells.append(", ".join("-" if end is None else f"{100 * end:.2g} %" for end in ends))
            rows.append(f"| {name if model == 'curve' else ''} | {model} | " + " | ".join(cells) + " |")
    found["networks"] = rows
    found["units"] = units(result)
    return {name: "\n".join(rows) for name, rows in found.items()}
