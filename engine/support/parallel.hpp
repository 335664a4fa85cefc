// SPDX-License-Identifier: MIT
#pragma once
// Parallel loops. Work is cut into numbered items; an item's result may depend on its number only,
// never on the thread that runs it: that is what keeps results the same for any thread count.

#include <functional>
#include <memory>

namespace phaseloom {

class ThreadPool {
 public:
  /// @param threads total threads including the caller, >= 1; 0 means usable_cores().
  explicit ThreadPool(int threads = 0);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int threads() const;

  /// Runs task(i) for i in [0, items) and returns when all are done; the caller works too. The
  /// first exception thrown by a task is rethrown here. Not reentrant: one loop at a time per pool.
  void run(int items, const std::function<void(int)>& task);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace phaseloom
