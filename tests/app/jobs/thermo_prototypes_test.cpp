// SPDX-License-Identifier: MIT
#include "app/jobs/thermo_prototypes.hpp"

#include <gmock/gmock.h>

#include "tests/app/session/small_thermo.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string drawn(int count) {
  std::vector<ThermoDrawing> drawings(static_cast<std::size_t>(count));
  for (std::size_t k = 0; k < drawings.size(); ++k)
    brush_stroke(drawings[k], {6, 6}, {22, 10 + 3 * float(k)}, false);
  return print_thermo_drawings(drawings);
}

TEST(ThermoPrototypes, DrawingsComeBehindTheDigits) {
  const auto both = load_prototypes(test::small_training(), "0 1", drawn(2));
  EXPECT_THAT(both.names(), ElementsAre("mnist 0", "mnist 1", "drawn 1", "drawn 2"));
  for (const auto& picture : both.pictures) {
    double mean = 0, square = 0;
    for (const float v : picture) {
      mean += double(v) / 784;
      square += double(v) * double(v) / 784;
    }
    EXPECT_NEAR(mean, 0, 1e-5);
    EXPECT_NEAR(square, 1, 1e-5);
  }
}

TEST(ThermoPrototypes, DrawingsAloneNeedNoDataSet) {
  const auto alone = load_prototypes(test::training_without_pictures(), "none", drawn(1));
  EXPECT_THAT(alone.names(), ElementsAre("drawn 1"));
  EXPECT_EQ(alone.shape(), (PictureShape{28, 28, 1}));
  EXPECT_THAT(error_of([] { load_prototypes(test::training_without_pictures(), "0", drawn(1)); }),
              HasSubstr("docs/data.md"));
}

TEST(ThermoPrototypes, OfAnotherSizeAreNotMixedWithDrawings) {
  TrainingJobOptions options;
  options.images = [](const std::string& name, Split) {
    ImageSet set;
    set.name = name;
    set.width = set.height = 2;
    set.pixels = {0, 255, 0, 255};
    set.labels = {0};
    return set;
  };
  EXPECT_EQ(load_prototypes(options, "0", "none").shape(), (PictureShape{2, 2, 1}));
  EXPECT_THAT(error_of([&] { load_prototypes(options, "0", drawn(1)); }), HasSubstr("28"));
}

}  // namespace
}  // namespace phaseloom
