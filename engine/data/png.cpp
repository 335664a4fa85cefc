// SPDX-License-Identifier: MIT
#include "engine/data/png.hpp"

#include <stb_image.h>
#include <stb_image_write.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>

#include "engine/data/file_kind.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20;
constexpr std::int64_t kMaxPixels = std::int64_t{64} << 20;
constexpr std::array<unsigned char, 8> kSignature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

void append(void* out, void* data, int size) {
  const auto* first = static_cast<const std::byte*>(data);
  auto& bytes = *static_cast<std::vector<std::byte>*>(out);
  bytes.insert(bytes.end(), first, first + size);
}

struct FreePixels {
  void operator()(stbi_uc* pixels) const { stbi_image_free(pixels); }
};

}  // namespace

std::vector<std::byte> encode_png(const Picture& picture) {
  assert(picture.channels >= 1 && picture.channels <= 4);
  assert(picture.width > 0 && picture.height > 0 && picture.pixels.size() == picture.size());
  std::vector<std::byte> bytes;
  if (stbi_write_png_to_func(append, &bytes, picture.width, picture.height, picture.channels,
                             picture.pixels.data(), picture.width * picture.channels) == 0)
    fail("picture of {} x {} pixels: not enough memory to encode", picture.width, picture.height);
  return bytes;
}

void write_png(const std::filesystem::path& path, const Picture& picture) {
  write_file_atomically(path, encode_png(picture));
}

Picture parse_png(std::span<const std::byte> bytes, std::string_view source_name) {
  // stb_image would try its other formats on anything that is no PNG.
  const auto* data = reinterpret_cast<const stbi_uc*>(bytes.data());
  if (bytes.size() < kSignature.size() || !std::equal(kSignature.begin(), kSignature.end(), data))
    fail("{}: {}", source_name, is_no("PNG picture", bytes));
  if (bytes.size() > kMaxFileBytes)
    fail("{}: has {} bytes; the limit is {}", source_name, bytes.size(), kMaxFileBytes);
  const int size = static_cast<int>(bytes.size());
  Picture picture;
  if (stbi_info_from_memory(data, size, &picture.width, &picture.height, &picture.channels) == 0)
    fail("{}: the PNG header is damaged ({})", source_name, stbi_failure_reason());
  if (std::int64_t{picture.width} * picture.height > kMaxPixels)
    fail("{}: has {} x {} pixels; the limit is {}", source_name, picture.width, picture.height,
         kMaxPixels);
  const std::unique_ptr<stbi_uc, FreePixels> pixels(stbi_load_from_memory(
      data, size, &picture.width, &picture.height, &picture.channels, /*desired_channels=*/0));
  if (!pixels) fail("{}: the PNG data are damaged ({})", source_name, stbi_failure_reason());
  picture.pixels.assign(pixels.get(), pixels.get() + picture.size());
  return picture;
}

Picture read_png(const std::filesystem::path& path) {
  return parse_png(read_file(path, kMaxFileBytes), path.string());
}

}  // namespace phaseloom
