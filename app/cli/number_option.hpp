// SPDX-License-Identifier: MIT
#pragma once
// Options that are numbers. CLI11 by itself reads 010 as eight and cuts what is too large for a
// seed down to the largest one, both without a word.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/support/number.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

template <class Value>
struct NumberIn {
  using type = Value;
};
template <class Value>
struct NumberIn<std::optional<Value>> : NumberIn<Value> {};
template <class Value>
struct NumberIn<std::vector<Value>> : NumberIn<Value> {};

/// Lets the option take numbers as parse_number() reads them and no others.
template <class Number>
CLI::Option* read_as_number(CLI::Option* option) {
  return option->transform(CLI::Validator(
      [](std::string& text) -> std::string {
        const auto value = parse_number<Number>(text);
        if (value) text = fmt::format("{}", *value);  // in a spelling that CLI11 reads alike
        if (value) return "";
        return printable(text) + (std::floating_point<Number> ? " is no number"
                                  : std::unsigned_integral<Number>
                                      ? " is no whole number from 0 to 18446744073709551615"
                                      : " is no whole number, or too large");
      },
      ""));
}

/// An option that is a number, maybe none, or several.
template <class Value>
CLI::Option* add_number(CLI::App& app, const std::string& names, Value& value,
                        const std::string& help) {
  return read_as_number<typename NumberIn<Value>::type>(app.add_option(names, value, help));
}

/// The same for a seed: any 64-bit number.
inline CLI::Option* add_seed(CLI::App& app, const std::string& names, std::uint64_t& seed,
                             const std::string& help) {
  return add_number(app, names, seed, help)->type_name("SEED")->capture_default_str();
}

}  // namespace phaseloom
