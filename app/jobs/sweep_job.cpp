// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "app/jobs/sweep_pace.hpp"
#include "app/jobs/sweep_worker.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"
#include "engine/sweep/plots.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr JobWords kWords{"sweep", "sweep.", "sweep.start", "gives its cell up"};
constexpr auto kPublishEvery = 200ms;
constexpr auto kLookEvery = 1s;

}  // namespace

/// A folder that is open, and what is known of it.
struct SweepJob::Open {
  explicit Open(SweepFolder opened)
      : folder(std::move(opened)), reader(folder), watch(folder.path(), folder.plan().lease) {}
  const SweepFolder folder;
  SweepReader reader;
  JobFolder watch;
  SweepPace pace;
};

SweepJob::SweepJob(SweepJobOptions options, bool gated)
    : Job(gated, kWords), options_(std::move(options)) {}

SweepJob::~SweepJob() { finish(); }

// --- called by the window ------------------------------------------------------------------------

void SweepJob::open(const std::filesystem::path& folder) {
  refuse_while_long();
  order([this, folder](auto) { attempt([&] { take(SweepFolder::open(folder)); }); });
}

void SweepJob::look() {
  {
    const auto lock = glance();
    if (!lock || busy()) return;
  }
  order([this](auto) {
    if (open_) attempt([&] { see(); });
  });
}

void SweepJob::start(const SweepPlan& plan, const std::filesystem::path& folder) {
  validate(plan);
  order_long([this, plan, folder](std::stop_token stop) {
    attempt([&] {
      take(SweepFolder::make(plan, folder));
      work(stop);
    });
  });
}

void SweepJob::go_on(const std::filesystem::path& folder) {
  order_long([this, folder](std::stop_token stop) {
    attempt([&] {
      take(SweepFolder::open(folder));
      work(stop);
    });
  });
}

void SweepJob::export_to(const std::filesystem::path& file) {
  const bool table = file.extension() == ".csv";
  if (!table && file.extension() != ".svg")
    fail("sweep.export: {} should end in .csv or .svg", file.string());
  errand([this, table, file] {
    if (!open_) fail("sweep.export: no sweep is open; sweep.start begins one");
    const SweepTable all = open_->reader.table();
    const bool front = file.stem().string().find("pareto") != std::string::npos;
    write_file_atomically(file, table   ? sweep_csv(all.rows())
                                : front ? sweep_pareto_svg(all)
                                        : sweep_heat_map_svg(all));
    note(false, fmt::format("{}: written", file.string()));
  });
}

// --- the thread ----------------------------------------------------------------------------------

void SweepJob::attempt(const std::function<void()>& what) {
  const auto problem = problem_of(what, "not enough memory for this sweep");
  if (problem) {
    now_.problem = *problem;
    now_.seconds_left = now_.per_hour = 0;
    note(true, *problem);
  }
  now_.running = now_.paused = now_.preparing = false;
  now_.doing.clear();
  now_.fraction = 0;
  publish();
}

void SweepJob::take(SweepFolder folder) {
  open_.reset();
  now_ = {};
  open_ = std::make_unique<Open>(std::move(folder));
  now_.folder = open_->folder.path();
  now_.total = static_cast<int>(open_->folder.jobs().size());
  now_.lease = open_->folder.plan().lease;
  auto networks = std::make_shared<std::map<std::string, CostNetwork>>();
  for (const std::string& model : open_->folder.plan().models)
    networks->emplace(model, open_->folder.network(model));
  now_.networks = std::move(networks);
  see();
}

void SweepJob::see() {
  const auto before = open_->reader.rows().size();
  open_->reader.look();
  const auto& rows = open_->reader.rows();
  if (rows.size() != before || now_.table->places.empty())
    now_.table = std::make_shared<const SweepTable>(open_->reader.table());
  now_.done = static_cast<int>(rows.size());
  now_.failed = static_cast<int>(
      std::ranges::count_if(rows, [](const auto& entry) { return entry.second.failed(); }));
  now_.at_work = open_->watch.look(open_->folder.jobs());
  for (JobAtWork& one : now_.at_work)
    if (one.ours && one.job == now_.doing) one.fraction = now_.fraction;  // newer than its beat
  seen_ = Clock::now();
  open_->pace.see(rows.size(), seen_);
  if (gated_) return;  // where nothing goes by the clock
  const int workers = std::max(count_alive(now_.at_work), now_.running ? 1 : 0);
  now_.seconds_left = sweep_seconds_left(*now_.table, workers);
  now_.per_hour = sweep_pace(open_->pace, *now_.table, workers, seen_);
}

void SweepJob::work(std::stop_token stop) {
  now_.running = true;
  now_.problem.clear();
  const SweepFolder& folder = open_->folder;
  if (now_.done < now_.total) {
    now_.preparing = true;
    publish();
    const PictureSource source = [&](const std::string& name, Split split) {
      return options_.images ? options_.images(name, split) : load_image_set(name, split);
    };
    ThreadPool pool(options_.threads);
    const SweepMaterial material(folder, source, pool, {}, [&] { return told_to_stop(); });
    now_.preparing = false;
    SweepWorker worker(folder, material, options_.threads);
    bool going = true;
    while (going && !told_to_stop()) {
      if (granted() == 0) break;
      now_.paused = false;
      going = step(worker, stop);
    }
  }
  see();
  open_->reader.write();
}

bool SweepJob::step(SweepWorker& worker, std::stop_token stop) {
  const auto begins = [&](const std::string& job) {
    now_.doing = job;
    now_.fraction = 0;
    publish();
  };
  const auto tell = [&](double fraction) {
    now_.fraction = fraction;
    // A pause is waited for within a cell; the claim is renewed meanwhile.
    if (!gated_) granted();
    now_.paused = false;
    show_now_and_then();
  };
  const auto came = worker.step(begins, tell, stop);
  now_.doing.clear();
  now_.fraction = 0;
  see();
  publish();
  // They are made of the results, and made again: the work does not end for their sake.
  if (came == SweepWorker::Step::did)
    if (const auto problem = problem_of([&] { open_->reader.write(); })) note(true, *problem);
  if (came == SweepWorker::Step::waits) {
    const auto end = Clock::now() + worker.patience();
    while (Clock::now() < end && !told_to_stop()) std::this_thread::sleep_for(20ms);
  }
  return came == SweepWorker::Step::did || came == SweepWorker::Step::waits;
}

void SweepJob::about_to_rest(bool paused) {
  now_.paused = paused;
  publish();
}

void SweepJob::show_now_and_then() {
  const auto now = Clock::now();
  if (gated_ || now - published_ < kPublishEvery) return;
  if (now - seen_ >= kLookEvery) see();
  publish();
}

void SweepJob::publish() {
  published_ = Clock::now();
  Job::publish(now_);
}

}  // namespace phaseloom
