// SPDX-License-Identifier: MIT
#pragma once
// An experiment on a thread of its own. The clock only says when a step is due, never what it
// computes.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/run/run_loop.hpp"

namespace phaseloom {

class SimulationThread : public RunLoop {
 public:
  SimulationThread(const ExperimentOptions& options, bool compared);
  /// Waits for the step or the model that is on its way.
  ~SimulationThread() override;

  void post(const Command& command) override;
  void tell(Message::Level level, std::string text) override;
  void want_rates(bool wanted) override;
  void suspend(bool suspended) override;
  std::shared_ptr<const Snapshot> latest() override;
  double step_fraction(const Snapshot& latest) const override;
  void pass(double) override {}
  bool settle(double seconds) override;
  std::string record() const override { return experiment_.record(); }

 private:
  using Clock = std::chrono::steady_clock;

  void loop();
  void take_requests();
  void apply_requests();
  /// Ticks that are due, within a slice of time.
  void run();
  void tick();
  void publish();
  /// Play time passes.
  bool playing() const { return experiment_.playing() && !suspended_; }
  bool interrupted() const { return stop_ || has_requests_; }

  Experiment experiment_;  // of the thread, but for record()

  struct Request {
    std::optional<Command> command;  // or a message:
    Message message;
  };
  mutable std::mutex mutex_;
  std::condition_variable wake_;       // the thread: there is something to do
  std::condition_variable published_;  // settle(): look again
  std::deque<Request> requests_;
  std::shared_ptr<const Snapshot> latest_;
  std::uint64_t posted_ = 0;  // commands

  std::atomic<bool> stop_{false};
  std::atomic<bool> has_requests_{false};
  std::atomic<bool> with_rates_{false};
  std::atomic<bool> suspended_{false};

  // The thread's own.
  std::deque<Request> todo_;
  std::uint64_t applied_ = 0;
  std::uint64_t serial_ = 0;
  bool dirty_ = true;
  bool pacing_ = false;
  Clock::time_point next_tick_{};
  Clock::time_point stepped_at_{};
  Clock::time_point last_publish_{};
  Clock::time_point rerun_began_{};
  bool rates_published_ = false;

  // Measured while playing, over windows of about half a second.
  Clock::time_point window_began_{};
  int window_steps_ = 0;
  double steps_per_second_ = 0;
  double step_seconds_ = 0;

  std::thread thread_;  // last: everything else is there when it begins
};

}  // namespace phaseloom
