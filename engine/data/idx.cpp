// SPDX-License-Identifier: MIT
#include "engine/data/idx.hpp"

#include "engine/data/file_kind.hpp"
#include "engine/data/gzip.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

// MNIST unpacks to 47 MB; anything far beyond is no image set but a decompression bomb.
constexpr std::size_t kMaxIdxBytes = std::size_t{256} << 20;

std::uint32_t big_endian(std::span<const std::byte, 4> b) {
  return std::to_integer<std::uint32_t>(b[0]) << 24 | std::to_integer<std::uint32_t>(b[1]) << 16 |
         std::to_integer<std::uint32_t>(b[2]) << 8 | std::to_integer<std::uint32_t>(b[3]);
}

}  // namespace

IdxArray parse_idx(std::span<const std::byte> bytes, std::string_view source_name) {
  std::vector<std::byte> unpacked;
  if (is_gzip(bytes)) {
    unpacked = gunzip(bytes, kMaxIdxBytes, source_name);
    bytes = unpacked;
  }
  if (bytes.size() < 4 || big_endian(bytes.first<4>()) >> 8 != 0x000008)
    fail("{}: {}; it should begin with 00 00 08", source_name, is_no("IDX file of bytes", bytes));
  const auto rank = std::to_integer<std::size_t>(bytes[3]);
  if (rank < 1 || rank > 4)
    fail("{}: has {} dimensions; labels have 1, images 3 and images in colour 4", source_name,
         rank);
  if (bytes.size() < 4 + 4 * rank)
    fail("{}: ends within its header; is the download complete?", source_name);
  IdxArray array;
  std::uint64_t expected = 1;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::uint32_t extent = big_endian(bytes.subspan(4 + 4 * i).first<4>());
    // Both factors are within bounds, so that the product cannot overflow.
    if (extent > kMaxIdxBytes || expected * extent > kMaxIdxBytes)
      fail("{}: claims over {} bytes of data; the header is damaged", source_name, kMaxIdxBytes);
    expected *= extent;
    array.shape.push_back(static_cast<int>(extent));
  }
  const auto values = bytes.subspan(4 + 4 * rank);
  if (values.size() != expected)
    fail("{}: holds {} bytes of data where its header says {}; is the download complete?",
         source_name, values.size(), expected);
  const auto* first = reinterpret_cast<const std::uint8_t*>(values.data());
  array.values.assign(first, first + values.size());
  return array;
}

IdxArray read_idx(const std::filesystem::path& path) {
  return parse_idx(read_file(path, kMaxIdxBytes), path.string());
}

}  // namespace phaseloom
