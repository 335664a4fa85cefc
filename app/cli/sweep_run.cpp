// SPDX-License-Identifier: MIT
#include "app/cli/sweep_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <mutex>
#include <thread>

#include "app/cli/output.hpp"
#include "app/document/si_text.hpp"
#include "app/jobs/sweep_pace.hpp"
#include "app/jobs/sweep_worker.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/cores.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// One line on standard error that is written over, if that is a terminal, and lines that stay.
class SweepLine {
 public:
  void show(const std::string& line) {
    if (!terminal_ || Clock::now() - shown_ < 200ms) return;
    shown_ = Clock::now();
    report("\r\033[K{}", line);
  }
  void stay(const std::string& line) const {
    clear();
    report("{}\n", line);
  }
  void clear() const {
    if (terminal_) report("\r\033[K");
  }

 private:
  bool terminal_ = ::isatty(STDERR_FILENO) == 1;
  Clock::time_point shown_{};
};

/// Several workers of one process, and the thread that tells of them.
class Crew {
 public:
  Crew(const SweepFolder& sweep, const SweepRunOptions& options)
      : sweep_(sweep),
        options_(options),
        reader_(sweep),
        watch_(sweep.path(), sweep.plan().lease) {}

  void run() {
    reader_.look();
    for (const auto& [job, row] : reader_.rows()) told_.insert(job);
    if (reader_.rows().size() < sweep_.jobs().size()) {
      prepare();
      if (!interrupt_.interrupted()) start();
      while (!all_ended()) {
        std::this_thread::sleep_for(100ms);
        if (interrupt_.interrupted()) stop_.request_stop();
        attempt([&] { look(); });
        show();
      }
      for (std::thread& thread : threads_) thread.join();
    }
    line_.clear();
    attempt([&] {
      tell_news();
      reader_.write();
    });
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Doing {
    std::string job;
    double fraction = 0;
    bool ended = false;
  };

  void prepare() {
    ThreadPool pool(options_.threads);
    const PictureSource source = [](const std::string& name, Split split) {
      return load_image_set(name, split);
    };
    material_.emplace(
        sweep_, source, pool, [&](std::string_view doing) { line_.show(std::string(doing)); },
        [&] { return interrupt_.interrupted(); });
  }

  void start() {
    const int all = options_.threads > 0 ? options_.threads : usable_cores();
    const int each = std::max(1, all / options_.workers);
    doing_.resize(static_cast<std::size_t>(options_.workers));
    for (std::size_t i = 0; i < doing_.size(); ++i)
      threads_.emplace_back([this, i, each] { work(i, each); });
  }

  void work(std::size_t index, int threads) {
    attempt([&] {
      SweepWorker worker(sweep_, *material_, threads);
      for (bool going = true; going;) {
        const auto step =
            worker.step([&](const std::string& job) { set(index, job, 0); },
                        [&](double fraction) { set(index, {}, fraction); }, stop_.get_token());
        set(index, "", 0, /*idle=*/true);
        going =
            step == SweepWorker::Step::did || (step == SweepWorker::Step::waits && options_.wait);
        if (step == SweepWorker::Step::waits && going) wait(worker.patience());
      }
    });
    const std::lock_guard lock(mutex_);
    doing_[index].ended = true;
  }

  /// What fails of anything ends the work of all, and is told when they have ended.
  template <class Work>
  void attempt(const Work& work) {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      stop_.request_stop();
    }
  }

  void wait(std::chrono::milliseconds time) const {
    for (const auto end = Clock::now() + time; Clock::now() < end && !stop_.stop_requested();)
      std::this_thread::sleep_for(std::min<Clock::duration>(50ms, end - Clock::now()));
  }

  void set(std::size_t index, const std::string& job, double fraction, bool idle = false) {
    const std::lock_guard lock(mutex_);
    if (!job.empty() || idle) doing_[index].job = job;
    doing_[index].fraction = fraction;
  }

  bool all_ended() {
    const std::lock_guard lock(mutex_);
    return std::ranges::all_of(doing_, &Doing::ended);
  }

  /// At what others have done, too; not too often, for a folder may be far away.
  void look() {
    if (Clock::now() - looked_ < 1s) return;
    looked_ = Clock::now();
    const bool news = tell_news();
    left_ =
        sweep_seconds_left(reader_.table(), std::max(count_alive(watch_.look(sweep_.jobs())), 1));
    // They are made of the results, and made again: nobody's work ends for their sake.
    if (!news) return;
    if (const auto problem = problem_of([&] { reader_.write(); })) line_.stay(legible(*problem));
  }

  /// True if there is any.
  bool tell_news() {
    reader_.look();
    bool news = false;
    for (const auto& [job, row] : reader_.rows())
      if (told_.insert(job).second) {
        tell(job, row);
        news = true;
      }
    return news;
  }

  void tell(const std::string& job, const SweepRow& row) const {
    line_.stay(fmt::format("{} of {}  {}  {}", told_.size(), sweep_.jobs().size(), job,
                           row.failed() ? legible(row.problem)
                           : std::isnan(row.relative)
                               ? fmt::format("FCD {:.2f}", row.distance)
                               : fmt::format("relative FCD {:.4f}", row.relative)));
  }

  void show() {
    std::string line = fmt::format("{} of {} cells", reader_.rows().size(), sweep_.jobs().size());
    int busy = 0;
    {
      const std::lock_guard lock(mutex_);
      for (const Doing& doing : doing_)
        if (!doing.job.empty()) {
          line += fmt::format("  {} {:.0f} %", doing.job, 100 * doing.fraction);
          ++busy;
        }
    }
    if (busy == 0) line += "  waiting for others";
    if (left_ > 0) line += "  left " + duration_text(left_);
    line_.show(line);
  }

  const SweepFolder& sweep_;
  const SweepRunOptions& options_;
  InterruptScope interrupt_;
  std::optional<SweepMaterial> material_;
  std::stop_source stop_;
  std::vector<std::thread> threads_;

  std::mutex mutex_;  // of the two below
  std::vector<Doing> doing_;
  std::exception_ptr failure_;

  // The main thread's.
  SweepReader reader_;
  JobFolder watch_;
  double left_ = 0;  // seconds; 0: not known
  std::set<std::string> told_;
  Clock::time_point looked_{};
  SweepLine line_;
};

}  // namespace

void work_on_sweep(const SweepFolder& sweep, const SweepRunOptions& options) {
  Crew(sweep, options).run();
}

}  // namespace phaseloom
