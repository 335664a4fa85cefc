// SPDX-License-Identifier: MIT
#pragma once
// The thread of a job in the background. It does orders, one after the other, and errands, which
// need not wait for an order's end: its work asks granted() between two steps.
//
//   window thread                             the job's thread
//   order(), errand() ----------------------> what they are made of is done there
//   pause(), resume(), advance(), stop() ---> met in granted(), between two steps
//
// A *gated* job goes only as far as advance() lets it, and its calls return when it has come to
// rest there: the same calls then give the same results whatever the clock says. Scripts and tests
// use that one.

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace phaseloom {

/// What came of a wish that takes its time: a file that was written, or why it was not.
struct JobNote {
  bool problem;
  std::string text;  ///< one line
};

/// How what is long is spoken of: "train.pause: no training is running; train.start begins one".
struct JobWords {
  std::string_view noun;    ///< "training"
  std::string_view prefix;  ///< of the commands that pause and stop it: "train."
  std::string_view start;   ///< the command that begins one
  std::string_view ending;  ///< what it does when it takes no more wishes: "takes its last look"
};

/// All public methods belong to one thread. What cannot be done just now is an Error that says why.
class JobThread {
 public:
  /// Waits until the job rests: it has nothing to do, or may not. False after `seconds`.
  bool settle(double seconds);
  /// What came of orders and errands since the last call.
  std::deque<JobNote> take_notes();

 protected:
  using Work = std::function<void(std::stop_token)>;
  enum class Priority { low, normal };

  explicit JobThread(bool gated, const JobWords& words = {}, Priority priority = Priority::low);
  ~JobThread();  ///< the job's own calls finish()
  JobThread(const JobThread&) = delete;
  JobThread& operator=(const JobThread&) = delete;

  // --- called by the window ---

  /// Something that cannot be paused; it is done after what was ordered before.
  void order(Work work);
  /// Something that can be paused and stopped, and goes step by step. Throws Error while another
  /// one is on its way, unless that is ending and this one may wait for it.
  void order_long(Work work, bool may_wait = false);
  /// Throws Error while something long is on its way and not ending.
  void refuse_while_long();
  /// Drops what is ordered and not begun.
  void drop_queued();
  /// Tells all that is ordered to stop, begun or not.
  void stop_orders();
  /// Something short that does not wait for the orders.
  void errand(std::function<void()> work);
  // Of what is long. Throw Error if there is nothing, or it is ending.
  void pause();
  void resume();
  void stop();
  /// So many steps, then it pauses (a gated job: waits to be let further).
  void advance(std::int64_t steps);
  /// Ends the thread; waits for the step that is on its way.
  void finish();
  /// The mutex; of a job that is not gated only if it is free. The job's thread may lose its core
  /// while it holds it, and a window looks again in the next frame.
  std::unique_lock<std::mutex> glance();

  // --- called by the job's thread ---

  /// How many steps, up to `wanted`, may be done before asking again. Does errands; rests while it
  /// is paused, or let no further. 0: stop.
  int granted(int wanted = 1);
  /// Within a step: whether its end is not wanted any more.
  bool told_to_stop();
  /// Before it rests in granted(): shows what there is.
  virtual void about_to_rest(bool /*paused*/) {}
  /// What is long takes no more wishes: only its end is to come.
  void begin_ending();
  void note(bool problem, std::string text);

  // --- of either, with the lock ---

  enum class Long { none, running, ending };
  Long is_long() const { return long_; }
  bool busy() const { return working_ || !orders_.empty(); }

  const bool gated_;
  std::mutex mutex_;

 private:
  struct Order {
    Work work;
    bool is_long = false;
    std::stop_source stop{};
  };

  void loop();
  /// With the lock, which it releases: there is something new to do.
  void wake(std::unique_lock<std::mutex> lock);
  /// With the lock: throws unless something long is on its way and not ending.
  void need_long(std::string_view command) const;
  /// With the lock: throws while something long is on its way and not ending.
  void need_no_long() const;
  void wish(std::string_view command, const std::function<void()>& change);
  void do_order(std::unique_lock<std::mutex>& lock);
  void do_errand(std::unique_lock<std::mutex>& lock);
  /// With the lock: until there is something new.
  void rest(std::unique_lock<std::mutex>& lock);
  bool may_step() const { return !paused_ && credit_ != 0; }
  bool ends() const { return quit_ || current_.stop_requested(); }

  const JobWords words_;
  const Priority priority_;

  // Guarded by the mutex.
  std::deque<Order> orders_;
  std::deque<std::function<void()>> errands_;
  std::deque<JobNote> notes_;
  bool quit_ = false;
  bool resting_ = true;
  bool working_ = false;      // on an order
  bool long_works_ = false;   // which is a long one
  std::stop_source current_;  // of that
  Long long_ = Long::none;
  std::stop_source long_stop_;  // of the long one that was ordered last
  bool paused_ = false;
  std::int64_t credit_ = -1;  // steps until it rests; -1: no end

  std::condition_variable wake_;  // the thread: there is something new
  std::condition_variable rest_;  // settle(): look again
  std::thread thread_;            // from the first wish on
};

}  // namespace phaseloom
