// SPDX-License-Identifier: MIT
#pragma once
// Parts of the documentation that are made from tables of the program, between two marks:
//
//   <!-- made from NAME -->
//   ...
//   <!-- end of NAME -->
//
// A test compares them; PHASELOOM_REBASELINE=1 writes them anew.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/places.hpp"

namespace phaseloom::test {

/// @param page below the source folder, e.g. "docs/scripts.md"
inline testing::AssertionResult is_documented(const std::string& page, const std::string& name,
                                              const std::string& text) {
  const std::string file = source_folder() + "/" + page;
  std::ifstream in(file);
  std::string all{std::istreambuf_iterator<char>(in), {}};
  const std::string begin = "<!-- made from " + name + " -->\n",
                    end = "<!-- end of " + name + " -->\n";
  const auto first = all.find(begin), last = all.find(end);
  if (first == std::string::npos || last == std::string::npos || last < first)
    return testing::AssertionFailure() << page << " has no marks for " << name;
  const auto from = first + begin.size();
  if (all.substr(from, last - from) == text) return testing::AssertionSuccess();
  if (const char* anew = std::getenv("PHASELOOM_REBASELINE"); anew && *anew) {
    all.replace(from, last - from, text);
    std::ofstream(file) << all;
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure()
         << page << " says otherwise of " << name << "; PHASELOOM_REBASELINE=1 writes:\n"
         << text;
}

}  // namespace phaseloom::test
