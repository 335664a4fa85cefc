// SPDX-License-Identifier: MIT
#include "app/jobs/job.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <new>
#include <stdexcept>

#include "engine/support/error.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

constexpr double kLong = 240;  // seconds; a bound for a hang, nothing is measured by it
constexpr JobWords kWords{"count", "count.", "count.start", "is being checked"};

struct CountSnapshot {
  std::uint64_t serial = 0;
  int count = 0;
  bool paused = false;
};

/// Counts, a number a step.
class CountJob : public Job<CountSnapshot> {
 public:
  explicit CountJob(bool gated) : Job(gated, kWords) {}
  ~CountJob() { finish(); }
  using JobThread::advance;
  using JobThread::errand;
  using JobThread::order;
  using JobThread::pause;
  using JobThread::resume;
  using JobThread::stop;

  void start(int to, bool may_wait = false) {
    order_long(
        [this, to](const std::stop_token& stop) {
          now_ = {};
          while (now_.count < to && granted() > 0) ++now_.count;
          publish(now_);
          if (held) begin_ending();
          while (held && !stop.stop_requested()) std::this_thread::yield();
        },
        may_wait);
  }
  std::atomic<bool> held{false};  // it does not come to its end

 private:
  void about_to_rest(bool paused) override {
    now_.paused = paused;
    publish(now_);
  }
  CountSnapshot now_;
};

TEST(Job, AGatedOneGoesAsFarAsItIsLet) {
  CountJob job(true);
  EXPECT_THAT(error_of([&] { job.advance(1); }),
              HasSubstr("count.advance: no count is running; count.start begins one"));
  job.start(10);
  EXPECT_EQ(job.latest()->count, 0);
  EXPECT_THAT(error_of([&] { job.start(10); }), HasSubstr("stop it first (count.stop)"));
  job.advance(3);
  EXPECT_EQ(job.latest()->count, 3);
  job.pause();
  EXPECT_TRUE(job.latest()->paused);
  job.resume();
  EXPECT_FALSE(job.latest()->paused);
  EXPECT_EQ(job.latest()->count, 3) << "resuming lets it no further";
  const auto serial = job.latest()->serial;
  job.advance(100);
  EXPECT_EQ(job.latest()->count, 10);
  EXPECT_GT(job.latest()->serial, serial);
  EXPECT_THAT(error_of([&] { job.stop(); }), HasSubstr("no count is running"));
}

TEST(Job, StopsBetweenTwoSteps) {
  CountJob job(true);
  job.start(10);
  job.advance(2);
  job.stop();
  EXPECT_EQ(job.latest()->count, 2);
  job.start(10);
  EXPECT_EQ(job.latest()->count, 0) << "and another can begin";
}

// An errand does not wait for what is paused.
TEST(Job, ErrandsAreDoneWhileAnOrderRests) {
  CountJob job(true);
  job.start(10);
  job.advance(4);
  int done = 0;
  job.errand([&] { ++done; });
  EXPECT_EQ(done, 1);
  EXPECT_EQ(job.latest()->count, 4);
  job.advance(1);
  EXPECT_EQ(job.latest()->count, 5) << "it goes on";
}

TEST(Job, AnotherMayWaitForTheEnd) {
  CountJob job(false);
  job.held = true;
  job.start(5);
  // It takes no more wishes as soon as it has counted.
  std::string refusal;
  while (refusal.empty()) try {
      job.resume();
    } catch (const Error& error) {
      refusal = error.what();
    }
  EXPECT_THAT(refusal, HasSubstr("is being checked"));
  EXPECT_THAT(error_of([&] { job.start(7); }), HasSubstr("begin when it is done"));
  job.start(7, true);
  job.held = false;
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_EQ(job.latest()->count, 7);
}

// Nothing that is thrown ends the program, or the job.
TEST(Job, WhatIsThrownBecomesANote) {
  CountJob job(true);
  const auto said = [&] {
    const auto notes = job.take_notes();
    EXPECT_EQ(notes.size(), 1u);
    EXPECT_TRUE(!notes.empty() && notes[0].problem);
    return notes.empty() ? "" : notes[0].text;
  };
  job.order([](auto) { throw std::bad_alloc(); });
  EXPECT_EQ(said(), "not enough memory");
  job.order([](auto) { fail("an error of ours"); });
  EXPECT_EQ(said(), "an error of ours");
  job.order([](auto) { throw std::logic_error("an error of others"); });
  EXPECT_EQ(said(), "an error of others");
  job.order([](auto) { throw 7; });
  EXPECT_EQ(said(), "something was thrown that is no error");
  job.errand([] { throw std::bad_alloc(); });
  EXPECT_EQ(said(), "not enough memory");
  job.start(3);
  job.errand([] { throw 7; });
  EXPECT_EQ(said(), "something was thrown that is no error");
  job.advance(3);
  EXPECT_EQ(job.latest()->count, 3) << "it goes on";
}

TEST(Job, LeavesInTheMiddle) {
  CountJob job(false);
  job.start(1'000'000'000);
  job.pause();
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_TRUE(job.latest()->paused);
  // Its end waits for nobody.
}

}  // namespace
}  // namespace phaseloom
