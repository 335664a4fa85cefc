// SPDX-License-Identifier: MIT
// `phaseloom circuit`: a network as decks for ngspice, and what ngspice makes of them beside the
// engine's own run (docs/circuit.md).

#include <CLI/CLI.hpp>
#include <cmath>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "app/cli/named_option.hpp"
#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/progress.hpp"
#include "app/document/assets.hpp"
#include "app/document/si_text.hpp"
#include "app/jobs/circuit_work.hpp"
#include "engine/circuit/circuit_check.hpp"
#include "engine/circuit/kuiper.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

struct CircuitOptions {
  std::string model, out;
  int tile = 0;
  std::uint64_t sample = 0;
  RunOptions run;
  Hardware hardware;
  DeckOptions deck;
  NgspiceOptions ngspice;
  int threads = 0;
  bool check = false, json = false;
};

RunSettings settings_for(const CircuitOptions& options, const Program& program) {
  RunSettings settings = options.run.settings_for(program);
  if (!options.run.integrator) settings.integrator = Integrator::rk4;
  if (!options.run.steps_per_chunk) settings.steps_per_chunk = kReferenceSteps;
  settings.first_sample = options.sample;
  return settings;
}

using Json = nlohmann::ordered_json;

std::int64_t couplings_of(const Circuit& circuit) {
  const Topology& topology = *circuit.program.topology;
  const auto weights = circuit.program.weights(0);
  std::int64_t couplings = 0;
  for (const int unit : circuit.units)
    for (auto i = topology.row_begin()[unit]; i < topology.row_begin()[unit + 1]; ++i)
      couplings += weights[static_cast<std::size_t>(i)] != 0;
  return couplings;
}

Json to_json(const CircuitOptions& options, const RunSettings& settings, const Circuit& circuit,
             const CircuitCheck* check) {
  Json json{{"model", options.model},
            {"rung", std::string(rung_of(circuit.program.substrate))},
            {"units", circuit.units.size()},
            {"border", circuit.border.size()},
            {"couplings", couplings_of(circuit)},
            {"tile", options.tile != 0 ? Json(options.tile) : Json()},
            {"sample", options.sample},
            {"reltol", options.deck.reltol},
            {"noise", std::string(name_of(options.deck.noise))},
            {"out", options.out}};
  json.update(to_json(settings, options.hardware));
  if (!check) return json;
  Json chunks = Json::array();
  for (const ChunkCheck& chunk : check->chunks)
    chunks.push_back({{"rms_phase_error", chunk.error.rms},
                      {"median_phase_error", chunk.error.median},
                      {"p99_phase_error", chunk.error.p99},
                      {"rms_at_ten_times_reltol", chunk.looser_rms},
                      {"distribution_distance", chunk.distribution},
                      {"seconds", chunk.seconds}});
  json["chunks"] = std::move(chunks);
  json["distribution_distance_by_chance"] =
      kuiper_by_chance(static_cast<int>(circuit.units.size()));
  const ChunkCheck& last = check->chunks.back();
  json["rms_phase_error"] = last.error.rms;
  json["p99_phase_error"] = last.error.p99;
  json["pixel_difference"] = check->pixel_difference;
  json["seconds"] = check->seconds;
  return json;
}

void print_head_of_distributions(const Circuit& circuit) {
  const auto units = static_cast<std::int64_t>(circuit.units.size());
  print_out(
      "{} beside the engine, each with noise of its own: how far the distributions of their states "
      "are apart\n(Kuiper's distance; of equal ones beyond {:.3f} one time in twenty)\n",
      counted(units, "unit"), kuiper_by_chance(static_cast<int>(units)));
  print_out("{:>5}  {:>9}  {:>8}\n", "chunk", "distance", "seconds");
  flush_output();
}

void print_distribution(const CircuitCheck& check) {
  const ChunkCheck& chunk = check.chunks.back();
  print_out("{:5}  {:9.3f}  {:8.1f}\n", check.chunks.size(), chunk.distribution, chunk.seconds);
  flush_output();
}

void print_head(const Circuit& circuit, const CircuitOptions& options) {
  const StateInfo& state = info(circuit.program.substrate).state();
  print_out("{} beside the engine, {}\n",
            counted(static_cast<std::int64_t>(circuit.units.size()), "unit"),
            state.unit.empty() ? fmt::format("errors of {}", state.symbol)
                               : fmt::format("errors of {} in {}", state.symbol, state.unit));
  print_out("{:>5}  {:>9}  {:>9}  {:>9}  {:>16}  {:>8}\n", "chunk", "rms", "median", "99 %",
            fmt::format("rms at {:g}", 10 * options.deck.reltol), "seconds");
  flush_output();
}

/// Of the chunk that came last, as soon as it is there.
void print_chunk(const CircuitCheck& check) {
  const ChunkCheck& chunk = check.chunks.back();
  print_out("{:5}  {:9.2e}  {:9.2e}  {:9.2e}  {:16.2e}  {:8.1f}\n", check.chunks.size(),
            chunk.error.rms, chunk.error.median, chunk.error.p99, chunk.looser_rms, chunk.seconds);
  flush_output();
}

CircuitCheck checked(const CircuitOptions& options, const Circuit& circuit,
                     const RecordedRun& recording, const DeckOptions& deck,
                     const InterruptScope& interrupt) {
  const std::filesystem::path folder = options.out;
  const bool own_noise = deck.noise == CircuitNoise::own && recording.noise > 0;
  constexpr int kParts = 1000;
  ProgressLine line("parts", kParts);
  CircuitProgress progress;
  progress.share = [&](double done) {
    line.update(std::llround(done * kParts));
    return !interrupt.interrupted();
  };
  if (!options.json) {
    if (own_noise)
      print_head_of_distributions(circuit);
    else
      print_head(circuit, options);
    progress.chunk = [&, own_noise](const CircuitCheck& check) {
      line.clear();
      own_noise ? print_distribution(check) : print_chunk(check);
    };
  }
  try {
    return check_circuit(circuit, recording, deck, options.ngspice, folder, progress);
  } catch (const Cancelled&) {
    std::error_code ignored;
    for (int chunk = 0; chunk < circuit.program.chunks(); ++chunk)
      std::filesystem::remove(deck_file(folder, chunk), ignored);
    throw;
  }
}

void circuit(const CircuitOptions& options) {
  validate(options.hardware);
  if (!is_reltol(options.deck.reltol))
    fail("--reltol {:g}: it must lie in {:g}..{:g}", options.deck.reltol, kLeastReltol,
         kMostReltol);
  const Model model = load_named_model(options.model);
  const Program& program = model.program;
  const RunSettings settings = settings_for(options, program);
  if (options.check) check_ngspice(options.ngspice);
  const Circuit circuit = circuit_of(program, options.hardware, settings, options.tile);
  const std::filesystem::path folder = options.out;
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) fail("--out {}: {}", printable(options.out), problem.message());

  InterruptScope interrupt;
  ThreadPool pool(options.threads);
  const RecordedRun recording =
      record(program, options.hardware, settings, pool, [&] { return !interrupt.interrupted(); });
  DeckOptions deck = options.deck;
  deck.what = described_circuit(options.model, settings, options.hardware);
  std::optional<CircuitCheck> check;
  if (options.check) {
    check = checked(options, circuit, recording, deck, interrupt);
    write_comparison(folder / "comparison.png", *check, picture_of_circuit(program, options.tile));
  } else {
    write_decks(circuit, recording, deck, folder);
  }
  if (options.json)
    print_out("{}\n", dump_json(to_json(options, settings, circuit, check ? &*check : nullptr), 2));
  else if (check && recording.noise > 0 && deck.noise == CircuitNoise::own)
    print_out("{:.1f} s in all\n", check->seconds);
  else if (check)
    print_out("mean difference of pixels {:.2e}; {:.1f} s in all\n", check->pixel_difference,
              check->seconds);
  else
    print_out("{}: {} of {}\n", legible(options.out), counted(program.chunks(), "deck"),
              counted(static_cast<std::int64_t>(circuit.units.size()), "unit"));
}

}  // namespace

void add_circuit(CLI::App& app) {
  auto options = std::make_shared<CircuitOptions>();
  CLI::App* command = app.add_subcommand(
      "circuit", "Write a network as circuits for ngspice, and compare what it makes of them");
  add_model_option(*command, options->model);
  add_number(*command, "--tile", options->tile,
             "Only a window of N x N places in the middle of the grid, in all layers; units around "
             "it go as they do in the whole network. 0, the default, is the whole")
      ->type_name("N");
  add_number(*command, "--sample", options->sample, "Which sample of the seed is run")
      ->type_name("S")
      ->capture_default_str();
  command->add_flag("--check", options->check,
                    "Run ngspice, each chunk from where it left the one before, and compare with "
                    "the engine");
  add_number(*command, "--reltol", options->deck.reltol, "Relative tolerance of ngspice")
      ->type_name("X")
      ->capture_default_str();
  add_named(
      *command, "--noise", options->deck.noise,
      "Of a warm or noisy network: recorded, the very increments of the engine's run, or own, "
      "ngspice's");
  add_number(*command, "--timeout", options->ngspice.timeout,
             "Seconds that ngspice may take for a "
             "chunk")
      ->check(CLI::Range(0.001, 1e6).description(""))
      ->type_name("S")
      ->capture_default_str();
  command->add_option("--out", options->out, "Folder for the decks and, of --check, comparison.png")
      ->required()
      ->type_name("DIR");
  add_json_flag(*command, options->json);
  add_run_options(*command, options->run);
  add_threads_option(*command, options->threads);
  add_hardware_options(*command, options->hardware);
  command->callback([options] { circuit(*options); });
}

}  // namespace phaseloom
