// SPDX-License-Identifier: MIT
#pragma once
// Checks of circuits without ngspice: the same on every machine, and in no time.

#include <cmath>
#include <utility>

#include "app/jobs/circuit_job_options.hpp"
#include "engine/support/interrupt.hpp"

namespace phaseloom::test {

/// Errors that grow from chunk to chunk, and are eight times as large at the looser tolerance; the
/// engine's own pictures, and waves of 0.02 beside them.
inline CircuitJobOptions fixed_circuit() {
  CircuitJobOptions options;
  options.threads = 1;
  options.check = [](const Circuit& circuit, const RecordedRun& recording, const DeckOptions&,
                     const std::filesystem::path&, const CircuitProgress& progress) {
    const Program& program = circuit.program;
    CircuitCheck check;
    for (int c = 0; c < program.chunks(); ++c) {
      if (!progress.share(double(c) / program.chunks())) throw Cancelled{};
      const double rms = 2e-5 * (1 + c * c);
      check.chunks.push_back({{rms, rms / 2, 3 * rms}, 8 * rms, 1.5});
      check.ours.clear();
      check.theirs.clear();
      check.pixel_difference = 0;
      for (const int unit : circuit.units) {
        if (unit >= program.topology->visible()) continue;
        const auto state = recording.at_chunk(c + 1)[static_cast<std::size_t>(unit)];
        check.ours.push_back(static_cast<float>(read_pixel(program.readout, state)));
        const auto apart = 0.02F * std::sin(0.5F * static_cast<float>(check.ours.size()));
        check.theirs.push_back(check.ours.back() + apart);
        check.pixel_difference += std::abs(apart);
      }
      check.pixel_difference /= static_cast<double>(check.ours.size());
      check.seconds += 1.5;
      progress.chunk(check);
    }
    if (!progress.share(1)) throw Cancelled{};
    return check;
  };
  return options;
}

}  // namespace phaseloom::test
