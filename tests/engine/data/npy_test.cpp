// SPDX-License-Identifier: MIT
#include "engine/data/npy.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "tests/support/expect_error.hpp"
#include "tests/support/places.hpp"
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
  EXPECT_THAT(error("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (6,), }"),
              HasSubstr("neither True nor False"));
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
  EXPECT_FALSE(f8.levels);
  EXPECT_EQ(f8.values, (std::vector{0.1f, -2.0f, std::numeric_limits<float>::infinity()}));
  const std::uint8_t levels[] = {0, 7, 255};
  const FloatArray u1 = with("|u1", std::as_bytes(std::span(levels)));
  EXPECT_TRUE(u1.levels);
  EXPECT_EQ(u1.values, (std::vector{0.0f, 7.0f, 255.0f}));
  EXPECT_THAT(error_of([&] { with("|u1", std::as_bytes(std::span(doubles))); }),
              HasSubstr("24 bytes of data where the shape (3) needs 3"));
}

TEST(Npy, OtherWidthsAndOrdersOfBytes) {
  const auto with = [](const std::string& descr, std::vector<unsigned char> data) {
    auto bytes =
        file_with("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (3,), }", 0);
    for (const unsigned char byte : data) bytes.push_back(static_cast<std::byte>(byte));
    return parse_npy(bytes, "a.npy").values;
  };
  EXPECT_EQ(with("|b1", {0, 1, 1}), (std::vector{0.0f, 1.0f, 1.0f}));
  EXPECT_EQ(with(">f4", {0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 1}),
            (std::vector{1.0f, -2.0f, std::numeric_limits<float>::denorm_min()}));
  EXPECT_EQ(with(">f8", {0x3f, 0xf0, 0, 0, 0,    0,    0, 0, 0, 0, 0, 0,
                         0,    0,    0, 0, 0xbf, 0xe0, 0, 0, 0, 0, 0, 0}),
            (std::vector{1.0f, 0.0f, -0.5f}));
  // One, the least and the largest number; infinities and none.
  const float largest = 65504.0f, infinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(with("<f2", {0x00, 0x3c, 0x01, 0x80, 0xff, 0x7b}),
            (std::vector{1.0f, -std::ldexp(1.0f, -24), largest}));
  EXPECT_EQ(with(">f2", {0x7c, 0x00, 0xfc, 0x00, 0x35, 0x55}),
            (std::vector{infinity, -infinity, 0.333251953125f}));
  EXPECT_TRUE(std::isnan(with("<f2", {0x01, 0x7c, 0, 0, 0, 0})[0]));
}

// numpy.save writes an array as it lies in memory, e.g. after a transposition.
TEST(Npy, FortranOrder) {
  auto bytes = file_with("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 2), }", 0);
  for (int i = 0; i < 12; ++i) bytes.push_back(static_cast<std::byte>(i));
  const FloatArray array = parse_npy(bytes, "a.npy");
  EXPECT_EQ(array.shape, (std::vector<std::int64_t>{2, 3, 2}));
  // [i][j][k] lies at i + 2 j + 6 k.
  EXPECT_EQ(array.values, (std::vector<float>{0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11}));
  EXPECT_TRUE(
      parse_npy(file_with("{'descr': '<f4', 'fortran_order': True, 'shape': (0, 3), }", 0), "a.npy")
          .values.empty());
}

TEST(Npy, LaterVersionsHaveALongerLength) {
  for (const int version : {2, 3}) {
    const auto old = file_with(header("(2, 3)"), 6);
    std::vector<std::byte> bytes(old.begin(), old.begin() + 10);
    bytes[6] = static_cast<std::byte>(version);
    bytes.insert(bytes.end(), 2, std::byte{0});
    bytes.insert(bytes.end(), old.begin() + 10, old.end());
    EXPECT_EQ(parse_npy(bytes, "a.npy").shape, (std::vector<std::int64_t>{2, 3}));
    for (std::size_t size = 0; size < bytes.size(); ++size)
      EXPECT_THAT(error_of([&] { parse_npy(std::span(bytes).first(size), "a.npy"); }),
                  HasSubstr("a.npy: "));
  }
}

TEST(Npy, SaysWhatItIsInstead) {
  const auto error = [](std::string_view text) {
    return error_of([&] { parse_npy(std::as_bytes(std::span(text)), "a.npy"); });
  };
  EXPECT_EQ(error("PK\x03\x04"),
            "a.npy: is a zip archive (as .npz, .pt and .xlsx are), no .npy "
            "array; write the array with numpy.save");
  EXPECT_THAT(error("\x01\x02"), HasSubstr("a.npy: is no .npy array"));
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
  version[6] = std::byte{4};
  EXPECT_THAT(error_of([&] { parse_npy(version, "a.npy"); }), HasSubstr("version 4.0"));
}

TEST(Npy, NumpyReadsAndWrites) {
  PHASELOOM_NEED_NUMPY(python);
  TemporaryFolder folder;
  const std::string script = *python + " " + source_folder() + "/tests/python/check_npy.py ";
  std::vector<float> values(2 * 28 * 28, 0.5f);
  write_npy(folder / "ours.npy", {2, 28, 28}, values);
  EXPECT_EQ(run_command(script + (folder / "ours.npy").string()).output,
            "float32 True (2, 28, 28) 784.0\n");
  ASSERT_EQ(run_command(script + "--write " + (folder / "theirs.npy").string()).status, 0);
  const FloatArray theirs = read_npy(folder / "theirs.npy");
  EXPECT_EQ(theirs.shape, (std::vector<std::int64_t>{2, 3, 4}));
  EXPECT_EQ(theirs.values[23], 23.0f);
}

TEST(Npy, ArraysOfPictures) {
  using Shape = std::vector<std::int64_t>;
  EXPECT_EQ(array_of(7, {5, 4}), (Shape{7, 4, 5}));
  EXPECT_EQ(array_of(7, {5, 4, 3}), (Shape{7, 3, 4, 5}));
  EXPECT_EQ(array_of(7, {5, 1}), (Shape{7, 5}));
}

}  // namespace
}  // namespace phaseloom
