// SPDX-License-Identifier: MIT
#include "app/cli/sample_sink.hpp"

#include <numeric>
#include <vector>

#include "engine/data/npy.hpp"
#include "engine/data/png.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using Shape = std::vector<std::int64_t>;
using ::testing::HasSubstr;

/// Two pieces, of 2 and 1 samples.
void fill(SampleSink& sink, int values) {
  std::vector<float> pictures(std::size_t{3} * static_cast<std::size_t>(values));
  std::iota(pictures.begin(), pictures.end(), 0.0F);
  for (float& v : pictures) v /= static_cast<float>(pictures.size());
  sink.append(std::span(pictures).first(2 * static_cast<std::size_t>(values)));
  sink.append(std::span(pictures).last(static_cast<std::size_t>(values)));
}

TEST(SampleSink, ArraysHaveTheShapeOfTheirPictures) {
  const TemporaryFolder folder;
  const auto written = [&](PictureShape shape) {
    const auto sink = npy_sink(folder / "x.npy", 3, shape);
    fill(*sink, shape.size());
    sink->commit();
    return read_npy(folder / "x.npy");
  };
  const FloatArray grey = written({5, 4, 1});
  EXPECT_EQ(grey.shape, (Shape{3, 4, 5}));
  for (std::size_t k = 0; k < grey.values.size(); ++k)
    EXPECT_EQ(grey.values[k], static_cast<float>(k) / 60);
  EXPECT_EQ(written({5, 4, 3}).shape, (Shape{3, 3, 4, 5}));
  EXPECT_EQ(written({5, 1, 1}).shape, (Shape{3, 5}));
}

TEST(SampleSink, PicturesAreTiled) {
  const TemporaryFolder folder;
  const auto sink = png_sink(folder / "x.png", 3, {5, 4, 1});
  fill(*sink, 20);
  sink->commit();
  const Picture picture = read_png(folder / "x.png");
  EXPECT_EQ(picture.width, 2 * 7 - 2) << "two columns, two pixels between them";
  EXPECT_EQ(picture.height, 2 * 6 - 2);
}

TEST(SampleSink, NothingIsUnderTheNameBeforeItIsWhole) {
  const TemporaryFolder folder;
  for (const char* name : {"x.npy", "x.png"}) {
    const auto make = std::string_view(name) == "x.npy" ? npy_sink : png_sink;
    {
      const auto sink = make(folder / name, 3, {5, 4, 1});
      fill(*sink, 20);
      EXPECT_FALSE(std::filesystem::exists(folder / name));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << name;
  }
}

TEST(SampleSink, WhatIsNoPictureIsRefused) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_of([&] {
                png_sink(folder / "x.png", 3, {5, 1, 1});
              }),
              HasSubstr("5 visible units of this model are no image"));
  EXPECT_THAT(error_of([&] {
                png_sink(folder / "x.png", 10'000'000, {28, 28, 1});
              }),
              HasSubstr("too many for one picture"));
  EXPECT_THAT(error_of([&] { npy_sink(folder / "none/x.npy", 3, {5, 4, 1}); }), HasSubstr("none"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace phaseloom
