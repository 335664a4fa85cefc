// SPDX-License-Identifier: MIT
#include "app/cli/environment.hpp"

#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/support/error.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::string_view kPrefix = "PHASELOOM_";

void check_folder(std::string_view name, std::string_view value) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(value, ignored))
    fail("{}: {} is not a folder", name, printable(value));
}

void check_isa(std::string_view, std::string_view) { active_isa(); }

struct Variable {
  std::string_view name;
  void (*check)(std::string_view name, std::string_view value);  // null: any value will do
};

constexpr std::array kVariables{
    Variable{"PHASELOOM_ASSETS", check_folder},
    Variable{"PHASELOOM_DATA", check_folder},
    Variable{"PHASELOOM_ISA", check_isa},
    // Of ./run, ./test, scripts and the tests, who start the program with what they were started
    // with.
    Variable{"PHASELOOM_SKIP_INSTALL", nullptr},
    Variable{"PHASELOOM_ASAN_IF_UNDER", nullptr},
    Variable{"PHASELOOM_RELEASES", nullptr},
    Variable{"PHASELOOM_REBASELINE", nullptr},
    Variable{"PHASELOOM_RANDOM_COMMANDS", nullptr},
};

}  // namespace

void check_environment() {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    if (!name.starts_with(kPrefix) || equals == text.npos) continue;
    const std::string_view value = text.substr(equals + 1);
    const auto* known = std::ranges::find(kVariables, name, &Variable::name);
    if (known == kVariables.end()) {
      std::vector<std::string_view> names;
      for (const Variable& v : kVariables)
        if (v.check != nullptr) names.push_back(v.name);
      fail("{}: there is no such variable of the environment; there are {}", name,
           fmt::join(names, ", "));
    }
    if (known->check != nullptr && !value.empty()) known->check(name, value);
  }
}

}  // namespace phaseloom
