// SPDX-License-Identifier: MIT
#include "app/cli/train_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

bool among(std::initializer_list<std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

void refuse_what_has_no_effect(const TrainOptions& options, const CLI::App& command) {
  for (const std::string& name : given_options(command)) {
    if (!options.resume.empty() &&
        !among({"--resume", "--out", "--grids", "--data", "--minutes", "--iterations", "--threads"},
               name))
      fail(
          "{}: a training that goes on keeps what it began with; beside --resume there may be "
          "--out, "
          "--grids, --data, --minutes, --iterations and --threads",
          name);
    if (!options.from.empty() &&
        among({"--substrate", "--hidden", "--chunks", "--chunk-duration", "--tied"}, name))
      fail("{}: the network is that of --from {}; one or the other", name, options.from);
  }
  if (options.plan.minutes > 0 && options.plan.iterations > 0)
    fail("--minutes and --iterations: one of them is the length");
}

}  // namespace

void add_train_options(CLI::App& command, TrainOptions& options) {
  TrainSettings& settings = options.plan.settings;
  command.add_option("DATASET", options.dataset, "mnist or fashion")
      ->check(CLI::IsMember({"mnist", "fashion"}));
  command.add_option("--data", options.data_dir, "Folder that holds the data set")
      ->type_name("DIR");
  command.add_option("--out", options.out, "The model file to write (.safetensors)")
      ->type_name("FILE");
  command
      .add_option("--resume", options.resume,
                  "Go on with a stopped or killed training: its .checkpoint file")
      ->type_name("FILE");
  command
      .add_option("--from", options.from,
                  "Begin with a trained model instead of from scratch, and with fine steps")
      ->type_name("MODEL");
  command.add_option("--loss", options.loss, listed(names_of<Loss>()))->capture_default_str();
  command.add_option("--grids", options.grids, "Folder for sample grids (default: beside --out)")
      ->type_name("DIR");
  add_number(command, "--minutes", options.plan.minutes,
             "Length of the training in wall time; with --resume, the whole length anew")
      ->check(CLI::Range(0.01, 100000.0));
  add_number(command, "--iterations", options.plan.iterations,
             "Length in iterations instead: reproducible bit by bit")
      ->check(CLI::Range(1, 1000000000));
  add_seed(command, "--seed", settings.seed, "Seed of everything random");
  command.add_option("--substrate", options.substrate, "The physics")->capture_default_str();
  add_number(command, "--hidden", options.hidden, "Hidden layers")
      ->check(CLI::Range(0, 8))
      ->capture_default_str();
  add_number(command, "--radius", options.radius,
             "Reach of the couplings on the grid; with --from, a wider one to grow into")
      ->check(CLI::Range(0, 14))
      ->default_str("3");
  add_number(command, "--chunks", options.chunks, "Chunks of time with parameters of their own")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  add_number(command, "--chunk-duration", options.chunk_duration,
             "Duration of a chunk, time units; default: what suits the substrate")
      ->check(CLI::Range(1e-3, 100.0));
  command.add_flag("--labels", options.labels,
                   "Learn to be asked for a class: a label oscillator for each, held at its state");
  command.add_flag("--tied", options.tied, "Symmetric couplings, W_ij = W_ji");
  const TrainSettings trained = settings_from_trained();
  add_number(command, "--generator-rate", settings.generator_rate,
             fmt::format("Adam's rate of the network at the start (with --from {:g})",
                         trained.generator_rate))
      ->check(CLI::Range(1e-7, 1.0))
      ->capture_default_str();
  add_number(command, "--critic-rate", settings.critic_rate, "The same of the critic, to the end")
      ->check(CLI::Range(1e-7, 1.0))
      ->capture_default_str();
  add_number(command, "--weight-decay", settings.weight_decay, "Decay of the couplings")
      ->check(CLI::Range(0.0, 10.0))
      ->capture_default_str();
  add_number(command, "--final-rate", settings.final_rate,
             "Fraction of the network's rate at the end")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  add_number(command, "--warm-up", settings.warm_up,
             fmt::format("Fraction of the training in which the network's rate rises from 0 "
                         "(with --from {:g})",
                         trained.warm_up))
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  add_number(command, "--average", settings.average, "Of the running average, per iteration")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  add_number(command, "--bits", settings.hardware.bits, "Train through weights of this many bits")
      ->check(CLI::Range(0, 8))
      ->capture_default_str();
  command.add_flag("--symmetric-grid", options.symmetric_grid, "Levels without the lowest one");
  add_number(command, "--weight-noise", settings.hardware.weight_noise,
             "Train through relative errors of the weights, new ones for each batch")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  add_number(command, "--mismatch", settings.hardware.mismatch,
             "The same, alike in all chunks: a new device for each batch")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  add_number(command, "--density", settings.hardware.density,
             "Prune the couplings to this fraction while training")
      ->check(CLI::Range(0.01, 1.0))
      ->capture_default_str();
  add_number(command, "--patience", options.plan.patience,
             "End when the quality has not risen for this many minutes")
      ->check(CLI::Range(0.01, 10000.0));
  add_number(command, "--checkpoint-every", options.plan.checkpoint_every,
             "Minutes between two checkpoints, kept beside the model")
      ->check(CLI::Range(0.01, 10000.0))
      ->capture_default_str();
  add_number(command, "--evaluate-every", options.plan.evaluate_every, "Minutes between two looks")
      ->check(CLI::Range(0.01, 10000.0))
      ->capture_default_str();
  add_threads_option(command, options.threads);
}

void complete(TrainOptions& options, const CLI::App& command) {
  refuse_what_has_no_effect(options, command);
  TrainingPlan& plan = options.plan;
  if (plan.minutes <= 0 && plan.iterations <= 0 && options.resume.empty()) plan.minutes = 20;
  options.command_line = command_line(command, "phaseloom train");
  plan.settings.loss = named<Loss>(options.loss);
  if (!options.from.empty()) {
    const TrainSettings trained = settings_from_trained();
    plan.settings.phases = trained.phases;
    if (!command.count("--generator-rate")) plan.settings.generator_rate = trained.generator_rate;
    if (!command.count("--warm-up")) plan.settings.warm_up = trained.warm_up;
  }
  if (options.symmetric_grid) plan.settings.hardware.grid = BitGrid::symmetric;
}

}  // namespace phaseloom
