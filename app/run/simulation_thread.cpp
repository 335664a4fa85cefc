// SPDX-License-Identifier: MIT
#include "app/run/simulation_thread.hpp"

#include <algorithm>
#include <utility>

#include "app/commands/experiment_verbs.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;

constexpr auto kSlice = 8ms;            // of computing, before looking at the requests again
constexpr auto kPublishInterval = 8ms;  // no window draws more often
constexpr auto kMaxLag = 100ms;         // ticks that are later than this are not made up for
// A rerun after a change is not shown and not disturbed by further changes before this: while a
// slider is dragged, the wall goes from one finished picture to the next.
constexpr auto kQuietRerun = 400ms;
constexpr double kWindowSeconds = 0.5;

double seconds(std::chrono::steady_clock::duration d) {
  return std::chrono::duration<double>(d).count();
}

}  // namespace

SimulationThread::SimulationThread(const ExperimentOptions& options, bool compared)
    : experiment_(options, compared) {
  experiment_.on_long_work([this] { publish(); });
  publish();
  thread_ = std::thread([this] { loop(); });
}

SimulationThread::~SimulationThread() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

// --- called by the window ------------------------------------------------------------------------

void SimulationThread::post(const Command& command) {
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back({command, {}});
    ++posted_;
    has_requests_ = true;
  }
  wake_.notify_one();
}

void SimulationThread::tell(Message::Level level, std::string text) {
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back({std::nullopt, {level, std::move(text)}});
    has_requests_ = true;
  }
  wake_.notify_one();
}

void SimulationThread::want_rates(bool wanted) {
  {
    const std::lock_guard lock(mutex_);
    with_rates_ = wanted;
  }
  wake_.notify_one();
}

void SimulationThread::suspend(bool suspended) {
  {
    const std::lock_guard lock(mutex_);
    suspended_ = suspended;
  }
  wake_.notify_one();
}

std::shared_ptr<const Snapshot> SimulationThread::latest() {
  const std::lock_guard lock(mutex_);
  return latest_;
}

double SimulationThread::step_fraction(const Snapshot& latest) const {
  return seconds(Clock::now() - latest.stepped_at) * latest.speed;
}

bool SimulationThread::settle(double limit) {
  std::unique_lock lock(mutex_);
  return published_.wait_for(lock, std::chrono::duration<double>(limit), [&] {
    return requests_.empty() && latest_->applied == posted_ && latest_->loading.empty() &&
           !latest_->busy;
  });
}

// --- the thread ----------------------------------------------------------------------------------

void SimulationThread::loop() {
  experiment_.start();
  dirty_ = true;
  while (!stop_) {
    take_requests();
    apply_requests();
    run();

    const auto now = Clock::now();
    const bool quiet = experiment_.rerunning() && now - rerun_began_ < kQuietRerun;
    if (with_rates_ != rates_published_) dirty_ = true;
    if (dirty_ && !quiet && now - last_publish_ >= kPublishInterval) publish();
    if (experiment_.busy() || !todo_.empty()) continue;

    auto until = Clock::time_point::max();
    if (dirty_) until = last_publish_ + kPublishInterval;
    const bool suspended = suspended_;
    if (playing()) until = std::min(until, next_tick_);
    const auto ready = [&] {
      return stop_ || !requests_.empty() || with_rates_ != rates_published_ ||
             suspended_ != suspended;
    };
    std::unique_lock lock(mutex_);
    if (until == Clock::time_point::max())
      wake_.wait(lock, ready);
    else
      wake_.wait_until(lock, until, ready);
  }
}

void SimulationThread::take_requests() {
  const std::lock_guard lock(mutex_);
  std::ranges::move(requests_, std::back_inserter(todo_));
  requests_.clear();
  has_requests_ = false;
}

void SimulationThread::apply_requests() {
  const auto is_set = [](const Request& request) {
    return request.command && request.command->verb == verbs::set;
  };
  // A touch is meant for what is seen.
  const auto is_touch = [](const Request& request) {
    return request.command && request.command->verb == verbs::touch;
  };
  while (!todo_.empty() && !stop_) {
    if ((is_set(todo_.front()) || is_touch(todo_.front())) && experiment_.rerunning() &&
        Clock::now() - rerun_began_ < kQuietRerun)
      return;
    const Request request = std::move(todo_.front());
    todo_.pop_front();
    // Of one drag, only the latest value counts.
    const bool overtaken = is_set(request) && experiment_.in_gesture() && !todo_.empty() &&
                           is_set(todo_.front()) &&
                           todo_.front().command->text(0) == request.command->text(0);
    if (!request.command)
      experiment_.tell(request.message.level, request.message.text);
    else if (!overtaken)
      experiment_.apply(*request.command);  // may publish in between: counted afterwards
    if (request.command) ++applied_;
    dirty_ = true;
    if (experiment_.rerunning()) rerun_began_ = Clock::now();
  }
}

void SimulationThread::tick() {
  const auto before = experiment_.steps_computed();
  const auto begin = Clock::now();
  experiment_.tick();
  dirty_ = true;
  const auto end = Clock::now();
  if (experiment_.steps_computed() == before) {  // hold: not counted, neither for nor against
    window_began_ = end;
    window_steps_ = 0;
    return;
  }
  stepped_at_ = end;
  const double took = seconds(end - begin);
  step_seconds_ = step_seconds_ == 0 ? took : 0.9 * step_seconds_ + 0.1 * took;
  ++window_steps_;
  const double window = seconds(end - window_began_);
  if (window < kWindowSeconds) return;
  steps_per_second_ = window_steps_ / window;
  window_began_ = end;
  window_steps_ = 0;
}

void SimulationThread::run() {
  const auto begin = Clock::now();
  if (!experiment_.busy() && !playing()) {
    pacing_ = false;
    steps_per_second_ = 0;
    return;
  }
  if (!pacing_) {
    window_began_ = begin;
    window_steps_ = 0;
  }
  if (experiment_.busy()) {
    pacing_ = false;
    do tick();
    while (experiment_.busy() && !interrupted() && Clock::now() - begin < kSlice);
    return;
  }
  const auto period = std::chrono::duration_cast<Clock::duration>(
      std::chrono::duration<double>(1 / experiment_.speed()));
  if (!std::exchange(pacing_, true)) next_tick_ = begin + period;
  next_tick_ = std::clamp(next_tick_, begin - kMaxLag, begin + period);
  while (playing() && next_tick_ <= Clock::now()) {
    tick();
    next_tick_ += period;
    if (interrupted() || Clock::now() - begin > kSlice) return;
  }
}

void SimulationThread::publish() {
  const bool with_rates = with_rates_;
  std::shared_ptr<const Snapshot> next;
  try {
    auto snapshot = experiment_.snapshot(with_rates);
    snapshot.serial = ++serial_;
    snapshot.applied = applied_;
    snapshot.stepped_at = stepped_at_;
    snapshot.steps_per_second = steps_per_second_;
    snapshot.step_milliseconds = step_seconds_ * 1e3;
    if (snapshot.total_steps > 0)
      snapshot.images_per_second = steps_per_second_ * snapshot.lanes / snapshot.total_steps;
    next = std::make_shared<const Snapshot>(std::move(snapshot));
  } catch (const std::bad_alloc&) {
    return;  // the window keeps the former one; the next try may do better
  }
  dirty_ = false;
  rates_published_ = with_rates;
  last_publish_ = Clock::now();
  {
    const std::lock_guard lock(mutex_);
    latest_.swap(next);
  }
  published_.notify_all();
}  // the former snapshot goes here, outside the lock

}  // namespace phaseloom
