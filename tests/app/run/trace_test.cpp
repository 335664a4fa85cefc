// SPDX-License-Identifier: MIT
#include "app/run/trace.hpp"

#include <gtest/gtest.h>

#include "app/commands/verbs.hpp"
#include "tests/app/session/small_models.hpp"

namespace phaseloom {
namespace {

/// A window that looks after every step.
class Trace : public testing::Test {
 protected:
  void play(int steps) {
    for (; steps > 0; --steps) {
      session.post(verbs::step);
      store.record(*session.snapshot());
    }
  }
  void post(Verb verb) {
    session.post(verb);
    store.record(*session.snapshot());
  }
  template <class T>
  void set(const char* name, T value) {
    session.set(name, value);
    store.record(*session.snapshot());
  }
  int last() const { return store.moments().empty() ? -1 : store.moments().rbegin()->first; }

  Session session{test::small_options()};
  TraceStore store;
};

TEST_F(Trace, KeepsWhatIsToComeAgain) {
  play(8);
  EXPECT_EQ(store.moments().size(), 8u);
  post(verbs::restart);
  EXPECT_EQ(last(), 8) << "the same network, the same noise: step 8 will be the same";
  play(3);
  EXPECT_EQ(last(), 8);
}

TEST_F(Trace, OtherHardwareAndARestartForgetTheEarlierRun) {
  play(8);
  set("hardware.bits", 2);  // shows step 8 of the other network
  post(verbs::restart);
  EXPECT_FALSE(store.moments().contains(5)) << "steps of the ideal network do not come again";
  play(3);
  EXPECT_EQ(store.moments().size(), 5u) << "0 to 3, and 8 of the same network";
}

TEST_F(Trace, OtherHardwareInTheMiddleForgetsWhatWasToCome) {
  play(8);
  post(verbs::restart);
  play(3);
  post(verbs::play);
  set("hardware.bits", 2);  // acts on the running network
  EXPECT_EQ(session.snapshot()->step, 3);
  EXPECT_EQ(last(), 3);
  EXPECT_TRUE(store.moments().contains(2)) << "what was before the change did happen";
  session.post(verbs::pause);
  play(2);
  EXPECT_EQ(last(), 5);
  post(verbs::restart);
  EXPECT_EQ(last(), 0) << "a run under two kinds of hardware does not come again";
}

TEST_F(Trace, StepsBetweenTwoLooksAreNotLeftOver) {
  play(8);
  session.set("hardware.bits", 2);
  session.post(verbs::restart);
  session.post(verbs::seek, 3);
  store.record(*session.snapshot());
  EXPECT_EQ(store.moments().size(), 1u) << "nobody saw steps 1 and 2 of this run";
  EXPECT_EQ(last(), 3);
}

TEST_F(Trace, OtherIntegratorForgets) {
  play(8);
  set("integrator", "euler");
  post(verbs::restart);
  EXPECT_FALSE(store.moments().contains(5));
}

TEST_F(Trace, NewNoiseForgets) {
  play(4);
  post(verbs::new_noise);
  EXPECT_EQ(last(), 0);
}

TEST_F(Trace, RemembersWhatAChangeUnderWayLeft) {
  play(8);
  EXPECT_TRUE(store.left().empty());
  EXPECT_EQ(store.branched_at(), -1);
  const double later = store.moments().at(7).order_parameter;
  session.post(verbs::seek, 3);
  store.record(*session.snapshot());
  post(verbs::play);
  set("hardware.bits", 2);
  EXPECT_EQ(store.branched_at(), 3);
  EXPECT_EQ(store.left().begin()->first, 3);
  EXPECT_EQ(store.left().at(7), later);
  post(verbs::new_noise);
  EXPECT_TRUE(store.left().empty());
  EXPECT_EQ(store.branched_at(), -1);
}

TEST_F(Trace, RemembersTheRunBeforeAChangeWhilePaused) {
  play(8);
  set("hardware.bits", 2);
  EXPECT_EQ(store.branched_at(), -1) << "all of the run is another one";
  EXPECT_EQ(store.left().size(), 8u);
}

}  // namespace
}  // namespace phaseloom
