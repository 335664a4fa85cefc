// SPDX-License-Identifier: MIT
#include "engine/data/csv.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>

namespace phaseloom {
namespace {

TEST(Csv, LinesAreNumberedAndTrimmed) {
  std::vector<std::pair<int, std::string>> lines;
  for_each_csv_line("a,b\r\n\n  # no\n\t c \nlast",
                    [&](int number, std::string_view line) { lines.emplace_back(number, line); });
  for_each_csv_line("\rold\r\rmac", [&](int number, std::string_view line) {
    lines.emplace_back(10 * number, line);
  });
  const decltype(lines) expected{{1, "a,b"}, {4, "c"}, {5, "last"}, {20, "old"}, {40, "mac"}};
  EXPECT_EQ(lines, expected);
}

TEST(Csv, Fields) {
  using Fields = std::vector<std::string_view>;
  EXPECT_EQ(csv_fields("a, b ,,c"), (Fields{"a", "b", "", "c"}));
  EXPECT_EQ(csv_fields(""), Fields{""});
  EXPECT_EQ(csv_fields(","), (Fields{"", ""}));
}

TEST(Csv, NumbersAreTheWholeField) {
  EXPECT_EQ(csv_number<int>("-7"), -7);
  EXPECT_EQ(csv_number<std::uint64_t>("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(csv_number<double>("2.5e-3"), 0.0025);
  EXPECT_EQ(csv_number<double>("inf"), HUGE_VAL);
  for (const char* bad : {"", "1x", "x", "1 2", "nan", "--1"})
    EXPECT_FALSE(csv_number<double>(bad)) << bad;
  EXPECT_FALSE(csv_number<int>("1.5"));
  EXPECT_FALSE(csv_number<int>("99999999999"));
  EXPECT_FALSE(csv_number<std::uint64_t>("-1"));
}

}  // namespace
}  // namespace phaseloom
