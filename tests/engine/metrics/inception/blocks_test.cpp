// SPDX-License-Identifier: MIT
#include "engine/metrics/inception/blocks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/engine/metrics/inception/random_weights.hpp"

namespace phaseloom::inception {
namespace {

/// A map as the textbook has it, [channel][y][x] in double precision.
struct Plain {
  int channels, height, width;
  std::vector<double> values;
  double at(int c, int y, int x) const {  // zero outside
    if (y < 0 || y >= height || x < 0 || x >= width) return 0;
    return values[(std::size_t(c) * height + y) * width + x];
  }
};

Plain random_plain(int channels, int height, int width) {
  Plain x{channels, height, width, {}};
  RandomSequence random(9, Stream::batch);
  for (int i = 0; i < channels * height * width; ++i) x.values.push_back(2 * random.uniform() - 1);
  return x;
}

Map as_map(const Plain& x) {
  Map map(x.height, x.width, x.channels);
  for (int c = 0; c < x.channels; ++c)
    for (int y = 0; y < x.height; ++y)
      for (int i = 0; i < x.width; ++i)
        map.values[(std::size_t(y) * x.width + i) * x.channels + c] =
            static_cast<float>(x.at(c, y, i));
  return map;
}

/// Convolution, then batch normalisation, then ReLU, one number at a time.
Plain naive(const TensorFile& file, const std::string& name, const Plain& x, int pad_y = 0,
            int pad_x = 0, int stride = 1) {
  const Tensor& tensor = file.at(name + ".conv.weight");
  const auto w = tensor.f32();
  const auto bn = [&](const char* what, int o) {
    return double{file.at(name + ".bn." + what).f32()[o]};
  };
  const int out = static_cast<int>(tensor.shape[0]), in = static_cast<int>(tensor.shape[1]);
  const int kh = static_cast<int>(tensor.shape[2]), kw = static_cast<int>(tensor.shape[3]);
  EXPECT_EQ(in, x.channels) << name;
  Plain y{
      out, (x.height + 2 * pad_y - kh) / stride + 1, (x.width + 2 * pad_x - kw) / stride + 1, {}};
  for (int o = 0; o < out; ++o)
    for (int oy = 0; oy < y.height; ++oy)
      for (int ox = 0; ox < y.width; ++ox) {
        double sum = 0;
        for (int i = 0; i < in; ++i)
          for (int ky = 0; ky < kh; ++ky)
            for (int kx = 0; kx < kw; ++kx)
              sum += double{w[((std::size_t(o) * in + i) * kh + ky) * kw + kx]} *
                     x.at(i, oy * stride - pad_y + ky, ox * stride - pad_x + kx);
        sum = (sum - bn("running_mean", o)) / std::sqrt(bn("running_var", o) + 1e-3);
        y.values.push_back(std::max(0.0, sum * bn("weight", o) + bn("bias", o)));
      }
  return y;
}

/// 3x3 windows; those beyond the border count neither in the mean nor in the maximum.
template <class Reduce>
Plain naive_pool(const Plain& x, int stride, int pad, Reduce reduce) {
  Plain y{
      x.channels, (x.height + 2 * pad - 3) / stride + 1, (x.width + 2 * pad - 3) / stride + 1, {}};
  for (int c = 0; c < x.channels; ++c)
    for (int oy = 0; oy < y.height; ++oy)
      for (int ox = 0; ox < y.width; ++ox) {
        std::vector<double> inside;
        for (int ky = oy * stride - pad; ky < oy * stride - pad + 3; ++ky)
          for (int kx = ox * stride - pad; kx < ox * stride - pad + 3; ++kx)
            if (ky >= 0 && ky < x.height && kx >= 0 && kx < x.width)
              inside.push_back(x.at(c, ky, kx));
        y.values.push_back(reduce(inside));
      }
  return y;
}
double mean(const std::vector<double>& v) {
  double sum = 0;
  for (double x : v) sum += x;
  return sum / double(v.size());
}
double largest(const std::vector<double>& v) { return *std::ranges::max_element(v); }

Plain joined(const std::vector<Plain>& branches) {
  Plain all{0, branches[0].height, branches[0].width, {}};
  for (const Plain& b : branches) {
    EXPECT_EQ(b.height, all.height);
    EXPECT_EQ(b.width, all.width);
    all.channels += b.channels;
    all.values.insert(all.values.end(), b.values.begin(), b.values.end());
  }
  return all;
}

/// Single precision against double over chains of at most five convolutions of up to 3456 products:
/// observed errors are about 1e-6 of the largest number; a wrong tap shows in the first digit.
void expect_near(const Map& ours, const Plain& expected) {
  ASSERT_EQ(ours.height, expected.height);
  ASSERT_EQ(ours.width, expected.width);
  ASSERT_EQ(ours.channels, expected.channels);
  const double scale = largest(expected.values);
  ASSERT_GT(scale, 0.1);
  const Map plain = as_map(expected);
  for (std::size_t i = 0; i < plain.values.size(); ++i)
    ASSERT_NEAR(ours.values[i], plain.values[i], 2e-5 * scale) << "at " << i;
}

constexpr int kIn = 5;  // odd sizes everywhere, so that no two extents are mixed up unseen

struct Weights {
  TensorFile file;
  Patches patches;
  Plain conv(const std::string& name, const Plain& x, int pad_y = 0, int pad_x = 0,
             int stride = 1) const {
    return naive(file, "b." + name, x, pad_y, pad_x, stride);
  }
};

TEST(InceptionLayers, ConvolutionsWithEveryWindow) {
  const Plain x = random_plain(kIn, 19, 17);  // more pixels than patches at a time
  for (const auto& [window, name] : {std::pair{Window{1, 1}, "1x1"},
                                     {Window{3, 3, 2}, "half"},
                                     {Window{5, 5, 1, 2, 2}, "5x5"},
                                     {Window{1, 7, 1, 0, 3}, "1x7"},
                                     {Window{7, 1, 1, 3, 0}, "7x1"}}) {
    Weights w;
    add_conv(w.file, std::string("b.") + name, kIn, 11, window.height, window.width);
    const Conv conv = load_conv(w.file, std::string("b.") + name, kIn, 11, window);
    expect_near(convolve(conv, as_map(x), w.patches),
                w.conv(name, x, window.pad_y, window.pad_x, window.stride));
  }
}

TEST(InceptionLayers, Poolings) {
  const Plain x = random_plain(kIn, 6, 9);
  expect_near(average_pool(as_map(x)), naive_pool(x, 1, 1, mean));
  const auto pooled = [&](const Window& window) {
    Map target(window.out_height(6), window.out_width(9), kIn);
    max_pool(window, as_map(x), target, 0);
    return target;
  };
  expect_near(pooled({3, 3, 2}), naive_pool(x, 2, 0, largest));
  expect_near(pooled({3, 3, 1, 1, 1}), naive_pool(x, 1, 1, largest));
  const auto means = global_average(as_map(x));
  for (int c = 0; c < kIn; ++c) {
    const auto channel = x.values.begin() + c * 54;
    EXPECT_NEAR(means[c], mean({channel, channel + 54}), 1e-6);
  }
}

// By hand: doubling puts the new centres a quarter off the old ones; beyond the outer ones the
// border goes on.
TEST(InceptionLayers, BilinearHasItsCentresAtHalfIntegers) {
  const std::vector<float> row{0, 4, 8};
  EXPECT_EQ(resize_bilinear(row, 3, 1, 6, 1), (std::vector<float>{0, 1, 3, 5, 7, 8}));
  EXPECT_EQ(resize_bilinear(row, 1, 3, 1, 6), (std::vector<float>{0, 1, 3, 5, 7, 8}));
  EXPECT_EQ(resize_bilinear(row, 3, 1, 3, 2), (std::vector<float>{0, 4, 8, 0, 4, 8}));
}

TEST(InceptionBlocks, A) {
  Weights w;
  add_block_a(w.file, "b", kIn, 7);
  const Plain x = random_plain(kIn, 4, 5);
  expect_near(BlockA(w.file, "b", kIn, 7).forward(as_map(x), w.patches),
              joined({w.conv("branch1x1", x), w.conv("branch5x5_2", w.conv("branch5x5_1", x), 2, 2),
                      w.conv("branch3x3dbl_3",
                             w.conv("branch3x3dbl_2", w.conv("branch3x3dbl_1", x), 1, 1), 1, 1),
                      w.conv("branch_pool", naive_pool(x, 1, 1, mean))}));
}

TEST(InceptionBlocks, B) {
  Weights w;
  add_block_b(w.file, "b", kIn);
  const Plain x = random_plain(kIn, 5, 7);
  expect_near(BlockB(w.file, "b", kIn).forward(as_map(x), w.patches),
              joined({w.conv("branch3x3", x, 0, 0, 2),
                      w.conv("branch3x3dbl_3",
                             w.conv("branch3x3dbl_2", w.conv("branch3x3dbl_1", x), 1, 1), 0, 0, 2),
                      naive_pool(x, 2, 0, largest)}));
}

TEST(InceptionBlocks, C) {
  Weights w;
  add_block_c(w.file, "b", kIn, 6);
  const Plain x = random_plain(kIn, 4, 5);
  Plain seven = w.conv("branch7x7_2", w.conv("branch7x7_1", x), 0, 3);
  Plain twice = w.conv("branch7x7dbl_2", w.conv("branch7x7dbl_1", x), 3, 0);
  twice = w.conv("branch7x7dbl_4", w.conv("branch7x7dbl_3", twice, 0, 3), 3, 0);
  expect_near(BlockC(w.file, "b", kIn, 6).forward(as_map(x), w.patches),
              joined({w.conv("branch1x1", x), w.conv("branch7x7_3", seven, 3, 0),
                      w.conv("branch7x7dbl_5", twice, 0, 3),
                      w.conv("branch_pool", naive_pool(x, 1, 1, mean))}));
}

TEST(InceptionBlocks, D) {
  Weights w;
  add_block_d(w.file, "b", kIn);
  const Plain x = random_plain(kIn, 3, 5);
  const Plain seven = w.conv("branch7x7x3_2", w.conv("branch7x7x3_1", x), 0, 3);
  expect_near(BlockD(w.file, "b", kIn).forward(as_map(x), w.patches),
              joined({w.conv("branch3x3_2", w.conv("branch3x3_1", x), 0, 0, 2),
                      w.conv("branch7x7x3_4", w.conv("branch7x7x3_3", seven, 3, 0), 0, 0, 2),
                      naive_pool(x, 2, 0, largest)}));
}

TEST(InceptionBlocks, EWithBothPoolings) {
  Weights w;
  add_block_e(w.file, "b", kIn);
  const Plain x = random_plain(kIn, 2, 3);
  const Plain three = w.conv("branch3x3_1", x);
  const Plain twice = w.conv("branch3x3dbl_2", w.conv("branch3x3dbl_1", x), 1, 1);
  const auto expected = [&](const Plain& pooled) {
    return joined({w.conv("branch1x1", x), w.conv("branch3x3_2a", three, 0, 1),
                   w.conv("branch3x3_2b", three, 1, 0), w.conv("branch3x3dbl_3a", twice, 0, 1),
                   w.conv("branch3x3dbl_3b", twice, 1, 0), w.conv("branch_pool", pooled)});
  };
  expect_near(BlockE(w.file, "b", kIn, Pooling::average).forward(as_map(x), w.patches),
              expected(naive_pool(x, 1, 1, mean)));
  expect_near(BlockE(w.file, "b", kIn, Pooling::maximum).forward(as_map(x), w.patches),
              expected(naive_pool(x, 1, 1, largest)));
}

}  // namespace
}  // namespace phaseloom::inception
