#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the seed files of the fuzzers, corpus/<format>/<name>, beside this script.

They are committed; run this again after adding one. The standard library is enough.
"""
import base64
import gzip
import json
import pathlib
import struct
import zlib

CORPUS = pathlib.Path(__file__).parent / "corpus"


def put(folder, name, content):
    path = CORPUS / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def safetensors(header, data=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def tensor(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def npy(header, data=b"", version=b"\x01\x00"):
    text = header.encode() + b"\n"
    length = struct.pack("<H" if version[0] < 2 else "<I", len(text))
    return b"\x93NUMPY" + version + length + text + data


def idx(shape, data, kind=8):
    return bytes([0, 0, kind, len(shape)]) + b"".join(struct.pack(">I", n) for n in shape) + data


put("safetensors", "empty", safetensors({}))
put("safetensors", "one", safetensors({"W": tensor("F32", [2, 1], 0, 8)}, bytes(8)))
put("safetensors", "several", safetensors(
    {"__metadata__": {"substrate": "kuramoto_shil", "note": "\u00fc \" \\ \n"},
     "wide": tensor("F64", [], 0, 8), "none": tensor("F32", [0, 7], 8, 8),
     "steps": tensor("I32", [2], 8, 16), "bytes": tensor("U8", [3], 16, 19)}, bytes(range(19))))
put("safetensors", "types", safetensors(
    {name: tensor(name, [1], at, at + size) for name, at, size in
     [("U64", 0, 8), ("I64", 8, 8), ("U32", 16, 4), ("BF16", 20, 2), ("F16", 22, 2), ("U16", 24, 2),
      ("I16", 26, 2), ("F8_E4M3", 28, 1), ("F8_E5M2", 29, 1), ("I8", 30, 1), ("BOOL", 31, 1)]},
    bytes(32)))
put("safetensors", "not_a_number", safetensors(
    {"x": tensor("F32", [1], 0, 4)}, struct.pack("<f", float("nan"))))
put("safetensors", "overlap", safetensors(
    {"a": tensor("F32", [1], 0, 4), "b": tensor("F32", [1], 2, 6)}, bytes(6)))
put("safetensors", "overflow", safetensors({"a": tensor("F32", [2**32, 2**32], 0, 0)}))
put("safetensors", "twice", safetensors(
    b'{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]},'
    b'"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}', bytes(1)))
put("safetensors", "nested", safetensors(b'{"a":' + b"[" * 500))
put("safetensors", "escapes", safetensors(
    b'{"__metadata__":{"\\ud83d\\ude00\\u0000":"\\ud800"}}'))
put("safetensors", "cut_off", safetensors({"W": tensor("F32", [2, 1], 0, 8)}, bytes(5)))
put("safetensors", "cut_header", safetensors({"W": tensor("F32", [2, 1], 0, 8)})[:40])
put("safetensors", "pointer", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64
    + b"\nsize 3912976\n")
put("safetensors", "long_header", struct.pack("<Q", 2**63) + b"{}")

put("idx", "images", idx([2, 2, 3], bytes(range(12))))
put("idx", "labels", idx([3], bytes([7, 0, 9])))
put("idx", "matrix", idx([2, 2], bytes(4)))
put("idx", "no_images", idx([0, 28, 28], b""))
put("idx", "images_gz", gzip.compress(idx([2, 2, 3], bytes(range(12))), mtime=0))
put("idx", "members_gz", gzip.compress(idx([3], bytes([7])), mtime=0)
    + gzip.compress(bytes([0, 9]), mtime=0))
put("idx", "member_cut_gz", gzip.compress(idx([3], bytes([7])), mtime=0) + b"\x1f\x8b\x08")
put("idx", "bomb_gz", gzip.compress(idx([1000, 28, 28], bytes(784000)), mtime=0))
put("idx", "claims_much", idx([2**32 - 1] * 3, bytes(3)))
put("idx", "floats", idx([1], bytes(4), kind=13))

PLAIN = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }"
put("npy", "matrix", npy(PLAIN % "(2, 3)", bytes(24)))
put("npy", "vector", npy(PLAIN % "(2,)" + " " * 20, struct.pack("<ff", float("nan"), -0.0)))
put("npy", "number", npy(PLAIN % "()", bytes(4)))
put("npy", "empty", npy(PLAIN % "(0, 28, 28)"))
put("npy", "double_quotes", npy('{"shape":(1,1,1,),"fortran_order":False,"descr":"<f4"}', bytes(4)))
put("npy", "overflow", npy(PLAIN % "(4294967296, 4294967296)"))
put("npy", "records", npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }"))
put("npy", "bytes", npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }", bytes([0, 1, 128, 255])))
put("npy", "doubles", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }",
                          struct.pack("<dd", 1e300, float("nan"))))
put("npy", "fortran", npy("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", bytes(4)))
put("npy", "fortran_cube", npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 2), }",
                               bytes(range(12))))
put("npy", "version_2", npy(PLAIN % "(1,)", bytes(4), version=b"\x02\x00"))
put("npy", "version_3", npy(PLAIN % "(2, 1)", bytes(8), version=b"\x03\x00"))
put("npy", "version_9", npy(PLAIN % "(1,)", bytes(4), version=b"\x09\x00"))
put("npy", "halves", npy("{'descr': '<f2', 'fortran_order': False, 'shape': (4,), }",
                         struct.pack("<4H", 0x3c00, 0x8001, 0x7c00, 0x7e01)))
put("npy", "big_endian", npy("{'descr': '>f8', 'fortran_order': False, 'shape': (1, 1), }",
                             struct.pack(">d", 0.1)))
put("npy", "truth_values", npy("{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", b"\x00\x01"))
put("npy", "web_page", b"<!DOCTYPE html><title>404</title>")


def model(tensors, **changes):
    """A model file: tensors as (name, dtype, shape, bytes), already in the order of the file."""
    about = {"format": 1, "substrate": "kuramoto", "grid": {"width": 2, "height": 1, "layers": 1},
             "visible": 1, "topology": "all_to_all", "readout": "sine",
             "initial": {"shape": "uniform", "width": 1.5}, "tied": False,
             "integrator": "midpoint", "steps_per_chunk": 4, "training": {}}
    header = {"__metadata__": {"phaseloom": json.dumps(about | changes)}}
    data = b""
    for name, dtype, shape, values in tensors:
        header[name] = tensor(dtype, shape, len(data), len(data) + len(values))
        data += values
    return safetensors(header, data)


ROWS = [("row_begin", "I64", [3], struct.pack("<3q", 0, 1, 2)),
        ("durations", "F64", [2], struct.pack("<2d", 0.5, 1)),
        ("omega", "F32", [2, 2], struct.pack("<4f", 1, -2, 0, 3)),
        ("weights", "F32", [2, 2], struct.pack("<4f", 0.25, 0.25, -1, -1)),
        ("sources", "I32", [2], struct.pack("<2i", 1, 0))]
put("model", "two_units", model(ROWS))
put("model", "tied", model(ROWS, tied=True))
put("model", "other_substrate", model(
    [(name if name != "omega" else "bias", *rest) for name, *rest in ROWS], substrate="aim_tanh",
    readout="tanh", training={"curve": [1, 2.5], "data": "\u00e9"}))
put("model", "no_couplings", model(
    [("row_begin", "I64", [2], bytes(16)), ("durations", "F64", [1], struct.pack("<d", 1)),
     ("omega", "F32", [1, 1], bytes(4)), ("weights", "F32", [1, 0], b""),
     ("sources", "I32", [0], b"")], grid={"width": 1, "height": 1, "layers": 1}))
put("model", "newer", model(ROWS, format=3))
LEVELS = [*ROWS[:3], ("steps", "F32", [2], struct.pack("<2f", 0.25, 1)),
          ("levels", "U8", [2, 1], b"\xf1\x78"), ("source_steps", "U8", [2], b"\x02\x01")]
put("model", "levels", model(LEVELS, format=2, weight_bits=4))
put("model", "levels_of_units", model(
    [*ROWS[:3], ("steps", "F32", [2, 2], struct.pack("<4f", 0.25, 1, 0, 2)),
     ("levels", "U8", [2, 2], b"\xf1\x78\x80\x7f"),
     ("source_steps", "U8", [2], b"\x02\x01")], format=2, weight_bits=8))
put("model", "sources_beyond", model(
    [*LEVELS[:5], ("source_steps", "U8", [3], b"\xff\xff\x01")], format=2, weight_bits=4))
put("model", "grid_overflow", model(ROWS, grid={"width": 2**31, "height": 2**31, "layers": 2**31}))
put("model", "nested", model(ROWS, training=json.loads('{"a":' * 40 + "1" + "}" * 40)))
ONE = {"width": 1, "height": 1, "layers": 1}
put("model", "label_listens", model(ROWS, grid=ONE, labels=1))
put("model", "labels", model(
    [("row_begin", "I64", [3], struct.pack("<3q", 0, 1, 1)),
     ("durations", "F64", [1], struct.pack("<d", 1)),
     ("omega", "F32", [1, 2], struct.pack("<2f", 1, 0)),
     ("weights", "F32", [1, 1], struct.pack("<f", 0.5)),
     ("sources", "I32", [1], struct.pack("<i", 1))], grid=ONE, labels=1))


def checkpoint(program, best=None, plan=None, **changes):
    """A training that goes on: the state of nothing, one or two models, the plan."""
    settings = {"loss": "wgan-gp", "integrator": "midpoint", "symmetric_grid": False, "seed": 1,
                "batch": 64, "critic_steps": 2, "replay": 8, "generator_rate": 0.002,
                "critic_rate": 0.0008, "final_rate": 0.02, "warm_up": 0.1, "weight_decay": 0.03, "average": 0.999,
                "adjoint_clip": 5, "jitter": 0.3, "prune_from": 0.1, "prune_to": 0.5, "bits": 4,
                "density": 0.5, "mismatch": 0.1, "weight_noise": 0.025,
                "phases": [{"from": 0, "steps": [2, 3]}]}
    about = {"settings": settings, "iterations": 0, "minutes": 20, "evaluate_every": 2,
             "evaluate_iterations": 0, "evaluate_samples": 3000, "patience": 0,
             "checkpoint_every": 2, "notes": {"dataset": "mnist"}, "trained_minutes": 3.5,
             "slowed": 1, "best": {"truth": 12.5, "iterations": 7, "minutes": 2, "counts": True},
             "curve": []}
    if best is not None:
        about["curve"] = [{"minutes": 2, "iteration": 7, "loss": None, "truth": 12.5, "coarse": 13}]
    header = {"__metadata__": {"phaseloom-training": "checkpoint 3", "iteration": "9",
                               "plan": json.dumps((about | changes) if plan is None else plan)}}
    data = b""
    for name, values in [("program", program), ("best", best)]:
        if values is not None:
            header[name] = tensor("U8", [len(values)], len(data), len(data) + len(values))
            data += values
    return safetensors(header, data)


SMALL = model(ROWS)
put("checkpoint", "begun", checkpoint(SMALL))
put("checkpoint", "looked", checkpoint(SMALL, SMALL))
put("checkpoint", "no_best", checkpoint(SMALL, curve=[
    {"minutes": 1, "iteration": 1, "loss": 1, "truth": 1, "coarse": 1}]))
put("checkpoint", "huge_numbers", checkpoint(SMALL, iterations=1e300, slowed=-1e300))
put("checkpoint", "deep_notes", checkpoint(SMALL, notes=json.loads("[" * 60 + "]" * 60)))
put("checkpoint", "no_plan", checkpoint(SMALL, plan=[1, 2]))


def scene(**values):
    return json.dumps({"phaseloom": "scene", "version": 1} | values, ensure_ascii=False).encode()


put("scene", "default", scene())
put("scene", "all", scene(
    model="nets/\u00fc.safetensors", seed=2**64 - 1, round=7, label="3", noise_width=0.25,
    integrator="rk4", steps_per_chunk=12,
    hardware={"bits": 4, "grid": "symmetric", "density": 0.5, "mismatch": 1e-3, "device": 9,
              "weight_noise": 0.025, "phase_noise": 1},
    wall=16, speed=12.5, hold=0, new_noise_after_hold=False,
    train={"dataset": "fashion", "loss": "drift", "minutes": 0.5, "iterations": 10**9},
    playing=False))
put("scene", "zero", scene(noise_width=-0.0, speed=-0))
put("scene", "beyond", scene(seed=2**64, wall=65, hardware={"bits": -1, "density": 1e308}))
put("scene", "not_a_number", b'{"phaseloom": "scene", "version": 1, "hold": 1e999, "speed": NaN}')
put("scene", "unknown", scene(colour="red", hardware={"bit": 4}))
put("scene", "dotted", scene(**{"hardware.bits": 4}))
put("scene", "ill_typed", scene(hardware=[4], model=None, label=3))
put("scene", "twice", b'{"phaseloom": "scene", "version": 1, "wall": 2, "wall": 3}')
put("scene", "nested", b'{"phaseloom": "scene", "version": 1, "train": ' + b'{"a":' * 300)
put("scene", "broken_text", b'{"phaseloom": "scene", "version": 1, "model": "\xff\xfe \\u0000"}')
put("scene", "marked", b"\xef\xbb\xbf" + scene(wall=3))
put("scene", "newer", b'{"phaseloom": "scene", "version": 2}')



def packed(content):
    press = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    return press.compress(content) + press.flush()


def line(content, version=b"1"):
    """A scene as text, of what it carries: packed bytes."""
    content = struct.pack(">H", len(content)) + content
    content = struct.pack(">I", zlib.crc32(content)) + content
    return b"phaseloom:" + version + base64.urlsafe_b64encode(content).rstrip(b"=")


SOME = scene(model="mnist-shil-classes", label="7", wall=12, hardware={"bits": 4})
put("share", "default", line(packed(scene())))
put("share", "some", line(packed(SOME)))
put("share", "path", line(packed(scene(model="/a/b/\u00fc.safetensors", transport={"pair": "p/x.csv"}))))
put("share", "wrapped", b'> "' + line(packed(SOME)).replace(b"A", b"\r\n> A") + b'"\n')
put("share", "cut_off", line(packed(SOME))[:-9])
put("share", "changed", line(packed(SOME)).replace(b"A", b"B", 1))
put("share", "more", line(packed(SOME)) + b" and more")
put("share", "newer", line(packed(SOME), b"2"))
put("share", "bomb", line(packed(b" " * 2**20)))
put("share", "no_scene", line(packed(b"[1, 2]")))
put("share", "bare", b"phaseloom:")
put("share", "packed", packed(SOME))
put("share", "packed_bomb", packed(b"[" * 2**20))
put("share", "unpacked", SOME)

put("points", "plain", b"0.1,0.2\n-0.3,0.4\n0,0\n")
put("points", "header", b"# a drawing\nx,y\r\n 1e3 , -2.5\r\n\r\n7,8")
put("points", "tiny", b"1e-40,0\n2e-40,0\n")
put("points", "huge", b"3e38,-3e38\n-3e38,3e38\n")
put("points", "same", b"1,1\n1,1\n")
put("points", "one", b"1,1\n")
put("points", "words", b"x,y\none,two\n")
put("points", "not_a_number", b"nan,1\ninf,2\n")
put("points", "columns", b"1,2,3\n4,5,6\n")
put("points", "semicolons", b"X;Y\r\n1,5;-2\r\n0,25;1e3;\r\n")
put("points", "tabs", b"1,5\t-2\n0.25\t+1000\n")
put("points", "blanks", b"1.5   -2\r0.25 1000\r")
put("points", "quotes", b'\xef\xbb\xbf"x","y"\n"1,5","-2"\n".5","say ""hi"""\n')
put("points", "sep", b"sep=;\n1;2\n3;4\n")
put("points", "map", b"id,lat,lon,name\n1,5400002.338,499999.337,a\n2,5400000.395,500000.147,b\n")
put("points", "subnormal", b"1e-310,1e-320\n+2e-310,1e-5000\n")
put("points", "beyond", b"1e308,-1e308\n-1e308,1e308\n")

RESULTS = b"pair,model,loss,chunks,hidden,seed,w2_squared,floor,seconds\n"
put("results", "empty", RESULTS)
put("results", "rows", RESULTS + b"D1,mlp,ot_cfm,1,0,1,0.003,0.001,2.5\n"
    b"D4,kuramoto_shil,swd,8,16,18446744073709551615,inf,2e-4,0\n")
put("results", "other_header", b"pair,model\nD1,mlp\n")
put("results", "short", RESULTS + b"D1,mlp\n")
put("results", "wrong_loss", RESULTS + b"D1,mlp,l2,1,0,1,0.003,0.001,2.5\n")
put("results", "negative", RESULTS + b"D1,mlp,swd,1,-1,1,0.003,0.001,2.5\n")
put("results", "markup", RESULTS + b"<b>,mlp,swd,1,0,1,0.003,0.001,2.5\n")

SWEEP = (b"model,bits,density,weight_noise,mismatch,seed,kind,samples,relative_fcd,fcd,class_entropy,"
         b"energy_save_and_reprogram_J,energy_state_stationary_J,energy_weight_stationary_J,area_mm2,"
         b"couplings,wires,iterations,network,instruction_set,problem,train_minutes,seconds\n")
ROW = (b"net,4,0.5,0.025,0,1,as_is,1000,0.123456789012345,31.5,2.3,3.4e-06,3e-08,1e-07,11.5,74768,"
       b"74768,0,networks/net.safetensors,avx2,,0,1.5\n")
put("sweep", "empty", SWEEP)
put("sweep", "rows", SWEEP + ROW + ROW.replace(b"as_is", b"trained")
    .replace(b"networks/net", b"results/net_trained/model") + ROW.replace(b",4,", b",0,", 1))
put("sweep", "failed", SWEEP + b"net,4,1,0,0,18446744073709551615,trained,0,,,,1e-06,0,0,1,10,10,7,"
    b"networks/net.safetensors,baseline,sample 3; left all bounds,2,60\n")
put("sweep", "twice", SWEEP + ROW + ROW)
put("sweep", "outside", SWEEP + ROW.replace(b"networks/", b"../../"))
put("sweep", "short", SWEEP + b"net,4\n")
put("sweep", "not_a_number", SWEEP + ROW.replace(b"31.5", b"nan").replace(b"11.5", b"inf"))
CHIPS = b"mismatch,device,relative_fcd,fcd,class_entropy,problem\n"
put("sweep", "chips", CHIPS + b"0.05,1,0.07,29.3,2.3,\n0.05,2,,,,diverged\n0.1,1,0.1,41,2.2,\n")
put("sweep", "chips_twice", CHIPS + b"0.05,1,0.07,29.3,2.3,\n0.05,1,0.07,29.3,2.3,\n")
put("sweep", "chips_bytes", CHIPS + b"10,2,,,," + bytes(90) + b"\xea" * 90 + b"3" * 90 + bytes(90) + b"\n")
put("sweep", "chips_half", CHIPS + b"0.05,1,0.07,,2.3,\n")

RAW = (b"Title: * two units\nDate: Mon Nov 30 12:08:56  2026\nPlotname: Transient Analysis\nFlags: real\n"
       b"No. Variables: 3\nNo. Points: 2       \nVariables:\n\t0\ttime\ttime\n\t1\tv(n0)\tvoltage\n"
       b"\t2\tv(n1)\tvoltage\n")
put("raw", "binary", RAW + b"Binary:\n" + struct.pack("<6d", 0, 0.25, -1, 0.1, 0.5, -2))
put("raw", "ascii", RAW + b"Values:\n 0\t0.0\n\t0.25\n\t-1\n\n 1\t1e-1\n\t0.5\n\t-2.0e+00\n\n")
put("raw", "cut", RAW + b"Binary:\n" + struct.pack("<5d", 0, 0.25, -1, 0.1, 0.5)[:-3])
put("raw", "head", RAW)
put("raw", "complex", RAW.replace(b"real", b"complex"))
put("raw", "many", RAW.replace(b"Variables: 3", b"Variables: 1000000"))
put("raw", "nan", RAW + b"Binary:\n" + struct.pack("<3d", 0, float("nan"), 1))


def plan(**values):
    return json.dumps({"phaseloom": "sweep", "version": 1} | values, ensure_ascii=False).encode()


put("plan", "least", plan(models="mnist-shil"))
put("plan", "all", plan(
    models=["mnist-shil", "nets/\u00fc.safetensors"], bits=[0, 4, 2], densities=[1, 0.5, 1e-3],
    weight_noises=[0, 0.025], mismatches=0.05, seeds=[1, 2**64 - 1], samples=2000, grid="symmetric",
    device=7, as_is=False, train={"minutes": 2.5, "bits": [2], "densities": 0.5},
    cost={"preset": "28nm", "cell": "c2c", "hold": "state_stationary", "eta": 100, "batch": 64,
          "constants": {"e_osc": 12.5, "A1": 3}}, lease=30))
put("plan", "iterations", plan(models=["a"], train={"iterations": 10**9}))
put("plan", "both_lengths", plan(models=["a"], train={"iterations": 1, "minutes": 1}))
put("plan", "no_models", plan(bits=[4]))
put("plan", "unknown", plan(models=["a"], bit=[4]))
put("plan", "ill_typed", plan(models=[1], bits="4", train=[3]))
put("plan", "beyond", plan(models=["a"], bits=[2**70], densities=[1e308, -1]))
put("plan", "many", plan(models=["a"], seeds=list(range(500)), densities=[i / 500 for i in range(1, 500)]))
put("plan", "not_a_number", b'{"phaseloom": "sweep", "version": 1, "models": ["a"], "lease": 1e999}')
put("plan", "twice", b'{"phaseloom": "sweep", "version": 1, "models": ["a"], "models": ["b"]}')
put("plan", "newer", b'{"phaseloom": "sweep", "version": 2, "models": ["a"]}')
put("plan", "scene", scene())
