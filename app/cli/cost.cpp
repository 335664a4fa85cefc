// SPDX-License-Identifier: MIT
// `phaseloom cost`: area, power, time and energy of the analog core that a model would need.

#include "engine/hardware/cost.hpp"
#include "app/cli/output.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/document/assets.hpp"
#include "app/document/si_text.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/support/error.hpp"
#include "engine/support/number.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string model;
  Hardware hardware;
  CostChoice choice;
  std::vector<std::string> constants;  ///< SYMBOL=VALUE
  bool list_constants = false;
  bool json = false;
};

/// What all of a table is made from.
struct Quote {
  std::string model;
  CostNetwork network;
  int bits;
  CostChoice choice;
  Cost cost;
  Cost held(ChunkHold hold) const {
    CostChoice other = choice;
    other.hold = hold;
    return cost_of(network, bits, other);
  }
};

/// The enumerator of that name; `names` in its order.
template <class Enum>
Enum named(std::string_view option, std::span<const std::string_view> names,
           const std::string& name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  fail("{} {} is not known; choose one of {}", option, printable(name), fmt::join(names, ", "));
}

void change_constant(CostChoice& choice, const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos)
    fail("--constant {}: write SYMBOL=VALUE, for example e_u=0.5", printable(text));
  const auto place = cost_constant_named(std::string_view(text).substr(0, equals));
  if (!place) {
    std::string symbols;
    for (const CostConstantInfo& row : cost_constants())
      symbols += (symbols.empty() ? "" : ", ") + std::string(row.symbol);
    fail("--constant {}: there is no constant of that name; there are {}", printable(text),
         symbols);
  }
  const CostConstantInfo& row = cost_constants()[*place];
  const auto value = parse_number<double>(std::string_view(text).substr(equals + 1));
  if (!value || !(*value >= row.min && *value <= row.max))
    fail("--constant {}: the value must be a number from {} to {}", printable(text), row.min,
         row.max);
  choice.own[*place] = *value;
}

Json energy_json(const CostEnergy& energy) {
  Json json{{"total_J", energy.total()}};
  for (const auto& cause : cost_energies())
    json[std::string(cause.name) + "_J"] = energy.*cause.value;
  return json;
}

Json area_json(const CostArea& area) {
  Json json;
  for (const auto& cause : cost_areas()) json[std::string(cause.name) + "_mm2"] = area.*cause.value;
  return json;
}

Json to_json(const Quote& q) {
  const Cost& c = q.cost;
  Json holds, constants, baselines = Json::array();
  for (std::size_t i = 0; i < names_of<ChunkHold>().size(); ++i) {
    const Cost other = q.held(static_cast<ChunkHold>(i));
    holds[std::string(names_of<ChunkHold>()[i])] = {{"energy", energy_json(other.energy)},
                                                    {"area_mm2", other.area},
                                                    {"areas", area_json(other.areas)},
                                                    {"time_s", other.time},
                                                    {"images_per_s", other.rate}};
  }
  const CostConstants in_force = constants_of(q.choice);
  for (const CostConstantInfo& row : cost_constants())
    constants[std::string(row.symbol)] = {{"value", in_force.*row.value},
                                          {"unit", row.unit},
                                          {"meaning", row.meaning},
                                          {"source", name_of(row.source)},
                                          {"origin", row.origin}};
  for (const CostBaseline& row : cost_baselines())
    baselines.push_back({{"name", row.name},
                         {"energy_J", row.energy},
                         {"per_image", row.per_image},
                         {"source", name_of(row.source)},
                         {"origin", row.origin}});
  return {{"model", q.model},
          {"units", q.network.units},
          {"visible", q.network.visible},
          {"couplings", c.couplings},
          {"reciprocal", q.network.reciprocal},
          {"gains", q.network.gains},
          {"chunks", q.network.chunks},
          {"duration", q.network.duration},
          {"bits", c.bits},
          {"bits_assumed", c.bits_assumed},
          {"preset", name_of(q.choice.preset)},
          {"cell", name_of(q.choice.cell)},
          {"hold", name_of(q.choice.hold)},
          {"eta", q.choice.eta},
          {"batch", q.choice.batch},
          {"cell_area_um2", c.cell_area},
          {"core_area_mm2", c.core_area},
          {"area_mm2", c.area},
          {"power_W", c.power},
          {"cycles", c.cycles},
          {"cycle_energy_J", c.cycle_energy},
          {"chunk_programming_J", c.chunk_energy},
          {"chunk_programming_s", c.chunk_time},
          {"time_s", c.time},
          {"images_per_s", c.rate},
          {"areas", area_json(c.areas)},
          {"energy", energy_json(c.energy)},
          {"holds", std::move(holds)},
          {"good_to_a_factor_of", kCostFactor},
          {"constants", std::move(constants)},
          {"baselines", std::move(baselines)}};
}

void line(std::string_view name, std::string_view value) {
  print_out("{:<13} {}\n", name, legible(value));
}

/// What only a column of text can line up: "µ" is one letter and two bytes.
std::string padded(const std::string& text, std::size_t width) {
  std::size_t letters = 0;
  for (const char c : text) letters += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return text + std::string(letters < width ? width - letters : 0, ' ');
}

void print_text(const Quote& q) {
  const Cost& c = q.cost;
  const CostNetwork& n = q.network;
  line("model", q.model);
  line("network", fmt::format("{} units, {:.0f} {} couplings (z = {:.3g}), {} chunk{}, T = {:.4g}",
                              n.units, c.couplings, n.reciprocal ? "reciprocal" : "directed",
                              double(n.couplings) / std::max(n.units, 1), n.chunks,
                              n.chunks == 1 ? "" : "s", n.duration));
  line("weights", c.bits_assumed ? fmt::format("float; no analog cell holds these, so the cost is "
                                               "that of {} bits",
                                               c.bits)
                                 : fmt::format("{} bit{}", c.bits, c.bits == 1 ? "" : "s"));
  line("hardware",
       fmt::format("{}, {} cells, {}, eta = {:.4g}, B = {}", name_of(q.choice.preset),
                   name_of(q.choice.cell), name_of(q.choice.hold), q.choice.eta, q.choice.batch));
  line("area", fmt::format("{} mm²; a core {} mm², a coupling {} µm²", short_number(c.area),
                           short_number(c.core_area), short_number(c.cell_area)));
  line("power", fmt::format("{} while a core runs; {} per cycle", si_text(c.power, "W"),
                            si_text(c.cycle_energy, "J")));
  line("time", fmt::format("{} from noise to picture, {:.4g} of them carrier cycles; {} images/s",
                           si_text(c.time, "s"), c.cycles, short_number(c.rate)));
  line("energy", fmt::format("{} per image", si_text(c.energy.total(), "J")));
  for (const auto& cause : cost_energies())
    print_out("  {:<18} {} {:5.1f} %\n", cause.name, padded(si_text(c.energy.*cause.value, "J"), 9),
              100 * c.energy.*cause.value / c.energy.total());
  print_out("\nGood to about a factor of {:.0f} either way.\n", kCostFactor);

  print_out("\n{:<20} {:<12} {:<12} {:<12} {}\n", "chunks held by", "energy", "area", "time",
            "images/s");
  for (std::size_t i = 0; i < names_of<ChunkHold>().size(); ++i) {
    const Cost other = q.held(static_cast<ChunkHold>(i));
    print_out("{:<20} {} {} {} {}\n", names_of<ChunkHold>()[i],
              padded(si_text(other.energy.total(), "J"), 12),
              padded(short_number(other.area) + " mm²", 12), padded(si_text(other.time, "s"), 12),
              short_number(other.rate));
  }
  print_out("\nbeside it, none of it from this model\n");
  for (const CostBaseline& row : cost_baselines())
    print_out("  {} {:<52} {}\n", padded(si_text(row.energy, "J"), 9), row.name,
              name_of(row.source));
}

void print_constants(const CostConstants& constants) {
  print_out("\nconstants\n");
  for (const CostConstantInfo& row : cost_constants()) {
    const double value = constants.*row.value;
    print_out("{:<9} {:<9} {:<6} {:<10} {}{}{}\n", row.symbol, fmt::format("{:.4g}", value),
              row.unit, name_of(row.source), row.meaning, row.origin.empty() ? "" : "; ",
              row.origin);
  }
}

}  // namespace

void add_cost(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "cost", "What the analog hardware for a model would cost: area, power, time and energy");
  add_model_option(*command, options->model);
  add_bits_option(*command, options->hardware);
  add_gain_option(*command, options->hardware);
  add_density_option(*command, options->hardware);
  const auto add_choice = [&](const char* option, auto& value,
                              std::span<const std::string_view> names, const char* help) {
    using Enum = std::remove_reference_t<decltype(value)>;
    command
        ->add_option_function<std::string>(
            option,
            [&value, names, option](const std::string& name) {
              value = named<Enum>(option, names, name);
            },
            fmt::format("{}: {}", help, fmt::join(names, ", ")))
        ->default_str(std::string(names.front()))
        ->type_name("NAME");
  };
  CostChoice& choice = options->choice;
  add_choice("--preset", choice.preset, names_of<CostPreset>(), "Constants to start from");
  add_choice("--cell", choice.cell, names_of<CouplingCell>(), "How a weight is made");
  add_choice("--hold", choice.hold, names_of<ChunkHold>(), "Where the chunks' weights are");
  add_number(*command, "--eta", choice.eta, "Carrier cycles per time unit of the equations")
      ->capture_default_str();
  add_number(*command, "--batch", choice.batch, "Images that run per programming")
      ->capture_default_str();
  command
      ->add_option("--constant", options->constants,
                   "Another value for one constant of the model, for example e_u=0.5; repeatable")
      ->type_name("SYMBOL=VALUE")
      ->expected(1)
      ->take_all();
  command->add_flag("--constants", options->list_constants,
                    "List the constants and where they come from");
  add_json_flag(*command, options->json);
  command->callback([options] {
    validate(options->hardware);
    validate(options->choice);
    CostChoice& priced = options->choice;
    for (const std::string& change : options->constants) change_constant(priced, change);
    const Model model = load_named_model(options->model);
    const CostNetwork network = as_built(cost_network(model.program), options->hardware);
    const int bits = options->hardware.bits;
    const Quote quote{model.name, network, bits, priced, cost_of(network, bits, priced)};
    if (options->json) return print_out("{}\n", dump_json(to_json(quote), 2));
    print_text(quote);
    if (options->list_constants) print_constants(constants_of(priced));
  });
}

}  // namespace phaseloom
