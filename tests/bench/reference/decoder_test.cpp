// SPDX-License-Identifier: MIT
#include "bench/reference/decoder.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

constexpr DecoderShape kShape{3, 5, 4};

std::vector<double> random_numbers(std::size_t n, std::uint64_t seed) {
  RandomSequence random(seed, Stream::batch);
  std::vector<double> v(n);
  for (double& x : v) x = random.normal();
  return v;
}

/// <signal, pixels(parameters, codes)>: linear in the pixels, so that its gradient is the signal's
/// backward pass.
double projection(Decoder<double>& decoder, std::span<const double> parameters,
                  std::span<const double> codes, std::span<const double> signal) {
  Decoder<double>::Workspace work(decoder);
  decoder.set_parameters(parameters);
  const auto pixels = decoder.forward(codes, work);
  double sum = 0;
  for (std::size_t i = 0; i < pixels.size(); ++i) sum += pixels[i] * signal[i];
  return sum;
}

TEST(Decoder, GradientsAreDifferences) {
  Decoder<double> decoder(kShape);
  std::vector<double> parameters(decoder.parameter_count());
  decoder.initialise(parameters, 1);
  const auto offsets = random_numbers(parameters.size(), 2);  // biases off zero, too
  for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i] += 0.1 * offsets[i];
  auto codes = random_numbers(3 * kLanes, 3);
  const auto signal = random_numbers(784 * kLanes, 4);

  decoder.set_parameters(parameters);
  Decoder<double>::Workspace work(decoder);
  decoder.forward(codes, work);
  std::vector<double> d_parameters(parameters.size(), 0.5), d_codes(codes.size());
  decoder.backward(work, signal, d_parameters, d_codes);

  const double h = 1e-6;
  const auto check = [&](double& x, double gradient, const char* what, std::size_t i) {
    const double before = x;
    x = before + h;
    const double up = projection(decoder, parameters, codes, signal);
    x = before - h;
    const double down = projection(decoder, parameters, codes, signal);
    x = before;
    const double expected = (up - down) / (2 * h);
    EXPECT_NEAR(gradient, expected, 1e-5 * (1 + std::abs(expected))) << what << " " << i;
  };
  for (std::size_t i = 0; i < parameters.size(); i += 1 + parameters.size() / 60)
    check(parameters[i], d_parameters[i] - 0.5, "parameter", i);  // it adds to what is there
  for (std::size_t i = 0; i < 5; ++i)                             // the last ones are biases
    check(parameters[parameters.size() - 1 - i], d_parameters[parameters.size() - 1 - i] - 0.5,
          "parameter from the end", i);
  for (std::size_t i = 0; i < codes.size(); i += 7) check(codes[i], d_codes[i], "code", i);
}

TEST(Decoder, LanesAreIndependent) {
  Decoder<double> decoder(kShape);
  std::vector<double> parameters(decoder.parameter_count());
  decoder.initialise(parameters, 1);
  decoder.set_parameters(parameters);
  Decoder<double>::Workspace work(decoder);
  auto codes = random_numbers(3 * kLanes, 3);
  const auto first = decoder.forward(codes, work);
  const std::vector<double> before(first.begin(), first.end());
  codes[kLanes + 9] += 1;
  const auto after = decoder.forward(codes, work);
  for (std::size_t i = 0; i < before.size(); ++i)
    if (i % kLanes != 9) {
      ASSERT_EQ(after[i], before[i]);
    }
  EXPECT_NE(std::vector<double>(after.begin(), after.end()), before);
}

}  // namespace
}  // namespace phaseloom
