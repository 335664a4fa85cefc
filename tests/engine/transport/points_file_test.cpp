// SPDX-License-Identifier: MIT
#include "engine/transport/points_file.hpp"

#include "engine/support/atomic_file.hpp"
#include "engine/transport/pair.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TEST(PointsFile, WithAndWithoutHeader) {
  const PrecisePoints expected{{1, 2}, {-0.5, 1e3}};
  EXPECT_EQ(parse_points("1,2\n-0.5,1e3\n", "p.csv"), expected);
  EXPECT_EQ(parse_points("# drawn\nx,y\r\n 1 , 2\r\n\r\n-0.5,1000", "p.csv"), expected);
  TemporaryFolder folder;
  write_file_atomically(folder / "p.csv", "x,y\n1,2\n-0.5,1000\n");
  EXPECT_EQ(read_points(folder / "p.csv"), expected);
}

// As spreadsheets, maps and arrays write them.
TEST(PointsFile, DialectsOfOthers) {
  const PrecisePoints expected{{1.5, -2}, {0.25, 1000}};
  for (const char* text :
       {"1,5;-2\r\n0,25;1e3\r\n", "1.5;-2;\n0.25;1000;\n", "1.5\t-2\n0,25\t1000\n",
        "1.5 -2\n0.25 1e3\n", "\"1.5\",\"-2\"\n\"0.25\",\"1000\"\n",
        "\"1,5\",\"-2\"\n\"0,25\",\"1000\"\n", "+1.5,-2\n+.25,+1000\n", "X;Y\n1,5;-2\n0,25;1000\n",
        "\xEF\xBB\xBF\"X\",\"Y\"\n1.5,-2\n.25,1000\n", "Longitude,Latitude\n1.5,-2\n.25,1000\n",
        "Across,Along\n1.5,-2\n.25,1000\n", "sep=;\r\n1,5;-2\r\n0,25;1000\r\n",
        "# from a plotter\n1.5 -2\r0.25 1000\r", "lat,lon\n-2,1.5\n1000,0.25\n",
        "Nr;Northing;Easting;Name\n1;-2;1,5;a\n2;1000;0,25;b\n"})
    EXPECT_EQ(parse_points(text, "p.csv"), expected) << text;
}

TEST(PointsFile, NumbersNextToZeroAndFarAway) {
  EXPECT_EQ(parse_points("1e-310,1e-40\n5400002.338,-1e-500\n", "p.csv"),
            (PrecisePoints{{1e-310, 1e-40}, {5400002.338, 0}}));
}

TEST(PointsFile, AMarkOfUtf8IsNoPartOfTheHeader) {
  EXPECT_EQ(parse_points("\xEF\xBB\xBFx,y\n1,2\n3,4\n", "p.csv").size(), 2u);
}

TEST(PointsFile, HostileLinesGiveOneClearLine) {
  const auto message = [](std::string_view text) {
    return error_of([&] { parse_points(text, "p.csv"); });
  };
  EXPECT_THAT(message("1,2\n3\n"), HasSubstr("p.csv: line 2 has 1 column between commas;"));
  EXPECT_THAT(message("1,2\n3,4,5\n"), HasSubstr("line 2 has 3 columns"));
  EXPECT_THAT(message("1,2\n3,four\n"), HasSubstr("line 2: 'four' is no finite number"));
  EXPECT_THAT(message("1,2\ninf,4\n"), HasSubstr("'inf' is no finite number"));
  EXPECT_THAT(message("1,2\n1e999,4\n"), HasSubstr("'1e999'"));
  EXPECT_THAT(message("1.234,5;2\n3;4\n"), HasSubstr("'1.234,5' is no finite number"));
  EXPECT_THAT(message("nan,nan\n1,2\n3,4\n"), HasSubstr("line 1: 'nan'"));  // no header
  EXPECT_THAT(message("a,x,y\n1,2\n"), HasSubstr("line 2 has 2 columns between commas; the first "
                                                 "line names 3"));
  EXPECT_THAT(message("a,b,c\n1,2,3\n"), HasSubstr("names the columns x and y"));
  EXPECT_THAT(message("x,x,y\n1,2,3\n"), HasSubstr("names the columns x and y"));
  EXPECT_THAT(message("1,2\nx,y\n"), HasSubstr("line 2"));  // a header comes first or not at all
  EXPECT_THAT(message("1,\x1b[31m\n"), HasSubstr("\\x1b"));
  TemporaryFolder folder;
  const auto in_file = [&](std::string_view text) {
    write_file_atomically(folder / "p.csv", text);
    return error_of([&] { read_points(folder / "p.csv"); });
  };
  EXPECT_THAT(in_file("<!doctype html><p>"), HasSubstr("p.csv: is a web page, no table of points"));
  EXPECT_THAT(in_file("PK\x03\x04"), HasSubstr("zip archive (as .npz, .pt and .xlsx are)"));
  EXPECT_THAT(message(""), HasSubstr("p.csv: 0 points"));
  EXPECT_THAT(message("x,y\n1,2\n"), HasSubstr("p.csv: 1 point;"));
  std::string many;
  for (std::size_t i = 0; i <= kMaxOwnPoints; ++i) many += "1,2\n";
  EXPECT_THAT(message(many), HasSubstr("more than 1000000 points"));
}

}  // namespace
}  // namespace phaseloom
