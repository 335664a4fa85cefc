// SPDX-License-Identifier: MIT
#include "app/cli/train_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/cli/named_option.hpp"
#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/document/scene.hpp"
#include "engine/support/error.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {
namespace {

bool among(std::initializer_list<std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

void refuse_what_has_no_effect(const TrainOptions& options, const CLI::App& command) {
  for (const std::string& name : given_options(command)) {
    if (!options.resume.empty() && !among({"--resume", "--out", "--grids", "--data", "--minutes",
                                           "--iterations", "--threads", "--gradients"},
                                          name))
      fail(
          "{}: a training that goes on keeps what it began with; beside --resume there may be "
          "--out, "
          "--grids, --data, --minutes, --iterations, --threads and --gradients",
          name);
    if (!options.from.empty() && among({"--substrate", "--hidden", "--chunks", "--chunk-duration",
                                        "--tied", "--start-width", "--no-labels"},
                                       name))
      fail("{}: the network is that of --from {}; one or the other", name, options.from);
  }
  for (const char* name : {"--bits", "--weight-noise", "--mismatch", "--density"})
    if (options.setup.any && command.count(name) > 0)
      fail("{}: --any trains for all of them; one or the other", name);
  if (command.count("--minutes") > 0 && command.count("--iterations") > 0)
    fail("--minutes and --iterations: one of them is the length");
}

/// The range that a scene gives this value of a training.
template <class Number>
CLI::Range range_of(std::string_view field) {
  const SceneField& about = scene_field(field);
  return {static_cast<Number>(about.min), static_cast<Number>(about.max)};
}

void add_setup_options(CLI::App& command, TrainOptions& options) {
  TrainingSetup& setup = options.setup;
  add_named(command, "--loss", setup.loss, listed(names_of<Loss>()));
  add_number(command, "--minutes", setup.minutes,
             "Length of the training in wall time; with --resume, the whole length anew")
      ->check(range_of<double>("train.minutes"))
      ->capture_default_str();
  add_number(command, "--iterations", setup.iterations,
             "Length in iterations instead: reproducible bit by bit")
      ->check(CLI::Range(1, static_cast<int>(scene_field("train.iterations").max)));
  add_seed(command, "--seed", setup.seed, "Seed of everything random");
  add_named(command, "--substrate", setup.substrate, "The physics");
  add_number(command, "--hidden", setup.hidden, "Hidden layers")
      ->check(range_of<int>("train.hidden"))
      ->capture_default_str();
  add_number(command, "--radius", setup.radius,
             "Reach of the couplings on the grid; with --from, a wider one to grow into")
      ->check(range_of<int>("train.radius"))
      ->capture_default_str();
  add_number(command, "--chunks", setup.chunks, "Chunks of time with parameters of their own")
      ->check(range_of<int>("train.chunks"))
      ->capture_default_str();
  add_number(command, "--chunk-duration", setup.duration,
             "Duration of a chunk, time units; default: what suits the substrate")
      ->check(range_of<double>("train.duration"));
  CLI::Option* labels = command.add_flag(
      "--labels", options.asks_for_labels,
      "Learn to be asked for a class: a label oscillator for each, held at its state. Where the "
      "loss has a critic this is so anyway");
  command
      .add_flag_callback(
          "--no-labels", [&setup] { setup.labels = false; }, "Learn nothing of classes")
      ->excludes(labels);
  command.add_flag("--tied", setup.tied, "Symmetric couplings, W_ij = W_ji");
  add_number(command, "--start-width", setup.start_width,
             "Half-width of the uniform noise that a run begins with")
      ->check(range_of<double>("train.start_width"))
      ->capture_default_str();
  add_number(command, "--temperature", setup.temperature,
             "kT of the bath that the network runs in and learns in; with --from, of another one "
             "to live with")
      ->check(range_of<double>("train.temperature"))
      ->capture_default_str();
  add_number(command, "--step", setup.step,
             "Longest step in time units: chunks get as many steps as it asks for; 0: steps are "
             "counted by chunk")
      ->check(range_of<double>("train.step"))
      ->capture_default_str();
  add_number(command, "--bits", setup.bits, "Train through weights of this many bits")
      ->check(range_of<int>("train.bits"))
      ->capture_default_str();
  command.add_flag_callback(
      "--symmetric-grid", [&setup] { setup.grid = BitGrid::symmetric; },
      "Levels without the lowest one");
  add_named(command, "--gain", setup.gain,
            "Whose weights share a step of the grid: " + listed(names_of<Gain>()));
  command.add_flag("--any", setup.any,
                   "Train for any hardware: other bits, density, noise and mismatch in each "
                   "iteration");
  add_number(command, "--weight-noise", setup.weight_noise,
             "Train through relative errors of the weights, new ones for each batch")
      ->check(range_of<double>("train.weight_noise"))
      ->capture_default_str();
  add_number(command, "--mismatch", setup.mismatch,
             "The same, alike in all chunks: a new device for each batch")
      ->check(range_of<double>("train.mismatch"))
      ->capture_default_str();
  add_number(command, "--density", setup.density,
             "Prune the couplings to this fraction while training")
      ->check(range_of<double>("train.density"))
      ->capture_default_str();
  add_threads_option(command, setup.threads);
}

void add_rate_options(CLI::App& command, TrainSettings& settings) {
  const TrainSettings trained = settings_from_trained();
  add_number(command, "--batch", settings.batch,
             fmt::format("Pictures in an iteration, a multiple of {}", kLanes))
      ->check(CLI::Range(kLanes, 4096))
      ->capture_default_str();
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
  add_number(
      command, "--teaching", settings.teaching,
      "How strongly the network of --from, in floats, shows what it makes of the same noise; "
      "0: not at all")
      ->check(CLI::Range(0.0, 1000.0))
      ->capture_default_str();
  add_number(command, "--core", settings.core,
             "Share of the couplings of --from, the strongest, that stay as they are while the "
             "others grow around them")
      ->check(CLI::Range(0.0, 0.999))
      ->capture_default_str();
  add_number(command, "--average", settings.average, "Of the running average, per iteration")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
}

}  // namespace

void add_train_options(CLI::App& command, TrainOptions& options) {
  add_named(command, "DATASET", options.setup.dataset, listed(names_of<Dataset>()))
      ->default_str("");
  command.add_option("--data", options.data_dir, "Folder that holds the data set")
      ->type_name("DIR");
  command.add_option("--out", options.out, "The model file to write (.safetensors)")
      ->type_name("FILE");
  command
      .add_option("--resume", options.resume,
                  "Go on with a stopped or killed training: its .checkpoint file, also of the "
                  "window's")
      ->type_name("FILE");
  command
      .add_option("--from", options.from,
                  "Begin with a trained model instead of from scratch, and with fine steps")
      ->type_name("MODEL");
  command.add_option("--grids", options.grids, "Folder for sample grids (default: beside --out)")
      ->type_name("DIR");
  add_setup_options(command, options);
  add_rate_options(command, options.plan.settings);
  add_named(command, "--gradients", options.gradients,
            "How gradients travel between the processes of mpirun: f32 keeps the bits of a single "
            "one, bf16 is half as much");
  add_number(command, "--patience", options.plan.patience,
             "End when the quality has not risen for this many minutes")
      ->check(CLI::Range(0.01, 10000.0));
  add_number(command, "--checkpoint-every", options.plan.checkpoint_every,
             "Minutes between two checkpoints, kept beside the model")
      ->check(CLI::Range(0.01, 10000.0))
      ->capture_default_str();
  add_number(command, "--evaluate-every", options.evaluate_every,
             "Minutes between two looks; default: an eighth of the training, 2 at most")
      ->check(CLI::Range(0.01, 10000.0));
}

void complete(TrainOptions& options, const CLI::App& command) {
  refuse_what_has_no_effect(options, command);
  options.command_line = command_line(command, "phaseloom train");
  options.has_length = command.count("--minutes") > 0 || command.count("--iterations") > 0;
  options.has_radius = command.count("--radius") > 0;
  options.has_temperature = command.count("--temperature") > 0;
  if (!options.resume.empty()) return;
  if (command.count("DATASET") == 0)
    fail("DATASET is missing: one of {}", listed(names_of<Dataset>()));
  TrainingSetup& setup = options.setup;
  TrainingPlan& plan = options.plan;
  if (command.count("--chunk-duration") == 0) setup.duration = info(setup.substrate).chunk_duration;
  if (command.count("--teaching") > 0 && options.from.empty())
    fail("--teaching: there is nobody to teach; --from MODEL is the teacher");
  if (command.count("--core") > 0 && options.from.empty())
    fail("--core: of which network? --from MODEL has it");
  if (options.asks_for_labels && options.from.empty() && !setup.asks_for_classes())
    fail("--labels {}; take --loss wgan-gp or wgan-gp+drift", setup.no_classes_because());
  if (!options.from.empty()) {
    const TrainSettings trained = settings_from_trained();
    plan.settings.phases = trained.phases;
    if (!command.count("--generator-rate")) plan.settings.generator_rate = trained.generator_rate;
    if (!command.count("--warm-up")) plan.settings.warm_up = trained.warm_up;
  }
  plan.evaluate_samples = kCommandLookSamples;
  plan = plan_of(setup, std::move(plan));
  if (options.evaluate_every) {
    plan.evaluate_every = *options.evaluate_every;
    plan.evaluate_iterations = 0;
  }
}

}  // namespace phaseloom
