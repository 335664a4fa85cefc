// SPDX-License-Identifier: MIT
#include "engine/data/safetensors.hpp"

#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "engine/support/atomic_file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/places.hpp"
#include "tests/support/python.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Bytes = std::vector<std::byte>;

/// A file of this header and so many zero bytes.
Bytes file_with(const std::string& header, std::size_t data_bytes) {
  Bytes bytes(8 + header.size() + data_bytes);
  const std::uint64_t length = header.size();
  std::memcpy(bytes.data(), &length, 8);
  std::memcpy(bytes.data() + 8, header.data(), header.size());
  return bytes;
}

/// The message that such a file gives.
std::string error_with(const std::string& header, std::size_t data_bytes) {
  return error_of([&] { parse_safetensors(file_with(header, data_bytes), "bad.st"); });
}

std::string entry(const std::string& dtype, const std::string& shape, const std::string& offsets) {
  return R"({"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

TensorFile sample_file() {
  std::vector<float> weights(6);
  std::iota(weights.begin(), weights.end(), 0.5f);
  const std::vector<std::int32_t> steps{4, -5};
  const std::vector<double> wide{2.5};
  const std::vector<std::uint8_t> bytes{1, 2, 3};
  TensorFile file;
  file.tensors = {Tensor::of("bytes", {3}, bytes), Tensor::of("W", {2, 3}, weights),
                  Tensor::of("wide", {}, wide), Tensor::of("steps", {2}, steps),
                  Tensor::of("none", {0, 7}, std::span<const float>{})};
  file.metadata = {{"substrate", "kuramoto_shil"}, {"note", "grüße, \"quoted\"\n"}};
  return file;
}

TEST(Safetensors, RoundTrip) {
  TemporaryFolder folder;
  const TensorFile file = sample_file();
  write_safetensors(folder / "m.safetensors", file);
  const TensorFile back = read_safetensors(folder / "m.safetensors");
  EXPECT_EQ(back.metadata, file.metadata);
  ASSERT_EQ(back.tensors.size(), file.tensors.size());
  for (const Tensor& tensor : file.tensors) EXPECT_EQ(back.at(tensor.name), tensor);
  EXPECT_EQ(back.at("W").f32()[5], 5.5f);
  EXPECT_EQ(back.at("steps").i32()[1], -5);
  EXPECT_EQ(back.at("wide").f64()[0], 2.5);
  EXPECT_EQ(back.at("bytes").u8()[2], 3);
  EXPECT_TRUE(back.at("none").f32().empty());
  EXPECT_EQ(back.metadata_at("substrate"), "kuramoto_shil");
}

TEST(Safetensors, SameBytesWhateverTheOrder) {
  TensorFile file = sample_file();
  const Bytes bytes = serialize_safetensors(file, "m");
  std::reverse(file.tensors.begin(), file.tensors.end());
  EXPECT_EQ(serialize_safetensors(file, "m"), bytes);
  EXPECT_EQ(serialize_safetensors(parse_safetensors(bytes, "m"), "m"), bytes);
  std::uint64_t header = 0;
  std::memcpy(&header, bytes.data(), 8);
  EXPECT_EQ(header % 8, 0u);
}

TEST(Safetensors, EmptyFileOfNoTensors) {
  const Bytes bytes = serialize_safetensors({}, "m");
  EXPECT_EQ(bytes.size(), 16u);  // {} and six spaces
  EXPECT_TRUE(parse_safetensors(bytes, "m").tensors.empty());
}

TEST(Safetensors, NotANumberIsData) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  TensorFile file;
  file.tensors = {Tensor::of("x", {1}, std::span(&nan, 1))};
  const TensorFile back = parse_safetensors(serialize_safetensors(file, "m"), "m");
  EXPECT_TRUE(std::isnan(back.at("x").f32()[0]));
}

TEST(Safetensors, LookUps) {
  const TensorFile file = parse_safetensors(serialize_safetensors(sample_file(), "m"), "m.st");
  EXPECT_EQ(file.find("absent"), nullptr);
  EXPECT_THAT(error_of([&] { file.at("absent"); }), HasSubstr("m.st: has no tensor 'absent'"));
  EXPECT_THAT(error_of([&] { file.at("W").i32(); }), HasSubstr("'W': holds F32; I32 is needed"));
  EXPECT_EQ(file.at("W", DType::f32, {2, 3}).f32().size(), 6u);
  EXPECT_THAT(error_of([&] {
                file.at("W", DType::f32, {3, 2});
              }),
              HasSubstr("m.st: tensor 'W' is F32 (2, 3); F32 (3, 2) is needed"));
  EXPECT_THAT(error_of([&] { file.metadata_at("absent"); }), HasSubstr("no metadata 'absent'"));
}

TEST(Safetensors, TruncatedOrExtendedAnywhere) {
  Bytes bytes = serialize_safetensors(sample_file(), "m");
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_THAT(error_of([&] { parse_safetensors(std::span(bytes).first(size), "cut.st"); }),
                StartsWith("cut.st: "));
  bytes.push_back(std::byte{0});
  EXPECT_THAT(error_of([&] { parse_safetensors(bytes, "m"); }), HasSubstr("1 bytes follow"));
}

TEST(Safetensors, CutOffSaysHowMuchIsThere) {
  const Bytes bytes = serialize_safetensors(sample_file(), "m");
  const auto error = [&](std::size_t size) {
    return error_of([&] { parse_safetensors(std::span(bytes).first(size), "m"); });
  };
  EXPECT_EQ(error(bytes.size() - 1), fmt::format("m: is cut off: {} of {} bytes; is the download "
                                                 "complete?",
                                                 bytes.size() - 1, bytes.size()));
  EXPECT_THAT(error(40), HasSubstr("is cut off within its header: 40 of at least "));
  EXPECT_THAT(error(0), HasSubstr("m: is an empty file, no .safetensors file"));
  EXPECT_THAT(error(5), HasSubstr("m: is no .safetensors file; that begins with"));
}

TEST(Safetensors, SaysWhatItIsInstead) {
  const auto error = [](std::string_view text) {
    return error_of([&] { parse_safetensors(std::as_bytes(std::span(text)), "m"); });
  };
  EXPECT_EQ(error("<!DOCTYPE html><html>"), "m: is a web page, no .safetensors file");
  EXPECT_THAT(error("version https://git-lfs.github.com/spec/v1\noid sha256:a\nsize 9\n"),
              HasSubstr("m: is a git LFS pointer"));
  EXPECT_EQ(error("\x89PNG\r\n\x1a\n....."), "m: is a PNG picture, no .safetensors file");
}

TEST(Safetensors, HeaderLengths) {
  Bytes bytes = file_with("{}", 0);
  for (const std::uint64_t length :
       {std::uint64_t{1} << 30, std::uint64_t{1} << 40, ~std::uint64_t{0}, ~std::uint64_t{7},
        std::uint64_t{1} << 63}) {
    std::memcpy(bytes.data(), &length, 8);
    EXPECT_THAT(error_of([&] { parse_safetensors(bytes, "m"); }), HasSubstr("exceeds the file"));
  }
  EXPECT_THAT(error_with("{" + std::string(17 << 20, ' ') + "}", 0), HasSubstr("over the limit"));
  EXPECT_THAT(error_with("", 0), HasSubstr("does not begin with {"));
}

TEST(Safetensors, HeaderForm) {
  EXPECT_THAT(error_with("  {}", 0), HasSubstr("does not begin"));
  EXPECT_THAT(error_with("\xef\xbb\xbf{}", 0), HasSubstr("does not begin"));
  EXPECT_THAT(error_with("[]", 0), HasSubstr("does not begin"));
  EXPECT_THAT(error_with("{} {}", 0), HasSubstr("not JSON at byte"));
  EXPECT_THAT(error_with("{\"a\":", 0), HasSubstr("not JSON at byte"));
  EXPECT_THAT(error_with("{\"\xff\":1}", 0), HasSubstr("not JSON at byte"));
  EXPECT_THAT(error_with("{\"a\":1}", 0), HasSubstr("a number where none belongs, at 'a'"));
  EXPECT_THAT(error_with("{\"a\":[]}", 0), HasSubstr("a list where none"));
  EXPECT_THAT(error_with("{\"a\":null}", 0), HasSubstr("null where none"));
  EXPECT_THAT(error_with("{\"a\":{}}", 0), HasSubstr("'a' needs dtype"));
  EXPECT_THAT(error_with("{\"a\":{\"dtype\":{}}}", 0), HasSubstr("an object where none"));
  EXPECT_THAT(error_with("{\"a\":{\"dtype\":\"F32\",\"extra\":[]}}", 0), HasSubstr("'extra'"));
  EXPECT_THAT(error_with("{\"a\":{\"shape\":[[[1]]]}}", 0), HasSubstr("a list where none"));
  EXPECT_THAT(error_with("{\"__metadata__\":{\"k\":1}}", 0), HasSubstr("a number where none"));
  EXPECT_THAT(error_with("{\"__metadata__\":[]}", 0), HasSubstr("a list where none"));
  EXPECT_THAT(error_with("{\"a\\nb\":1}", 0), HasSubstr("\\x0a"));
}

TEST(Safetensors, DeepNestingIsRefusedAtOnce) {
  const std::string deep(1 << 20, '[');
  EXPECT_THAT(error_with("{\"a\":" + deep, 0), HasSubstr("a list where none"));
  std::string objects = "{";
  for (int i = 0; i < 200000; ++i) objects += "\"a\":{";
  EXPECT_THAT(error_with(objects, 0), HasSubstr("an object where none"));
}

TEST(Safetensors, RepeatedKeys) {
  const std::string a = "\"a\":" + entry("F32", "[1]", "[0,4]");
  EXPECT_THAT(error_with("{" + a + "," + a + "}", 4), HasSubstr("'a' occurs twice"));
  EXPECT_THAT(error_with("{\"__metadata__\":{\"k\":\"v\",\"k\":\"w\"}}", 0),
              HasSubstr("'k' occurs twice"));
  EXPECT_THAT(error_with("{\"__metadata__\":{},\"__metadata__\":{}}", 0), HasSubstr("twice"));
  EXPECT_THAT(error_with(R"({"a":{"dtype":"F32","dtype":"F64"}})", 0), HasSubstr("at 'dtype'"));
  EXPECT_THAT(error_with(R"({"a":{"shape":[],"shape":[]}})", 0), HasSubstr("at 'shape'"));
  EXPECT_THAT(error_with(R"({"a":{"data_offsets":[0,0],"data_offsets":[0,0]}})", 0),
              HasSubstr("at 'data_offsets'"));
}

TEST(Safetensors, OffsetsShapesAndTypes) {
  const auto one = [](const std::string& dtype, const std::string& shape,
                      const std::string& offsets, std::size_t bytes) {
    return error_with("{\"a\":" + entry(dtype, shape, offsets) + "}", bytes);
  };
  EXPECT_THAT(one("F31", "[1]", "[0,4]", 4), HasSubstr("unknown dtype 'F31'"));
  EXPECT_THAT(one("F32", "[-1]", "[0,4]", 4), HasSubstr("a negative number"));
  EXPECT_THAT(one("F32", "[1.0]", "[0,4]", 4), HasSubstr("a fraction"));
  EXPECT_THAT(one("F32", "[1e400]", "[0,4]", 4), HasSubstr("not JSON"));
  EXPECT_THAT(one("F32", "[99999999999999999999]", "[0,4]", 4), HasSubstr("a fraction"));
  EXPECT_THAT(one("F32", "[4294967296,4294967296]", "[0,0]", 0), HasSubstr("does not fit"));
  EXPECT_THAT(one("F64", "[2305843009213693952]", "[0,0]", 0), HasSubstr("does not fit"));
  EXPECT_THAT(one("F32", "[0,18446744073709551615]", "[0,0]", 0), HasSubstr("an extent of"));
  EXPECT_THAT(one("F32", "[2]", "[0,4]", 4), HasSubstr("does not fit its shape and type F32"));
  EXPECT_THAT(one("F32", "[1]", "[0,8]", 8), HasSubstr("does not fit"));
  EXPECT_THAT(one("F32", "[1]", "[0,4]", 8), HasSubstr("4 bytes follow"));
  EXPECT_THAT(one("F32", "[1]", "[0,4]", 3), HasSubstr("is cut off: "));
  EXPECT_THAT(one("F32", "[1]", "[4,8]", 8), HasSubstr("should begin at 0"));
  EXPECT_THAT(one("F32", "[1]", "[4,0]", 4), HasSubstr("lies at 4 to 0"));
  EXPECT_THAT(one("F32", "[1]", "[0]", 4), HasSubstr("two data_offsets"));
  EXPECT_THAT(one("F32", "[1]", "[0,4,8]", 4), HasSubstr("a number where none"));
  EXPECT_THAT(one("F32", "[1]", "[0,18446744073709551615]", 4), HasSubstr("lies at"));
  const auto two = [](const std::string& first, const std::string& second, std::size_t bytes) {
    return error_with(
        "{\"a\":" + entry("F32", "[1]", first) + ",\"b\":" + entry("F32", "[1]", second) + "}",
        bytes);
  };
  EXPECT_THAT(two("[0,4]", "[0,4]", 4), HasSubstr("should begin at 4"));    // the same bytes twice
  EXPECT_THAT(two("[0,4]", "[2,6]", 6), HasSubstr("should begin at 4"));    // overlap
  EXPECT_THAT(two("[0,4]", "[8,12]", 12), HasSubstr("should begin at 4"));  // hole
}

TEST(Safetensors, UnsortedFilesAreRead) {
  const std::string header = "{\"a\":" + entry("U8", "[1]", "[4,5]") +
                             ",\"b\":" + entry("F32", "[]", "[0,4]") +
                             ",\"c\":" + entry("U8", "[0]", "[4,4]") + "}";
  const TensorFile file = parse_safetensors(file_with(header, 5), "m");
  ASSERT_EQ(file.tensors.size(), 3u);
  EXPECT_EQ(file.tensors[0].name, "b");
  EXPECT_EQ(file.at("a").u8().size(), 1u);
}

TEST(Safetensors, WriterRefusesWhatReadersWould) {
  const std::vector<float> two{1, 2};
  const auto error = [](std::vector<Tensor> tensors) {
    TensorFile file;
    file.tensors = std::move(tensors);
    return error_of([&] { serialize_safetensors(file, "out.st"); });
  };
  EXPECT_THAT(error({Tensor::of("a", {3}, two)}), HasSubstr("does not fit F32 (3)"));
  EXPECT_THAT(error({Tensor::of("a", {-1, -2}, two)}), HasSubstr("does not fit"));
  EXPECT_THAT(error({Tensor::of("a", {2}, two), Tensor::of("a", {2}, two)}), HasSubstr("twice"));
  EXPECT_THAT(error({Tensor::of("__metadata__", {2}, two)}), HasSubstr("reserved"));
  EXPECT_THAT(error({Tensor::of("\xff", {2}, two)}), HasSubstr("not UTF-8"));
}

TEST(Safetensors, FailedWriteKeepsTheOldFile) {
  TemporaryFolder folder;
  write_safetensors(folder / "m.st", sample_file());
  const Bytes before = read_file(folder / "m.st", 1 << 20);
  TensorFile bad = sample_file();
  bad.tensors[0].shape = {99};
  error_of([&] { write_safetensors(folder / "m.st", bad); });
  EXPECT_EQ(read_file(folder / "m.st", 1 << 20), before);
}

TEST(Safetensors, OtherReadersAndWriters) {
  PHASELOOM_NEED_NUMPY(python);
  TemporaryFolder folder;
  const std::string script =
      *python + " " + source_folder() + "/tests/python/check_safetensors.py ";
  write_safetensors(folder / "ours.st", sample_file());
  const ScriptResult read = run_command(script + (folder / "ours.st").string());
  EXPECT_EQ(read.status, 0) << read.output;
  EXPECT_THAT(read.output,
              AllOf(HasSubstr("W float32 (2, 3) 18.0\n"), HasSubstr("steps int32 (2,) -1.0\n"),
                    HasSubstr("wide float64 () 2.5\n"), HasSubstr("none float32 (0, 7) 0.0\n"),
                    HasSubstr("substrate = kuramoto_shil\n")));

  const ScriptResult written = run_command(script + "--write " + (folder / "theirs.st").string());
  ASSERT_EQ(written.status, 0) << written.output;
  const TensorFile theirs = read_safetensors(folder / "theirs.st");
  EXPECT_EQ(theirs.at("grüße", DType::f32, {2, 3}).f32()[5], 5.0f);
  EXPECT_EQ(theirs.at("steps").i32()[1], -5);
  EXPECT_EQ(theirs.at("wide").f64()[0], 2.5);
  EXPECT_EQ(theirs.at("nothing").shape, (std::vector<std::int64_t>{0, 7}));
  EXPECT_EQ(theirs.metadata_at("made by"), "numpy \"quoted\"");
}

}  // namespace
}  // namespace phaseloom
