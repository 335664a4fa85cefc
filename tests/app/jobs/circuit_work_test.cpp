// SPDX-License-Identifier: MIT
#include "app/jobs/circuit_work.hpp"

#include <gmock/gmock.h>

#include "engine/data/png.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

CircuitCheck check_of_two() {
  CircuitCheck check;
  check.chunks = {{{1e-5, 5e-6, 3e-5}, 1e-4, 0, 0.25}, {{2e-5, 1e-5, 6e-5}, 2e-4, 0, 1}};
  check.ours = {0, 1, 0.5F, 0.5F};
  check.theirs = {0, 0.9F, 0.5F, 0.51F};
  return check;
}

TEST(CircuitWork, DifferencesAreMagnifiedAndStayInRange) {
  const auto all = comparison_of(check_of_two());
  ASSERT_EQ(all.size(), 12u);
  EXPECT_EQ(all[1], 1);
  EXPECT_EQ(all[5], 0.9F);
  EXPECT_EQ(all[8], 0);
  EXPECT_EQ(all[9], 1) << "a tenth is more than can be shown";
  EXPECT_NEAR(all[11], kMagnified * 0.01, 1e-5);
}

TEST(CircuitWork, ThreePicturesStandSideBySide) {
  const TemporaryFolder folder;
  write_comparison(folder / "c.png", check_of_two(), {2, 2, 1});
  const Picture picture = read_png(folder / "c.png");
  EXPECT_GT(picture.width, 2 * picture.height);
}

TEST(CircuitWork, ATableHasALineForEachChunk) {
  EXPECT_EQ(circuit_csv(check_of_two()),
            "chunk,rms_error,median_error,p99_error,rms_error_at_ten_times_reltol,seconds\n"
            "1,1e-05,5e-06,3e-05,0.0001,0.250\n"
            "2,2e-05,1e-05,6e-05,0.0002,1.000\n");
}

TEST(CircuitWork, AWindowOrTheWhole) {
  const Program program = test::small_model("kuramoto_shil", 1).program;
  EXPECT_EQ(circuit_of(program, {}, {}, 0).units.size(), 60u);
  EXPECT_EQ(circuit_of(program, {}, {}, 2).units.size(), 8u);
  EXPECT_EQ(picture_of_circuit(program, 0), program.picture());
  EXPECT_EQ(picture_of_circuit(program, 2), (PictureShape{2, 2, 1}));
}

TEST(CircuitWork, SaysWhatItIsOf) {
  RunSettings settings;
  settings.seed = 4;
  settings.first_sample = 3;
  EXPECT_EQ(described_circuit("net", settings, {}), "Phaseloom, net, sample 3 of seed 4");
  Hardware hardware{.bits = 4, .density = 0.5, .mismatch = 0.1, .weight_noise = 0.2};
  hardware.device = 7;
  EXPECT_EQ(described_circuit("net", settings, hardware),
            "Phaseloom, net, sample 3 of seed 4, 4 bits, density 0.5, mismatch 0.1 of device 7, "
            "weight noise 0.2");
}

}  // namespace
}  // namespace phaseloom
