// SPDX-License-Identifier: MIT
#include "engine/circuit/circuit_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <future>
#include <mutex>
#include <numbers>
#include <utility>

#include "engine/circuit/kuiper.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/scratch_folder.hpp"

namespace phaseloom {
namespace {

constexpr double kLooser = 10;
constexpr double kLoosest = 0.1;
constexpr auto kBetweenLooks = std::chrono::milliseconds(20);

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<double> recorded(const Circuit& circuit, const RecordedRun& recording, int chunk) {
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

/// Where ngspice has come to, chunk by chunk, each from where it left the one before. One thread
/// goes on, another one may look.
class Chain {
 public:
  struct Link {
    std::vector<double> states;  ///< of the circuit's units, at the chunk's end
    double seconds = 0;
  };
  void add(Link link) {
    const std::lock_guard lock(mutex_);
    links_.push_back(std::move(link));
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return links_.size();
  }
  Link at(std::size_t chunk) const {
    const std::lock_guard lock(mutex_);
    return links_[chunk];
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Link> links_;
};

void run_chain(Chain& chain, const Circuit& circuit, const RecordedRun& recording,
               const DeckOptions& options, const NgspiceOptions& ngspice,
               const std::filesystem::path& folder, const std::function<bool(double)>& progress) {
  const Program& program = circuit.program;
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
    chain.add({states, seconds_since(start)});
  }
}

/// Takes a chunk into the check, as the last one so far.
void take_chunk(CircuitCheck& check, const Circuit& circuit, const RecordedRun& recording,
                const Chain::Link& link, const Chain::Link& looser) {
  const Program& program = circuit.program;
  const bool is_phase = info(program.substrate).is_phase;
  const auto reference = recorded(circuit, recording, static_cast<int>(check.chunks.size()) + 1);
  check.chunks.push_back({state_error(link.states, reference, is_phase),
                          state_error(looser.states, reference, is_phase).rms,
                          kuiper_distance(link.states, reference, is_phase), link.seconds});
  check.theirs.clear();
  check.ours.clear();
  check.pixel_difference = 0;
  for (std::size_t i = 0; i < link.states.size(); ++i) {
    if (circuit.units[i] >= program.topology->visible()) continue;
    check.theirs.push_back(static_cast<float>(read_pixel(program.readout, link.states[i])));
    check.ours.push_back(static_cast<float>(read_pixel(program.readout, reference[i])));
    check.pixel_difference += std::abs(check.theirs.back() - check.ours.back());
  }
  if (!check.ours.empty()) check.pixel_difference /= static_cast<double>(check.ours.size());
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

void write_decks(const Circuit& circuit, const RecordedRun& recording, const DeckOptions& options,
                 const std::filesystem::path& folder) {
  for (int chunk = 0; chunk < circuit.program.chunks(); ++chunk) {
    const auto file = deck_file(folder, chunk);
    write_file_atomically(file, chunk_deck(circuit, chunk, recorded(circuit, recording, chunk),
                                           recording, named(options, file)));
  }
}

CircuitCheck check_circuit(const Circuit& circuit, const RecordedRun& recording,
                           const DeckOptions& options, const NgspiceOptions& ngspice,
                           const std::filesystem::path& folder, const CircuitProgress& progress) {
  DeckOptions looser = options;
  looser.reltol = std::min(kLoosest, kLooser * options.reltol);
  const auto start = Clock::now();
  // Two chains at once: where a core is free, convergence costs no time.
  const ScratchFolder scratch(folder / "looser");
  Chain chain, loose_chain;
  std::atomic<bool> stopped = false;
  std::atomic<double> loose_share = 0;
  auto loose = std::async(std::launch::async, [&] {
    run_chain(loose_chain, circuit, recording, looser, ngspice, scratch.path(), [&](double share) {
      loose_share = share;
      return !stopped;
    });
    loose_share = 1;
  });

  CircuitCheck check;
  const auto look = [&](double share) {
    using namespace std::chrono_literals;
    // What went wrong there is told at once.
    if (loose.valid() && loose.wait_for(0s) == std::future_status::ready) loose.get();
    const std::size_t both = std::min(chain.size(), loose_chain.size());
    while (check.chunks.size() < both) {
      const std::size_t next = check.chunks.size();
      take_chunk(check, circuit, recording, chain.at(next), loose_chain.at(next));
      check.seconds = seconds_since(start);
      if (progress.chunk) progress.chunk(check);
    }
    return !progress.share || progress.share(std::min(share, loose_share.load()));
  };
  try {
    run_chain(chain, circuit, recording, options, ngspice, folder, look);
    while (check.chunks.size() < chain.size()) {
      if (!look(1)) throw Cancelled{};
      if (loose.valid()) (void)loose.wait_for(kBetweenLooks);
    }
  } catch (...) {
    stopped = true;
    throw;
  }
  return check;
}

}  // namespace phaseloom
