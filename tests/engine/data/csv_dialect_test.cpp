// SPDX-License-Identifier: MIT
#include "engine/data/csv_dialect.hpp"

#include <gtest/gtest.h>

namespace phaseloom {
namespace {

using Fields = std::vector<std::string>;

Fields fields(std::string_view line) { return CsvDialect(line).fields(line); }

TEST(CsvDialect, SeparatorsAreSeen) {
  EXPECT_EQ(fields("1.5,2"), (Fields{"1.5", "2"}));
  EXPECT_EQ(fields("1,5;2,5"), (Fields{"1,5", "2,5"}));
  EXPECT_EQ(fields("1,5\t2,5"), (Fields{"1,5", "2,5"}));
  EXPECT_EQ(fields("1.5   2e-3"), (Fields{"1.5", "2e-3"}));
  EXPECT_EQ(fields("1.5 \t 2"), (Fields{"1.5", "2"}));
  EXPECT_EQ(fields("alone"), Fields{"alone"});
  EXPECT_EQ(fields(""), Fields{""});
  EXPECT_EQ(CsvDialect("a;b").separators(), "semicolons");
  EXPECT_EQ(CsvDialect("alone").separators(), "blanks");
}

TEST(CsvDialect, QuotesAndBlanksAreNoPart) {
  EXPECT_EQ(fields("\"1,5\",\"2,5\""), (Fields{"1,5", "2,5"}));
  EXPECT_EQ(fields(" \"a;b\" ; c "), (Fields{"a;b", "c"}));
  EXPECT_EQ(fields("\"say \"\"hi\"\"\",2"), (Fields{"say \"hi\"", "2"}));
  EXPECT_EQ(fields("\"open,2"), Fields{"\"open,2"});
  EXPECT_EQ(fields("\"1\"x,2"), (Fields{"1x", "2"}));
}

TEST(CsvDialect, EmptyFields) {
  EXPECT_EQ(fields("1,,2"), (Fields{"1", "", "2"}));
  EXPECT_EQ(fields(",1"), (Fields{"", "1"}));
  EXPECT_EQ(fields("1;2;"), (Fields{"1", "2"}));
  EXPECT_EQ(fields(","), Fields{""});
}

TEST(CsvDialect, TheFirstLineDecidesForAll) {
  const CsvDialect dialect("x;y");
  EXPECT_EQ(dialect.fields("1,5;2"), (Fields{"1,5", "2"}));
  EXPECT_EQ(dialect.fields("1,2"), Fields{"1,2"});
}

TEST(CsvDialect, Numbers) {
  EXPECT_EQ(table_number("+1.5"), 1.5);
  EXPECT_EQ(table_number("-1,5e3"), -1500);
  EXPECT_EQ(table_number(",5"), 0.5);
  for (const char* bad : {"", ",", "1,234.5", "1.234,5", "1,2,3", "nan", "1 000", "0x1p3", "inf"})
    EXPECT_FALSE(table_number(bad)) << bad;
}

TEST(CsvDialect, NamesOfColumns) {
  for (const char* name : {"x", "Longitude", "a b", "1x"}) EXPECT_TRUE(is_column_name(name));
  for (const char* none : {"", "1", "1,5", "NaN", "Inf", "N/A", "NULL"})
    EXPECT_FALSE(is_column_name(none)) << none;
}

}  // namespace
}  // namespace phaseloom
