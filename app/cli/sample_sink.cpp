// SPDX-License-Identifier: MIT
#include "app/cli/sample_sink.hpp"

#include <cmath>
#include <vector>

#include "engine/data/npy.hpp"
#include "engine/data/picture.hpp"
#include "engine/data/png.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr std::int64_t kMaxPicturePixels = std::int64_t{64} << 20;

class NpySink : public SampleSink {
 public:
  NpySink(const std::filesystem::path& file, int n, PictureShape shape)
      : writer_(file, array_of(n, shape)) {}
  void append(std::span<const float> pictures) override { writer_.append(pictures); }
  void commit() override { writer_.commit(); }

 private:
  NpyWriter writer_;
};

class PngSink : public SampleSink {
 public:
  PngSink(const std::filesystem::path& file, int n, PictureShape shape)
      : file_(file), shape_(shape), columns_(static_cast<int>(std::ceil(std::sqrt(double(n))))) {
    if (shape.height == 1)
      fail("{}: the {} visible units of this model are no image; write .npy instead", file.string(),
           shape.size());
    const std::int64_t place = std::int64_t{shape.width + 2} * (shape.height + 2);
    if (n > kMaxPicturePixels / place)
      fail("{}: {} images are too many for one picture (at most {}); write .npy instead",
           file.string(), n, kMaxPicturePixels / place);
  }
  void append(std::span<const float> pictures) override {
    images_.insert(images_.end(), pictures.begin(), pictures.end());
  }
  void commit() override {
    file_.write(encode_png(tile_grid(images_, shape_, columns_)));
    file_.commit();
  }

 private:
  AtomicFile file_;
  PictureShape shape_;
  int columns_;
  std::vector<float> images_;
};

}  // namespace

std::unique_ptr<SampleSink> npy_sink(const std::filesystem::path& file, int n, PictureShape shape) {
  return std::make_unique<NpySink>(file, n, shape);
}

std::unique_ptr<SampleSink> png_sink(const std::filesystem::path& file, int n, PictureShape shape) {
  return std::make_unique<PngSink>(file, n, shape);
}

}  // namespace phaseloom
