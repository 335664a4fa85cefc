// SPDX-License-Identifier: MIT
#include "engine/data/json_number.hpp"

#include <cstdint>
#include <limits>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::ordered_json;

template <class T>
T read(const char* text) {
  T out{};
  read_number(Json::parse(text), "m.json: steps", out);
  return out;
}

TEST(JsonNumber, ReadsWhatFits) {
  EXPECT_EQ(read<int>("-2147483648"), std::numeric_limits<int>::min());
  EXPECT_EQ(read<std::uint64_t>("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(read<std::int64_t>("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(read<double>("3"), 3.0);
  EXPECT_EQ(read<float>("0.5"), 0.5F);
}

TEST(JsonNumber, RefusesWhatDoesNot) {
  for (const char* text : {"2147483648", "-2147483649", "18446744073709551615", "1e300", "1.5",
                           "true", "\"7\"", "null", "[1]"})
    EXPECT_THAT(error_of([&] { (void)read<int>(text); }),
                HasSubstr("m.json: steps must be a whole number"));
  EXPECT_THAT(error_of([] { read<std::uint64_t>("-1"); }),
              HasSubstr("m.json: steps must be a whole number"));
  EXPECT_THAT(error_of([] { read<std::int64_t>("9223372036854775808"); }),
              HasSubstr("whole number"));
  for (const char* text : {"true", "\"7\"", "null"})
    EXPECT_THAT(error_of([&] { read<double>(text); }), HasSubstr("m.json: steps must be a number"));
}

}  // namespace
}  // namespace phaseloom
