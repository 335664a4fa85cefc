# SPDX-License-Identifier: MIT
"""Mean squared distance of the best assignment between the first and the second half of the points
in a text file, by scipy."""
import sys

import numpy
import scipy.optimize

points = numpy.loadtxt(sys.argv[1])
a, b = numpy.split(points, 2)
cost = ((a[:, None] - b[None]) ** 2).sum(-1)
print(repr(float(cost[scipy.optimize.linear_sum_assignment(cost)].mean())))
