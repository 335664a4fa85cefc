// SPDX-License-Identifier: MIT
#pragma once
// The IDX format of the MNIST database: arrays of bytes.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace phaseloom {

/// An IDX array of bytes, of rank 1 to 4.
struct IdxArray {
  std::vector<int> shape;
  std::vector<std::uint8_t> values;
};

/// Reads an IDX file of unsigned bytes from memory, plain or gzipped.
IdxArray parse_idx(std::span<const std::byte> bytes, std::string_view source_name);
IdxArray read_idx(const std::filesystem::path& path);

}  // namespace phaseloom
