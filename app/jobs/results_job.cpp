// SPDX-License-Identifier: MIT
#include "app/jobs/results_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

#include "app/jobs/transport_snapshot.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/priority.hpp"

namespace phaseloom {
namespace {

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
    : GatedThread(gated),
      options_(std::move(options)),
      folder_(folder_beside(options_.file)),
      latest_(std::make_shared<const ResultsSnapshot>()),
      seen_(latest_) {}

ResultsJob::~ResultsJob() { finish(); }

// --- called by the window ------------------------------------------------------------------------

void ResultsJob::order(Order order) {
  {
    const std::lock_guard lock(mutex_);
    if (order.plan) {
      if (running_) fail("the grid is running; stop it first (transport.grid_stop)");
      running_ = true;
      stop_ = false;
      credit_ = 0;
    }
    orders_.push_back(std::move(order));
    resting_ = false;
  }
  wake();
}

void ResultsJob::show() {
  if (!std::exchange(shown_, true)) order({});
}

void ResultsJob::start(const std::vector<std::string>& pairs, std::uint64_t seed) {
  TransportPlan plan;
  plan.pairs = pairs;
  plan.seeds = {seed};
  plan.iterations = options_.iterations;
  plan.points = options_.points;
  experiments(plan);  // are the names known?
  shown_ = true;
  order({std::move(plan), {}});
}

void ResultsJob::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (!running_) fail("no grid is running; transport.grid begins one");
    stop_ = true;
    resting_ = false;
  }
  wake();
}

void ResultsJob::advance(std::int64_t rows) {
  {
    const std::lock_guard lock(mutex_);
    if (!running_) fail("no grid is running; transport.grid begins one");
    credit_ += rows;
    resting_ = false;
  }
  wake();
}

void ResultsJob::export_to(const std::filesystem::path& file) {
  if (file.extension() != ".csv")
    fail("transport.grid_export: {} should end in .csv", file.string());
  shown_ = true;
  order({{}, file});
}

std::deque<JobNote> ResultsJob::take_notes() {
  const auto lock = glance();
  return lock ? std::exchange(notes_, {}) : std::deque<JobNote>();
}

std::shared_ptr<const ResultsSnapshot> ResultsJob::latest() {
  const auto lock = glance();
  return lock ? seen_ = latest_ : seen_;
}

// --- the thread ----------------------------------------------------------------------------------

void ResultsJob::loop() {
  if (!gated_) lower_thread_priority();  // and hence that of the grid's threads
  std::unique_lock lock(mutex_);
  while (!quit_) {
    if (orders_.empty()) {
      rest(lock);
      continue;
    }
    const Order order = std::move(orders_.front());
    orders_.pop_front();
    lock.unlock();
    std::optional<JobNote> note;
    try {
      perform(order);
      if (order.write) note = JobNote{false, fmt::format("{}: written", order.write->string())};
    } catch (const std::exception& error) {
      note = JobNote{true, error.what()};
      if (!order.write) now_.problem = error.what();
    }
    now_.running = false;
    publish();
    lock.lock();
    if (order.plan) running_ = false;
    if (note) notes_.push_back(*std::move(note));
  }
}

void ResultsJob::perform(const Order& order) {
  if (!std::exchange(read_, true)) read();
  if (order.plan) run(*order.plan);
  if (order.write) write_file_atomically(*order.write, results_csv(rows_));
}

void ResultsJob::read() {
  const bool own = is_file(options_.file);
  if (own || is_file(options_.shipped))
    rows_ = read_results(own ? options_.file : options_.shipped);
  networks_ = networks_of(rows_, folder_.read());
  take_stock();
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
    const std::lock_guard lock(mutex_);
    notes_.push_back(
        {true, fmt::format("The networks of the results are not kept: {}", error.what())});
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
  if (!begun_) begin();
  now_.done = progress.done;
  now_.total = progress.total;
  now_.seconds_left = gated_ ? 0 : progress.seconds_left;
  if (progress.latest) {
    take_row(rows_, *progress.latest);
    if (progress.trained) keep(kept_network(*progress.latest, *progress.trained));
    take_stock();
    now_.latest = line_of(*progress.latest);
  }
  publish();
  std::unique_lock lock(mutex_);
  if (progress.latest && credit_ > 0) --credit_;
  while (gated_ && credit_ == 0 && !quit_ && !stop_) rest(lock);
  return !quit_ && !stop_;
}

void ResultsJob::take_stock() {
  now_.results = std::make_shared<const std::vector<ResultSummary>>(summarised(rows_, networks_));
}

void ResultsJob::publish() {
  ++now_.serial;
  auto next = std::make_shared<const ResultsSnapshot>(now_);
  const std::lock_guard lock(mutex_);
  latest_.swap(next);
}

}  // namespace phaseloom
