// SPDX-License-Identifier: MIT
#include "engine/playground/program.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

/// What a unit parameter of that name is, for a unit of that detuning; nothing: as the substrate
/// begins.
std::optional<double> parameter_value(std::string_view name, const PlaygroundSetup& setup,
                                      double detuning) {
  const bool langevin = info(setup.substrate).name == "langevin";
  if (name == "omega") return setup.spread * detuning;
  if (name == "bias")  // of Langevin units it is a slope of the potential, and pushes the other way
    return (langevin ? -setup.spread : setup.spread) * detuning;
  if (name == "shil" || name == "gain") return setup.injection;
  if (name == "j2") return setup.j2;
  if (name == "j4") return setup.j4;
  return {};
}

}  // namespace

Program playground_program(const PlaygroundNetwork& network, const PlaygroundSetup& setup) {
  const int n = network.count();
  if (n == 0) fail("a network without units does not run; add one");
  struct Arrow {
    int target, source;
    float weight;
  };
  std::vector<Arrow> arrows;
  arrows.reserve(2 * network.couplings.size());
  for (const PlaygroundCoupling& c : network.couplings) {
    arrows.push_back({c.a, c.b, c.weight});
    arrows.push_back({c.b, c.a, c.weight});
  }
  std::ranges::sort(arrows, {}, [](const Arrow& a) { return std::pair(a.target, a.source); });
  std::vector<std::int64_t> row_begin{0};
  std::vector<std::int32_t> sources;
  std::size_t k = 0;
  for (int i = 0; i < n; ++i) {
    for (; k < arrows.size() && arrows[k].target == i; ++k) sources.push_back(arrows[k].source);
    row_begin.push_back(static_cast<std::int64_t>(k));
  }

  Program program;
  program.substrate = setup.substrate;
  program.topology = Topology::from_rows({n, 1, 1}, n, std::move(row_begin), std::move(sources),
                                         "playground", "playground");
  program.durations = {setup.step * kPlaygroundSteps};
  program.steps_per_chunk = kPlaygroundSteps;
  // Heun's is the one that noise converges with.
  program.integrator = setup.temperature > 0 ? Integrator::heun : Integrator::rk4;
  program.temperature = setup.temperature;
  program.tied = true;
  program.values.assign(program.chunk_size(), 0.0F);
  // The potential of Langevin units has its couplings with the other sign.
  const bool langevin = info(setup.substrate).name == "langevin";
  const auto sign = static_cast<float>(langevin ? -setup.coupling : setup.coupling);
  const std::span<float> weights = program.weights(0);
  for (std::size_t i = 0; i < arrows.size(); ++i) weights[i] = sign * arrows[i].weight;
  const auto parameters = info(setup.substrate).parameters;
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const std::span<float> values = program.unit_values(0, static_cast<int>(p));
    for (int i = 0; i < n; ++i) {
      const auto value = parameter_value(parameters[p].name, setup,
                                         network.units[static_cast<std::size_t>(i)].detuning);
      values[static_cast<std::size_t>(i)] =
          value ? static_cast<float>(*value) : parameters[p].initial;
    }
  }
  return program;
}

}  // namespace phaseloom
