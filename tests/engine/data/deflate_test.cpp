// SPDX-License-Identifier: MIT
#include "engine/data/deflate.hpp"

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

TEST(Deflate, TextSurvives) {
  for (const std::string& text :
       {std::string(), std::string("a"), std::string(100'000, 'x'), std::string("\0\xff{}", 4)})
    EXPECT_EQ(inflated(deflated(text), text.size(), "t"), text);
  EXPECT_LT(deflated(std::string(100'000, 'x')).size(), 200u);
}

TEST(Deflate, SaysWhatIsWrong) {
  const auto packed = deflated("one two three, one two three");
  const auto unpacked = [&](std::span<const std::byte> some, std::size_t most) {
    return error_of([&] { inflated(some, most, "t"); });
  };
  EXPECT_THAT(unpacked(packed, 27), HasSubstr("t: unpacks to more than 27 bytes"));
  EXPECT_THAT(unpacked(deflated(std::string(1 << 24, 'x')), 1 << 16), HasSubstr("more than 65536"));
  EXPECT_THAT(unpacked(std::span(packed).first(packed.size() - 1), 99), HasSubstr("ends early"));
  EXPECT_THAT(unpacked({}, 99), HasSubstr("ends early"));
  auto longer = packed;
  longer.push_back({});
  EXPECT_THAT(unpacked(longer, 99), HasSubstr("1 bytes follow"));
  EXPECT_THAT(unpacked(bytes_of("\xff\xff"), 99), HasSubstr("cannot be unpacked"));
}

TEST(Deflate, TheChecksumIsThatOfGzip) {
  EXPECT_EQ(checksum(bytes_of("123456789")), 0xcbf43926u);  // the value that tables of CRCs give
  EXPECT_EQ(checksum({}), 0u);
}

}  // namespace
}  // namespace phaseloom
