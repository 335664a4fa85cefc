// SPDX-License-Identifier: MIT
// `phaseloom recast`: the same network made of other units, e.g. of ring oscillators as they are
// measured instead of ideal ones (docs/circuit.md).

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/cli/named_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/document/assets.hpp"
#include "engine/network/model_file.hpp"

namespace phaseloom {

void add_recast(CLI::App& app) {
  struct Options {
    std::string model, out;
    Substrate substrate = substrate_named("ring_resistor_capacitor");
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "recast", "Make the same network of other units, with the same parameters");
  add_model_option(*command, options->model);
  add_named(*command, "--substrate", options->substrate,
            "Of which units: kuramoto_shil, ring_resistor, ring_resistor_capacitor have the same "
            "parameters");
  command->add_option("--out", options->out, "The model file to write (.safetensors)")
      ->type_name("FILE")
      ->required();
  command->callback([options] {
    Model model = load_model(model_file(options->model));
    model.program = made_of(model.program, options->substrate);
    save_model(options->out, model);
    report("{}: units of {}\n", options->out, info(options->substrate).name);
  });
}

}  // namespace phaseloom
