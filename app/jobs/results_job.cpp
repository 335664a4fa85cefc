// SPDX-License-Identifier: MIT
#include "app/jobs/results_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "app/jobs/transport_snapshot.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr JobWords kWords{"grid", "transport.grid_", "transport.grid", "ends"};

std::string line_of(const TransportRow& row) {
  std::string line = fmt::format("{}  {}", row.pair, title_of(row.model, row.loss));
  if (row.model != kMlp) line += fmt::format(", K = {}, H = {}", row.chunks, row.hidden);
  return line + fmt::format(": W₂² {:.5f}", row.w2_squared);
}

std::filesystem::path folder_beside(const std::filesystem::path& file) {
  if (file.empty()) return file;
  return file.parent_path() / (file.stem().string() + "-networks");
}

/// A row of the same experiment gives way.
void take_row(std::vector<TransportRow>& rows, const TransportRow& row) {
  const auto same =
      std::ranges::find_if(rows, [&](const auto& r) { return same_experiment(r, row); });
  if (same == rows.end())
    rows.push_back(row);
  else
    *same = row;
}

bool is_file(const std::filesystem::path& path) {
  std::error_code ignored;
  return !path.empty() && std::filesystem::exists(path, ignored);
}

}  // namespace

ResultsJob::ResultsJob(ResultsOptions options, bool gated)
    : Job(gated, kWords), options_(std::move(options)), folder_(folder_beside(options_.file)) {}

// --- called by the window ------------------------------------------------------------------------

void ResultsJob::show() {
  if (std::exchange(shown_, true)) return;
  order([this](auto) { work([&] { need_rows(); }); });
}

void ResultsJob::start(const std::vector<std::string>& pairs, std::uint64_t seed) {
  TransportPlan plan;
  plan.pairs = pairs;
  plan.seeds = {seed};
  plan.iterations = options_.iterations;
  plan.points = options_.points;
  experiments(plan);  // are the names known?
  order_long([this, plan](auto) {
    work([&] {
      need_rows();
      run(plan);
    });
  });
  shown_ = true;
}

void ResultsJob::export_to(const std::filesystem::path& file) {
  if (file.extension() != ".csv")
    fail("transport.grid_export: {} should end in .csv", file.string());
  shown_ = true;
  errand([this, file] {
    need_rows();
    write_file_atomically(file, results_csv(rows_));
    note(false, fmt::format("{}: written", file.string()));
  });
}

// --- the thread ----------------------------------------------------------------------------------

void ResultsJob::work(const std::function<void()>& what) {
  const auto problem = problem_of(what);
  if (problem) {
    now_.problem = *problem;
    note(true, *problem);
  }
  now_.running = false;
  publish(now_);
}

void ResultsJob::need_rows() {
  if (read_) return;
  read();
  read_ = true;
}

void ResultsJob::read() {
  const bool own = is_file(options_.file);
  if (own || is_file(options_.shipped))
    rows_ = read_results(own ? options_.file : options_.shipped);
  networks_ = networks_of(rows_, folder_.read());
  summarise_rows();
}

void ResultsJob::begin() {
  begun_ = true;
  if (options_.file.empty()) return;
  read();  // another window may have added rows
  folder_.remove_all_but(networks_);
}

void ResultsJob::keep(const KeptNetwork& network) {
  std::erase_if(networks_, [&](const auto& n) { return same_experiment(n->row, network.row); });
  networks_.push_back(std::make_shared<const KeptNetwork>(network));
  try {
    folder_.write(network);
    for (; networks_.size() > NetworkFolder::kMost; networks_.erase(networks_.begin()))
      folder_.remove(*networks_.front());
  } catch (const Error& error) {  // it can be shown as long as the window is open
    if (std::exchange(told_, true)) return;
    note(true, fmt::format("The networks of the results are not kept: {}", error.what()));
  }
}

void ResultsJob::run(const TransportPlan& plan) {
  if (!options_.file.empty() && !is_file(options_.file)) {
    std::error_code ignored;  // writing says what is wrong
    std::filesystem::create_directories(options_.file.parent_path(), ignored);
    write_file_atomically(options_.file, results_csv(rows_));
  }
  now_.problem.clear();
  now_.latest.clear();
  now_.running = true;
  begun_ = told_ = false;
  run_transport_grid(plan, options_.file, gated_ ? 1 : options_.threads,
                     [&](const GridProgress& progress) { return go_on(progress); });
}

bool ResultsJob::go_on(const GridProgress& progress) {
  const bool first = !begun_;
  if (first) begin();
  now_.done = progress.done;
  now_.total = progress.total;
  now_.seconds_left = gated_ ? 0 : progress.seconds_left;
  if (progress.latest) {
    take_row(rows_, *progress.latest);
    if (progress.trained) keep(kept_network(*progress.latest, *progress.trained));
    summarise_rows();
    now_.latest = line_of(*progress.latest);
  }
  publish(now_);
  // Now and then, by the clock, it reports within a row: that is no step.
  return first || progress.latest ? granted() > 0 : !told_to_stop();
}

void ResultsJob::summarise_rows() {
  now_.results = std::make_shared<const std::vector<ResultSummary>>(summarised(rows_, networks_));
}

}  // namespace phaseloom
