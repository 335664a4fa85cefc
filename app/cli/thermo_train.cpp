// SPDX-License-Identifier: MIT
// `phaseloom thermo train`: prototypes into the couplings of a thermodynamic computer.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/named_option.hpp"
#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/progress.hpp"
#include "app/cli/thermo.hpp"
#include "app/cli/training_files.hpp"
#include "app/document/thermo_experiment.hpp"
#include "app/document/thermo_facts.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/printable.hpp"
#include "engine/thermo/prototypes.hpp"
#include "engine/thermo/thermo_checkpoint.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

struct ThermoTrainOptions {
  std::string out, resume, data_dir, prototypes;
  std::string dataset = kThermoDataset, digits = "0,1,2";
  ThermoPlan plan;
  std::optional<int> cycles;
  bool labels = false;
  double checkpoint_every = ThermoCallbacks().checkpoint_every;
  int threads = 0;
  std::string command;
};

Prototypes chosen_prototypes(const ThermoTrainOptions& options) {
  if (!options.prototypes.empty()) return prototypes_in(options.prototypes);
  const auto classes = parse_digits(options.digits, "--digits");
  std::optional<std::filesystem::path> data;
  if (!options.data_dir.empty()) data = options.data_dir;
  return first_of_classes(load_image_set(options.dataset, Split::train, data), classes);
}

ThermoCheckpoint begun(const ThermoTrainOptions& options) {
  ThermoCheckpoint c;
  Prototypes prototypes = chosen_prototypes(options);
  c.plan = options.plan;
  c.plan.cycles = options.cycles.value_or(c.plan.cycles);
  c.plan.setup.picture = prototypes.shape;
  if (options.labels) c.plan.setup.labels = static_cast<int>(prototypes.pictures.size());
  c.prototypes = std::move(prototypes.pictures);
  validate(c.plan, c.prototypes);
  c.progress.parameters = first_thermo_parameters(c.plan.setup);
  return c;
}

/// Takes everything from a checkpoint; a number of cycles that is given replaces its own.
ThermoCheckpoint resumed(ThermoTrainOptions& options) {
  ThermoCheckpoint c = load_thermo_checkpoint(options.resume);
  try {
    const Json notes = Json::parse(c.notes);
    if (options.out.empty()) options.out = unescaped(notes.at("out").get<std::string>());
    notes.at("dataset").get_to(options.dataset);
    const auto command = notes.at("command").get<std::string>();
    options.command = options.cycles ? command + "; " + options.command : command;
  } catch (const Json::exception&) {
    fail(
        "{}: it does not say what was trained; only checkpoints of `phaseloom thermo train` can "
        "be resumed",
        options.resume);
  }
  if (options.cycles && *options.cycles <= c.progress.cycles())
    fail("--cycles {}: it has made {} already; the whole length is meant, not what is to be added",
         *options.cycles, c.progress.cycles());
  c.plan.cycles = options.cycles.value_or(c.plan.cycles);
  return c;
}

void train(ThermoTrainOptions options) {
  const bool anew = options.resume.empty();
  if (!options.prototypes.empty()) options.dataset.clear();
  ThermoCheckpoint c = anew ? begun(options) : resumed(options);
  const std::filesystem::path out = options.out;
  check_model_file(out);
  const std::filesystem::path file =
      anew ? std::filesystem::path(out).replace_extension(".checkpoint")
           : std::filesystem::path(options.resume);
  const std::filesystem::path written[] = {out, file};
  const auto locks = lock_files(written, options.command);
  c.notes =
      dump_json(Json{{"out", escaped(std::filesystem::absolute(out).lexically_normal().string())},
                     {"dataset", options.dataset},
                     {"command", options.command}});

  ThreadPool pool(options.threads);
  InterruptScope interrupt;
  std::stop_source stop;
  {
    ProgressLine line("cycles", c.plan.cycles);
    ThermoCallbacks callbacks;
    callbacks.news = [&](const ThermoReport& r) {
      if (interrupt.interrupted()) stop.request_stop();
      line.update(r.cycle);
      if (!worth_a_line(r.cycle, c.plan.cycles)) return;
      line.clear();
      print_out("cycle {:6}  loss {:.5f}  rms of J {:.5f}\n", r.cycle, r.loss, r.coupling_rms);
      flush_output();
    };
    callbacks.checkpoint_every = options.checkpoint_every;
    callbacks.checkpoint = [&](const ThermoProgress& progress) {
      save_thermo_checkpoint(file, {c.plan, c.prototypes, progress, c.notes});
    };
    c.progress = run_thermo_training(c.plan, c.prototypes, std::move(c.progress), pool, callbacks,
                                     stop.get_token());
  }
  save_model(
      out,
      {thermo_program(c.plan.setup, c.progress.parameters), out.stem().string(),
       thermo_facts(c.plan, {{}, options.command, options.dataset, prototype_names(c.prototypes)},
                    c.progress.curve)});
  const bool whole = c.progress.cycles() == c.plan.cycles;
  std::error_code ignored;
  if (whole) std::filesystem::remove(file, ignored);
  print_out("{}: {} after {} cycles\n", legible(out.string()),
            whole ? "trained" : "stopped, the last state kept", c.progress.cycles());
  if (!whole) print_out("go on with: phaseloom thermo train --resume {}\n", legible(file.string()));
}

void refuse_what_has_no_effect(const ThermoTrainOptions& options, const CLI::App& command) {
  constexpr std::string_view kWithResume[] = {"--resume", "--out", "--cycles", "--checkpoint-every",
                                              "--threads"};
  constexpr std::string_view kOfDataSets[] = {"--digits", "--dataset", "--data"};
  for (const std::string& name : given_options(command)) {
    if (!options.resume.empty() && std::ranges::find(kWithResume, name) == std::end(kWithResume))
      fail(
          "{}: a training that goes on keeps what it began with; beside --resume there may be "
          "--out, --cycles, --checkpoint-every and --threads",
          name);
    if (!options.prototypes.empty() &&
        std::ranges::find(kOfDataSets, name) != std::end(kOfDataSets))
      fail("{}: the pictures are those of --prototypes {}; one or the other", name,
           options.prototypes);
  }
}

}  // namespace

void add_thermo_train(CLI::App& thermo) {
  auto options = std::make_shared<ThermoTrainOptions>();
  ThermoPlan& plan = options->plan;
  CLI::App* command = thermo.add_subcommand("train", "Train one on a few pictures");
  command->add_option("--out", options->out, "The model file to write (.safetensors)")
      ->type_name("FILE");
  command
      ->add_option("--resume", options->resume,
                   "Go on with a stopped or killed training: its .checkpoint file")
      ->type_name("FILE");
  command->add_option("--digits", options->digits, "The first training picture of each of these")
      ->type_name("D,D,...")
      ->capture_default_str();
  command->add_option("--dataset", options->dataset, "Whose pictures: mnist or fashion")
      ->check(CLI::IsMember({"mnist", "fashion"}))
      ->capture_default_str();
  command->add_option("--data", options->data_dir, "Folder that holds the data set")
      ->type_name("DIR");
  command
      ->add_option("--prototypes", options->prototypes,
                   "A folder of .png pictures of one size instead, learnt as grey")
      ->type_name("DIR");
  add_named(*command, "--rule", plan.rule, listed(names_of<ThermoRule>()));
  add_number(*command, "--cycles", options->cycles,
             "Noising paths of each picture; with --resume, the whole length anew")
      ->default_str(fmt::format("{}", plan.cycles))
      ->type_name("N");
  add_number(*command, "--hidden", plan.setup.hidden, "Hidden units")
      ->type_name("N")
      ->capture_default_str();
  add_number(*command, "--kT", plan.setup.temperature, "Temperature, in units of E0")
      ->capture_default_str();
  add_number(*command, "--rate", plan.rate, "Of learning. Default: time step / duration, 4e-4");
  command->add_flag("--visible-biases", plan.setup.visible_biases,
                    "Train them, too: then a picture is no longer as likely as its negative");
  command->add_flag("--labels", options->labels,
                    "A held unit for each prototype, which asks for it when the computer runs");
  add_number(*command, "--competition", plan.setup.competition,
             "Hidden units begin as rivals: pairs with couplings of this / hidden, E0")
      ->capture_default_str();
  add_number(*command, "--j4", plan.setup.j4, "Quartic part of every unit's potential, E0")
      ->capture_default_str();
  add_number(*command, "--bits", plan.bits,
             "Round the couplings to this many bits, levels from -1 to 1, after every change; 0: "
             "float")
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--stochastic-rounding", plan.stochastic_rounding,
                    "Round up as often as the remainder says");
  add_number(*command, "--update-noise", plan.update_noise,
             "Relative error of every change of a coupling")
      ->capture_default_str();
  add_seed(*command, "--seed", plan.seed, "Seed of the noise");
  add_seed(*command, "--projection-seed", plan.projection_seed,
           "Seed of the projection that gives hidden units their patterns");
  add_number(*command, "--checkpoint-every", options->checkpoint_every,
             "Minutes between two checkpoints, kept beside the model")
      ->check(CLI::Range(0.001, 10000.0))
      ->capture_default_str();
  add_threads_option(*command, options->threads);
  command->callback([options, command] {
    refuse_what_has_no_effect(*options, *command);
    if (command->count("--rate") > 0 && options->plan.rate == 0)
      fail("--rate 0: nothing would be learnt; a rate is above 0");
    options->command = command_line(*command, "phaseloom thermo train");
    train(*options);
  });
}

}  // namespace phaseloom
