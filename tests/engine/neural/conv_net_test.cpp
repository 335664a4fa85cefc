// SPDX-License-Identifier: MIT
#include "engine/neural/conv_net.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

template <class Real>
std::vector<Real> random_numbers(std::size_t n, std::uint64_t seed) {
  RandomSequence random(seed, Stream::batch);
  std::vector<Real> v(n);
  for (Real& x : v) x = static_cast<Real>(2 * random.uniform() - 1);
  return v;
}

/// Odd sizes, several strides and paddings, channel counts that fill no tile, and a dense layer.
ConvNetShape odd_shape() {
  return {9, 7, 2, {{3, 3, 1, 1}, {9, 5, 2, 2}, {5, 3, 3, 0}, {2, 1}}, 0.2f};
}
/// The critic on smaller pictures, so that differences over many parameters take no time.
ConvNetShape small_critic() { return {12, 12, 1, {{16, 5, 2, 2}, {20, 5, 2, 2}, {1, 3}}, 0.2f}; }
/// A kernel wider than one part of the scatter path.
ConvNetShape wide_kernel() { return {11, 11, 1, {{6, 7, 2, 3}, {3, 6}}, 0.1f}; }

/// In colour, and not square: the dense layer's kernel reaches beyond its input.
ConvNetShape oblong() { return {13, 6, 3, {{4, 5, 2, 2}, {3, 3, 2, 1}, {2, 4}}, 0.2f}; }

class Gradients : public ::testing::TestWithParam<ConvNetShape (*)()> {
 protected:
  ConvNet<double> net{GetParam()()};
  ConvWorkspace<double> work{net};
  std::vector<double> parameters = random_numbers<double>(net.parameter_count(), 1);
  std::vector<double> images = random_numbers<double>(std::size_t(net.image_size()) * kLanes, 2);
  std::vector<double> d_outputs = random_numbers<double>(std::size_t(net.outputs()) * kLanes, 3);
  static constexpr double kStep = 1e-5;

  void SetUp() override {
    for (double& p : parameters) p *= 0.4;
  }
  double loss() {
    const auto out = net.forward(images, work);
    double sum = 0;
    for (std::size_t i = 0; i < out.size(); ++i) sum += out[i] * d_outputs[i];
    return sum;
  }
  double penalty() {
    std::vector<double> ignored(net.parameter_count());
    return net.gradient_penalty(images, work, d_outputs, 10, 0.1, ignored);
  }
  /// Which side of its kink every LeakyReLU is on, after a pass.
  std::vector<bool> sides() const {
    std::vector<bool> s;
    for (int l = 0; l + 1 < net.layers(); ++l)
      for (double a : work.activation(l)) s.push_back(a > 0);
    return s;
  }
  /// Compares `gradient` with central differences of `value` over about 60 entries of `x`, leaving
  /// out those where a step crosses a kink: there the difference is no derivative.
  template <class Value>
  void check(std::vector<double>& x, const std::vector<double>& gradient, Value value) {
    double scale = 0;
    for (double g : gradient) scale = std::max(scale, std::abs(g));
    ASSERT_GT(scale, 0);
    int checked = 0;
    const std::size_t stride = std::max<std::size_t>(1, x.size() / 100);
    for (std::size_t i = 0; i < x.size(); i += stride) {
      const double middle = x[i];
      x[i] = middle + kStep;
      net.pack(parameters);
      const double up = value();
      const auto up_sides = sides();
      x[i] = middle - kStep;
      net.pack(parameters);
      const double down = value();
      const bool kink = up_sides != sides();
      x[i] = middle;
      if (kink) continue;
      ++checked;
      EXPECT_NEAR(gradient[i], (up - down) / (2 * kStep), 1e-6 * scale) << "entry " << i;
    }
    net.pack(parameters);
    EXPECT_GE(checked, 30);
  }
};

TEST_P(Gradients, OfParametersAndImagesMatchDifferences) {
  net.pack(parameters);
  loss();
  std::vector<double> d_parameters(parameters.size()), d_images(images.size());
  net.backward(work, d_outputs, d_parameters, d_images);
  check(parameters, d_parameters, [&] { return loss(); });
  check(images, d_images, [&] { return loss(); });
}

TEST_P(Gradients, OfThePenaltyMatchDifferences) {
  net.pack(parameters);
  std::vector<double> d_parameters(parameters.size());
  net.gradient_penalty(images, work, d_outputs, 10, 0.1, d_parameters);
  check(parameters, d_parameters, [&] { return penalty(); });
}

TEST_P(Gradients, PenaltyIsThatOfTheImageGradient) {
  net.pack(parameters);
  net.forward(images, work);
  std::vector<double> d_images(images.size());
  net.backward(work, d_outputs, {}, d_images);
  double expected = 0;
  for (int lane = 0; lane < kLanes; ++lane) {
    double square = 0;
    for (std::size_t i = lane; i < d_images.size(); i += kLanes)
      square += d_images[i] * d_images[i];
    expected += 0.1 * 10 * std::pow(std::sqrt(square) - 1, 2);
  }
  EXPECT_NEAR(penalty(), expected, 1e-10 * expected);
}

// One output for each class: what judges a lane is its own class's output and no other.
TEST_P(Gradients, OfTheClassesPenaltyMatchDifferences) {
  std::ranges::fill(d_outputs, 0.0);
  for (int lane = 0; lane < kLanes; ++lane) d_outputs[lane % net.outputs() * kLanes + lane] = 1;
  net.pack(parameters);
  std::vector<double> d_parameters(parameters.size());
  net.gradient_penalty(images, work, d_outputs, 10, 0.1, d_parameters);
  check(parameters, d_parameters, [&] { return penalty(); });
}

TEST_P(Gradients, InactiveLanesContributeNothing) {
  net.pack(parameters);
  const int lanes = 5;
  std::vector<double> dirty = images, clean = images;
  for (std::size_t i = 0; i < images.size(); ++i)
    if (i % kLanes >= lanes) {
      dirty[i] = std::numeric_limits<double>::quiet_NaN();
      clean[i] = 0.5;
    }
  std::vector<double> a(parameters.size()), b(parameters.size()), d_images(images.size());
  net.forward(dirty, work, lanes);
  net.backward(work, d_outputs, a, d_images);
  for (std::size_t i = 0; i < d_images.size(); ++i)
    if (i % kLanes >= lanes) {
      ASSERT_EQ(d_images[i], 0);
    }
  const double p = net.gradient_penalty(dirty, work, d_outputs, 10, 0.1, a, lanes);

  std::vector<double> d_few = d_outputs;
  for (std::size_t i = 0; i < d_few.size(); ++i)
    if (i % kLanes >= lanes) d_few[i] = 0;
  net.forward(clean, work);
  net.backward(work, d_few, b);
  EXPECT_EQ(p, net.gradient_penalty(clean, work, d_outputs, 10, 0.1, b, lanes));
  for (std::size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Shapes, Gradients,
                         ::testing::Values(odd_shape, small_critic, wide_kernel, oblong));

/// Everything that a network computes, in one array.
template <class Real>
std::vector<double> everything(const ConvKernels<Real>& kernels,
                               const ConvNetShape& shape = critic_shape({28, 28})) {
  ConvNet<Real> net(shape, kernels);
  ConvWorkspace<Real> work(net);
  std::vector<Real> parameters(net.parameter_count());
  net.initialise(parameters, 4);
  net.pack(parameters);
  const auto images = random_numbers<Real>(std::size_t(net.image_size()) * kLanes, 5);
  std::vector<Real> d_parameters(parameters.size()), d_penalty(parameters.size()),
      d_images(images.size()), ones(std::size_t(net.outputs()) * kLanes, 1);
  const auto outputs = net.forward(images, work);
  std::vector<double> all(outputs.begin(), outputs.end());
  net.backward(work, ones, d_parameters, d_images);
  all.push_back(net.gradient_penalty(images, work, ones, 10, 1, d_penalty));
  for (const auto* part : {&d_parameters, &d_images, &d_penalty})
    all.insert(all.end(), part->begin(), part->end());
  return all;
}

void expect_close(const std::vector<double>& a, const std::vector<double>& b, double tolerance) {
  ASSERT_EQ(a.size(), b.size());
  double worst = 0, square = 0, difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    square += b[i] * b[i];
    difference += (a[i] - b[i]) * (a[i] - b[i]);
    worst = std::max(worst, std::abs(a[i] - b[i]) / (std::abs(b[i]) + 1e-1));
  }
  EXPECT_LT(std::sqrt(difference / square), tolerance);
  EXPECT_LT(worst, 30 * tolerance);
}

TEST(ConvNet, FloatAgreesWithDouble) {
  expect_close(everything(conv_kernels<float>()), everything(conv_kernels<double>()), 1e-4);
}

TEST(ConvNet, InstructionSetsAgree) {
  const auto reference = everything(baseline::conv_kernels_double());
#if defined(__x86_64__)
  if (active_isa() >= Isa::avx2) {
    expect_close(everything(avx2::conv_kernels_double()), reference, 1e-12);
    expect_close(everything(avx2::conv_kernels_float()), reference, 1e-4);
  }
  if (active_isa() >= Isa::avx512) {
    expect_close(everything(avx512::conv_kernels_double()), reference, 1e-12);
    expect_close(everything(avx512::conv_kernels_float()), reference, 1e-4);
  }
#endif
  expect_close(everything(baseline::conv_kernels_float()), reference, 1e-4);
}

class Bfloat16 : public ::testing::Test {
 protected:
  void SetUp() override {
    if (active_isa() < Isa::avx512_bf16) GTEST_SKIP() << "no products of bfloat16 on this machine";
  }
};

// Small whole numbers are bfloat16 and their sums here are float: not a bit may be lost, so a
// number in the wrong place shows. One layer, of channels that fill neither pairs nor tiles.
TEST_F(Bfloat16, IsExactWhereNothingIsRounded) {
  const auto whole = [](std::size_t n, std::uint64_t seed) {
    auto v = random_numbers<float>(n, seed);
    for (float& x : v) x = std::round(4 * x);
    return v;
  };
  for (const ConvNetShape& shape :
       {ConvNetShape{9, 7, 3, {{9, 3, 2, 1}}}, ConvNetShape{9, 7, 4, {{1, 5, 1, 2}}},
        ConvNetShape{8, 8, 5, {{32, 5, 2, 2}}}, ConvNetShape{8, 8, 1, {{7, 5, 2, 2}}},
        ConvNetShape{11, 11, 2, {{6, 7, 2, 3}}}}) {
    const auto all = [&](const ConvKernels<float>& kernels) {
      ConvNet<float> net(shape, kernels);
      ConvWorkspace<float> work(net);
      const auto parameters = whole(net.parameter_count(), 1);
      const auto images = whole(std::size_t(net.image_size()) * kLanes, 2);
      const auto d_outputs = whole(std::size_t(net.outputs()) * kLanes, 3);
      net.pack(parameters);
      const auto outputs = net.forward(images, work);
      std::vector<float> numbers(outputs.begin(), outputs.end()), d_parameters(parameters.size()),
          d_images(images.size());
      net.backward(work, d_outputs, d_parameters, d_images);
      numbers.insert(numbers.end(), d_parameters.begin(), d_parameters.end());
      numbers.insert(numbers.end(), d_images.begin(), d_images.end());
      return numbers;
    };
    EXPECT_EQ(all(training_conv_kernels()), all(conv_kernels<float>()))
        << shape.input_channels << " channels, kernel " << shape.layers[0].kernel;
  }
}

/// |a - b| / |b| of each thing that a network computes, the largest of them.
double worst_distance(const std::vector<double>& a, const std::vector<double>& b,
                      const ConvNetShape& shape) {
  const ConvNet<float> net(shape);
  const std::size_t outputs = std::size_t(net.outputs()) * kLanes, penalty = 1,
                    images = std::size_t(net.image_size()) * kLanes;
  double worst = 0;
  std::size_t begin = 0;
  for (std::size_t size :
       {outputs, penalty, net.parameter_count(), images, net.parameter_count()}) {
    double square = 0, difference = 0;
    for (std::size_t i = begin; i < begin + size; ++i) {
      square += b[i] * b[i];
      difference += (a[i] - b[i]) * (a[i] - b[i]);
    }
    worst = std::max(worst, std::sqrt(difference / square));
    begin += size;
  }
  EXPECT_EQ(begin, b.size());
  return worst;
}

// Both factors of a product are off by up to 2^-9, at random: some thousandths after a few layers.
// Where a LeakyReLU is that close to its kink it may change sides; that is one in some hundreds,
// and the gradients' distance grows with the root of it.
TEST_F(Bfloat16, AgreesWithFloat) {
  constexpr double kRounding = 0.015, kKinks = 0.1;
  for (ConvNetShape shape :
       {critic_shape({28, 28}), critic_shape({28, 28}, 10), odd_shape(), wide_kernel()})
    for (const bool kinks : {false, true}) {
      if (!kinks) shape.leak = 1;
      const auto rounded = everything(training_conv_kernels(), shape);
      const auto reference = everything(conv_kernels<float>(), shape);
      EXPECT_NE(rounded, reference);
      EXPECT_LT(worst_distance(rounded, reference, shape), kinks ? kKinks : kRounding);
      shape.leak = 0.2f;
    }
}

TEST(ConvNet, ShapeThatDoesNotFitIsNamed) {
  try {
    ConvNet<float> net(ConvNetShape{28, 28, 1, {{8, 5, 2, 2}, {1, 15}}});
    FAIL();
  } catch (const std::exception& e) {
    EXPECT_NE(std::string(e.what()).find("layer 1"), std::string::npos) << e.what();
  }
}

TEST(ConvNet, CriticsFitPicturesOfAnySize) {
  for (const PictureShape picture :
       {PictureShape{28, 28}, {32, 32, 3}, {64, 64, 3}, {13, 7}, {3, 20, 3}, {1, 1}}) {
    const ConvNet<float> net(critic_shape(picture, 2));
    EXPECT_EQ(net.image_size(), picture.size());
    EXPECT_EQ(net.outputs(), 2) << words(picture);
  }
}

}  // namespace
}  // namespace phaseloom
