// SPDX-License-Identifier: MIT
// `phaseloom transport`: trains a model to carry points from one distribution to another, or a
// whole grid of them.

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/progress.hpp"
#include "app/cli/results_plot.hpp"
#include "app/document/openable.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/printable.hpp"
#include "engine/transport/flow.hpp"
#include "engine/transport/grid.hpp"
#include "engine/transport/points_file.hpp"
#include "engine/transport/trainer.hpp"

namespace phaseloom {
namespace {

struct TransportOptions {
  // one training
  std::string pair = "D1", model = "kuramoto_shil", loss = "swd";
  std::string source, target;  ///< CSV files
  std::uint64_t seed = 1;
  bool json = false;
  // a grid of them
  bool grid = false;
  TransportPlan plan;
  std::vector<std::string> losses{"ot_cfm", "swd"};
  std::string plot;
  int threads = 0;
  double seconds = 0;
  // both
  std::vector<int> chunks, hidden;
  int iterations = 0;
  std::string out;
};

int only(const char* option, const std::vector<int>& values, int otherwise) {
  if (values.size() > 1) fail("{}: one training has one value; several are for --grid", option);
  return values.empty() ? otherwise : values.front();
}

TransportPair chosen_pair(const TransportOptions& options) {
  if (options.target.empty()) {
    if (!options.source.empty()) fail("--source {}: needs a --target too", options.source);
    if (is_points_file(options.pair))
      fail("--pair {}: points of a file are given with --target", printable(options.pair));
    return pair_named(options.pair);
  }
  PrecisePoints source;
  if (!options.source.empty()) source = read_points(options.source);
  return pair_of_points(options.target, std::move(source), read_points(options.target));
}

void write_points(const std::string& path, const Points& points) {
  std::string text = "x,y\n";
  for (const Point& p : points) text += fmt::format("{},{}\n", p.x, p.y);
  write_file_atomically(path, text);
}

void train_one(const TransportOptions& options) {
  const TransportPair pair = chosen_pair(options);
  const TransportSetup asked{.model = options.model,
                             .loss = named<TransportLoss>(options.loss),
                             .chunks = only("--chunks", options.chunks, TransportSetup{}.chunks),
                             .hidden = only("--hidden", options.hidden, TransportSetup{}.hidden),
                             .seed = options.seed,
                             .iterations = options.iterations};
  if (!options.out.empty()) AtomicFile{options.out};  // says at once if it cannot be written
  TransportTrainer trainer(pair, asked);
  const TransportSetup& setup = trainer.setup();
  const auto start = std::chrono::steady_clock::now();
  {
    InterruptScope interrupt;
    ProgressLine progress("iterations", setup.iterations);
    while (!trainer.finished()) {
      trainer.advance(10);
      progress.update(trainer.iterations());
      if (interrupt.interrupted()) throw Cancelled{};
    }
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const TransportModel model = trainer.model();
  const TransportScore result = score(model, pair, setup.seed);
  if (!options.out.empty())
    write_points(options.out,
                 transported(model, pair.source(held_out_seed(setup.seed), 0, kScorePoints)));
  if (options.json) {
    const nlohmann::ordered_json json{{"pair", pair.name()},
                                      {"model", setup.model},
                                      {"loss", name_of(setup.loss)},
                                      {"chunks", setup.chunks},
                                      {"hidden", setup.hidden},
                                      {"seed", setup.seed},
                                      {"iterations", setup.iterations},
                                      {"w2_squared", result.w2_squared},
                                      {"floor", result.floor},
                                      {"last_loss", trainer.losses().back()},
                                      {"seconds", seconds}};
    print_out("{}\n", dump_json(json, 2));
    return;
  }
  print_out(
      "{} {} {}, {} chunk{}, {} hidden, seed {}: W2² {:.5f} (sampling noise {:.5f}) after {} "
      "iterations, {:.1f} s\n",
      legible(pair.name()), setup.model, name_of(setup.loss), setup.chunks,
      setup.chunks == 1 ? "" : "s", setup.hidden, setup.seed, result.w2_squared, result.floor,
      setup.iterations, seconds);
}

/// A line per finished row on standard output; how far it is on standard error, if a terminal.
class GridReport {
 public:
  void show(const GridProgress& progress) {
    clear();
    if (const TransportRow* r = progress.latest) {
      print_out(
          "{}/{} {} {} {} chunks {} hidden {} seed {}: W2² {:.5f} (sampling noise {:.5f}), {:.1f} "
          "s\n",
          progress.done, progress.total, r->pair, r->model, name_of(r->loss), r->chunks, r->hidden,
          r->seed, r->w2_squared, r->floor, r->seconds);
      flush_output();
    }
    if (!terminal_) return;
    report("{} of {} trainings", progress.done, progress.total);
    if (progress.seconds_left > 0)
      report(", {:.0f} min {:02.0f} s left", std::floor(progress.seconds_left / 60),
             std::fmod(std::floor(progress.seconds_left), 60));
  }
  void clear() {
    if (terminal_) report_text("\r\x1b[K");
  }

 private:
  bool terminal_ = ::isatty(STDERR_FILENO) == 1;
};

void train_grid(TransportOptions options) {
  if (options.out.empty()) fail("--grid: needs --out FILE.csv, where the rows are kept");
  TransportPlan& plan = options.plan;
  plan.losses.clear();
  for (const std::string& name : options.losses) plan.losses.push_back(named<TransportLoss>(name));
  if (!options.chunks.empty()) plan.chunks = options.chunks;
  if (!options.hidden.empty()) plan.hidden = options.hidden;
  plan.iterations = options.iterations;
  for (const std::string& file : {options.out, options.plot})
    if (!file.empty()) AtomicFile{file};  // hours later would be late to say that it cannot be
  InterruptScope interrupt;
  GridReport report;
  GridProgress last;
  const auto start = std::chrono::steady_clock::now();
  const auto rows =
      run_transport_grid(plan, options.out, options.threads, [&](const GridProgress& progress) {
        report.show(progress);
        last = progress;
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
        return !interrupt.interrupted() &&
               !(options.seconds > 0 && spent.count() > options.seconds);
      });
  report.clear();
  if (!options.plot.empty() && !rows.empty())
    write_file_atomically(options.plot, results_svg(rows));
  print_out("{}: {} of {} trainings are done{}\n", legible(options.out), last.done, last.total,
            last.done < last.total ? "; the same command goes on" : "");
}

/// Options of the other kind would be ignored without a word.
void refuse_others(const CLI::App& command, bool grid) {
  constexpr std::array of_one{"--pair", "--target", "--source", "--model",
                              "--loss", "--seed",   "--json"};
  constexpr std::array of_grid{"--pairs", "--models", "--losses", "--seeds", "--plot", "--seconds"};
  const auto refuse = [&](const auto& names, const char* why) {
    for (const char* name : names)
      if (command.count(name) > 0) fail("{}: {}", name, why);
  };
  if (grid)
    refuse(of_one, "is of one training; --grid has --pairs, --models, --losses and --seeds");
  else
    refuse(of_grid, "is of many trainings; it needs --grid");
}

}  // namespace

void add_transport(CLI::App& app) {
  auto options = std::make_shared<TransportOptions>();
  CLI::App* command = app.add_subcommand(
      "transport", "Train a model to carry points of the plane from one distribution to another");
  command->add_option("--pair", options->pair, "From where to where: D1 to D4, spirals, rings, ...")
      ->capture_default_str();
  command->add_option("--target", options->target, "Own target points instead: lines of x,y")
      ->type_name("FILE.csv");
  command->add_option("--source", options->source, "Own source points (default: one Gaussian)")
      ->type_name("FILE.csv");
  command->add_option("--model", options->model, "mlp or a substrate")->capture_default_str();
  command->add_option("--loss", options->loss, "ot_cfm or swd")->capture_default_str();
  add_number(*command, "--chunks", options->chunks, "Chunks of time (default 4; --grid: 1,2,4,8)")
      ->delimiter(',')
      ->type_name("N");
  add_number(*command, "--hidden", options->hidden, "Hidden units (default 4; --grid: 0,2,4,8,16)")
      ->delimiter(',')
      ->type_name("N");
  add_seed(*command, "--seed", options->seed, "Seed of everything random");
  add_number(*command, "--iterations", options->iterations,
             "Default: until it has settled. A table does not tell: give such rows "
             "a file of their own")
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  command
      ->add_option("--out", options->out,
                   "Write 2,000 carried points (x,y); --grid: the table of results")
      ->type_name("FILE.csv");
  add_json_flag(*command, options->json);

  const auto add_grid = [&](auto* option) { return option->group("Grid"); };
  add_grid(command->add_flag("--grid", options->grid,
                             "Train all combinations. Rows that --out has already are kept"));
  const auto add_list = [&](const char* name, auto& values, const char* text) {
    return add_grid(command->add_option(name, values, text)->delimiter(',')->capture_default_str());
  };
  add_list("--pairs", options->plan.pairs, "Which pairs");
  add_list("--models", options->plan.models, "Which models");
  add_list("--losses", options->losses, "Which losses");
  read_as_number<std::uint64_t>(add_list("--seeds", options->plan.seeds, "Which seeds"))
      ->type_name("SEED");
  add_grid(command->add_option("--plot", options->plot, "Draw all rows of --out")
               ->type_name("FILE.svg"));
  add_grid(add_number(*command, "--seconds", options->seconds,
                      "Stop after so long; the same command goes on")
               ->check(CLI::Range(0.0, 1e9)));
  add_threads_option(*command, options->threads);
  command->callback([options, command] {
    refuse_others(*command, options->grid);
    if (options->grid)
      train_grid(*options);
    else
      train_one(*options);
  });
}

}  // namespace phaseloom
