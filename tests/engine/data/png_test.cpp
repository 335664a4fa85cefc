// SPDX-License-Identifier: MIT
#include "engine/data/png.hpp"

#include <string>

#include "engine/support/atomic_file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

Picture pattern(int width, int height, int channels) {
  Picture picture{width, height, channels, {}};
  picture.pixels.resize(picture.size());
  for (std::size_t i = 0; i < picture.pixels.size(); ++i)
    picture.pixels[i] = static_cast<std::uint8_t>(i * 37 % 251);
  return picture;
}

TEST(Png, RoundTrips) {
  TemporaryFolder folder;
  for (int channels = 1; channels <= 4; ++channels)
    for (const auto& [width, height] : {std::pair{1, 1}, {7, 3}, {256, 100}}) {
      const Picture picture = pattern(width, height, channels);
      write_png(folder / "a.png", picture);
      EXPECT_EQ(read_png(folder / "a.png"), picture);
      EXPECT_EQ(encode_png(picture), encode_png(picture));
    }
}

TEST(Png, TruncatedOrForeign) {
  const auto whole = encode_png(pattern(20, 20, 3));
  // The last chunk, 12 bytes without content, may be missing without loss.
  for (std::size_t size = 0; size < whole.size() - 12; ++size)
    EXPECT_THAT(error_of([&] { parse_png(std::span(whole).first(size), "cut.png"); }),
                HasSubstr("cut.png: "));
  const std::string bitmap = "BM" + std::string(100, '\0');
  EXPECT_THAT(error_of([&] { parse_png(std::as_bytes(std::span(bitmap)), "a.bmp"); }),
              HasSubstr("a.bmp: is no PNG picture"));
}

TEST(Png, ClaimsOfSize) {
  auto bytes = encode_png(pattern(2, 2, 1));
  bytes[18] = std::byte{0x40};  // width 0x4002
  bytes[22] = std::byte{0x40};
  EXPECT_THAT(error_of([&] { parse_png(bytes, "big.png"); }),
              HasSubstr("16386 x 16386 pixels; the limit is"));
  bytes[16] = std::byte{0x7f};
  EXPECT_THAT(error_of([&] { parse_png(bytes, "huge.png"); }), HasSubstr("huge.png: "));
}

TEST(Png, MissingFolderAndFile) {
  TemporaryFolder folder;
  EXPECT_THAT(error_of([&] { write_png(folder / "none/a.png", pattern(1, 1, 1)); }),
              HasSubstr("does not exist"));
  EXPECT_THAT(error_of([&] { read_png(folder / "a.png"); }), HasSubstr("no such file"));
}

}  // namespace
}  // namespace phaseloom
