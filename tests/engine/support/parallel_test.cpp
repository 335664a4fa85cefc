#include "engine/support/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
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

}  // namespace
}  // namespace phaseloom
