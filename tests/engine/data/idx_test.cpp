// SPDX-License-Identifier: MIT
#include "engine/data/idx.hpp"

#include "tests/engine/data/idx_bytes.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TEST(Idx, PlainAndGzipped) {
  for (const Bytes& file : {kImages, gzipped(kImages)}) {
    const IdxArray array = parse_idx(file, "images");
    EXPECT_EQ(array.shape, (std::vector<int>{2, 2, 3}));
    EXPECT_EQ(array.values, (std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255}));
  }
}

TEST(Idx, TruncatedAnywhere) {
  for (const Bytes& file : {kImages, kLabels, gzipped(kImages)})
    for (std::size_t size = 0; size < file.size(); ++size)
      EXPECT_THAT(error_of([&] { parse_idx(std::span(file).first(size), "cut"); }),
                  HasSubstr("cut: "));
}

TEST(Idx, Damaged) {
  const auto error = [](Bytes file) { return error_of([&] { parse_idx(file, "bad"); }); };
  Bytes longer = kImages;
  longer.push_back(std::byte{0});
  EXPECT_THAT(error(longer), HasSubstr("13 bytes of data where its header says 12"));
  Bytes after = gzipped(kImages);
  after.push_back(std::byte{0});
  EXPECT_THAT(error(after), HasSubstr("follow the gzip data"));
  Bytes flipped = gzipped(kImages);
  flipped[flipped.size() - 6] ^= std::byte{1};  // in the checksum
  EXPECT_THAT(error(flipped), HasSubstr("damaged"));
  EXPECT_THAT(error(bytes_of({0, 0, 13, 1, 0, 0, 0, 0})), HasSubstr("00 00 08"));
  EXPECT_THAT(error(bytes_of({0, 0, 8, 0})), HasSubstr("0 dimensions"));
  EXPECT_THAT(error(bytes_of({0, 0, 8, 200})), HasSubstr("200 dimensions"));
  EXPECT_THAT(
      error(bytes_of({0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1})),
      HasSubstr("header is damaged"));
  EXPECT_THAT(error(bytes_of({0, 0, 8, 2, 255, 255, 255, 255, 0, 0, 0, 0})),
              HasSubstr("header is damaged"));
}

}  // namespace
}  // namespace phaseloom
