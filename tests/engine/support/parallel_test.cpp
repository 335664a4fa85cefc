// SPDX-License-Identifier: MIT
#include "engine/support/parallel.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace phaseloom {
namespace {

TEST(ThreadPool, RunsEveryItemOnceForAnyThreadCount) {
  for (int threads : {1, 2, 3, 16}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.threads(), threads);
    for (int items : {0, 1, 2, 97}) {
      std::vector<std::atomic<int>> runs(static_cast<std::size_t>(items));
      pool.run(items, [&](int i) { ++runs[static_cast<std::size_t>(i)]; });
      for (const auto& count : runs) EXPECT_EQ(count, 1);
    }
  }
}

TEST(ThreadPool, RethrowsAndGoesOn) {
  ThreadPool pool(2);
  EXPECT_THROW(pool.run(8,
                        [](int i) {
                          if (i == 5) throw std::runtime_error("item 5");
                        }),
               std::runtime_error);
  std::atomic<int> count{0};
  pool.run(8, [&](int) { ++count; });
  EXPECT_EQ(count, 8);
}

// As in a container that may have only so many threads, or so much memory for their stacks.
TEST(ThreadPool, WorksWithAsManyThreadsAsThereAre) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizer needs the memory itself";
#endif
  const auto limited = [] {
    rlimit limit{};
    getrlimit(RLIMIT_AS, &limit);
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    limit.rlim_cur = pages * std::size_t(sysconf(_SC_PAGESIZE)) + (std::size_t{100} << 20);
    setrlimit(RLIMIT_AS, &limit);
    ThreadPool pool(1000);
    std::atomic<int> sum = 0;
    pool.run(100, [&](int i) { sum += i; });
    std::exit(pool.threads() < 1000 && sum == 4950 ? 0 : 1);
  };
  EXPECT_EXIT(limited(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace phaseloom
