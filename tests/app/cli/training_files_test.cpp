// SPDX-License-Identifier: MIT
#include "app/cli/training_files.hpp"

#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(TrainingFiles, ModelFilesAreCheckedAndNotMade) {
  const TemporaryFolder folder;
  check_model_file(folder / "m.safetensors");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_THAT(error_of([] { check_model_file(""); }), HasSubstr("--out is missing"));
  EXPECT_THAT(error_of([&] { check_model_file(folder / "m.npy"); }),
              HasSubstr("must be .safetensors"));
  EXPECT_THAT(error_of([&] { check_model_file(folder / "none/m.safetensors"); }),
              HasSubstr((folder / "none").string()));
}

TEST(TrainingFiles, EachIsHeldByOneWorkAtATime) {
  const TemporaryFolder folder;
  const std::filesystem::path ours[] = {folder / "a.safetensors", folder / "a.checkpoint"};
  const std::filesystem::path theirs[] = {folder / "b.safetensors", folder / "a.checkpoint"};
  {
    const auto locks = lock_files(ours, "phaseloom train us");
    EXPECT_THAT(error_of([&] { lock_files(theirs, "phaseloom train them"); }),
                AllOf(HasSubstr(theirs[1].string()), HasSubstr("(phaseloom train us)"),
                      HasSubstr("choose another --out")));
    lock_files({theirs, 1}, "what they have is free again");
  }
  lock_files(theirs, "and now all is");
}

}  // namespace
}  // namespace phaseloom
