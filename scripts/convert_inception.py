#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the weights of the FID's Inception-v3 as .safetensors, for `phaseloom eval --inception`.

    convert_inception.py pt_inception-2015-12-05-6726825d.pth inception.safetensors

The .pth file is in the releases of https://github.com/mseitzer/pytorch-fid. Needs PyTorch (Debian:
apt-get install python3-torch) and nothing else. Floating-point tensors keep their names and become
float32; counters of the training are left out.
"""

import json
import struct
import sys

try:
    import torch
except ImportError:
    sys.exit("PyTorch is missing; on Debian: apt-get install python3-torch")


def write_safetensors(path, tensors):
    """tensors: {name: float32 tensor}. 8 bytes of header length, JSON header, the numbers."""
    header, data, offset = {}, [], 0
    for name in sorted(tensors):
        tensor = tensors[name].detach().to(torch.float32).contiguous()
        blob = tensor.numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape),
                        "data_offsets": [offset, offset + len(blob)]}
        data.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for blob in data:
            file.write(blob)


def convert(source, target):
    state = torch.load(source, map_location="cpu")
    tensors = {name: value for name, value in state.items()
               if torch.is_tensor(value) and value.is_floating_point()}
    if "Mixed_7c.branch_pool.conv.weight" not in tensors:
        sys.exit(f"{source}: no Mixed_7c.branch_pool.conv.weight; is this the state dictionary of "
                 "Inception-v3?")
    write_safetensors(target, tensors)
    print(f"{target}: {len(tensors)} tensors")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: convert_inception.py WEIGHTS.pth OUT.safetensors")
    convert(sys.argv[1], sys.argv[2])
