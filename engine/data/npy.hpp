#pragma once
// NumPy's .npy format, version 1.0, for arrays of numbers in C order. Written are single precision
// numbers; read are also doubles and bytes, as other programs save pictures.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "engine/support/atomic_file.hpp"

namespace phaseloom {

enum class NpyType { f4, f8, u1 };

struct FloatArray {
  std::vector<std::int64_t> shape;  // empty for a single number
  std::vector<float> values;        // last index fastest
  NpyType type = NpyType::f4;       // of the file; bytes are 0..255 in `values`
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

std::vector<std::byte> npy_header(const std::vector<std::int64_t>& shape);
void write_npy(const std::filesystem::path& path, const std::vector<std::int64_t>& shape,
               std::span<const float> values);

}  // namespace phaseloom
