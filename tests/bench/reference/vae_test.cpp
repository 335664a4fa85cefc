// SPDX-License-Identifier: MIT
#include "bench/reference/vae.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

TEST(Vae, GradientsAreDifferences) {
  Vae<double> vae({3, 5, 4});
  std::vector<double> parameters(vae.parameter_count()), pictures(784 * kLanes), noise(3 * kLanes);
  vae.initialise(parameters, 1);
  RandomSequence random(2, Stream::batch);
  for (double& p : parameters) p += 0.03 * random.normal();
  for (double& p : pictures) p = random.uniform();
  for (double& e : noise) e = random.normal();
  Vae<double>::Workspace work(vae);
  std::vector<double> gradient(parameters.size());
  const auto loss = [&](double scale) {
    vae.set_parameters(parameters);
    return vae.loss_gradient(pictures, noise, scale, work, gradient);
  };
  loss(0.25);
  const std::vector<double> ours = gradient;
  const double h = 1e-6;
  for (std::size_t i = 0; i < parameters.size(); i += 1 + parameters.size() / 60) {
    const double before = parameters[i];
    parameters[i] = before + h;
    const double up = loss(1);
    parameters[i] = before - h;
    const double down = loss(1);
    parameters[i] = before;
    const double expected = 0.25 * (up - down) / (2 * h);
    // Now and then a LeakyReLU's kink lies within h, among some 20,000 activations.
    EXPECT_NEAR(ours[i], expected, 1e-4 * (1 + std::abs(expected))) << i;
  }
}

// With all parameters zero the code is N(0, 1), which costs nothing, and every pixel is a coin
// toss.
TEST(Vae, LossOfKnowingNothing) {
  Vae<double> vae({3, 5, 4});
  const std::vector<double> parameters(vae.parameter_count()), noise(3 * kLanes, 0.7),
      pictures(784 * kLanes, 0.3);
  std::vector<double> gradient(parameters.size());
  vae.set_parameters(parameters);
  Vae<double>::Workspace work(vae);
  EXPECT_NEAR(vae.loss_gradient(pictures, noise, 1, work, gradient), 784 * kLanes * std::log(2),
              1e-9 * 784 * kLanes);
}

}  // namespace
}  // namespace phaseloom
