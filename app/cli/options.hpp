// SPDX-License-Identifier: MIT
#pragma once
// Options that several subcommands share.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dynamics/simulator.hpp"
#include "engine/hardware/hardware.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace phaseloom {

/// MODEL, a path or the name of a shipped model (model_file() of app/document/assets.hpp).
void add_model_option(CLI::App& app, std::string& model);

/// --bits --grid --gain --density --mismatch --device --weight-noise --phase-noise. The values
/// still need validate(); the simulator does that.
void add_hardware_options(CLI::App& app, Hardware& hardware);

/// What all devices of a design share: --bits --grid --gain --density --weight-noise.
void add_design_options(CLI::App& app, Hardware& hardware);
void add_phase_noise_option(CLI::App& app, Hardware& hardware);
/// --bits, --grid, --gain and --density, one by one.
void add_bits_option(CLI::App& app, Hardware& hardware);
void add_grid_option(CLI::App& app, Hardware& hardware);
void add_gain_option(CLI::App& app, Hardware& hardware);
void add_density_option(CLI::App& app, Hardware& hardware);

/// --threads; 0, the default, is one per core.
void add_threads_option(CLI::App& app, int& threads);

/// --json
void add_json_flag(CLI::App& app, bool& json);

/// Of a command that was parsed: the names of what was given, and all of it in one line behind
/// `name`, to be repeated.
std::vector<std::string> given_options(const CLI::App& command);
std::string command_line(const CLI::App& command, std::string_view name);

/// How to run a program; what is not given is as the model says.
struct RunOptions {
  std::uint64_t seed = 1;
  std::optional<int> steps_per_chunk;
  std::optional<Integrator> integrator;
  double noise_width = 1;
  std::optional<double> temperature;
  int label = kAllLabels;

  /// Throws Error if a class is asked for that the program does not know.
  RunSettings settings_for(const Program& program) const;
};

/// How samples were made, one key for each setting: of the run, then of the hardware.
nlohmann::ordered_json to_json(const RunSettings& settings, const Hardware& hardware);

/// --seed --steps-per-chunk --integrator --noise-width --temperature --label
void add_run_options(CLI::App& app, RunOptions& run);

}  // namespace phaseloom
