// SPDX-License-Identifier: MIT
#include "engine/transport/grid.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <ctime>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/file_lock.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {
namespace {

using Clock = std::chrono::steady_clock;

/// Iterations between two looks at whether to stop: some ten milliseconds.
constexpr int kPortion = 10;
constexpr auto kProgressEvery = std::chrono::milliseconds(100);

/// Processor time of the calling thread: what else runs on the machine does not count.
double thread_seconds() {
  std::timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

TransportSetup setup_of(const TransportRow& row, int iterations) {
  return {row.model, row.loss, row.chunks, row.hidden, row.seed, iterations};
}

bool contains(const std::vector<TransportRow>& rows, const TransportRow& row) {
  return std::ranges::any_of(rows, [&](const auto& r) { return same_experiment(r, row); });
}

/// One run of the grid: the rows that were there, those to do, and what threads share.
class GridRun {
 public:
  GridRun(const TransportPlan& plan, const std::filesystem::path& path,
          const std::function<bool(const GridProgress&)>& progress)
      : path_(path), progress_(progress), iterations_(plan.iterations), points_(plan.points) {
    if (!path.empty()) lock(path);
    if (!path.empty() && std::filesystem::exists(path)) rows_ = read_results(path);
    const auto all = experiments(plan);
    for (const TransportRow& row : all)
      if (!contains(rows_, row)) todo_.push_back(row);
    state_.total = static_cast<int>(all.size());
    state_.done = state_.total - static_cast<int>(todo_.size());
    finished_.resize(todo_.size());
    for (const TransportRow& row : rows_) floors_[{row.pair, row.seed}] = row.floor;
  }

  void run(int threads) {
    report(nullptr);
    ThreadPool pool(threads);
    pool.run(static_cast<int>(todo_.size()), [&](int i) {
      if (!stopped_) run_row(static_cast<std::size_t>(i));
    });
  }

  std::vector<TransportRow> rows() const {
    auto rows = rows_;
    for (const auto& row : finished_)
      if (row) rows.push_back(*row);
    return rows;
  }

 private:
  /// Two that add rows to the same file would drop each other's.
  void lock(const std::filesystem::path& path) {
    lock_ = std::make_unique<FileLock>(path, "a grid of transport experiments");
    if (!lock_->held())
      fail("{}: {} adds rows to it; wait for its end, or choose another file", path.string(),
           lock_->holder());
  }

  void run_row(std::size_t index) {
    TransportRow row = todo_[index];
    const TransportPair pair = pair_named(row.pair);
    const double start = thread_seconds();
    std::optional<TransportTrainer> trainer;
    try {
      trainer.emplace(pair, setup_of(row, iterations_));
      while (!trainer->finished()) {
        trainer->advance(kPortion);
        report_now_and_then();
        if (stopped_) return;
      }
      row.seconds = thread_seconds() - start;
      row.w2_squared = measured_w2_squared(trainer->model(), pair, row.seed, points_);
    } catch (const Error&) {  // diverged: a result too
      row.seconds = thread_seconds() - start;
      row.w2_squared = std::numeric_limits<double>::infinity();
    }
    row.floor = floor_of(pair, row.seed);
    const std::lock_guard lock(mutex_);
    finished_[index] = row;
    if (!path_.empty()) write_file_atomically(path_, results_csv(rows()));
    ++state_.done;
    report(&row, std::isfinite(row.w2_squared) ? &*trainer : nullptr);
  }

  double floor_of(const TransportPair& pair, std::uint64_t seed) {
    const std::lock_guard lock(floor_mutex_);
    const auto [entry, fresh] = floors_.try_emplace({pair.name(), seed}, 0.0);
    if (fresh) entry->second = sampling_floor(pair, seed, points_);
    return entry->second;
  }

  void report_now_and_then() {
    const std::lock_guard lock(mutex_);
    if (Clock::now() - reported_ >= kProgressEvery) report(nullptr);
  }

  /// With mutex_ held, or before there are threads.
  void report(const TransportRow* latest, const TransportTrainer* trained = nullptr) {
    reported_ = Clock::now();
    const int left = state_.total - state_.done;
    const int fresh = static_cast<int>(todo_.size()) - left;
    const double elapsed = std::chrono::duration<double>(reported_ - start_).count();
    state_.seconds_left = fresh > 0 ? elapsed / fresh * left : 0;
    state_.latest = latest;
    state_.trained = trained;
    if (progress_ && !progress_(state_)) stopped_ = true;
  }

  const std::filesystem::path path_;
  std::unique_ptr<const FileLock> lock_;
  const std::function<bool(const GridProgress&)>& progress_;
  const int iterations_, points_;
  std::vector<TransportRow> rows_, todo_;
  std::vector<std::optional<TransportRow>> finished_;  // in the order of todo_
  std::mutex mutex_;                                   // finished_, the file, state_, progress_
  GridProgress state_;
  Clock::time_point start_ = Clock::now(), reported_ = start_;
  std::mutex floor_mutex_;
  std::map<std::pair<std::string, std::uint64_t>, double> floors_;
  std::atomic<bool> stopped_ = false;
};

}  // namespace

bool same_experiment(const TransportRow& a, const TransportRow& b) {
  return a.pair == b.pair && a.model == b.model && a.loss == b.loss && a.chunks == b.chunks &&
         a.hidden == b.hidden && a.seed == b.seed;
}

std::vector<TransportRow> experiments(const TransportPlan& plan) {
  std::vector<TransportRow> rows;
  for (const std::uint64_t seed : plan.seeds)
    for (const std::string& pair : plan.pairs) {
      pair_named(pair);  // known?
      for (const std::string& model : plan.models)
        for (const TransportLoss loss : plan.losses)
          for (const int chunks : plan.chunks)
            for (const int hidden : plan.hidden) {
              const auto setup = checked({model, loss, chunks, hidden, seed, plan.iterations});
              const TransportRow row{.pair = pair,
                                     .model = model,
                                     .loss = loss,
                                     .chunks = setup.chunks,
                                     .hidden = setup.hidden,
                                     .seed = seed};
              if (!contains(rows, row)) rows.push_back(row);
            }
    }
  return rows;
}

std::vector<TransportRow> run_transport_grid(
    const TransportPlan& plan, const std::filesystem::path& path, int threads,
    const std::function<bool(const GridProgress&)>& progress) {
  GridRun run(plan, path, progress);
  run.run(threads);
  return run.rows();
}

}  // namespace phaseloom
