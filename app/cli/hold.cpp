// SPDX-License-Identifier: MIT
// `phaseloom hold`: a model whose file holds its weights as the hardware does.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/document/assets.hpp"
#include "app/document/si_text.hpp"
#include "engine/hardware/quantisation.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

void add_hold(CLI::App& app) {
  struct Options {
    std::string model, out;
    Hardware hardware;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "hold", "Store a model's weights as hardware holds them, as levels of few bits");
  add_model_option(*command, options->model);
  add_bits_option(*command, options->hardware);
  add_grid_option(*command, options->hardware);
  add_gain_option(*command, options->hardware);
  add_density_option(*command, options->hardware);
  command->add_option("--out", options->out, "The model file to write (.safetensors)")
      ->type_name("FILE")
      ->required();
  command->callback([options] {
    validate(options->hardware);
    if (options->hardware.bits == 0)
      fail("--bits is missing: 1 to 8; float weights are what the file has already");
    Model model = load_model(model_file(options->model));
    model.held = hold(model.program, options->hardware);
    assign_weights(model.program, *model.held);
    save_model(options->out, model);
    report("{}: {} of {} in levels of {} bits\n", options->out,
           counted(model.program.chunks(), "chunk"), model.program.topology->couplings(),
           options->hardware.bits);
  });
}

}  // namespace phaseloom
