// SPDX-License-Identifier: MIT
// `phaseloom bench`: how fast this machine runs it.

#include "app/cli/bench.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/cli/named_option.hpp"
#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

Json step() {
  const StepBench result = measure_step();
  return {{"peak_fraction", result.peak_fraction},
          {"speedup_vs_naive", result.speedup_vs_naive},
          {"parallel_speedup", result.parallel_speedup},
          {"weight_noise_cost", result.weight_noise_cost},
          {"phase_noise_cost", result.phase_noise_cost},
          {"threads", result.threads}};
}

Json train() {
  const TrainBench result = measure_train();
  return {{"iterations_per_second", result.iterations_per_second},
          {"parallel_speedup", result.parallel_speedup},
          {"generator_forward_fraction", result.generator_forward_fraction},
          {"adjoint_fraction", result.adjoint_fraction},
          {"critic_fraction", result.critic_fraction},
          {"threads", result.threads}};
}

struct RanksFlags {
  int threads = 0, batch = 64;
  GradientFormat gradients = GradientFormat::f32;
};

Json ranks(const RanksFlags& flags) {
  const RanksBench result =
      measure_ranks(flags.threads, flags.batch, {launched_ranks(), flags.gradients});
  return {{"ranks", result.ranks},
          {"threads", result.threads},
          {"batch", result.batch},
          {"gradients", name_of(flags.gradients)},
          {"iterations_per_second", result.iterations_per_second},
          {"iterations_per_second_alone", result.iterations_per_second_alone},
          {"speedup", result.speedup},
          {"sum_ms", result.sum_ms},
          {"sum_mb", result.sum_mb},
          {"alike_ms", result.alike_ms}};
}

Json thermo() {
  const ThermoBench result = measure_thermo();
  return {{"cycle_seconds", result.cycle_seconds},
          {"cycle_fraction", result.cycle_fraction},
          {"cycle_parallel_speedup", result.cycle_parallel_speedup},
          {"samples_per_second", result.samples_per_second},
          {"generation_fraction", result.generation_fraction},
          {"generation_parallel_speedup", result.generation_parallel_speedup},
          {"threads", result.threads}};
}

Json field() {
  const FieldBench result = measure_field();
  return {{"steps_per_second_512", result.steps_per_second_512},
          {"steps_per_second_1024", result.steps_per_second_1024},
          {"speedup_vs_direct", result.speedup_vs_direct},
          {"parallel_speedup", result.parallel_speedup},
          {"threads", result.threads}};
}

Json ui(BenchScreen scene, int frames) {
  const UiBench result = measure_ui(scene, frames);
  return {{"ui_ms_median", result.ui_ms_median},
          {"ui_ms_worst", result.ui_ms_worst},
          {"build_ms_median", result.build_ms_median},
          {"submit_ms_median", result.submit_ms_median},
          {"frames", result.frames},
          {"resident_mb_start", result.resident_start},
          {"resident_mb_tenth", result.resident_tenth},
          {"resident_mb_end", result.resident_end}};
}

Json ui_commands() {
  const UiCommandsBench result = measure_ui_commands();
  return {{"commands", result.commands},
          {"blocked_ms_median", result.blocked_ms_median},
          {"blocked_ms_worst", result.blocked_ms_worst},
          {"slowest", result.slowest},
          {"own_ms_worst", result.own_ms_worst},
          {"slowest_own", result.slowest_own}};
}

Json ui_training() {
  const UiTrainingBench result = measure_ui_training();
  return {{"ui_ms_median", result.ui_ms_median},
          {"ui_ms_worst", result.ui_ms_worst},
          {"frames_per_second", result.frames_per_second},
          {"frames_per_second_alone", result.frames_per_second_alone},
          {"frame_ms_worst", result.frame_ms_worst},
          {"iterations_per_second", result.iterations_per_second},
          {"iterations_per_second_alone", result.iterations_per_second_alone}};
}

void print(const Json& result, bool json) {
  if (json) {
    print_out("{}\n", dump_json(result));
    return;
  }
  for (const auto& [key, value] : result.items())
    print_out("{:<27} {}\n", key,
              value.is_number_float() ? fmt::format("{:.4g}", value.get<double>())
              : value.is_string()     ? value.get<std::string>()
                                      : value.dump());
}

}  // namespace

void add_bench(CLI::App& app) {
  CLI::App* bench = app.add_subcommand("bench", "Measure the speed on this machine");
  bench->require_subcommand(1);
  const auto add = [&](const char* name, const char* description, std::function<Json()> measure) {
    auto json = std::make_shared<bool>(false);
    CLI::App* command = bench->add_subcommand(name, description);
    add_json_flag(*command, *json);
    command->callback([=] {
      Json result{{"bench", name}, {"instruction_set", isa_name(active_isa())}};
      result.update(measure());
      print(result, *json);
    });
    return command;
  };
  add("step", "One integrator step of the image network", step);
  add("train",
      "One iteration of training on images; fractions are of the float32 peak (bfloat16 may exceed "
      "1)",
      train);
  auto shared = std::make_shared<RanksFlags>();
  CLI::App* ranked =
      add("ranks", "Iterations of training by the processes of mpirun, beside one of them alone",
          [shared] { return ranks(*shared); });
  add_threads_option(*ranked, shared->threads);
  add_number(*ranked, "--batch", shared->batch, "Pictures in an iteration, a multiple of 32")
      ->check(CLI::Range(32, 2048))
      ->capture_default_str();
  add_named(*ranked, "--gradients", shared->gradients, "How gradients travel: f32 or bf16");
  add("thermo", "The thermodynamic computer: a cycle of its training, and samples from it", thermo);
  add("field",
      "Steps of a field of 512 x 512 and of 1024 x 1024 phases on all cores (midpoint, each "
      "listening to 13 x 13 places, with noise); on one core, how much faster that is than a plain "
      "loop with a sine for each coupling",
      field);
  struct UiFlags {
    bool training = false, commands = false;
    BenchScreen screen = BenchScreen::generate;
    int frames = 300;
  };
  auto flags = std::make_shared<UiFlags>();
  CLI::App* window = add("ui", "Frames of the window", [flags] {
    return flags->training   ? ui_training()
           : flags->commands ? ui_commands()
                             : ui(flags->screen, flags->frames);
  });
  auto* training =
      window->add_flag("--training", flags->training, "With a training on all cores beside it");
  auto* commands = window->add_flag("--commands", flags->commands,
                                    "How long each command blocks the window, and which longest");
  struct Screen {
    const char* flag;
    BenchScreen screen;
    const char* help;
  };
  constexpr Screen kScreens[] = {
      {"--all-panels", BenchScreen::all_panels, "With all that can be open, compared as well"},
      {"--transport", BenchScreen::transport, "5,000 points on their way in Transport instead"},
      {"--thermo", BenchScreen::thermo, "64 samples on their way in Thermo instead"},
      {"--learn", BenchScreen::learn, "70 oscillators, all coupled with all, in Learn instead"},
      {"--hardware", BenchScreen::hardware, "The costs of a design in Hardware instead"}};
  std::vector<CLI::Option*> others{training, commands};
  for (const Screen& screen : kScreens) {
    auto* flag = window->add_flag_callback(
        screen.flag, [flags, shown = screen.screen] { flags->screen = shown; }, screen.help);
    for (auto* other : others) flag->excludes(other);
    others.push_back(flag);
  }
  commands->excludes(training);
  add_number(*window, "--frames", flags->frames, "Frames to draw; memory shall not grow with them")
      ->check(CLI::Range(10, 10'000'000))
      ->capture_default_str()
      ->excludes(training)
      ->excludes(commands);
}

}  // namespace phaseloom
