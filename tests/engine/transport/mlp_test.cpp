// SPDX-License-Identifier: MIT
#include "engine/transport/mlp.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

/// A network with a last layer that does something, points, times, and a loss sum(signal * rate).
template <class Real>
struct MlpCase {
  static constexpr int kPoints = 2 * kLanes;
  AlignedVector<Real> parameters, x, t, signal, rate, trace, d_x, gradient;

  MlpCase()
      : parameters(kMlpParameters),
        x(2 * kPoints),
        t(kPoints),
        signal(2 * kPoints),
        rate(2 * kPoints),
        trace(mlp_trace_size(kPoints)),
        d_x(2 * kPoints),
        gradient(kMlpParameters) {
    RandomSequence random(4, Stream::batch);
    const auto initial = initial_mlp(9);
    for (std::size_t i = 0; i < parameters.size(); ++i)
      parameters[i] = static_cast<Real>(initial[i] + 0.1 * random.normal());
    for (auto* v : {&x, &signal})
      for (Real& value : *v) value = static_cast<Real>(0.3 * random.normal());
    for (Real& value : t) value = static_cast<Real>(random.uniform());
  }
  MlpJob<Real> job() {
    return {parameters.data(), kPoints,       x.data(),   t.data(),       rate.data(),
            trace.data(),      signal.data(), d_x.data(), gradient.data()};
  }
  double loss() {
    mlp_forward(job());
    double sum = 0;
    for (std::size_t i = 0; i < rate.size(); ++i) sum += double(signal[i]) * double(rate[i]);
    return sum;
  }
  double slope(Real& value) {
    const Real kept = value;
    constexpr double h = 1e-6;
    value = static_cast<Real>(kept + h);
    const double up = loss();
    value = static_cast<Real>(kept - h);
    const double down = loss();
    value = kept;
    return (up - down) / (2 * h);
  }
};

TEST(Mlp, GradientsAgainstFiniteDifferences) {
  MlpCase<double> c;
  c.loss();
  mlp_backward(c.job());
  // Central differences of step h: errors of order h^2 and of rounding / h, both about 1e-10.
  for (std::size_t i = 0; i < c.x.size(); i += 17)
    EXPECT_NEAR(c.d_x[i], c.slope(c.x[i]), 1e-7) << "x " << i;
  for (int layer = 0; layer < MlpShape::kLayers; ++layer) {
    const std::size_t begin = MlpShape::offset(layer), end = MlpShape::offset(layer + 1);
    for (std::size_t i = begin; i < end; i += (end - begin) / 23 + 1)
      EXPECT_NEAR(c.gradient[i], c.slope(c.parameters[i]), 1e-7) << layer << ' ' << i;
    EXPECT_NEAR(c.gradient[end - 1], c.slope(c.parameters[end - 1]), 1e-7) << "bias";
  }
}

TEST(Mlp, GradientsAddUp) {
  MlpCase<double> c;
  c.loss();
  mlp_backward(c.job());
  const auto once = c.gradient;
  mlp_backward(c.job());
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_DOUBLE_EQ(c.gradient[i], 2 * once[i]);
}

TEST(Mlp, SinglePrecisionAgrees) {
  MlpCase<double> exact;
  MlpCase<float> c;
  exact.loss();
  c.loss();
  for (std::size_t i = 0; i < c.rate.size(); ++i)
    EXPECT_NEAR(c.rate[i], exact.rate[i], 1e-5) << i;  // 64-term sums of numbers of order 1
}

TEST(Mlp, TheFieldDependsOnTime) {
  MlpCase<double> c;
  double most = 0;
  for (double& t : c.t) {
    if (&t - c.t.data() >= 8) break;
    most = std::max(most, std::abs(c.slope(t)));
  }
  EXPECT_GT(most, 1e-3);
}

TEST(Mlp, StartsWithoutAField) {
  MlpCase<float> c;
  const auto initial = initial_mlp(1);
  std::ranges::copy(initial, c.parameters.begin());
  mlp_forward(c.job());
  for (const float r : c.rate) EXPECT_EQ(r, 0);
  EXPECT_NE(initial_mlp(2), initial);
}

}  // namespace
}  // namespace phaseloom
