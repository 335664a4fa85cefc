// SPDX-License-Identifier: MIT
#include "app/cli/sweep_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/output.hpp"
#include "app/document/si_text.hpp"
#include "app/jobs/sweep_worker.hpp"
#include "engine/data/dump_json.hpp"
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
        watch_(sweep.path(), sweep.plan().lease, "") {}

  void run() {
    reader_.look();
    for (const auto& [job, row] : reader_.rows()) told_.insert(job);
    if (reader_.rows().size() < sweep_.jobs().size()) {
      prepare();
      if (!interrupt_.interrupted()) start();
      while (!all_ended()) {
        std::this_thread::sleep_for(100ms);
        if (interrupt_.interrupted()) stop_.request_stop();
        look();
        show();
      }
      for (std::thread& thread : threads_) thread.join();
    }
    line_.clear();
    tell_news();
    reader_.write();
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
    try {
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
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      stop_.request_stop();
    }
    const std::lock_guard lock(mutex_);
    doing_[index].ended = true;
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
    counts_ = watch_.look(sweep_.jobs());
    looked_ = Clock::now();
    const bool news = tell_news();
    left_ = sweep_seconds_left(reader_.table(), std::max(counts_.alive, 1));
    if (news) reader_.write();
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
  JobCounts counts_;
  double left_ = 0;  // seconds; 0: not known
  std::set<std::string> told_;
  Clock::time_point looked_{};
  SweepLine line_;
};

using Json = nlohmann::ordered_json;

Json known(double value) { return std::isnan(value) ? Json() : Json(value); }

Json to_json(const SweepRow& row, const std::string& name) {
  Json energy;
  for (std::size_t i = 0; i < row.energy.size(); ++i)
    energy[std::string(names_of<ChunkHold>()[i])] = row.energy[i];
  return {{"cell", name},
          {"model", row.model},
          {"bits", row.bits},
          {"density", row.density},
          {"weight_noise", row.weight_noise},
          {"mismatch", row.mismatch},
          {"seed", row.seed},
          {"kind", std::string(name_of(row.kind))},
          {"samples", row.samples},
          {"relative_fcd", known(row.relative)},
          {"fcd", known(row.distance)},
          {"class_entropy", known(row.class_entropy)},
          {"energy_J", std::move(energy)},
          {"area_mm2", row.area},
          {"couplings", row.couplings},
          {"wires", row.wires},
          {"iterations", row.iterations},
          {"network", row.network},
          {"instruction_set", row.instruction_set},
          {"problem", row.failed() ? Json(row.problem) : Json()},
          {"train_minutes", row.train_minutes},
          {"seconds", row.seconds}};
}

struct Told {
  const SweepFolder& sweep;
  const SweepReader& reader;
  SweepTable table;
  std::vector<std::size_t> places;  // that have a row
  std::vector<SweepRow> rows;       // of those
  std::vector<std::size_t> front;   // of the rows

  std::string name(std::size_t row) const { return table.places[places[row]].cell.name(); }
  std::ptrdiff_t failed() const { return std::ranges::count_if(rows, &SweepRow::failed); }
};

void print_json(const Told& told) {
  Json cells = Json::array(), front = Json::array();
  for (std::size_t i = 0; i < told.rows.size(); ++i)
    cells.push_back(to_json(told.rows[i], told.name(i)));
  for (const std::size_t i : told.front) front.push_back(told.name(i));
  Json damaged = Json::array();
  for (const auto& [job, why] : told.reader.damaged()) damaged.push_back(why);
  print_out("{}\n", dump_json(Json{{"folder", told.sweep.path().string()},
                                   {"cells", told.table.places.size()},
                                   {"cells_done", told.rows.size()},
                                   {"cells_failed", told.failed()},
                                   {"jobs", told.sweep.jobs().size()},
                                   {"jobs_done", told.reader.rows().size()},
                                   {"damaged", std::move(damaged)},
                                   {"table", told.sweep.table_file().string()},
                                   {"heat_map", told.sweep.heat_map_file().string()},
                                   {"pareto_plot", told.sweep.pareto_file().string()},
                                   {"pareto", std::move(front)},
                                   {"rows", std::move(cells)}},
                              2));
}

void print_status(const Told& told) {
  const auto all = told.sweep.jobs().size(), done = told.reader.rows().size();
  print_out("{}: {} of {} done{}{}\n", legible(told.sweep.path().string()), done,
            counted(std::int64_t(all), "job"),
            told.table.places.size() == all
                ? ""
                : fmt::format(" for {}", counted(std::int64_t(told.table.places.size()), "cell")),
            told.failed() > 0 ? fmt::format(", {} without a number", told.failed()) : "");
  for (const auto& [job, why] : told.reader.damaged())
    print_out("damaged, a worker does it again: {}\n", legible(why));
  if (done < all)
    print_out("go on with: phaseloom worker {}\n", legible(told.sweep.path().string()));
  print_out("{}, {}, {}\n", legible(told.sweep.table_file().string()),
            legible(told.sweep.heat_map_file().string()),
            legible(told.sweep.pareto_file().string()));
  if (told.front.empty()) return;
  const ChunkHold hold = told.table.plan.cost.hold;
  print_out("\nno other is better (chunks held by {}):\n{:<12} {:<14} {}\n", name_of(hold),
            "relative FCD", "energy", "cell");
  for (const std::size_t i : told.front)
    print_out("{:<12.4f} {:<14} {}\n", told.rows[i].relative,
              si_text(told.rows[i].energy_of(hold), "J"), told.name(i));
}

}  // namespace

void work_on_sweep(const SweepFolder& sweep, const SweepRunOptions& options) {
  Crew(sweep, options).run();
}

void tell_sweep(const SweepFolder& sweep, bool json) {
  SweepReader reader(sweep);
  reader.look();
  try {
    reader.write();
  } catch (const Error& error) {  // a folder that may only be read can be told of, too
    report("{}\n", legible(error.what()));
  }
  Told told{sweep, reader, reader.table(), {}, {}, {}};
  for (std::size_t i = 0; i < told.table.places.size(); ++i)
    if (const auto& row = told.table.places[i].row) {
      told.places.push_back(i);
      told.rows.push_back(*row);
    }
  told.front = pareto_front(told.rows, told.table.plan.cost.hold);
  json ? print_json(told) : print_status(told);
}

}  // namespace phaseloom
