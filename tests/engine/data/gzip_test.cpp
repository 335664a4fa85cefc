// SPDX-License-Identifier: MIT
#include "engine/data/gzip.hpp"

#include "tests/engine/data/idx_bytes.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TEST(Gzip, DecompressionBomb) {
  const Bytes bomb = gzipped(Bytes(std::size_t{3} << 20));
  EXPECT_LT(bomb.size(), 5000u);
  EXPECT_THAT(error_of([&] { gunzip(bomb, 1 << 20, "bomb"); }), HasSubstr("more than 1048576"));
  EXPECT_EQ(gunzip(bomb, std::size_t{3} << 20, "bomb").size(), std::size_t{3} << 20);
}

TEST(Gzip, SeveralMembersAreOneContent) {
  Bytes file = gzipped(kImages);
  const Bytes second = gzipped(kLabels), none = gzipped({});
  file.insert(file.end(), none.begin(), none.end());
  file.insert(file.end(), second.begin(), second.end());
  Bytes expected = kImages;
  expected.insert(expected.end(), kLabels.begin(), kLabels.end());
  EXPECT_EQ(gunzip(file, 100, "f"), expected);
  EXPECT_THAT(error_of([&] { gunzip(file, 30, "f"); }), HasSubstr("more than 30"));
  for (std::size_t size = file.size() - second.size() + 2; size < file.size(); ++size)
    EXPECT_THAT(error_of([&] { gunzip(std::span(file).first(size), 100, "f"); }),
                HasSubstr("end early"));
  file.back() ^= std::byte{1};  // the length at the end of the last
  EXPECT_THAT(error_of([&] { gunzip(file, 100, "f"); }), HasSubstr("damaged"));
}

}  // namespace
}  // namespace phaseloom
