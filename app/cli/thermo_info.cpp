// SPDX-License-Identifier: MIT
// `phaseloom thermo info`: what a thermodynamic computer is and how it was trained.

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/thermo.hpp"
#include "app/document/assets.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"
#include "engine/thermo/heat.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

double rms(std::span<const float> values) {
  double square = 0;
  for (const double v : values) square += v * v;
  return values.empty() ? 0 : std::sqrt(square / double(values.size()));
}

/// @param facts of the training
Json to_json(const Model& model, const Json& facts) {
  const Program& program = model.program;
  const int last = program.chunks() - 1;
  return {{"name", model.name},
          {"picture",
           {{"width", program.picture().width},
            {"height", program.picture().height},
            {"channels", program.picture().channels}}},
          {"visible", program.topology->visible()},
          {"hidden", program.topology->hidden()},
          {"couplings", program.topology->couplings() / 2},
          {"coupling_rms", rms(program.weights(last))},
          {"j2_rms", rms(program.unit_values(last, 0))},
          {"j4_rms", rms(program.unit_values(last, 1))},
          {"bias_rms", rms(program.unit_values(last, 2))},
          {"temperature", program.temperature},
          {"durations", program.durations},
          {"steps_per_chunk", program.steps_per_chunk},
          {"training", facts}};
}

void print_text(const Json& about) {
  const auto line = [](const char* name, const std::string& value) {
    print_out("{:<13} {}\n", name, legible(value));
  };
  line("model", about["name"].get<std::string>());
  line("units",
       fmt::format("{} seen, {} hidden", about["visible"].get<int>(), about["hidden"].get<int>()));
  line("couplings", fmt::format("{} pairs, rms {:.5f} E0", about["couplings"].get<std::int64_t>(),
                                about["coupling_rms"].get<double>()));
  line("biases", fmt::format("rms {:.5f} E0", about["bias_rms"].get<double>()));
  line("potential", fmt::format("J2 = {:g}, J4 = {:g} E0", about["j2_rms"].get<double>(),
                                about["j4_rms"].get<double>()));
  line("temperature", fmt::format("kT = {:g} E0", about["temperature"].get<double>()));
  line("durations", about["durations"].dump());
  line("steps", fmt::format("{} per chunk", about["steps_per_chunk"].get<int>()));
  if (!about["training"].empty()) print_out("\ntraining\n");
  for (const auto& [key, value] : about["training"].items())
    if (key != "curve")
      print_out("  {:<15} {}\n", legible(key),
                legible(value.is_string() ? value.get<std::string>() : dump_json(value)));
}

void describe(const std::string& name, bool json) {
  const Model model = load_named_model(name);
  if (!is_thermo(model.program))
    fail("{}: is no thermodynamic computer: its units must be langevin, its couplings symmetric",
         name);
  const Json about = to_json(model, Json::parse(model.training));
  if (json)
    print_out("{}\n", dump_json(about, 2));
  else
    print_text(about);
}

}  // namespace

void add_thermo_info(CLI::App& thermo) {
  struct Options {
    std::string model;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = thermo.add_subcommand("info", "Describe a trained one");
  add_model_option(*command, options->model);
  add_json_flag(*command, options->json);
  command->callback([options] { describe(options->model, options->json); });
}

}  // namespace phaseloom
