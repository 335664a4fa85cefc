// SPDX-License-Identifier: MIT
#include "engine/data/image_set.hpp"

#include <zlib.h>

#include <optional>
#include <string>
#include <vector>

#include "engine/support/atomic_file.hpp"
#include "tests/engine/data/idx_bytes.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
void write_set(const fs::path& folder, const std::string& stem, const Bytes& images,
               const Bytes& labels, const std::string& ending = "") {
  fs::create_directories(folder);
  write_file_atomically(folder / (stem + "-images-idx3-ubyte" + ending), images);
  write_file_atomically(folder / (stem + "-labels-idx1-ubyte" + ending), labels);
}

TEST(ImageSet, Combine) {
  const auto combine = [](const Bytes& images, const Bytes& labels) {
    return combine_idx(parse_idx(images, "I"), parse_idx(labels, "L"), "I", "L");
  };
  const ImageSet set = combine(kImages, kLabels);
  EXPECT_EQ(set.count(), 2);
  EXPECT_EQ(set.width, 3);
  EXPECT_EQ(set.height, 2);
  EXPECT_EQ(set.image(1)[0], 7);
  EXPECT_EQ(set.image(1).size(), 6u);
  const ImageSet colour = combine(bytes_of({0, 0, 8, 4, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0,  0,  1,
                                            0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}),
                                  kLabels);
  EXPECT_EQ(colour.shape(), (PictureShape{2, 1, 3}));
  EXPECT_EQ(colour.image(1)[0], 7);
  EXPECT_THAT(error_of([&] {
                combine(
                    bytes_of({0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2}),
                    kLabels);
              }),
              HasSubstr("2 channels"));
  EXPECT_THAT(error_of([&] { combine(kLabels, kImages); }), HasSubstr("images have 3"));
  EXPECT_THAT(error_of([&] { combine(kImages, kImages); }), HasSubstr("labels have 1"));
  EXPECT_THAT(error_of([&] {
                combine(kImages, bytes_of({0, 0, 8, 1, 0, 0, 0, 1, 7}));
              }),
              HasSubstr("1 labels for the 2 images"));
  EXPECT_THAT(error_of([&] {
                combine(kImages, bytes_of({0, 0, 8, 1, 0, 0, 0, 2, 7, 10}));
              }),
              HasSubstr("label 1 is 10"));
  EXPECT_THAT(error_of([&] {
                combine(bytes_of({0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3}), kLabels);
              }),
              HasSubstr("no pixels"));
}

class ImageSetPlacesTest : public ::testing::Test {
 protected:
  int first_label(const std::optional<fs::path>& data_dir = std::nullopt) const {
    return int{load_image_set("mnist", Split::test, data_dir).labels[0]};
  }
  /// A whole set whose first label tells it from others.
  void put(const fs::path& where, int label, const std::string& ending = "") const {
    Bytes labels = kLabels;
    labels[8] = static_cast<std::byte>(label);
    for (const char* stem : {"train", "t10k"})
      write_set(where, stem, ending.empty() ? kImages : gzipped(kImages),
                ending.empty() ? labels : gzipped(labels), ending);
  }
  TemporaryFolder folder_;
  EnvironmentGuard home_{"XDG_DATA_HOME", (folder_ / "share").string()};
  EnvironmentGuard variable_{"PHASELOOM_DATA", ""};
};

TEST_F(ImageSetPlacesTest, TheUsualPlaces) {
  put(folder_ / "share/phaseloom/mnist", 1, ".gz");
  EXPECT_EQ(first_label(), 1);
}

TEST_F(ImageSetPlacesTest, TheVariableNamesTheOnlyPlace) {
  put(folder_ / "share/phaseloom/mnist", 1, ".gz");
  fs::create_directories(folder_ / "variable");
  const EnvironmentGuard variable("PHASELOOM_DATA", (folder_ / "variable").string());
  EXPECT_THAT(error_of([&] { first_label(); }),
              AllOf(HasSubstr("the folder that PHASELOOM_DATA names"), HasSubstr("holds nothing")));
  put(folder_ / "variable", 2);
  EXPECT_EQ(first_label(), 2);
  put(folder_ / "variable/mnist", 3);
  EXPECT_EQ(first_label(), 3);
  const EnvironmentGuard nowhere("PHASELOOM_DATA", (folder_ / "nowhere").string());
  EXPECT_THAT(error_of([&] { first_label(); }),
              HasSubstr("nowhere: is not a folder; PHASELOOM_DATA takes"));
}

TEST_F(ImageSetPlacesTest, TheGivenFolderIsTheOnlyPlace) {
  put(folder_ / "variable", 2);
  const EnvironmentGuard variable("PHASELOOM_DATA", (folder_ / "variable").string());
  fs::create_directories(folder_ / "given/mnist");
  write_file_atomically(folder_ / "given/holiday.png", std::string_view("x"));
  EXPECT_THAT(error_of([&] { first_label(folder_ / "given"); }),
              AllOf(HasSubstr("mnist (test images): not in " + (folder_ / "given").string()),
                    HasSubstr("which holds 'holiday.png', 'mnist'"), HasSubstr("--data names"),
                    HasSubstr("t10k-images-idx3-ubyte")));
  put(folder_ / "given", 4, ".gz");
  const ImageSet set = load_image_set("mnist", Split::test, folder_ / "given");
  EXPECT_EQ(set.labels[0], 4);
  EXPECT_EQ(set.source, folder_ / "given");
  EXPECT_EQ(set.name, "mnist");
}

TEST_F(ImageSetPlacesTest, HalvesAreNeverOfTwoFolders) {
  const auto load = [&](Split split) {
    return load_image_set("mnist", split, folder_ / "given").source;
  };
  write_set(folder_ / "given/mnist", "train", kImages, kLabels);
  EXPECT_EQ(load(Split::train), folder_ / "given/mnist");
  EXPECT_THAT(error_of([&] { load(Split::test); }),
              HasSubstr("given/mnist (which holds only the training images: "
                        "train-images-idx3-ubyte)"));
  write_set(folder_ / "given", "t10k", kImages, kLabels);
  EXPECT_THAT(error_of([&] { load(Split::test); }), HasSubstr("only the training images"));
  write_set(folder_ / "given", "train", kImages, kLabels);
  EXPECT_EQ(load(Split::train), folder_ / "given");
  EXPECT_EQ(load(Split::test), folder_ / "given");
}

TEST_F(ImageSetPlacesTest, AWholeSetFurtherOnBeforeAHalfOfTheUsualPlaces) {
  write_set(folder_ / "share/phaseloom/mnist", "t10k", kImages, kLabels);
  put(folder_ / "share/phaseloom", 5);
  EXPECT_EQ(first_label(), 5);
}

TEST(ImageSet, DamagedSetSaysHowToGetIt) {
  TemporaryFolder folder;
  write_set(folder / "mnist", "train", bytes_of({1, 2, 3}), kLabels);
  EXPECT_THAT(
      error_of([&] { load_image_set("mnist", Split::train, folder.path()); }),
      AllOf(HasSubstr("train-images-idx3-ubyte: is no IDX file"), HasSubstr("docs/data.md")));
  fs::remove(folder / "mnist/train-labels-idx1-ubyte");
  EXPECT_THAT(error_of([&] { load_image_set("mnist", Split::train, folder.path()); }),
              HasSubstr("no train-labels-idx1-ubyte"));
}

TEST(ImageSet, MissingSetSaysWhereItLookedAndHowToGetIt) {
  TemporaryFolder folder;
  const ImageSetPlaces places{{folder / "one", folder / "two"}, ""};
  EXPECT_THAT(error_of([&] { load_image_set_from(places, "mnist", Split::train); }),
              AllOf(HasSubstr("mnist (training images): not found in"),
                    HasSubstr((folder / "one").string()), HasSubstr((folder / "two").string()),
                    HasSubstr("train-images-idx3-ubyte.gz"), HasSubstr("docs/data.md")));
  EXPECT_THAT(
      error_of([&] { load_image_set_from(places, "fashion", Split::test); }),
      AllOf(HasSubstr("fashion (test images)"), HasSubstr("apt install dataset-fashion-mnist")));
}

// Both sets have the same file names: one must not be taken for the other.
TEST(ImageSet, TheOtherSetIsNotTaken) {
  ImageSet fashion;
  try {
    fashion = load_image_set("fashion", Split::test);
  } catch (const Error& error) {
    GTEST_SKIP() << error.what();
  }
  EXPECT_THAT(error_of([&] {
                load_image_set_from({{fashion.source}, ""}, "mnist", Split::test);
              }),
              HasSubstr("(which holds fashion)"));
}

TEST(ImageSet, UnknownNamesAndFolders) {
  EXPECT_THAT(error_of([] { load_image_set("cifar", Split::train); }),
              HasSubstr("choose mnist or fashion"));
  EXPECT_THAT(error_of([] { load_image_set("mnist", Split::train, "/nowhere"); }),
              AllOf(HasSubstr("/nowhere"), HasSubstr("--data")));
}

// The real sets, where they are installed: counts, and a checksum of every pixel.
void check_real(std::string_view name, Split split, int count, unsigned long crc) {
  ImageSet set;
  try {
    set = load_image_set(name, split);
  } catch (const Error& error) {
    GTEST_SKIP() << error.what();
  }
  EXPECT_EQ(set.count(), count);
  EXPECT_EQ(set.width, 28);
  EXPECT_EQ(set.height, 28);
  EXPECT_EQ(crc32_z(0, set.pixels.data(), set.pixels.size()), crc);
}
TEST(ImageSet, RealMnistTrain) { check_real("mnist", Split::train, 60000, 0xf3639b56); }
TEST(ImageSet, RealMnistTest) { check_real("mnist", Split::test, 10000, 0xe4ca5f57); }
TEST(ImageSet, RealFashionTrain) { check_real("fashion", Split::train, 60000, 0xae65dccd); }
TEST(ImageSet, RealFashionTest) { check_real("fashion", Split::test, 10000, 0x12728439); }

}  // namespace
}  // namespace phaseloom
