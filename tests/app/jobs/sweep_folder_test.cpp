// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/document/assets.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

TEST(SweepFolder, ShippedOnesAreWholeAndOfShippedNetworks) {
  int sweeps = 0;
  for (const auto& entry : fs::directory_iterator(asset_path("sweeps"))) {
    SCOPED_TRACE(entry.path().filename());
    ++sweeps;
    const SweepFolder sweep = SweepFolder::open(entry.path());
    SweepReader reader(sweep);
    reader.look();
    EXPECT_TRUE(reader.damaged().empty());
    EXPECT_EQ(reader.rows().size(), sweep.jobs().size());
    for (const auto& [job, row] : reader.rows()) EXPECT_FALSE(row.failed()) << job;
  }
  EXPECT_GE(sweeps, 1);
}

TEST(SweepFolder, ATableThatIsDamagedIsToldOfEachCell) {
  const TemporaryFolder folder;
  const fs::path shipped = fs::directory_iterator(asset_path("sweeps"))->path();
  fs::copy_file(shipped / "plan.json", folder / "plan.json");
  write_file_atomically(folder / "table.csv", "model,bits\nnet,4\n");
  const SweepFolder sweep = SweepFolder::open(folder.path());
  SweepReader reader(sweep);
  reader.look();
  EXPECT_TRUE(reader.rows().empty());
  EXPECT_EQ(reader.damaged().size(), sweep.jobs().size());
}

}  // namespace
}  // namespace phaseloom
