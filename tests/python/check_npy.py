# SPDX-License-Identifier: MIT
"""Loads a .npy file with numpy and prints dtype, order, shape and sum; --write FILE makes one."""
import sys

import numpy

if sys.argv[1] == "--write":
    numpy.save(sys.argv[2], numpy.arange(24, dtype="float32").reshape(2, 3, 4))
else:
    array = numpy.load(sys.argv[1], allow_pickle=False)
    print(array.dtype, array.flags.c_contiguous, array.shape, float(array.sum()))
