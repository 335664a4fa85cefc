// SPDX-License-Identifier: MIT
#pragma once
// NumPy's .npy format for arrays of numbers. Written are single precision numbers in C order,
// version 1.0; read are all versions, both orders, and what other programs save pictures in:
// halves, doubles, bytes, truth values.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "engine/support/atomic_file.hpp"
#include "engine/support/picture_shape.hpp"

namespace phaseloom {

struct FloatArray {
  std::vector<std::int64_t> shape;  ///< empty for a single number
  std::vector<float> values;        // last index fastest
  bool levels = false;              // the file has bytes: 0..255 in `values`
};

/// Reads an array from memory; NaN is data.
FloatArray parse_npy(std::span<const std::byte> bytes, std::string_view source_name);
FloatArray read_npy(const std::filesystem::path& path);

/// Writes an array piece by piece; nothing is under its name before commit().
class NpyWriter {
 public:
  /// @param shape of the whole array, e.g. (n, 28, 28)
  NpyWriter(const std::filesystem::path& path, const std::vector<std::int64_t>& shape);
  void append(std::span<const float> values);
  /// The number of values must by now be that of the shape.
  void commit();

 private:
  AtomicFile file_;
  std::uint64_t missing_;
};

/// The shape of n pictures as an array: (n, y, x), in colour (n, channel, y, x), of rows (n, x).
std::vector<std::int64_t> array_of(std::int64_t n, PictureShape picture);

std::vector<std::byte> npy_header(const std::vector<std::int64_t>& shape);
void write_npy(const std::filesystem::path& path, const std::vector<std::int64_t>& shape,
               std::span<const float> values);

}  // namespace phaseloom
