# SPDX-License-Identifier: MIT
"""Reads a .safetensors file as the reference implementation does, with numpy only.

The checks are those of the format's description and of the reference's validation: header length,
UTF-8, JSON that begins with {, no repeated key, contiguous offsets from 0 to the end of the file,
size = shape x type, alignment. Prints each tensor as name, dtype, shape, and the sum of its values.

Usage: check_safetensors.py FILE
       check_safetensors.py --write FILE    (writes a file for the reader of the program)
       check_safetensors.py --levels HELD FLOATS    (whether two models have the same weights)
"""
import json
import struct
import sys

import numpy

DTYPES = {"BOOL": "?", "U8": "<u1", "I8": "<i1", "I16": "<i2", "U16": "<u2", "F16": "<f2",
          "I32": "<i4", "U32": "<u4", "F32": "<f4", "F64": "<f8", "I64": "<i8", "U64": "<u8"}
MAX_HEADER = 100_000_000


def no_repeats(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), "repeated key"
    return dict(pairs)


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    assert len(content) >= 8, "header too small"
    (length,) = struct.unpack("<Q", content[:8])
    assert length <= MAX_HEADER, "header too large"
    assert 8 + length <= len(content), "invalid header length"
    text = content[8:8 + length].decode("utf-8")
    assert text.startswith("{"), "invalid header start"
    header = json.loads(text, object_pairs_hook=no_repeats)
    metadata = header.pop("__metadata__", {})
    assert all(isinstance(v, str) for v in metadata.values()), "metadata must be strings"
    assert length % 8 == 0, "the header is not padded to 8 bytes"
    data = content[8 + length:]
    tensors, start = {}, 0
    for name, info in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        assert set(info) == {"dtype", "shape", "data_offsets"}, "unexpected keys"
        begin, end = info["data_offsets"]
        assert begin == start and end >= begin, f"invalid offset of {name}"
        dtype = numpy.dtype(DTYPES[info["dtype"]])
        count = 1
        for extent in info["shape"]:
            assert isinstance(extent, int) and extent >= 0
            count *= extent
        assert end - begin == count * dtype.itemsize, f"wrong size of {name}"
        assert (8 + length + begin) % dtype.itemsize == 0, f"{name} is not aligned"
        tensors[name] = numpy.frombuffer(data, dtype, count, begin).reshape(info["shape"])
        start = end
    assert start == len(data), "the tensors do not cover the file"
    return tensors, metadata


def write(path, tensors, metadata):
    names = {numpy.dtype(v): k for k, v in DTYPES.items()}
    header, data = {"__metadata__": metadata}, b""
    for name, array in tensors.items():
        header[name] = {"dtype": names[array.dtype], "shape": list(array.shape),
                        "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    text = json.dumps(header).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def levels(path):
    """Weights and sources of a model that holds levels, as docs/model_file.md says."""
    found, notes = read(path)
    packed, steps, rows = found["levels"], found["steps"], found["row_begin"]
    moves, couplings = found["source_steps"].astype(int), found["row_begin"][-1]
    if json.loads(notes["phaseloom"])["weight_bits"] <= 4:
        k = numpy.stack([packed & 15, packed >> 4], -1).reshape(len(packed), -1)
        k = k[:, :couplings].astype(int)
        k -= 16 * (k > 7)
    else:
        k = packed.view("i1").astype(int)
    wide = steps[:, None] if steps.ndim == 1 else numpy.repeat(steps, numpy.diff(rows), 1)
    ends = numpy.cumsum(moves)[moves < 255]
    before = numpy.concatenate([[0], ends])[rows[:-1]]
    return k.astype("f4") * wide, ends - numpy.repeat(before, numpy.diff(rows)) - 1


if sys.argv[1] == "--levels":  # HELD FLOATS: both hold the same network
    weights, sources = levels(sys.argv[2])
    floats, _ = read(sys.argv[3])
    assert (weights == floats["weights"]).all(), "other weights"
    assert (sources == floats["sources"]).all(), "other sources"
    print(weights.shape, "alike")
elif sys.argv[1] == "--write":
    write(sys.argv[2],
          {"grüße": numpy.arange(6, dtype="<f4").reshape(2, 3), "steps": numpy.int32([4, -5]),
           "wide": numpy.float64(2.5), "nothing": numpy.zeros((0, 7), "<f4")},
          {"made by": "numpy \"quoted\""})
else:
    found, notes = read(sys.argv[1])
    for name, array in found.items():
        print(name, array.dtype, array.shape, float(array.astype("f8").sum()))
    for key, value in sorted(notes.items()):
        print(key, "=", value)
