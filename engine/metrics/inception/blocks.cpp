// SPDX-License-Identifier: MIT
#include "engine/metrics/inception/blocks.hpp"

#include <cmath>

#include "engine/support/error.hpp"

namespace phaseloom::inception {
namespace {

constexpr double kEpsilon = 1e-3;  // of the batch normalisations
constexpr Window k1x1{};
constexpr Window k3x3{3, 3, 1, 1, 1};
constexpr Window k3x3Half{3, 3, 2, 0, 0};
constexpr Window k1x7{1, 7, 1, 0, 3};
constexpr Window k7x1{7, 1, 1, 3, 0};
constexpr Window k1x3{1, 3, 1, 0, 1};
constexpr Window k3x1{3, 1, 1, 1, 0};

std::span<const float> finite(const TensorFile& file, const std::string& name,
                              const std::vector<std::int64_t>& shape) {
  const auto values = file.at(name, DType::f32, shape).f32();
  for (float v : values)
    if (!std::isfinite(v))
      fail("{}: tensor {} holds a number that is not finite; the file is damaged", file.source,
           name);
  return values;
}

/// One convolution after the other.
template <std::size_t N>
Map chain(const std::array<Conv, N>& convs, std::size_t count, const Map& x, Patches& patches) {
  Map result = convolve(convs[0], x, patches);
  for (std::size_t i = 1; i < count; ++i) result = convolve(convs[i], result, patches);
  return result;
}

/// The same, the last one into the channels of `target` from `first` on, which moves past them.
template <std::size_t N>
void chain_into(const std::array<Conv, N>& convs, const Map& x, Map& target, int& first,
                Patches& patches) {
  convolve(convs.back(), chain(convs, N - 1, x, patches), target, first, patches);
  first += convs.back().out;
}

void into(const Conv& conv, const Map& x, Map& target, int& first, Patches& patches) {
  convolve(conv, x, target, first, patches);
  first += conv.out;
}

}  // namespace

Conv load_conv(const TensorFile& file, const std::string& name, int in, int out,
               const Window& window) {
  const auto weights = finite(file, name + ".conv.weight", {out, in, window.height, window.width});
  const auto gain = finite(file, name + ".bn.weight", {out});
  const auto shift = finite(file, name + ".bn.bias", {out});
  const auto mean = finite(file, name + ".bn.running_mean", {out});
  const auto variance = finite(file, name + ".bn.running_var", {out});
  Conv conv{window, in, out, {}, {}};
  conv.weights.resize(weights.size());
  const int taps = window.height * window.width;
  for (int o = 0; o < out; ++o) {
    if (variance[o] < 0)
      fail("{}: tensor {}.bn.running_var holds {}; a variance is not negative", file.source, name,
           variance[o]);
    const double scale = double{gain[o]} / std::sqrt(double{variance[o]} + kEpsilon);
    for (int i = 0; i < in; ++i)
      for (int t = 0; t < taps; ++t)
        conv.weights[(std::size_t(o) * taps + t) * in + i] =
            static_cast<float>(scale * double{weights[(std::size_t(o) * in + i) * taps + t]});
    conv.bias.push_back(static_cast<float>(double{shift[o]} - scale * double{mean[o]}));
  }
  return conv;
}

BlockA::BlockA(const TensorFile& file, const std::string& name, int in, int pool_features)
    : one(load_conv(file, name + ".branch1x1", in, 64, k1x1)),
      five{load_conv(file, name + ".branch5x5_1", in, 48, k1x1),
           load_conv(file, name + ".branch5x5_2", 48, 64, {5, 5, 1, 2, 2})},
      three{load_conv(file, name + ".branch3x3dbl_1", in, 64, k1x1),
            load_conv(file, name + ".branch3x3dbl_2", 64, 96, k3x3),
            load_conv(file, name + ".branch3x3dbl_3", 96, 96, k3x3)},
      pool(load_conv(file, name + ".branch_pool", in, pool_features, k1x1)) {}

Map BlockA::forward(const Map& x, Patches& patches) const {
  Map result(x.height, x.width, one.out + five[1].out + three[2].out + pool.out);
  int first = 0;
  into(one, x, result, first, patches);
  chain_into(five, x, result, first, patches);
  chain_into(three, x, result, first, patches);
  into(pool, average_pool(x), result, first, patches);
  return result;
}

BlockB::BlockB(const TensorFile& file, const std::string& name, int in)
    : single(load_conv(file, name + ".branch3x3", in, 384, k3x3Half)),
      twice{load_conv(file, name + ".branch3x3dbl_1", in, 64, k1x1),
            load_conv(file, name + ".branch3x3dbl_2", 64, 96, k3x3),
            load_conv(file, name + ".branch3x3dbl_3", 96, 96, k3x3Half)} {}

Map BlockB::forward(const Map& x, Patches& patches) const {
  Map result(k3x3Half.out_height(x.height), k3x3Half.out_width(x.width),
             single.out + twice[2].out + x.channels);
  int first = 0;
  into(single, x, result, first, patches);
  chain_into(twice, x, result, first, patches);
  max_pool(k3x3Half, x, result, first);
  return result;
}

BlockC::BlockC(const TensorFile& file, const std::string& name, int in, int narrow)
    : one(load_conv(file, name + ".branch1x1", in, 192, k1x1)),
      seven{load_conv(file, name + ".branch7x7_1", in, narrow, k1x1),
            load_conv(file, name + ".branch7x7_2", narrow, narrow, k1x7),
            load_conv(file, name + ".branch7x7_3", narrow, 192, k7x1)},
      twice{load_conv(file, name + ".branch7x7dbl_1", in, narrow, k1x1),
            load_conv(file, name + ".branch7x7dbl_2", narrow, narrow, k7x1),
            load_conv(file, name + ".branch7x7dbl_3", narrow, narrow, k1x7),
            load_conv(file, name + ".branch7x7dbl_4", narrow, narrow, k7x1),
            load_conv(file, name + ".branch7x7dbl_5", narrow, 192, k1x7)},
      pool(load_conv(file, name + ".branch_pool", in, 192, k1x1)) {}

Map BlockC::forward(const Map& x, Patches& patches) const {
  Map result(x.height, x.width, 4 * 192);
  int first = 0;
  into(one, x, result, first, patches);
  chain_into(seven, x, result, first, patches);
  chain_into(twice, x, result, first, patches);
  into(pool, average_pool(x), result, first, patches);
  return result;
}

BlockD::BlockD(const TensorFile& file, const std::string& name, int in)
    : three{load_conv(file, name + ".branch3x3_1", in, 192, k1x1),
            load_conv(file, name + ".branch3x3_2", 192, 320, k3x3Half)},
      seven{load_conv(file, name + ".branch7x7x3_1", in, 192, k1x1),
            load_conv(file, name + ".branch7x7x3_2", 192, 192, k1x7),
            load_conv(file, name + ".branch7x7x3_3", 192, 192, k7x1),
            load_conv(file, name + ".branch7x7x3_4", 192, 192, k3x3Half)} {}

Map BlockD::forward(const Map& x, Patches& patches) const {
  Map result(k3x3Half.out_height(x.height), k3x3Half.out_width(x.width),
             three[1].out + seven[3].out + x.channels);
  int first = 0;
  chain_into(three, x, result, first, patches);
  chain_into(seven, x, result, first, patches);
  max_pool(k3x3Half, x, result, first);
  return result;
}

BlockE::BlockE(const TensorFile& file, const std::string& name, int in, Pooling kind)
    : one(load_conv(file, name + ".branch1x1", in, 320, k1x1)),
      three{load_conv(file, name + ".branch3x3_1", in, 384, k1x1),
            load_conv(file, name + ".branch3x3_2a", 384, 384, k1x3),
            load_conv(file, name + ".branch3x3_2b", 384, 384, k3x1)},
      twice{load_conv(file, name + ".branch3x3dbl_1", in, 448, k1x1),
            load_conv(file, name + ".branch3x3dbl_2", 448, 384, k3x3),
            load_conv(file, name + ".branch3x3dbl_3a", 384, 384, k1x3),
            load_conv(file, name + ".branch3x3dbl_3b", 384, 384, k3x1)},
      pool(load_conv(file, name + ".branch_pool", in, 192, k1x1)),
      pooling(kind) {}

Map BlockE::forward(const Map& x, Patches& patches) const {
  Map result(x.height, x.width, 320 + 4 * 384 + 192);
  int first = 0;
  into(one, x, result, first, patches);
  const Map narrow = chain(three, 1, x, patches);
  into(three[1], narrow, result, first, patches);
  into(three[2], narrow, result, first, patches);
  const Map deep = chain(twice, 2, x, patches);
  into(twice[2], deep, result, first, patches);
  into(twice[3], deep, result, first, patches);
  if (pooling == Pooling::average) {
    into(pool, average_pool(x), result, first, patches);
  } else {
    Map pooled(x.height, x.width, x.channels);
    max_pool(k3x3, x, pooled, 0);
    into(pool, pooled, result, first, patches);
  }
  return result;
}

}  // namespace phaseloom::inception
