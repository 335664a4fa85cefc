// SPDX-License-Identifier: MIT
#include "engine/transport/setup.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// All but `langevin`, which is made for noise.
constexpr std::string_view kModels[] = {kMlp, "kuramoto", "kuramoto_shil", "aim_tanh", "aim_poly"};
constexpr int kMaxIterations = 1'000'000;

void check(std::string_view what, int value, int least, int most) {
  if (value < least || value > most)
    fail("transport: {} is {}; it must lie in {}..{}", what, value, least, most);
}

}  // namespace

std::span<const std::string_view> transport_models() { return kModels; }

int default_iterations(const TransportSetup& setup) {
  const bool mlp = setup.model == kMlp;
  if (setup.loss == TransportLoss::ot_cfm) return mlp ? 4000 : 2000;
  return mlp ? 1500 : 3000;
}

TransportSetup checked(TransportSetup setup) {
  if (std::ranges::find(kModels, setup.model) == std::end(kModels))
    fail("there is no transport model {}; choose one of {}", printable(setup.model),
         fmt::join(kModels, ", "));
  check("chunks", setup.chunks, 1, kMaxTransportChunks);
  check("hidden", setup.hidden, 0, kMaxTransportHidden);
  check("iterations", setup.iterations, 0, kMaxIterations);
  if (setup.model == kMlp) {
    setup.chunks = 1;
    setup.hidden = 0;
  }
  if (setup.iterations == 0) setup.iterations = default_iterations(setup);
  return setup;
}

}  // namespace phaseloom
