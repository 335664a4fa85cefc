// SPDX-License-Identifier: MIT
#include "engine/thermo/update.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/dynamics/noise.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

/// Of one row of kPanel couplings.
void round_row(const UpdateRule& rule, std::uint32_t number, std::uint32_t row, float* weights) {
  const float step = std::ldexp(1.0F, 1 - rule.bits), levels = std::ldexp(1.0F, rule.bits - 1);
  for (std::uint32_t k = 0; k < kPanel; k += 4) {
    std::array<std::uint32_t, 4> words{};
    if (rule.stochastic_rounding) words = random_words(rule.seed, Stream::rounding, row, k, number);
    for (std::uint32_t m = 0; m < 4; ++m) {
      const float shift =
          rule.stochastic_rounding ? static_cast<float>(words[m] >> 8) * 0x1p-24F : 0.5F;
      float& w = weights[k + m];
      w = step * std::clamp(std::floor(w / step + shift), -levels, levels - 1);
    }
  }
}

}  // namespace

void validate(const UpdateRule& rule) {
  if (!(rule.rate > 0 && rule.rate <= 1))
    fail("training: the rate is {}; it must be above 0 and at most 1", rule.rate);
  if (rule.bits != 0 && (rule.bits < 2 || rule.bits > kMaxUpdateBits))
    fail("training: bits is {}; it must lie in 2..{}, or be 0 for float couplings", rule.bits,
         kMaxUpdateBits);
  if (rule.stochastic_rounding && rule.bits == 0)
    fail("training: stochastic rounding needs bits to round to");
  if (!(rule.noise >= 0 && rule.noise <= 10))
    fail("training: the noise of updates is {}; it must lie in 0..10", rule.noise);
}

void update(const UpdateRule& rule, std::uint32_t number, const PanelParameters<float>& gradient,
            PanelParameters<float>& parameters, ThreadPool& pool) {
  const Panels& panels = gradient.couplings.panels();
  const int seen = panels.visible_panels();
  const auto rate = static_cast<float>(rule.rate);
  pool.run(panels.hidden_panels(), [&](int hidden) {
    const int q = seen + hidden, rows = (q + 1) * kPanel;
    float* weights = parameters.couplings.weights(q);
    const float* slope = gradient.couplings.weights(q);
    std::vector<std::int8_t> normals;
    if (rule.noise > 0) {
      normals.resize(static_cast<std::size_t>(rows) * kPanel);
      fill_normals(rule.seed, Stream::update_noise, number,
                   static_cast<std::uint64_t>(hidden) * kPanel, rows, normals.data());
    }
    const float noise = static_cast<float>(rule.noise) * kNormalUnit;
    for (int row = 0; row < rows; ++row) {
      const std::int64_t at = std::int64_t{row} * kPanel;
      for (int k = 0; k < kPanel; ++k) {
        float change = rate * slope[at + k];
        if (rule.noise > 0) change *= 1 + noise * static_cast<float>(normals[at + k]);
        weights[at + k] -= change;
      }
      if (rule.bits > 0)
        round_row(rule, number, static_cast<std::uint32_t>(q * panels.padded() + row),
                  weights + at);
    }
  });
  for (std::size_t i = 0; i < parameters.bias.size(); ++i)
    parameters.bias[i] -= rate * gradient.bias[i];
  pool.run(panels.count(), [&](int p) { parameters.couplings.mirror(p); });
}

}  // namespace phaseloom
