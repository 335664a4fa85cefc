// SPDX-License-Identifier: MIT
#pragma once
// What the values of an enumeration are called: one table beside each enumeration, which files,
// scripts, the command line and the window read.
//
//   enum class Theme { dark, light };
//   template <>
//   struct Names<Theme> {
//     static constexpr std::string_view kind = "theme";
//     static constexpr std::array<std::string_view, 2> all{"dark", "light"};
//   };

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

/// To be specialised: `kind` says in a message what it is that has these names, and `all` are those
/// of the values 0, 1, ... in their order. Where the values are a registry's, `all` is a function.
/// `former(text)`, if there is one, knows spellings of older files.
template <class E>
struct Names;

template <class E>
concept Named = requires {
  Names<E>::kind;
};

/// All names, in the order of the values.
template <Named E>
constexpr std::span<const std::string_view> names_of() {
  if constexpr (requires { Names<E>::all(); })
    return Names<E>::all();
  else
    return Names<E>::all;
}

/// Of an enumeration whose names are known to the compiler.
template <Named E>
inline constexpr std::size_t kCountOf = Names<E>::all.size();

template <Named E>
constexpr std::string_view name_of(E value) {
  return names_of<E>()[static_cast<std::size_t>(value)];
}

/// Nothing if there is no such name.
template <Named E>
std::optional<E> find_named(std::string_view name) {
  const auto all = names_of<E>();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i] == name) return static_cast<E>(i);
  if constexpr (requires { Names<E>::former(name); }) return Names<E>::former(name);
  return std::nullopt;
}

/// The `name` of each entry of a table, an array, as an array.
template <class Table>
constexpr auto names_in(const Table& entries) {
  std::array<std::string_view, std::tuple_size_v<Table>> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = entries[i].name;
  return names;
}

/// "dark, light"
std::string listed(std::span<const std::string_view> names);

/// Throws Error listing the names.
template <Named E>
E named(std::string_view name) {
  if (const auto found = find_named<E>(name)) return *found;
  fail("there is no {} {}; choose one of {}", Names<E>::kind, printable(name),
       listed(names_of<E>()));
}

}  // namespace phaseloom
