#include "engine/transport/points_file.hpp"

#include "engine/support/atomic_file.hpp"
#include "engine/transport/pair.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TEST(PointsFile, WithAndWithoutHeader) {
  const Points expected{{1, 2}, {-0.5f, 1e3f}};
  EXPECT_EQ(parse_points("1,2\n-0.5,1e3\n", "p.csv"), expected);
  EXPECT_EQ(parse_points("# drawn\nx,y\r\n 1 , 2\r\n\r\n-0.5,1000", "p.csv"), expected);
  TemporaryFolder folder;
  write_file_atomically(folder / "p.csv", "x,y\n1,2\n-0.5,1000\n");
  EXPECT_EQ(read_points(folder / "p.csv"), expected);
}

// As spreadsheets write it.
TEST(PointsFile, AMarkOfUtf8IsNoPartOfTheHeader) {
  EXPECT_EQ(parse_points("\xEF\xBB\xBFx,y\n1,2\n3,4\n", "p.csv").size(), 2u);
}

TEST(PointsFile, HostileLinesGiveOneClearLine) {
  const auto message = [](std::string_view text) {
    return error_of([&] { parse_points(text, "p.csv"); });
  };
  EXPECT_THAT(message("1,2\n3\n"), HasSubstr("p.csv: line 2 has 1 column;"));
  EXPECT_THAT(message("1,2\n3,4,5\n"), HasSubstr("line 2 has 3 columns"));
  EXPECT_THAT(message("1,2\n3,four\n"), HasSubstr("line 2: 'four' is no finite number"));
  EXPECT_THAT(message("1,2\ninf,4\n"), HasSubstr("'inf' is no finite number"));
  EXPECT_THAT(message("1,2\n1e99,4\n"), HasSubstr("'1e99'"));
  EXPECT_THAT(message("1,2\nx,y\n"), HasSubstr("line 2"));  // a header comes first or not at all
  EXPECT_THAT(message("1,\x1b[31m\n"), HasSubstr("\\x1b"));
  EXPECT_THAT(message(""), HasSubstr("p.csv: 0 points"));
  EXPECT_THAT(message("x,y\n1,2\n"), HasSubstr("p.csv: 1 point;"));
  std::string many;
  for (std::size_t i = 0; i <= kMaxOwnPoints; ++i) many += "1,2\n";
  EXPECT_THAT(message(many), HasSubstr("more than 1000000 points"));
}

}  // namespace
}  // namespace phaseloom
