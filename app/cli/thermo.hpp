// SPDX-License-Identifier: MIT
#pragma once
// The subcommands of `phaseloom thermo`.

namespace CLI {
class App;
}

namespace phaseloom {

void add_thermo_train(CLI::App& thermo);
void add_thermo_run(CLI::App& thermo);
void add_thermo_info(CLI::App& thermo);

}  // namespace phaseloom
