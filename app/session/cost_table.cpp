// SPDX-License-Identifier: MIT
#include "app/session/cost_table.hpp"

#include <fmt/format.h>

#include "engine/data/csv_text.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

Cost wall_cost(const CostNetwork& network, const Scene& scene) {
  return wall_cost(network, scene, scene.cost.hold);
}

Cost wall_cost(const CostNetwork& network, const Scene& scene, ChunkHold hold) {
  CostChoice choice = scene.cost;
  choice.hold = hold;
  return cost_of(as_built(network, scene.hardware), scene.hardware.bits, choice);
}

std::string print_costs(const CostNetwork& network, const Scene& scene) {
  std::string text = "kind,name,hold,value,unit,source,origin\r\n";
  const auto row = [&](std::string_view kind, std::string_view name, std::string_view hold,
                       std::string_view value, std::string_view unit, std::string_view source = "",
                       std::string_view origin = "") {
    text += fmt::format("{},{},{},{},{},{},{}\r\n", kind, csv_cell(name), hold, csv_cell(value),
                        unit, source, csv_cell(origin));
  };
  const auto number = [](double value) { return fmt::format("{:.6g}", value); };
  const CostChoice& choice = scene.cost;
  row("design", "model", "", scene.model, "");
  row("design", "bits", "", number(scene.hardware.bits), "bit");
  row("design", "density", "", number(scene.hardware.density), "");
  row("design", "preset", "", name_of(choice.preset), "");
  row("design", "cell", "", name_of(choice.cell), "");
  row("design", "eta", "", number(choice.eta), "1/t");
  row("design", "batch", "", number(choice.batch), "images");
  for (std::size_t i = 0; i < kCountOf<ChunkHold>; ++i) {
    const auto hold = static_cast<ChunkHold>(i);
    const std::string_view name = name_of(hold);
    const Cost cost = wall_cost(network, scene, hold);
    row("cost", "bits_counted", name, number(cost.bits), "bit");
    row("cost", "couplings", name, number(cost.couplings), "");
    row("cost", "cores", name, number(cost.cores), "");
    row("cost", "area", name, number(cost.area), "mm2");
    row("cost", "power", name, number(cost.power), "W");
    row("cost", "time", name, number(cost.time), "s");
    row("cost", "rate", name, number(cost.rate), "1/s");
    row("cost", "energy", name, number(cost.energy.total()), "J");
    for (const auto& cause : cost_areas())
      row("area", cause.name, name, number(cost.areas.*cause.value), "mm2");
    for (const auto& cause : cost_energies())
      row("energy", cause.name, name, number(cost.energy.*cause.value), "J");
  }
  const CostConstants constants = constants_of(choice);
  for (std::size_t i = 0; i < kCostConstants; ++i) {
    const CostConstantInfo& info = cost_constants()[i];
    row("constant", info.symbol, "", number(constants.*info.value), info.unit,
        choice.own[i] ? "own" : name_of(info.source), info.origin);
  }
  for (const CostBaseline& baseline : cost_baselines())
    row("beside it", baseline.name, "", number(baseline.energy), "J", name_of(baseline.source),
        baseline.origin);
  return text;
}

void export_costs(const CostNetwork& network, const Scene& scene,
                  const std::filesystem::path& path) {
  if (path.extension() != ".csv")
    fail("cost.export: {} should end in .csv", printable(path.string()));
  write_file_atomically(path, print_costs(network, scene));
}

}  // namespace phaseloom
