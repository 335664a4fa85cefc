#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One training iteration of the image network in PyTorch, against `phaseloom bench train`.

The same work on both sides: kuramoto_shil, 28 x 28 visible oscillators and a hidden layer behind
them, each listening to the 7 x 7 places around it in both layers (133,856 couplings), 6 chunks of 3
midpoint steps, batch 64; two steps of a WGAN-GP critic (1-16-32-64 channels, 5x5, stride 2, gradient
penalty by double backward); Adam. The couplings are tried in every form that PyTorch offers on a
CPU, and the fastest is the one that is compared.

    torch_train.py PATH/TO/phaseloom [--iterations 3] [--threads 0]

Without PyTorch (Debian: python3-torch) it says so and ends with code 77, "skipped".
"""

import argparse
import json
import math
import os
import subprocess
import sys
import time
import warnings

try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError:
    print("skipped: PyTorch is not installed (apt-get install python3-torch)")
    sys.exit(77)

SIDE, LAYERS, RADIUS = 28, 2, 3
PLACES, WINDOW = SIDE * SIDE, 2 * RADIUS + 1
UNITS = PLACES * LAYERS
CHUNKS, STEPS, DURATION = 6, 3, 0.6
BATCH, CRITIC_STEPS, PENALTY = 64, 2, 10.0


# Couplings: each class holds the weights of one chunk and maps y [unit][sample] to the field.
# Every source of a unit starts with a weight of width 0.1; the units' own places stay 0.

def window_mask():
    """[target unit, source unit] -> 1 where a coupling exists."""
    place = torch.arange(PLACES)
    row, column = place // SIDE, place % SIDE
    near = ((row[:, None] - row[None]).abs() <= RADIUS) & (
        (column[:, None] - column[None]).abs() <= RADIUS)
    mask = near.repeat(LAYERS, LAYERS)
    mask.fill_diagonal_(False)
    return mask


class SparseCoo(nn.Module):
    """torch.sparse.mm with a COO matrix."""

    def __init__(self, mask):
        super().__init__()
        self.places = mask.nonzero().t().contiguous()
        self.weights = nn.Parameter(0.1 * torch.randn(self.places.shape[1]))

    def forward(self, y):
        matrix = torch.sparse_coo_tensor(self.places, self.weights, (UNITS, UNITS))
        return torch.sparse.mm(matrix, y)


class CsrProduct(torch.autograd.Function):
    """PyTorch has no gradient for CSR weights here, so it is written out: the transposed product
    for the states, gathered dot products for the couplings."""

    @staticmethod
    def forward(ctx, weights, y, shape):
        ctx.save_for_backward(weights, y)
        ctx.shape = shape
        return torch.sparse_csr_tensor(shape.rows, shape.columns, weights, (UNITS, UNITS)) @ y

    @staticmethod
    def backward(ctx, g):
        weights, y = ctx.saved_tensors
        s = ctx.shape
        transposed = torch.sparse_csr_tensor(s.rows_t, s.columns_t, weights[s.order_t],
                                             (UNITS, UNITS))
        d_weights = torch.cat([
            (g[target] * y[source]).sum(1)
            for target, source in zip(s.targets.split(8192), s.columns.split(8192))])
        return d_weights, transposed @ g, None


class SparseCsr(nn.Module):
    """A CSR matrix, with a hand-written gradient."""

    def __init__(self, mask):
        super().__init__()
        self.targets, self.columns = mask.nonzero(as_tuple=True)
        self.rows = F.pad(mask.sum(1).cumsum(0), (1, 0))
        self.order_t = (self.columns * UNITS + self.targets).argsort()
        self.columns_t = self.targets[self.order_t]
        self.rows_t = F.pad(mask.sum(0).cumsum(0), (1, 0))
        self.weights = nn.Parameter(0.1 * torch.randn(len(self.columns)))

    def forward(self, y):
        return CsrProduct.apply(self.weights, y, self)


class Dense(nn.Module):
    """A dense matrix with zeros where no coupling is."""

    def __init__(self, mask):
        super().__init__()
        self.mask = mask.float()
        self.weights = nn.Parameter(0.1 * torch.randn(UNITS, UNITS) * self.mask)
        # The gradient of the missing couplings is dropped, as the training would have to.
        self.weights.register_hook(lambda g: g * self.mask)

    def forward(self, y):
        return self.weights @ y


class DenseConvolution(Dense):
    """The same as a 1x1 convolution: that takes oneDNN's matrix product instead of the BLAS."""

    def forward(self, y):
        out = F.conv2d(y.view(1, UNITS, 1, -1), self.weights.view(UNITS, UNITS, 1, 1))
        return out.view(UNITS, -1)


class Shifts(nn.Module):
    """Per-position weights: for each of the 49 offsets the shifted picture times its weights."""

    def __init__(self, mask):
        super().__init__()
        del mask
        weights = 0.1 * torch.randn(WINDOW * WINDOW, LAYERS, LAYERS, SIDE, SIDE, 1)
        weights[WINDOW * WINDOW // 2, range(LAYERS), range(LAYERS)] = 0
        self.weights = nn.Parameter(weights)

    def forward(self, y):
        padded = F.pad(y.view(LAYERS, SIDE, SIDE, -1), (0, 0) + 4 * (RADIUS,))
        field = 0
        for k in range(WINDOW * WINDOW):
            top, left = k // WINDOW, k % WINDOW
            seen = padded[:, top:top + SIDE, left:left + SIDE]
            for source in range(LAYERS):
                term = self.weights[k, :, source] * seen[source]
                field = field + term
        return field.reshape(UNITS, -1)


class Unfold(nn.Module):
    """Per-position weights: all windows unfolded, then a small product at each place."""

    def __init__(self, mask):
        super().__init__()
        del mask
        weights = 0.1 * torch.randn(PLACES, LAYERS, LAYERS, WINDOW * WINDOW)
        weights[:, range(LAYERS), range(LAYERS), WINDOW * WINDOW // 2] = 0
        self.weights = nn.Parameter(weights)

    def forward(self, y):
        padded = F.pad(y.view(LAYERS, SIDE, SIDE, -1), (0, 0) + 4 * (RADIUS,))
        windows = padded.unfold(1, WINDOW, 1).unfold(2, WINDOW, 1)  # layer, row, column, lane, 7, 7
        windows = windows.permute(1, 2, 0, 4, 5, 3).reshape(PLACES, LAYERS * WINDOW * WINDOW, -1)
        field = torch.bmm(self.weights.view(PLACES, LAYERS, -1), windows)
        return field.transpose(0, 1).reshape(UNITS, -1)


FORMS = [SparseCoo, SparseCsr, Dense, DenseConvolution, Shifts, Unfold]


class Generator(nn.Module):
    def __init__(self, form, mask):
        super().__init__()
        self.couplings = nn.ModuleList(form(mask) for _ in range(CHUNKS))
        self.own = nn.ParameterList(nn.Parameter(torch.zeros(4, UNITS, 1)) for _ in range(CHUNKS))

    def rate(self, chunk, x):
        omega, p, q, shil = self.own[chunk]
        sine, cosine = x.sin(), x.cos()
        a, b = self.couplings[chunk](torch.cat([sine, cosine], 1)).chunk(2, 1)
        return omega + cosine * (a + p) - sine * (b + q + 2 * shil * cosine)

    def forward(self, x):
        dt = DURATION / STEPS
        for chunk in range(CHUNKS):
            for _ in range(STEPS):
                x = x + dt * self.rate(chunk, x + dt / 2 * self.rate(chunk, x))
        return x[:PLACES].sin().t().reshape(-1, 1, SIDE, SIDE)


def make_critic():
    layers, channels = [], 1
    for out in (16, 32, 64):
        layers += [nn.Conv2d(channels, out, 5, stride=2, padding=2), nn.LeakyReLU(0.2)]
        channels = out
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, 1))


def penalty(critic, real, fake):
    share = torch.rand(len(real), 1, 1, 1)
    mixture = (fake + share * (real - fake)).requires_grad_()
    (slope,) = torch.autograd.grad(critic(mixture).sum(), mixture, create_graph=True)
    return PENALTY * (slope.flatten(1).norm(dim=1) - 1).square().mean()


class Training:
    def __init__(self, form, mask):
        self.generator, self.critic = Generator(form, mask), make_critic()
        self.generator_adam = torch.optim.Adam(self.generator.parameters(), 2e-3, (0.0, 0.9))
        self.critic_adam = torch.optim.Adam(self.critic.parameters(), 8e-4, (0.0, 0.9))

    def iterate(self):
        fake = self.generator(math.pi / 2 * (2 * torch.rand(UNITS, BATCH) - 1))
        for _ in range(CRITIC_STEPS):
            real, shown = 2 * torch.rand(BATCH, 1, SIDE, SIDE) - 1, fake.detach()
            loss = (self.critic(shown).mean() - self.critic(real).mean()
                    + penalty(self.critic, real, shown))
            self.critic_adam.zero_grad()
            loss.backward()
            self.critic_adam.step()
        self.generator_adam.zero_grad()
        (-self.critic(fake).mean()).backward()
        self.generator_adam.step()


def seconds(f, repeats):
    """Shortest of some runs, after one to warm up."""
    f()
    best = math.inf
    for _ in range(repeats):
        start = time.perf_counter()
        f()
        best = min(best, time.perf_counter() - start)
    return best


def stage_seconds(form, mask):
    """One product with the couplings, forth and back."""
    couplings, y = form(mask), torch.rand(UNITS, 2 * BATCH, requires_grad=True)
    return seconds(lambda: couplings(y).sum().backward(), 3)


def check_forms(mask):
    """All sparse and dense forms must deliver the same field."""
    y, dense = torch.rand(UNITS, 4), Dense(mask)
    for form in (SparseCoo, SparseCsr, DenseConvolution):
        other = form(mask)
        other.weights.data = (dense.weights.data if form is DenseConvolution
                              else dense.weights.data[mask])
        try:
            assert torch.allclose(other(y), dense(y), atol=1e-3), form.__name__
        except RuntimeError:
            pass  # not offered by this build: stage_seconds() says so


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("phaseloom")
    parser.add_argument("--iterations", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0, help="0: one per core")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", message="Sparse CSR")  # "beta state", once per process
    torch.manual_seed(1)
    torch.set_num_threads(options.threads or os.cpu_count())
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads")

    mask = window_mask()
    check_forms(mask)
    times = {}
    for form in FORMS:
        try:
            times[form] = stage_seconds(form, mask)
            print(f"  {form.__name__:<18} {1e3 * times[form]:8.2f} ms, one product forth and back")
        except RuntimeError as error:
            print(f"  {form.__name__:<18} not offered: {str(error).splitlines()[0]}")
    best = min(times, key=times.get)
    training = Training(best, mask)
    torch_seconds = seconds(training.iterate, options.iterations)
    print(f"PyTorch    {1e3 * torch_seconds:8.1f} ms per iteration ({best.__name__})")

    ours = json.loads(subprocess.run([options.phaseloom, "bench", "train", "--json"], check=True,
                                     capture_output=True, text=True).stdout)
    our_seconds = 1 / ours["iterations_per_second"]
    print(f"Phaseloom  {1e3 * our_seconds:8.1f} ms per iteration")
    print(f"ratio      {torch_seconds / our_seconds:8.1f}")


if __name__ == "__main__":
    main()
