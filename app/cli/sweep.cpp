// SPDX-License-Identifier: MIT
// `phaseloom sweep` and `phaseloom worker`: many settings of the hardware, evaluated or trained on,
// as jobs in a folder that any number of workers share (docs/sweeps.md).

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/sweep_run.hpp"
#include "app/document/sweep_plan_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

struct SweepOptions {
  std::string subject;  ///< a plan, or a folder
  std::string out;
  bool plan_only = false;
  SweepRunOptions run;
  SweepTellOptions tell;
};

void add_run(CLI::App& command, SweepOptions& options) {
  constexpr int kMostWorkers = 256;
  add_number(command, "--workers", options.run.workers,
             "Workers of this process, each on a cell of its own; they share its threads")
      ->check(CLI::Range(1, kMostWorkers).description(""))
      ->type_name("N")
      ->capture_default_str();
  add_threads_option(command, options.run.threads);
}

void sweep(const SweepOptions& options, const CLI::App& command) {
  std::error_code ignored;
  if (fs::is_directory(options.subject, ignored)) {
    for (const char* name : {"--out", "--plan-only", "--workers", "--threads"})
      if (command.count(name) > 0)
        fail(
            "{}: is for a plan; {} is a folder, of which this tells and draws what is done. To "
            "work on it: phaseloom worker {}",
            name, options.subject, options.subject);
    return tell_sweep(SweepFolder::open(options.subject), options.tell);
  }
  if (command.count("--watch") > 0)
    fail("--watch: is for the folder of a sweep; {} is a plan", options.subject);
  const SweepPlan plan = read_sweep_plan(options.subject);
  if (options.out.empty()) fail("--out is missing: the folder of the sweep");
  const SweepFolder folder = SweepFolder::make(plan, options.out);
  if (!options.plan_only) work_on_sweep(folder, options.run);
  tell_sweep(folder, options.tell);
}

}  // namespace

void add_sweep(CLI::App& app) {
  auto options = std::make_shared<SweepOptions>();
  CLI::App* command = app.add_subcommand(
      "sweep", "Measure a network at many settings of the hardware, or see how far that is");
  command
      ->add_option("PLAN.json|DIR", options->subject,
                   "What to measure; or the folder of a sweep: tells how far it is, and writes its "
                   "table and plots anew")
      ->required();
  command
      ->add_option("--out", options->out,
                   "The folder for jobs and results; of the same plan it goes on")
      ->type_name("DIR");
  command->add_flag("--plan-only", options->plan_only,
                    "Make the folder and do nothing: phaseloom worker does it, anywhere");
  constexpr double kLongestWatch = 86400;
  add_number(*command, "--watch", options->tell.watch,
             "Of a folder: look so many seconds for signs of life of those who work on it; they "
             "give one every sixth of a lease")
      ->check(CLI::Range(0.0, kLongestWatch).description(""))
      ->type_name("SECONDS");
  add_run(*command, *options);
  add_json_flag(*command, options->tell.json);
  command->callback([options, command] { sweep(*options, *command); });
}

void add_worker(CLI::App& app) {
  auto options = std::make_shared<SweepOptions>();
  CLI::App* command = app.add_subcommand(
      "worker", "Work on a sweep's folder, beside any number of others on any machine");
  command->add_option("DIR", options->subject, "The folder of the sweep")->required();
  command->add_flag_callback(
      "--no-wait", [options] { options->run.wait = false; },
      "End when all that is left is others', instead of waiting in case that they die");
  add_run(*command, *options);
  add_json_flag(*command, options->tell.json);
  command->callback([options] {
    const SweepFolder folder = SweepFolder::open(options->subject);
    work_on_sweep(folder, options->run);
    tell_sweep(folder, options->tell);
  });
}

}  // namespace phaseloom
