// SPDX-License-Identifier: MIT
#include "engine/metrics/inception/network.hpp"

#include <array>
#include <cassert>
#include <cmath>

#include "engine/metrics/inception/blocks.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr int kSide = 299;

/// torchvision's own Inception has 1000 classes and other poolings: its numbers would be no FID.
void check_variant(const TensorFile& file) {
  const Tensor* head = file.find("fc.weight");
  if (head == nullptr || head->shape == std::vector<std::int64_t>{1008, kInceptionFeatures}) return;
  fail(
      "{}: fc.weight says that this is not the network of the FID (1008 classes, "
      "pt_inception-2015-12-05) but of image classification; see docs/metrics.md",
      file.source);
}

}  // namespace

struct InceptionNetwork::Layers {
  inception::Conv conv_1a, conv_2a, conv_2b, conv_3b, conv_4a;
  std::array<inception::BlockA, 3> a;  // Mixed_5b, 5c, 5d
  inception::BlockB b;                 // Mixed_6a
  std::array<inception::BlockC, 4> c;  // Mixed_6b .. 6e
  inception::BlockD d;                 // Mixed_7a
  std::array<inception::BlockE, 2> e;  // Mixed_7b, 7c

  explicit Layers(const TensorFile& file)
      : conv_1a(inception::load_conv(file, "Conv2d_1a_3x3", 3, 32, {3, 3, 2})),
        conv_2a(inception::load_conv(file, "Conv2d_2a_3x3", 32, 32, {3, 3})),
        conv_2b(inception::load_conv(file, "Conv2d_2b_3x3", 32, 64, {3, 3, 1, 1, 1})),
        conv_3b(inception::load_conv(file, "Conv2d_3b_1x1", 64, 80, {})),
        conv_4a(inception::load_conv(file, "Conv2d_4a_3x3", 80, 192, {3, 3})),
        a{inception::BlockA(file, "Mixed_5b", 192, 32),
          inception::BlockA(file, "Mixed_5c", 256, 64),
          inception::BlockA(file, "Mixed_5d", 288, 64)},
        b(file, "Mixed_6a", 288),
        c{inception::BlockC(file, "Mixed_6b", 768, 128),
          inception::BlockC(file, "Mixed_6c", 768, 160),
          inception::BlockC(file, "Mixed_6d", 768, 160),
          inception::BlockC(file, "Mixed_6e", 768, 192)},
        d(file, "Mixed_7a", 768),
        e{inception::BlockE(file, "Mixed_7b", 1280, inception::Pooling::average),
          inception::BlockE(file, "Mixed_7c", 2048, inception::Pooling::maximum)} {
    sum_input_channels(conv_1a);
  }

  /// Three equal channels under three kernels are one channel under their sum.
  static void sum_input_channels(inception::Conv& conv) {
    std::vector<float> sums;
    for (std::size_t i = 0; i < conv.weights.size(); i += 3)
      sums.push_back(conv.weights[i] + conv.weights[i + 1] + conv.weights[i + 2]);
    conv.weights = std::move(sums);
    conv.in = 1;
  }
};

InceptionNetwork::InceptionNetwork(const TensorFile& file) {
  check_variant(file);
  layers_ = std::make_unique<const Layers>(file);
}

InceptionNetwork::~InceptionNetwork() = default;
InceptionNetwork::InceptionNetwork(InceptionNetwork&&) noexcept = default;

InceptionNetwork InceptionNetwork::load(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    fail(
        "{}: no such file; the weights of Inception-v3 are not shipped: get "
        "pt_inception-2015-12-05-6726825d.pth from the releases of github.com/mseitzer/pytorch-fid "
        "and convert it with scripts/convert_inception.py",
        path.string());
  return InceptionNetwork(read_safetensors(path));
}

std::vector<float> InceptionNetwork::features(std::span<const float> picture, int width,
                                              int height) const {
  using namespace inception;
  const Layers& l = *layers_;
  Patches patches;
  const auto halved = [](const Map& m) {
    const Window window{3, 3, 2};
    Map result(window.out_height(m.height), window.out_width(m.width), m.channels);
    max_pool(window, m, result, 0);
    return result;
  };
  Map x(kSide, kSide, 1);
  x.values = resize_bilinear(picture, width, height, kSide, kSide);
  for (float& v : x.values) v = 2 * v - 1;
  x = convolve(l.conv_1a, x, patches);
  x = convolve(l.conv_2a, x, patches);
  x = convolve(l.conv_2b, x, patches);
  x = halved(x);
  x = convolve(l.conv_3b, x, patches);
  x = convolve(l.conv_4a, x, patches);
  x = halved(x);
  for (const BlockA& block : l.a) x = block.forward(x, patches);
  x = l.b.forward(x, patches);
  for (const BlockC& block : l.c) x = block.forward(x, patches);
  x = l.d.forward(x, patches);
  for (const BlockE& block : l.e) x = block.forward(x, patches);
  return global_average(x);
}

}  // namespace phaseloom
