// SPDX-License-Identifier: MIT
#pragma once
// ngspice as a child process.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/circuit/raw_file.hpp"

namespace phaseloom {

struct NgspiceOptions {
  std::string program = "ngspice";  ///< looked for on PATH
  double timeout = 3600;            ///< seconds for one deck, > 0
};

/// Throws Error if there is no such program.
void check_ngspice(const NgspiceOptions& options);

/// Now and then, with the simulated time that was reached; returning false ends the child, and
/// Cancelled is thrown.
using NgspiceProgress = std::function<bool(double)>;

/// Runs the deck and returns its result, which reaches `duration`; what the child wrote is removed.
/// Throws Error with one line if there is no ngspice, if it fails (with what it complains of), does
/// not come to the end, or takes longer than the timeout.
RawPlot run_ngspice(const std::filesystem::path& deck, double duration,
                    const NgspiceOptions& options, const NgspiceProgress& progress = {});

}  // namespace phaseloom
