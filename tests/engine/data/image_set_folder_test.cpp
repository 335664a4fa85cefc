// SPDX-License-Identifier: MIT
#include "engine/data/image_set_folder.hpp"

#include <string>
#include <vector>

#include "engine/support/atomic_file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr std::array<std::string_view, 2> kFashion{"fashion", "fashion-mnist"};
constexpr std::array<std::string_view, 1> kMnist{"mnist"};

class ImageSetFolder : public ::testing::Test {
 protected:
  void touch(const fs::path& name) const {
    fs::create_directories((folder_ / name).parent_path());
    write_file_atomically(folder_ / name, std::string_view());
  }
  /// The names of the four files that are taken, "" where there is none.
  std::vector<std::string> taken(std::span<const std::string_view> names = kMnist) const {
    const ImageSetFiles files = find_image_set(folder_.path(), names);
    std::vector<std::string> found;
    for (const auto& half : files.halves)
      for (const fs::path& file : {half.images, half.labels})
        found.push_back(file.filename().string());
    return found;
  }
  TemporaryFolder folder_;
};

using Names = std::vector<std::string>;

TEST_F(ImageSetFolder, NamesInUse) {
  for (const Names& four :
       {Names{"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
              "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"},
        Names{"train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte",
              "t10k-labels.idx1-ubyte"},
        Names{"Train-Images-IDX3-ubyte", "TRAIN-LABELS-IDX1-UBYTE.GZ", "T10K-images-idx3-ubyte",
              "t10k-Labels.idx1-ubyte"},
        Names{"emnist-digits-train-images-idx3-ubyte.gz", "emnist-digits-train-labels-idx1-ubyte",
              "emnist-digits-test-images-idx3-ubyte.gz", "emnist-digits-test-labels-idx1-ubyte"}}) {
    for (const auto& entry : fs::directory_iterator(folder_.path())) fs::remove(entry.path());
    for (const std::string& name : four) touch(name);
    EXPECT_EQ(taken(), four);
  }
}

TEST_F(ImageSetFolder, NamesOfOtherThings) {
  for (const char* name :
       {"train-images-idx3-ubyte.gz.part", "mytrain-images-idx3-ubyte", "train-images-idx1-ubyte",
        "train-images-idx3-ubyte.txt", "train-labels-idx1-ubyte"})
    touch(name);
  fs::create_directories(folder_ / "t10k-images-idx3-ubyte");  // an unpacker's folder
  EXPECT_TRUE(find_image_set(folder_.path(), kMnist).empty());
}

TEST_F(ImageSetFolder, GzippedBeforeUnpacked) {
  touch("train-images-idx3-ubyte");
  touch("train-images-idx3-ubyte.gz");
  EXPECT_EQ(taken()[0], "train-images-idx3-ubyte.gz");
  EXPECT_FALSE(find_image_set(folder_.path(), kMnist).complete());
}

TEST_F(ImageSetFolder, OfSeveralSetsTheOneOfThatName) {
  touch("emnist-letters-train-images-idx3-ubyte");
  touch("emnist-digits-train-images-idx3-ubyte");
  EXPECT_THAT(error_of([&] { taken(); }), AllOf(HasSubstr("several data sets"),
                                                HasSubstr("'emnist-digits-', 'emnist-letters-'"),
                                                HasSubstr("a folder of their own")));
  touch("Fashion_MNIST-train-images-idx3-ubyte");
  EXPECT_EQ(taken(kFashion)[0], "Fashion_MNIST-train-images-idx3-ubyte");
  touch("train-images-idx3-ubyte");
  EXPECT_EQ(taken()[0], "train-images-idx3-ubyte");
}

TEST_F(ImageSetFolder, FoldersOfANameInAnySpelling) {
  const auto searched = [&](std::span<const std::string_view> names) {
    Names found;
    for (const fs::path& folder : image_set_folders(folder_.path(), names))
      found.push_back(folder.lexically_relative(folder_.path()).string());
    return found;
  };
  EXPECT_EQ(searched(kMnist), (Names{".", "raw"}));
  for (const char* name : {"MNIST", "mnist", "FashionMNIST", "EMNIST"})
    fs::create_directories(folder_ / name);
  touch("Mnist");  // no folder
  EXPECT_EQ(searched(kMnist), (Names{"mnist", "mnist/raw", "MNIST", "MNIST/raw", ".", "raw"}));
  EXPECT_EQ(searched(kFashion), (Names{"FashionMNIST", "FashionMNIST/raw", ".", "raw"}));
}

TEST_F(ImageSetFolder, ContentsInWords) {
  EXPECT_EQ(contents_of(folder_.path()), "nothing");
  EXPECT_EQ(contents_of(folder_ / "none"), "nothing");
  for (const char* name : {"h", "c", "a\nb", "g", "d", "e", "f"}) touch(name);
  EXPECT_EQ(contents_of(folder_.path()), "'a\\x0ab', 'c', 'd', 'e', 'f', 'g' and 1 more");
}

}  // namespace
}  // namespace phaseloom
