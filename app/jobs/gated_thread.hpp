// SPDX-License-Identifier: MIT
#pragma once
// The thread of a job in the background, and the place where it rests. A *gated* job's calls return
// when it has come to rest: the same calls then give the same results whatever the clock says.

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace phaseloom {

/// What came of a wish that takes its time: a file that was written, or why it was not.
struct JobNote {
  bool problem;
  std::string text;  ///< one line
};

class GatedThread {
 public:
  /// Waits until the job rests: it has nothing to do, or may not. False after `seconds`.
  bool settle(double seconds);

 protected:
  explicit GatedThread(bool gated) : gated_(gated) {}
  ~GatedThread() = default;  ///< the job's own calls finish()
  GatedThread(const GatedThread&) = delete;
  GatedThread& operator=(const GatedThread&) = delete;

  /// The caller has a new wish and set resting_ to false: starts the thread if need be.
  void wake();
  /// Ends the thread; waits for what is on its way.
  void finish();
  /// The mutex; of a job that is not gated only if it is free. The job's thread may lose its core
  /// while it holds it, and a window looks again in the next frame.
  std::unique_lock<std::mutex> glance();

  /// The thread's work, until quit_.
  virtual void loop() = 0;
  /// On the thread, with the lock: until there is a wish.
  void rest(std::unique_lock<std::mutex>& lock);

  const bool gated_;
  std::mutex mutex_;
  // Guarded by it.
  bool quit_ = false;
  bool resting_ = true;

 private:
  std::condition_variable wake_;  // the thread: there is a wish
  std::condition_variable rest_;  // settle(): look again
  std::thread thread_;            // from the first wish on
};

}  // namespace phaseloom
