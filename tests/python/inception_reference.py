# SPDX-License-Identifier: MIT
"""Inception-v3 in the variant of the FID by PyTorch, as the reference of our own forward pass.

    inception_reference.py CONVERT.py IN.npy WEIGHTS.safetensors FEATURES.npy

Random weights of a fixed seed go, through the project's converter, into WEIGHTS; the features of the
grey pictures IN (n, 28, 28) go to FEATURES (n, 2048). The network is torchvision's, with the FID's
poolings patched in. Without PyTorch or torchvision the exit code is 77, "skipped".
"""

import importlib.util
import sys
import tempfile
import warnings

try:
    import numpy
    import torch
    from torch.nn import functional as F
    from torchvision.models import inception
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)


avg_pool2d = F.avg_pool2d


def average(x, **_):
    return avg_pool2d(x, kernel_size=3, stride=1, padding=1, count_include_pad=False)


def maximum(x, **_):
    return F.max_pool2d(x, kernel_size=3, stride=1, padding=1)


def with_pooling(block, pooling):
    """The block, whose forward pass finds another F.avg_pool2d."""
    forward = block.forward

    def patched(x):
        F.avg_pool2d = pooling
        try:
            return forward(x)
        finally:
            F.avg_pool2d = avg_pool2d

    block.forward = patched


def fid_inception():
    warnings.filterwarnings("ignore")
    torch.manual_seed(7)
    torch.set_num_threads(1)  # threads that spin for each other crawl on a busy machine
    network = inception.Inception3(num_classes=1008, aux_logits=False, init_weights=False)
    for module in network.modules():
        if isinstance(module, torch.nn.Conv2d):
            fan_in = module.weight[0].numel()
            torch.nn.init.normal_(module.weight, 0, (2 / fan_in) ** 0.5)
        elif isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.8, 1.2)
            torch.nn.init.normal_(module.bias, 0, 0.1)
            torch.nn.init.normal_(module.running_mean, 0, 0.1)
            torch.nn.init.uniform_(module.running_var, 0.6, 1.4)
    for name in ("5b", "5c", "5d", "6b", "6c", "6d", "6e", "7b"):
        with_pooling(getattr(network, "Mixed_" + name), average)
    with_pooling(network.Mixed_7c, maximum)
    network.fc = torch.nn.Identity()
    return network.eval()


def load_script(path):
    spec = importlib.util.spec_from_file_location("script", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    script, pictures, weights, features = sys.argv[1:]
    network = fid_inception()
    with tempfile.NamedTemporaryFile(suffix=".pth") as file:
        torch.save(network.state_dict(), file.name)
        load_script(script).convert(file.name, weights)
    x = torch.from_numpy(numpy.load(pictures))[:, None].repeat(1, 3, 1, 1)
    with torch.no_grad():
        x = F.interpolate(x, size=(299, 299), mode="bilinear", align_corners=False)
        out = network(2 * x - 1)
    numpy.save(features, out.numpy().astype("float32"))


if __name__ == "__main__":
    main()
