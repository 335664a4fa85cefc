#include "engine/data/npy.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "tests/support/expect_error.hpp"
#include "tests/support/python.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

/// A file with this header dictionary, padded as NumPy pads, before `floats` zeros.
std::vector<std::byte> file_with(std::string header, std::size_t floats) {
  header += '\n';
  std::string text("\x93NUMPY\x01\x00", 8);
  text += static_cast<char>(header.size() % 256);
  text += static_cast<char>(header.size() / 256);
  text += header + std::string(4 * floats, '\0');
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

std::string header(const std::string& shape) {
  return "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
}

TEST(Npy, RoundTripsOfAnyRank) {
  TemporaryFolder folder;
  for (const std::vector<std::int64_t>& shape :
       {std::vector<std::int64_t>{}, {5}, {0}, {3, 28, 28}, {1, 2, 3, 4, 5}, {0, 28, 28}}) {
    std::size_t count = 1;
    for (const auto extent : shape) count *= static_cast<std::size_t>(extent);
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), -2.5f);
    write_npy(folder / "a.npy", shape, values);
    const FloatArray back = read_npy(folder / "a.npy");
    EXPECT_EQ(back.shape, shape);
    EXPECT_EQ(back.values, values);
    EXPECT_EQ(npy_header(shape).size() % 64, 0u);
  }
}

TEST(Npy, NotANumberIsData) {
  TemporaryFolder folder;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  write_npy(folder / "a.npy", {1}, std::span(&nan, 1));
  EXPECT_TRUE(std::isnan(read_npy(folder / "a.npy").values[0]));
}

TEST(Npy, PiecewiseWriterPublishesOnCommitOnly) {
  TemporaryFolder folder;
  const std::vector<float> half(2 * 4, 1.5f);
  {
    NpyWriter writer(folder / "a.npy", {4, 4});
    writer.append(half);
    EXPECT_FALSE(std::filesystem::exists(folder / "a.npy"));
    writer.append(half);
    writer.commit();
  }
  EXPECT_EQ(read_npy(folder / "a.npy").values.size(), 16u);
}

TEST(Npy, HeadersThatPythonWouldAccept) {
  EXPECT_EQ(
      parse_npy(file_with("{\"shape\":(2,3),\"descr\":\"<f4\",\"fortran_order\":False}", 6), "x")
          .shape,
      (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(parse_npy(file_with(header("( 2 , )"), 2), "x").shape, std::vector<std::int64_t>{2});
  EXPECT_TRUE(parse_npy(file_with(header("()"), 1), "x").shape.empty());
}

TEST(Npy, BadHeaders) {
  const auto error = [](const std::string& text, std::size_t floats = 6) {
    return error_of([&] { parse_npy(file_with(text, floats), "bad.npy"); });
  };
  EXPECT_THAT(error(header("(6)")), HasSubstr("no tuple"));
  EXPECT_THAT(error(header("(2 3)")), HasSubstr("no ','"));
  EXPECT_THAT(error(header("(-6,)")), HasSubstr("no number"));
  EXPECT_THAT(error(header("(2,,3)")), HasSubstr("no number"));
  EXPECT_THAT(error(header("(99999999999999999999,)")), HasSubstr("too large"));
  EXPECT_THAT(error(header("(4294967296,4294967296)")), HasSubstr("too large"));
  EXPECT_THAT(error(header("(7,)")), HasSubstr("24 bytes of data where the shape (7) needs 28"));
  EXPECT_THAT(error(header("(5,)")), HasSubstr("needs 20"));
  EXPECT_THAT(error("{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }"),
              HasSubstr("a.astype('float32')"));
  EXPECT_THAT(error("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,), }"),
              HasSubstr("records"));
  EXPECT_THAT(error("{'descr': '<f4', 'fortran_order': True, 'shape': (6,), }"),
              HasSubstr("ascontiguousarray"));
  EXPECT_THAT(error("{'descr': '<f4', 'shape': (6,), }"), HasSubstr("no descr"));
  EXPECT_THAT(error("{'descr': '<f4', 'descr': '<f4'}"), HasSubstr("repeated"));
  EXPECT_THAT(error("{'evil\n': 1}"), HasSubstr("\\x0a"));
  EXPECT_THAT(error(header("(6,)") + "x"), HasSubstr("after the dictionary"));
  EXPECT_THAT(error(""), HasSubstr("no '{'"));
  std::string deep = "(";
  for (int i = 0; i < 40; ++i) deep += "1,";
  EXPECT_THAT(error(header(deep + ")"), 1), HasSubstr("dimensions"));
}

TEST(Npy, DoublesAndBytes) {
  const auto with = [](const std::string& descr, std::span<const std::byte> data) {
    auto bytes =
        file_with("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (3,), }", 0);
    bytes.insert(bytes.end(), data.begin(), data.end());
    return parse_npy(bytes, "a.npy");
  };
  const double doubles[] = {0.1, -2, 1e300};
  const FloatArray f8 = with("<f8", std::as_bytes(std::span(doubles)));
  EXPECT_EQ(f8.type, NpyType::f8);
  EXPECT_EQ(f8.values, (std::vector{0.1f, -2.0f, std::numeric_limits<float>::infinity()}));
  const std::uint8_t levels[] = {0, 7, 255};
  const FloatArray u1 = with("|u1", std::as_bytes(std::span(levels)));
  EXPECT_EQ(u1.type, NpyType::u1);
  EXPECT_EQ(u1.values, (std::vector{0.0f, 7.0f, 255.0f}));
  EXPECT_THAT(error_of([&] { with("|u1", std::as_bytes(std::span(doubles))); }),
              HasSubstr("24 bytes of data where the shape (3) needs 3"));
}

TEST(Npy, TruncatedAnywhere) {
  const auto whole = file_with(header("(2, 3)"), 6);
  ASSERT_EQ(parse_npy(whole, "a.npy").values.size(), 6u);
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_THAT(error_of([&] { parse_npy(std::span(whole).first(size), "a.npy"); }),
                HasSubstr("a.npy: "));
  auto longer = whole;
  longer.push_back(std::byte{0});
  EXPECT_THAT(error_of([&] { parse_npy(longer, "a.npy"); }), HasSubstr("25 bytes"));
  auto version = whole;
  version[6] = std::byte{2};
  EXPECT_THAT(error_of([&] { parse_npy(version, "a.npy"); }), HasSubstr("version 1.0"));
}

TEST(Npy, NumpyReadsAndWrites) {
  PHASELOOM_NEED_NUMPY(python);
  TemporaryFolder folder;
  const std::string script = *python + " " PHASELOOM_SOURCE_DIR "/tests/python/check_npy.py ";
  std::vector<float> values(2 * 28 * 28, 0.5f);
  write_npy(folder / "ours.npy", {2, 28, 28}, values);
  EXPECT_EQ(run_command(script + (folder / "ours.npy").string()).output,
            "float32 True (2, 28, 28) 784.0\n");
  ASSERT_EQ(run_command(script + "--write " + (folder / "theirs.npy").string()).status, 0);
  const FloatArray theirs = read_npy(folder / "theirs.npy");
  EXPECT_EQ(theirs.shape, (std::vector<std::int64_t>{2, 3, 4}));
  EXPECT_EQ(theirs.values[23], 23.0f);
}

}  // namespace
}  // namespace phaseloom
