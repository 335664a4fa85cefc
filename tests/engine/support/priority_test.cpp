// SPDX-License-Identifier: MIT
#include "engine/support/priority.hpp"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "engine/support/parallel.hpp"

namespace phaseloom {
namespace {

int niceness() { return getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); }

TEST(Priority, OfThisThreadAndThoseThatItStarts) {
  const int before = niceness();
  std::thread([] {
    lower_thread_priority();
    EXPECT_EQ(niceness(), 19);
    EXPECT_EQ(sched_getscheduler(0), SCHED_BATCH);
    ThreadPool pool(3);
    std::atomic<int> low{0}, all{0};
    pool.run(64, [&](int) {
      ++all;
      if (niceness() == 19) ++low;
    });
    EXPECT_EQ(low, all);
  }).join();
  EXPECT_EQ(niceness(), before) << "others are left alone";
}

}  // namespace
}  // namespace phaseloom
