// SPDX-License-Identifier: MIT
#include "app/jobs/job_thread.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>

#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"
#include "engine/support/priority.hpp"

namespace phaseloom {

JobThread::JobThread(bool gated, const JobWords& words, Priority priority)
    : gated_(gated), words_(words), priority_(gated ? Priority::normal : priority) {}

JobThread::~JobThread() { assert(!thread_.joinable()); }

// --- called by the window ------------------------------------------------------------------------

bool JobThread::settle(double seconds) {
  std::unique_lock lock(mutex_);
  return rest_.wait_for(lock, std::chrono::duration<double>(seconds), [&] { return resting_; });
}

std::deque<JobNote> JobThread::take_notes() {
  const auto lock = glance();
  return lock ? std::exchange(notes_, {}) : std::deque<JobNote>();
}

std::unique_lock<std::mutex> JobThread::glance() {
  if (gated_) return std::unique_lock(mutex_);
  return {mutex_, std::try_to_lock};
}

void JobThread::wake(std::unique_lock<std::mutex> lock) {
  resting_ = false;
  lock.unlock();
  if (!thread_.joinable()) thread_ = std::thread([this] { loop(); });
  wake_.notify_all();
  if (!gated_) return;
  lock.lock();
  rest_.wait(lock, [&] { return resting_; });
}

void JobThread::finish() {
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
    current_.request_stop();
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void JobThread::order(Work work) {
  std::unique_lock lock(mutex_);
  orders_.push_back({std::move(work)});
  wake(std::move(lock));
}

void JobThread::order_long(Work work, bool may_wait) {
  std::unique_lock lock(mutex_);
  need_no_long();
  if (long_ == Long::ending && !may_wait)
    fail("the {} before {}; begin when it is done", words_.noun, words_.ending);
  if (long_ == Long::none) long_ = Long::running;
  Order order{std::move(work), true};
  long_stop_ = order.stop;
  paused_ = false;
  credit_ = gated_ ? 0 : -1;
  orders_.push_back(std::move(order));
  wake(std::move(lock));
}

void JobThread::refuse_while_long() {
  const std::lock_guard lock(mutex_);
  need_no_long();
}

void JobThread::drop_queued() {
  const std::lock_guard lock(mutex_);
  orders_.clear();
  if (!long_works_) long_ = Long::none;
}

void JobThread::stop_orders() {
  const std::lock_guard lock(mutex_);
  current_.request_stop();
  for (Order& order : orders_) order.stop.request_stop();
}

void JobThread::errand(std::function<void()> work) {
  std::unique_lock lock(mutex_);
  errands_.push_back(std::move(work));
  wake(std::move(lock));
}

void JobThread::need_long(std::string_view command) const {
  if (long_ == Long::none)
    fail("{}{}: no {} is running; {} begins one", words_.prefix, command, words_.noun,
         words_.start);
  if (long_ == Long::ending)
    fail("{}{}: the {} has come to its end and {}", words_.prefix, command, words_.noun,
         words_.ending);
}

void JobThread::need_no_long() const {
  if (long_ == Long::running)
    fail("a {} is running; stop it first ({}stop)", words_.noun, words_.prefix);
}

void JobThread::wish(std::string_view command, const std::function<void()>& change) {
  std::unique_lock lock(mutex_);
  need_long(command);
  change();
  wake(std::move(lock));
}

void JobThread::pause() {
  wish("pause", [&] { paused_ = true; });
}

void JobThread::resume() {
  wish("resume", [&] {
    paused_ = false;
    if (!gated_) credit_ = -1;
  });
}

void JobThread::stop() {
  wish("stop", [&] {
    long_stop_.request_stop();
    long_ = Long::ending;
  });
}

void JobThread::advance(std::int64_t steps) {
  wish("advance", [&] {
    paused_ = false;
    credit_ = std::max<std::int64_t>(credit_, 0) + steps;
  });
}

// --- the thread ----------------------------------------------------------------------------------

void JobThread::loop() {
  if (priority_ == Priority::low) lower_thread_priority();
  std::unique_lock lock(mutex_);
  while (!quit_) {
    if (!errands_.empty())
      do_errand(lock);
    else if (!orders_.empty())
      do_order(lock);
    else
      rest(lock);
  }
}

void JobThread::do_order(std::unique_lock<std::mutex>& lock) {
  const Order order = std::move(orders_.front());
  orders_.pop_front();
  working_ = true;
  long_works_ = order.is_long;
  current_ = order.stop;
  lock.unlock();
  auto problem = problem_of([&] { order.work(order.stop.get_token()); });
  lock.lock();
  if (problem) notes_.push_back({true, *std::move(problem)});
  working_ = long_works_ = false;
  if (order.is_long)
    long_ = std::ranges::any_of(orders_, &Order::is_long) ? Long::running : Long::none;
}

void JobThread::do_errand(std::unique_lock<std::mutex>& lock) {
  const auto work = std::move(errands_.front());
  errands_.pop_front();
  lock.unlock();
  auto problem = problem_of(work);
  lock.lock();
  if (problem) notes_.push_back({true, *std::move(problem)});
}

void JobThread::rest(std::unique_lock<std::mutex>& lock) {
  resting_ = true;
  rest_.notify_all();
  wake_.wait(lock, [&] { return quit_ || !resting_; });
}

int JobThread::granted(int wanted) {
  std::unique_lock lock(mutex_);
  while (!ends()) {
    if (!errands_.empty()) {
      do_errand(lock);
      continue;
    }
    if (credit_ == 0 && !gated_) {  // an advance has come to its end
      paused_ = true;
      credit_ = -1;
    }
    if (may_step()) break;
    const bool paused = paused_;
    lock.unlock();
    about_to_rest(paused);
    lock.lock();
    if (!ends() && !may_step() && errands_.empty()) rest(lock);
  }
  if (ends()) return 0;
  if (credit_ < 0) return wanted;
  const auto some = std::min<std::int64_t>(credit_, wanted);
  credit_ -= some;
  return static_cast<int>(some);
}

bool JobThread::told_to_stop() {
  const std::lock_guard lock(mutex_);
  return ends();
}

void JobThread::begin_ending() {
  const std::lock_guard lock(mutex_);
  if (long_ == Long::running) long_ = Long::ending;
}

void JobThread::note(bool problem, std::string text) {
  const std::lock_guard lock(mutex_);
  notes_.push_back({problem, std::move(text)});
}

}  // namespace phaseloom
