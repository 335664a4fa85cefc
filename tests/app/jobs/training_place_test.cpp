// SPDX-License-Identifier: MIT
#include "app/jobs/training_place.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "engine/support/atomic_file.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

TEST(TrainingPlace, EachWindowHasItsOwn) {
  const TemporaryFolder folder;
  const auto state = folder / "state/phaseloom";
  std::optional<TrainingPlace> first = find_training_place(state);
  EXPECT_EQ(first->checkpoint, state / "training.checkpoint");
  EXPECT_EQ(first->other, "");
  const TrainingPlace second = find_training_place(state), third = find_training_place(state);
  EXPECT_EQ(second.checkpoint, state / "window-2/training.checkpoint");
  EXPECT_EQ(third.checkpoint, state / "window-3/training.checkpoint");
  EXPECT_NE(second.other.find("the Phaseloom window"), std::string::npos);
  EXPECT_EQ(second.other, third.other);
  first.reset();
  EXPECT_EQ(find_training_place(state).checkpoint, state / "training.checkpoint");
}

TEST(TrainingPlace, RatherWhereThereIsSomethingToGoOnWith) {
  const TemporaryFolder folder;
  {
    const auto first = find_training_place(folder.path()),
               second = find_training_place(folder.path());
  }
  write_file_atomically(folder / "window-2/training.checkpoint", "of a window that was closed");
  const auto found = find_training_place(folder.path());
  EXPECT_EQ(found.checkpoint, folder / "window-2/training.checkpoint");
  EXPECT_EQ(found.other, "") << "no other window is open";
  EXPECT_EQ(find_training_place(folder.path()).checkpoint, folder / "training.checkpoint");
}

TEST(TrainingPlace, NowhereIsNoPlace) { EXPECT_TRUE(find_training_place("").checkpoint.empty()); }

}  // namespace
}  // namespace phaseloom
