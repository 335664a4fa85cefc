// SPDX-License-Identifier: MIT
#include "app/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/cli/named_option.hpp"
#include "app/cli/number_option.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr const char* kHardwareGroup = "Hardware";
constexpr int kMaxThreads = 1024;
constexpr int kMaxStepsPerChunk = 1'000'000;

/// Range check whose bounds are in its message only: in --help they are noise.
template <class T>
CLI::Validator range(T low, T high) {
  return CLI::Range(low, high).description("");
}

}  // namespace

void add_model_option(CLI::App& app, std::string& model) {
  app.add_option("MODEL", model, "A model file, or the name of a shipped model")->required();
}

void add_bits_option(CLI::App& app, Hardware& hardware) {
  add_number(app, "--bits", hardware.bits, "Bits of a weight, 1 to 8; 0: float")
      ->capture_default_str()
      ->group(kHardwareGroup);
}

void add_density_option(CLI::App& app, Hardware& hardware) {
  add_number(app, "--density", hardware.density,
             "Fraction of the couplings to keep; the weakest go first")
      ->capture_default_str()
      ->group(kHardwareGroup);
}

void add_design_options(CLI::App& app, Hardware& hardware) {
  const std::string group = kHardwareGroup;
  add_bits_option(app, hardware);
  add_named(app, "--grid", hardware.grid, "Levels of a weight: " + listed(names_of<BitGrid>()))
      ->group(group);
  add_density_option(app, hardware);
  add_number(app, "--weight-noise", hardware.weight_noise,
             "Relative error of every weight, drawn anew for each sample")
      ->capture_default_str()
      ->group(group);
}

void add_phase_noise_option(CLI::App& app, Hardware& hardware) {
  add_number(app, "--phase-noise", hardware.phase_noise,
             "Wiener noise on every state, per square root of the time unit")
      ->capture_default_str()
      ->group(kHardwareGroup);
}

void add_hardware_options(CLI::App& app, Hardware& hardware) {
  add_design_options(app, hardware);
  add_number(app, "--mismatch", hardware.mismatch,
             "Relative error of every coupling, the same for all samples")
      ->capture_default_str()
      ->group(kHardwareGroup);
  add_seed(app, "--device", hardware.device, "Which device's mismatch")->group(kHardwareGroup);
  add_phase_noise_option(app, hardware);
}

void add_threads_option(CLI::App& app, int& threads) {
  add_number(app, "--threads", threads,
             "Threads; 0: one per core that it may use. Changes no result")
      ->check(range(0, kMaxThreads))
      ->type_name("N")
      ->capture_default_str();
}

void add_json_flag(CLI::App& app, bool& json) {
  app.add_flag("--json", json, "Print JSON instead of text");
}

std::vector<std::string> given_options(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    if (option->count() > 0 && option->get_name() != "--help") names.push_back(option->get_name());
  return names;
}

std::string command_line(const CLI::App& command, std::string_view name) {
  std::string line(name);
  for (const CLI::Option* option : command.get_options()) {
    if (option->count() == 0 || option->get_name() == "--help") continue;
    if (!option->get_positional()) line += " " + option->get_name();
    if (option->get_expected_max() == 0) continue;
    for (const auto& result : option->results()) line += " " + result;
  }
  return line;
}

RunSettings RunOptions::settings_for(const Program& program) const {
  RunSettings settings = settings_of(program);
  if (integrator) settings.integrator = *integrator;
  if (steps_per_chunk) settings.steps_per_chunk = *steps_per_chunk;
  if (temperature) settings.temperature = *temperature;
  settings.seed = seed;
  settings.noise_width = noise_width;
  settings.label = label;
  const int labels = program.topology->labels();
  if (label != kAllLabels && labels == 0)
    fail("--label {}: this model knows no classes; train one with --labels", label);
  if (label >= labels && label != kAllLabels)
    fail("--label {}: this model knows the classes 0 to {}", label, labels - 1);
  return settings;
}

nlohmann::ordered_json to_json(const RunSettings& run, const Hardware& hardware) {
  using Json = nlohmann::ordered_json;
  return {{"integrator", std::string(tableau(run.integrator).name)},
          {"steps_per_chunk", run.steps_per_chunk},
          {"seed", run.seed},
          {"noise_width", run.noise_width},
          {"temperature", run.temperature},
          {"label", run.label == kAllLabels ? Json() : Json(run.label)},
          {"bits", hardware.bits},
          {"grid", std::string(name_of(hardware.grid))},
          {"density", hardware.density},
          {"weight_noise", hardware.weight_noise},
          {"mismatch", hardware.mismatch},
          {"device", hardware.device},
          {"phase_noise", hardware.phase_noise}};
}

void add_run_options(CLI::App& app, RunOptions& run) {
  add_seed(app, "--seed", run.seed, "Seed of the initial noise and of all other noise");
  add_number(app, "--steps-per-chunk", run.steps_per_chunk, "Default: as the model says")
      ->check(range(1, kMaxStepsPerChunk))
      ->type_name("N");
  app.add_option_function<std::string>(
         "--integrator",
         [&run](const std::string& name) { run.integrator = named<Integrator>(name); },
         listed(names_of<Integrator>()) + ". Default: as the model says")
      ->type_name("NAME");
  add_number(app, "--noise-width", run.noise_width, "Multiplies the model's initial noise")
      ->check(range(0., 1e6))
      ->capture_default_str();
  add_number(app, "--temperature", run.temperature,
             "kT of the bath that shakes every state. Default: as the model says")
      ->check(range(0., kMaxTemperature))
      ->type_name("KT");
  add_number(app, "--label", run.label,
             "Ask for one class, for example a 7, of a model that was trained with --labels. "
             "Default: all")
      ->check(range(0, kMaxLabels - 1))
      ->type_name("CLASS");
}

}  // namespace phaseloom
