// SPDX-License-Identifier: MIT
#include "engine/support/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/support/cores.hpp"

namespace phaseloom {

struct ThreadPool::Impl {
  std::vector<std::thread> workers;
  std::mutex mutex;
  std::condition_variable wake, done;
  const std::function<void(int)>* task = nullptr;  // guarded by mutex, as all below but `next`
  int items = 0;
  std::uint64_t round = 0;
  int busy = 0;
  bool stopping = false;
  std::exception_ptr error;
  std::atomic<int> next{0};

  /// As many as the system gives: those that there are do the work, with the same results.
  void start(int wanted) {
    workers.reserve(static_cast<std::size_t>(std::max(wanted, 0)));
    try {
      while (static_cast<int>(workers.size()) < wanted) workers.emplace_back([this] { serve(); });
    } catch (const std::exception&) {
    }
  }

  void work(const std::function<void(int)>& f, int count) {
    for (int i; (i = next.fetch_add(1, std::memory_order_relaxed)) < count;) {
      try {
        f(i);
      } catch (...) {
        std::lock_guard lock(mutex);
        if (!error) error = std::current_exception();
      }
    }
  }

  void serve() {
    std::uint64_t seen = 0;
    std::unique_lock lock(mutex);
    while (true) {
      wake.wait(lock, [&] { return stopping || round != seen; });
      if (stopping) return;
      seen = round;
      const auto* f = task;
      const int count = items;
      lock.unlock();
      work(*f, count);
      lock.lock();
      if (--busy == 0) done.notify_one();
    }
  }
};

ThreadPool::ThreadPool(int threads) : impl_(std::make_unique<Impl>()) {
  if (threads <= 0) threads = usable_cores();
  impl_->start(threads - 1);
}

ThreadPool::~ThreadPool() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_all();
  for (auto& worker : impl_->workers) worker.join();
}

int ThreadPool::threads() const { return static_cast<int>(impl_->workers.size()) + 1; }

void ThreadPool::run(int items, const std::function<void(int)>& task) {
  if (items <= 1 || impl_->workers.empty()) {
    for (int i = 0; i < items; ++i) task(i);
    return;
  }
  {
    std::lock_guard lock(impl_->mutex);
    impl_->task = &task;
    impl_->items = items;
    impl_->next.store(0, std::memory_order_relaxed);
    impl_->busy = static_cast<int>(impl_->workers.size());
    ++impl_->round;
  }
  impl_->wake.notify_all();
  impl_->work(task, items);
  std::unique_lock lock(impl_->mutex);
  impl_->done.wait(lock, [&] { return impl_->busy == 0; });
  if (impl_->error) {
    auto error = impl_->error;
    impl_->error = nullptr;
    lock.unlock();
    std::rethrow_exception(error);
  }
}

}  // namespace phaseloom
