// SPDX-License-Identifier: MIT
#include "engine/support/printable.hpp"

#include <gtest/gtest.h>

#include <string>

namespace phaseloom {
namespace {

TEST(Utf8, CharactersAndWhatIsNone) {
  const std::string text = "aä€😀";
  EXPECT_EQ(utf8_length(text, 0), 1u);
  EXPECT_EQ(utf8_length(text, 1), 2u);
  EXPECT_EQ(utf8_length(text, 3), 3u);
  EXPECT_EQ(utf8_length(text, 6), 4u);
  EXPECT_TRUE(is_utf8(text));
  EXPECT_TRUE(is_utf8(""));
  for (const char* bad : {"\xe4", "a\xe4z", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                          "\xe2\x82", "\x80", "\xff"})
    EXPECT_FALSE(is_utf8(bad)) << legible(bad);
}

TEST(Printable, ShowsWhatIsTextAndCodesTheRest) {
  EXPECT_EQ(legible("süß 'x' \\ y"), "süß 'x' \\ y");
  EXPECT_EQ(legible("sc\xe4ne\n"), "sc\\xe4ne\\x0a");
  EXPECT_EQ(printable("süß"), "'süß'");
  EXPECT_EQ(printable("it's\x7f\xe4"), "'it\\x27s\\x7f\\xe4'");
  EXPECT_EQ(printable(std::string(60, 'x')), "'" + std::string(60, 'x') + "'");
  EXPECT_EQ(printable(std::string(61, 'x')), "'" + std::string(60, 'x') + "...'");
  EXPECT_EQ(printable(std::string(59, 'x') + "ä"), "'" + std::string(59, 'x') + "...'")
      << "no half characters";
}

TEST(Escaped, GivesTheSameBytesAgain) {
  for (const std::string name :
       {"plain.json", "süß/a b.json", "sc\xe4ne.json", "line\nbreak", "back\\slash", "\\x41\\xzz",
        "\\x5cxe4", "\\", "\\x", "\\x4", "\xe4\\xe4", "\x01\x7f\xff"}) {
    const std::string text = escaped(name);
    EXPECT_TRUE(is_utf8(text)) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
    EXPECT_EQ(unescaped(text), name) << text;
  }
  EXPECT_EQ(escaped("süß/a\\b.json"), "süß/a\\b.json") << "what is text stays as it is";
  EXPECT_EQ(escaped("sc\xe4ne.json"), "sc\\xe4ne.json");
  EXPECT_EQ(escaped("\\xe4"), "\\x5cxe4");
}

}  // namespace
}  // namespace phaseloom
