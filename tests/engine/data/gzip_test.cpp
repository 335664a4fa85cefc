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

}  // namespace
}  // namespace phaseloom
