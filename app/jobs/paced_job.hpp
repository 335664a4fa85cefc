// SPDX-License-Identifier: MIT
#pragma once
// A job that goes on without end, so many steps in a second, while somebody watches: what it shows
// is made at the pace of a window's frames. A gated one goes as far as it is let.

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>
#include <utility>

#include "app/jobs/job.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

/// All public methods belong to one thread.
template <class Snapshot>
class PacedJob : public Job<Snapshot> {
 public:
  /// Throws Error, led by the command, before anything was shown; so do all that follow.
  void need(std::string_view command) const {
    if (!begun_) fail("{}{}: nothing runs yet; {} begins it", words_.prefix, command, words_.start);
  }
  // Of one that is not gated.
  void play() {
    need("play");
    this->resume();
  }
  void halt() {
    need("pause");
    this->pause();
  }
  // Of either.
  void step(int steps) {
    need("step");
    this->advance(steps);
  }

 protected:
  using Clock = std::chrono::steady_clock;

  struct Pace {
    double per_second;  ///< steps
    int most;           ///< steps between two looks for wishes
  };

  PacedJob(bool gated, const JobWords& words, typename Job<Snapshot>::Priority priority,
           Clock::duration frame)
      : Job<Snapshot>(gated, words, priority), words_(words), frame_(frame) {}

  /// By the caller, whenever it looks. The first time that it is watched it begins, with `begin` on
  /// the thread; time stands still while it is not. False: it had not begun before.
  bool look(bool watched, std::function<void()> begin) {
    if (!begun_) {
      if (!watched) return false;
      begun_ = watched_before_ = true;
      this->order_long([this, begin = std::move(begin)](auto) {
        begin();
        go_on();
      });
      return false;
    }
    if (watched != std::exchange(watched_before_, watched))
      this->errand([this, watched] {
        watched_ = watched;
        last_ = Clock::now();
      });
    return true;
  }

  // The thread's own.

  virtual Pace pace() const = 0;
  /// So many steps; false: it cannot go on, and stands until something is changed.
  virtual bool take(int steps) = 0;
  /// Publishes what there is; `playing` is what playing() says.
  virtual void show_now() = 0;
  bool playing() const { return playing_; }
  /// Something was changed by hand: it may go on.
  void loosen() { stuck_ = false; }

  void about_to_rest(bool /*paused*/) override {
    playing_ = false;
    owed_ = 1;  // the next step is due at once
    last_ = Clock::now();
    show_now();
  }

 private:
  void go_on() {
    watched_ = true;
    last_ = drawn_ = Clock::now();
    show_now();
    for (;;) {
      (void)this->granted(0);  // wishes, and rest if it is paused
      if (this->told_to_stop()) return;
      const int wanted = this->gated_ ? pace().most : due();
      if (wanted == 0) {
        using namespace std::chrono_literals;
        std::this_thread::sleep_for(watched_ ? 3ms : 30ms);
        continue;
      }
      const int steps = this->granted(wanted);
      if (steps == 0) return;
      if (!stuck_) stuck_ = !take(steps);
      playing_ = !stuck_;
      if (this->gated_ || Clock::now() - drawn_ < frame_) continue;
      show_now();
      drawn_ = Clock::now();
    }
  }

  /// Steps that time has brought. What a machine is too slow for is let go: it runs slower.
  int due() {
    constexpr double kMostSeconds = 0.05;
    const auto now = Clock::now();
    const double passed = std::chrono::duration<double>(now - std::exchange(last_, now)).count();
    if (!watched_ || stuck_) return 0;
    const auto [per_second, most] = pace();
    owed_ = std::min(owed_ + passed * per_second, std::max(1.0, kMostSeconds * per_second));
    const int steps = std::min(static_cast<int>(owed_), most);
    owed_ -= steps;
    return steps;
  }

  const JobWords words_;
  const Clock::duration frame_;
  bool begun_ = false, watched_before_ = false;  // the caller's

  bool watched_ = false, playing_ = false;
  bool stuck_ = false;
  double owed_ = 1;          // steps that time has brought and that are not done
  Clock::time_point last_;   // when owed_ was counted
  Clock::time_point drawn_;  // of a run that goes on
};

}  // namespace phaseloom
