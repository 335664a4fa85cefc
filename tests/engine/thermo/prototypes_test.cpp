// SPDX-License-Identifier: MIT
#include "engine/thermo/prototypes.hpp"

#include "engine/data/png.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

ImageSet small_set() {
  ImageSet set;
  set.name = "small";
  set.width = 2;
  set.height = 1;
  set.labels = {3, 1, 3};
  set.pixels = {10, 20, 255, 0, 50, 60};
  return set;
}

TEST(ThermoPrototypes, AreTheFirstOfTheirClasses) {
  const auto found = first_of_classes(small_set(), std::vector{1, 3});
  EXPECT_EQ(found.shape, (PictureShape{2, 1, 1}));
  ASSERT_EQ(found.pictures.size(), 2U);
  EXPECT_EQ(found.pictures[0].name, "small 1");
  EXPECT_EQ(found.pictures[0].pixels, (std::vector<float>{1, 0}));
  EXPECT_EQ(found.pictures[1].pixels, (std::vector<float>{10 / 255.F, 20 / 255.F}));
  EXPECT_THAT(error_of([] { first_of_classes(small_set(), std::vector{2}); }),
              HasSubstr("small: has no picture of class 2"));
  EXPECT_THAT(error_of([] {
                first_of_classes(small_set(), std::vector{1, 1});
              }),
              HasSubstr("class 1 is asked for twice"));
}

TEST(ThermoPrototypes, AreThePicturesOfAFolder) {
  TemporaryFolder folder;
  EXPECT_THAT(error_of([&] { prototypes_in(folder.path()); }), HasSubstr("holds no .png"));
  EXPECT_THAT(error_of([&] { prototypes_in(folder / "none"); }),
              HasSubstr("cannot be read as a folder"));
  write_png(folder / "b.png", {2, 1, 1, {0, 255}});
  write_png(folder / "a.png", {2, 1, 4, {255, 0, 0, 9, 51, 51, 51, 9}});
  const auto found = prototypes_in(folder.path());
  EXPECT_EQ(found.shape, (PictureShape{2, 1, 1}));
  ASSERT_EQ(found.pictures.size(), 2U);
  EXPECT_EQ(found.pictures[0].name, "a.png");
  EXPECT_FLOAT_EQ(found.pictures[0].pixels[0], 1 / 3.F) << "red";
  EXPECT_FLOAT_EQ(found.pictures[0].pixels[1], 0.2F);
  EXPECT_EQ(found.pictures[1].pixels, (std::vector<float>{0, 1}));
  write_png(folder / "c.png", {1, 1, 1, {0}});
  EXPECT_THAT(error_of([&] { prototypes_in(folder.path()); }),
              HasSubstr("c.png: is 1 x 1; the pictures before it are 2 x 1"));
}

}  // namespace
}  // namespace phaseloom
