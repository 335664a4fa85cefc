// SPDX-License-Identifier: MIT
#include "engine/transport/setup.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "engine/network/substrate.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr int kMaxIterations = 1'000'000;

void check(std::string_view what, int value, int least, int most) {
  if (value < least || value > most)
    fail("transport: {} is {}; it must lie in {}..{}", what, value, least, most);
}

}  // namespace

std::span<const std::string_view> transport_models() {
  static const std::vector<std::string_view> models = [] {
    std::vector<std::string_view> all{kMlp};
    for (const SubstrateInfo& substrate : all_substrates())
      if (substrate.transport_duration > 0) all.push_back(substrate.name);
    return all;
  }();
  return models;
}

int default_iterations(const TransportSetup& setup) {
  const bool mlp = setup.model == kMlp;
  if (setup.loss == TransportLoss::ot_cfm) return mlp ? 4000 : 2000;
  return mlp ? 1500 : 3000;
}

TransportSetup checked(TransportSetup setup) {
  if (std::ranges::find(transport_models(), setup.model) == std::end(transport_models()))
    fail("there is no transport model {}; choose one of {}", printable(setup.model),
         fmt::join(transport_models(), ", "));
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
