// SPDX-License-Identifier: MIT
#include "engine/support/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/support/environment.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ScratchFolder, GoesWithEverythingInIt) {
  const TemporaryFolder folder;
  {
    const ScratchFolder scratch(folder / "for a while");
    fs::create_directory(scratch.path() / "more");
    std::ofstream(scratch.path() / "more" / "file") << "text";
    EXPECT_TRUE(fs::exists(folder / "for a while"));
  }
  EXPECT_FALSE(fs::exists(folder / "for a while"));
}

TEST(ScratchFolder, IsPrivateAmongTemporaryFiles) {
  const TemporaryFolder folder;
  const EnvironmentGuard there("TMPDIR", folder.path().string());
  fs::path first;
  {
    const ScratchFolder scratch = ScratchFolder::temporary("test");
    const ScratchFolder other = ScratchFolder::temporary("test");
    first = scratch.path();
    EXPECT_NE(first, other.path());
    EXPECT_EQ(first.parent_path(), folder.path());
    EXPECT_THAT(first.filename().string(), StartsWith("phaseloom-test-"));
    EXPECT_EQ(fs::status(first).permissions() & (fs::perms::group_all | fs::perms::others_all),
              fs::perms::none);
  }
  EXPECT_FALSE(fs::exists(first));
}

TEST(ScratchFolder, SaysWhereThereIsNoRoom) {
  const TemporaryFolder folder;
  const EnvironmentGuard nowhere("TMPDIR", (folder / "missing").string());
  EXPECT_THAT(error_of([] { (void)ScratchFolder::temporary("test"); }),
              HasSubstr("cannot be created"));
}

}  // namespace
}  // namespace phaseloom
