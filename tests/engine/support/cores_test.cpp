// SPDX-License-Identifier: MIT
#include "engine/support/cores.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <string>
#include <thread>

#include "engine/support/atomic_file.hpp"
#include "engine/support/parallel.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

class Cores : public ::testing::Test {
 protected:
  void put(const fs::path& file, std::string_view text) const {
    fs::create_directories((folder_ / file).parent_path());
    write_file_atomically(folder_ / file, text);
  }
  std::optional<double> quota(std::string_view membership) const {
    put("cgroup", membership);
    return cpu_quota(folder_ / "cgroup", folder_ / "mount");
  }
  TemporaryFolder folder_;
};

TEST_F(Cores, AtLeastOneAndThoseOfThePool) {
  EXPECT_GE(usable_cores(), 1);
  cpu_set_t mask;
  ASSERT_EQ(::sched_getaffinity(0, sizeof mask, &mask), 0);
  EXPECT_LE(usable_cores(), CPU_COUNT(&mask));
  EXPECT_EQ(ThreadPool().threads(), usable_cores());
  EXPECT_EQ(ThreadPool(usable_cores() + 2).threads(), usable_cores() + 2);  // asked for
}

TEST_F(Cores, NoLimit) {
  EXPECT_EQ(quota("0::/\n"), std::nullopt);
  put("mount/cpu.max", "max 100000\n");
  EXPECT_EQ(quota("0::/\n"), std::nullopt);
  EXPECT_EQ(quota("garbage\n:\n"), std::nullopt);
  EXPECT_EQ(cpu_quota(folder_ / "none", folder_ / "mount"), std::nullopt);
}

TEST_F(Cores, TheTightestGroupOfVersionTwo) {
  put("mount/user/cpu.max", "300000 100000\n");
  put("mount/user/session/cpu.max", "max 100000\n");
  EXPECT_EQ(quota("0::/user/session\n"), 3);
  put("mount/user/session/cpu.max", "150000 100000\n");
  EXPECT_EQ(quota("0::/user/session\n"), 1.5);
  EXPECT_EQ(quota("0::/user\n"), 3);
  EXPECT_EQ(quota("0::/elsewhere\n"), std::nullopt);
}

TEST_F(Cores, VersionOne) {
  put("mount/cpu,cpuacct/job/cpu.cfs_quota_us", "50000\n");
  put("mount/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  put("mount/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
  put("mount/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(quota("5:memory:/job\n4:cpu,cpuacct:/job\n0::/\n"), 0.5);
  EXPECT_EQ(quota("4:cpu,cpuacct:/host/path/job\n"), std::nullopt);
  EXPECT_EQ(quota("3:cpuset:/job\n"), std::nullopt);
  put("mount/cpu/cpu.cfs_quota_us", "250000\n");  // as a container sees its own
  put("mount/cpu/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(quota("4:cpu:/docker/0123\n"), 2.5);
}

}  // namespace
}  // namespace phaseloom
