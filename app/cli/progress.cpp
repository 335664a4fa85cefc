// SPDX-License-Identifier: MIT
#include "app/cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <utility>

#include "app/cli/output.hpp"

namespace phaseloom {
namespace {

constexpr auto kInterval = std::chrono::milliseconds(100);
constexpr const char* kClearLine = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine(std::string unit, std::int64_t total)
    : unit_(std::move(unit)), total_(total), terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::clear() const {
  if (terminal_) report_text(kClearLine);
}

void ProgressLine::update(std::int64_t done) {
  const auto now = Clock::now();
  if (!terminal_ || done <= 0 || now - shown_ < kInterval) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = double(done) / seconds;
  const std::string line =
      fmt::format("{}{} of {} {} ({} %), {:.0f} per second, {:.0f} s left", kClearLine, done,
                  total_, unit_, 100 * done / total_, rate, double(total_ - done) / rate);
  report_text(line);
}

}  // namespace phaseloom
