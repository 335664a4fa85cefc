// SPDX-License-Identifier: MIT
#include "engine/sweep/job_signs.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <ctime>
#include <random>

#include "engine/support/number.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::size_t kLongestName = 255;
constexpr double kLongestWork = 1e9;  // seconds; some thirty years

std::string_view value_of(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.starts_with(key) && line.substr(key.size()).starts_with(' '))
      return line.substr(key.size() + 1);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return {};
}

const std::string& mark_of_process() {
  static const std::string mark = fmt::format("{:08x}", std::random_device{}());
  return mark;
}

/// The number that a line has, if it is in the range.
std::optional<double> number_in(std::string_view text, std::string_view key, double most) {
  const auto number = parse_number<double>(value_of(text, key));
  return number && *number >= 0 && *number <= most ? number : std::nullopt;
}

}  // namespace

JobWorker this_worker() {
  char host[kLongestName + 1] = "";
  ::gethostname(host, sizeof host - 1);
  static std::atomic<int> count = 0;
  return {legible(host), ::getpid(), fmt::format("{}-{}", mark_of_process(), ++count)};
}

bool is_of_this_process(const JobWorker& worker) {
  return worker.process == ::getpid() && worker.mark.starts_with(mark_of_process() + "-");
}

std::string print_worker(const JobWorker& worker) {
  return fmt::format("host {}\nprocess {}\nmark {}\nbegun {:%Y-%m-%d %H:%M:%S} UTC\n", worker.host,
                     worker.process, worker.mark, fmt::gmtime(std::time(nullptr)));
}

std::optional<JobWorker> read_worker(std::string_view text) {
  const auto host = value_of(text, "host"), mark = value_of(text, "mark");
  const auto process = parse_number<std::int64_t>(value_of(text, "process"));
  if (host.empty() || host.size() > kLongestName || mark.empty() || mark.size() > kLongestName ||
      !process || *process < 1)
    return std::nullopt;
  return JobWorker{legible(host), *process, std::string(mark)};
}

std::string print_beat(const JobBeat& beat) {
  return fmt::format("beat {}\nseconds {:.1f}\nfraction {:.3f}\n", beat.count, beat.seconds,
                     beat.fraction);
}

std::optional<JobBeat> read_beat(std::string_view text) {
  const auto count = parse_number<std::uint64_t>(value_of(text, "beat"));
  const auto seconds = number_in(text, "seconds", kLongestWork);
  const auto fraction = number_in(text, "fraction", 1);
  if (!count || !seconds || !fraction) return std::nullopt;
  return JobBeat{*count, *seconds, *fraction};
}

}  // namespace phaseloom
