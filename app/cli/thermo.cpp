// SPDX-License-Identifier: MIT
// `phaseloom thermo`: the thermodynamic computer, which makes pictures out of thermal noise.

#include "app/cli/thermo.hpp"

#include <CLI/CLI.hpp>

namespace phaseloom {

void add_thermo(CLI::App& app) {
  CLI::App* thermo = app.add_subcommand(
      "thermo", "Train and run the thermodynamic computer: pictures out of thermal noise");
  thermo->require_subcommand(1);
  add_thermo_train(*thermo);
  add_thermo_run(*thermo);
  add_thermo_info(*thermo);
}

}  // namespace phaseloom
