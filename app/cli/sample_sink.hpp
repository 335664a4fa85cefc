// SPDX-License-Identifier: MIT
#pragma once
// Files of generated pictures, written piece by piece as they come.

#include <filesystem>
#include <memory>
#include <span>

#include "engine/support/picture_shape.hpp"

namespace phaseloom {

/// Where samples go; nothing is under the file's name before commit().
class SampleSink {
 public:
  virtual ~SampleSink() = default;
  /// Pictures [sample][channel][y][x] in [0, 1].
  virtual void append(std::span<const float> pictures) = 0;
  virtual void commit() = 0;
};

/// float32 (n, height, width), in colour (n, channels, height, width). Throws Error if the file
/// cannot be written.
std::unique_ptr<SampleSink> npy_sink(const std::filesystem::path& file, int n, PictureShape shape);
/// All n in one picture, about as many rows as columns. Throws Error likewise, if a row of values
/// is no image, or if n are too many for one.
std::unique_ptr<SampleSink> png_sink(const std::filesystem::path& file, int n, PictureShape shape);

}  // namespace phaseloom
