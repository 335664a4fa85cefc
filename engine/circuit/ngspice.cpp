// SPDX-License-Identifier: MIT
#include "engine/circuit/ngspice.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "engine/support/child_process.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/leftovers.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr auto kBetweenLooks = std::chrono::milliseconds(20);
/// The last point lies at the end but for rounding.
constexpr double kEndTolerance = 1e-6;

/// What went wrong, of all that it says: the line that begins with the analysis or with "Error".
std::string reason_of(const std::string& complaints) {
  for (const std::string_view begin : {"doAnalyses:", "Error", "Warning"}) {
    const auto at = complaints.find(begin);
    if (at != std::string::npos)
      return legible(std::string_view(complaints).substr(at, complaints.find('\n', at) - at));
  }
  const auto end = complaints.find_last_not_of("\r\n ");
  if (end == std::string::npos) return "it does not say why";
  const auto begin = complaints.find_last_of('\n', end) + 1;  // npos + 1 is 0
  return legible(std::string_view(complaints).substr(begin, end - begin + 1));
}

/// A file that is there for a moment. An older one of that name must not pass for it.
class Scratch {
 public:
  explicit Scratch(std::filesystem::path path) : path_(std::move(path)), unfinished_(path_) {
    remove();
  }
  ~Scratch() { remove(); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

 private:
  void remove() const {
    std::error_code problem;
    std::filesystem::remove(path_, problem);
  }
  std::filesystem::path path_;
  Unfinished unfinished_;
};

}  // namespace

void check_ngspice(const NgspiceOptions& options) {
  ChildProcess({options.program, "--version"}).finish();
}

RawPlot run_ngspice(const std::filesystem::path& deck, double duration,
                    const NgspiceOptions& options, const NgspiceProgress& progress) {
  std::filesystem::path raw = deck;
  raw.replace_extension(".raw");
  const Scratch scratch(raw);
  // -n: nobody's own start-up file has a say.
  ChildProcess child({options.program, "-n", "-b", "-r", raw.string(), deck.string()});
  const auto start = std::chrono::steady_clock::now();
  std::optional<int> status;
  while (!(status = child.ended())) {
    if (progress && !progress(std::min(duration, progress_of_raw(raw)))) throw Cancelled{};
    if (std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() >
        options.timeout)
      fail("{}: {} takes longer than the {:g} s it was given", printable(deck.string()),
           options.program, options.timeout);
    std::this_thread::sleep_for(kBetweenLooks);
  }
  const std::string complaints = child.complaints();
  // Who cancels by Ctrl-C sends the signal to the child as well.
  if (*status != 0 && progress && !progress(std::min(duration, progress_of_raw(raw))))
    throw Cancelled{};
  if (*status == -1)
    fail("{}: {} was ended by a signal", printable(deck.string()), options.program);
  if (*status != 0 || !std::filesystem::exists(raw))
    fail("{}: {} failed: {}", printable(deck.string()), options.program, reason_of(complaints));
  RawPlot plot = read_raw(raw);
  const double reached = plot.point(plot.points() - 1)[0];
  if (!(reached >= duration * (1 - kEndTolerance)))
    fail("{}: {} stopped at {:.4g} of {:.4g} units of time: {}", printable(deck.string()),
         options.program, reached, duration, reason_of(complaints));
  return plot;
}

}  // namespace phaseloom
