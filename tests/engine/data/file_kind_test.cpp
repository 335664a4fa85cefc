// SPDX-License-Identifier: MIT
#include "engine/data/file_kind.hpp"

#include <string>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using namespace std::string_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}
std::string_view kind(const std::string& text) { return kind_of(bytes_of(text)); }

TEST(FileKind, WhatPeopleGive) {
  EXPECT_EQ(kind(""), "an empty file");
  EXPECT_THAT(std::string(kind("version https://git-lfs.github.com/spec/v1\noid sha256:aa\n")),
              AllOf(HasSubstr("git LFS pointer"), HasSubstr("git lfs pull")));
  EXPECT_EQ(kind("<!DOCTYPE html>\n<html>"), "a web page");
  EXPECT_EQ(kind("\xEF\xBB\xBF \n<HTML lang=en>"), "a web page");
  EXPECT_EQ(kind("\x89PNG\r\n\x1a\n\0\0"s), "a PNG picture");
  EXPECT_EQ(kind("\xff\xd8\xff\xe0\0\x10JFIF"s), "a JPEG picture");
  EXPECT_THAT(std::string(kind("PK\x03\x04\x14\0"s)), HasSubstr("zip archive"));
  EXPECT_THAT(std::string(kind("\x1f\x8b\x08\0"s)), HasSubstr("gzip file"));
  EXPECT_EQ(kind(std::string(257, '\0') + "ustar\0"s), "a tar archive");
  EXPECT_EQ(kind("\x93NUMPY\x01\0v\0"s), "a .npy array");
  EXPECT_EQ(kind("\x40\0\0\0\0\0\0\0{\"a\":"s), "a .safetensors file");
  EXPECT_EQ(kind("\0\0\x08\x03\0\0\0\x02"s), "an IDX file");
  EXPECT_EQ(kind("\xff\xfex\0,\0y\0"s), "UTF-16 text (save it as UTF-8)");
  EXPECT_EQ(kind("{\n \"phaseloom\": \"scene\"}"), "JSON text");
  EXPECT_EQ(kind("x,y\r\n1,2\n"), "text");
  EXPECT_EQ(kind("\x01\x02\x03"), "");
}

// A beginning that is cut off is not taken for the whole of it, nor read beyond its end.
TEST(FileKind, CutAnywhere) {
  for (const std::string& whole :
       {"version https://git-lfs.github.com/spec/"s, "\x40\0\0\0\0\0\0\0{"s, " <!doctype html"s,
        "RIFF\0\0\0\0WEBP"s, "\x93NUMPY"s})
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const auto all = bytes_of(whole);
      const std::vector<std::byte> exact(all.begin(), all.begin() + static_cast<long>(size));
      EXPECT_NE(kind_of(exact), kind_of(all)) << whole << " " << size;
    }
}

TEST(FileKind, InMessages) {
  EXPECT_EQ(is_no("PNG picture", bytes_of("GIF89a")), "is a GIF picture, no PNG picture");
  EXPECT_EQ(is_no("PNG picture", bytes_of("\x01\x02")), "is no PNG picture");
}

TEST(FileKind, TextOrWhatItIs) {
  const auto text = [](const std::string& t) { return text_in(bytes_of(t), "script", "s"); };
  EXPECT_EQ(text("play\n"), "play\n");
  EXPECT_EQ(text("\xEF\xBB\xBFplay\n"), "play\n");
  EXPECT_EQ(text(""), "");
  EXPECT_EQ(text("{\"a\":1}"), "{\"a\":1}");
  EXPECT_EQ(text("play \x1b[31m\x02"), "play \x1b[31m\x02");  // the reader names the line
  EXPECT_EQ(error_of([&] { text("\x89PNG\r\n\x1a\n"); }), "s: is a PNG picture, no script");
  EXPECT_EQ(error_of([&] { text("<html>"); }), "s: is a web page, no script");
  EXPECT_EQ(error_of([&] { text("\x01\0\x02"s); }), "s: is binary data, no script");
}

}  // namespace
}  // namespace phaseloom
