// SPDX-License-Identifier: MIT
#include "engine/circuit/circuit_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <future>
#include <numbers>
#include <system_error>
#include <utility>

#include "engine/support/atomic_file.hpp"

namespace phaseloom {
namespace {

constexpr double kLooser = 10;
constexpr double kLoosest = 0.1;

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<double> recorded(const Circuit& circuit, const Recording& recording, int chunk) {
  const auto all = recording.at_chunk(chunk);
  std::vector<double> states;
  for (const int unit : circuit.units) states.push_back(all[static_cast<std::size_t>(unit)]);
  return states;
}

std::vector<double> last_states(const RawPlot& plot, const Circuit& circuit) {
  const auto last = plot.point(plot.points() - 1);
  std::vector<double> states;
  // They come in the order in which the deck asks for them.
  const std::size_t first = plot.column("v(" + node_name(circuit.units.front()) + ")");
  for (std::size_t i = 0; i < circuit.units.size(); ++i) {
    const std::string name = "v(" + node_name(circuit.units[i]) + ")";
    const std::size_t expected = first + i;
    const bool there = expected < plot.variables.size() && plot.variables[expected] == name;
    states.push_back(last[there ? expected : plot.column(name)]);
  }
  return states;
}

DeckOptions named(DeckOptions options, const std::filesystem::path& file) {
  options.file = file.stem().string();
  return options;
}

/// A folder that is there for a while.
class ScratchFolder {
 public:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {
    std::filesystem::create_directory(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// What ngspice makes of all chunks, each from where it left the one before.
struct Chain {
  std::vector<std::vector<double>> states;  ///< [chunk][unit], at its end
  std::vector<double> seconds;              ///< [chunk]
};

Chain run_chain(const Circuit& circuit, const Recording& recording, const DeckOptions& options,
                const NgspiceOptions& ngspice, const std::filesystem::path& folder,
                const std::function<bool(double)>& progress) {
  const Program& program = circuit.program;
  Chain chain;
  std::vector<double> states = recorded(circuit, recording, 0);
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    const auto start = Clock::now();
    const auto file = deck_file(folder, chunk);
    write_file_atomically(file,
                          chunk_deck(circuit, chunk, states, recording, named(options, file)));
    const double duration = program.durations[static_cast<std::size_t>(chunk)];
    const RawPlot plot = run_ngspice(file, duration, ngspice, [&](double time) {
      return progress((chunk + time / duration) / program.chunks());
    });
    states = last_states(plot, circuit);
    chain.states.push_back(states);
    chain.seconds.push_back(seconds_since(start));
  }
  return chain;
}

}  // namespace

StateError state_error(std::span<const double> states, std::span<const double> reference,
                       bool is_phase) {
  std::vector<double> errors(states.size());
  if (errors.empty()) return {};
  double squares = 0;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    const double apart = states[i] - reference[i];
    errors[i] = std::abs(is_phase ? std::remainder(apart, 2 * std::numbers::pi) : apart);
    squares += errors[i] * errors[i];
  }
  std::ranges::sort(errors);
  const auto quantile = [&](double q) {
    return errors[static_cast<std::size_t>(q * static_cast<double>(errors.size() - 1) + 0.5)];
  };
  return {std::sqrt(squares / static_cast<double>(errors.size())), quantile(0.5), quantile(0.99)};
}

std::filesystem::path deck_file(const std::filesystem::path& folder, int chunk) {
  return folder / fmt::format("chunk-{}.cir", chunk + 1);
}

void write_decks(const Circuit& circuit, const Recording& recording, const DeckOptions& options,
                 const std::filesystem::path& folder) {
  for (int chunk = 0; chunk < circuit.program.chunks(); ++chunk) {
    const auto file = deck_file(folder, chunk);
    write_file_atomically(file, chunk_deck(circuit, chunk, recorded(circuit, recording, chunk),
                                           recording, named(options, file)));
  }
}

CircuitCheck check_circuit(const Circuit& circuit, const Recording& recording,
                           const DeckOptions& options, const NgspiceOptions& ngspice,
                           const std::filesystem::path& folder,
                           const std::function<bool(double)>& progress) {
  const Program& program = circuit.program;
  const bool is_phase = info(program.substrate).is_phase;
  const int chunks = program.chunks();
  DeckOptions looser = options;
  looser.reltol = std::min(kLoosest, kLooser * options.reltol);
  const auto start = Clock::now();
  // Two chains at once: where a core is free, convergence costs no time.
  const ScratchFolder scratch(folder / "looser");
  std::atomic<bool> stopped = false;
  auto loose = std::async(std::launch::async, [&] {
    return run_chain(circuit, recording, looser, ngspice, scratch.path(),
                     [&](double) { return !stopped; });
  });
  Chain chain;
  try {
    chain = run_chain(circuit, recording, options, ngspice, folder,
                      [&](double done) { return !progress || progress(done); });
  } catch (...) {
    stopped = true;
    throw;
  }
  const Chain loose_chain = loose.get();

  CircuitCheck check;
  for (int chunk = 0; chunk < chunks; ++chunk) {
    const auto c = static_cast<std::size_t>(chunk);
    const auto reference = recorded(circuit, recording, chunk + 1);
    check.chunks.push_back({state_error(chain.states[c], reference, is_phase),
                            state_error(loose_chain.states[c], reference, is_phase).rms,
                            chain.seconds[c]});
  }
  const auto& states = chain.states.back();
  const auto reference = recorded(circuit, recording, chunks);
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (circuit.units[i] >= program.topology->visible()) continue;
    check.theirs.push_back(static_cast<float>(read_pixel(program.readout, states[i])));
    check.ours.push_back(static_cast<float>(read_pixel(program.readout, reference[i])));
    check.pixel_difference += std::abs(check.theirs.back() - check.ours.back());
  }
  if (!check.ours.empty()) check.pixel_difference /= static_cast<double>(check.ours.size());
  check.seconds = seconds_since(start);
  return check;
}

}  // namespace phaseloom
