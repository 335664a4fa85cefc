// SPDX-License-Identifier: MIT
#pragma once
// Options whose values have names.

#include <CLI/CLI.hpp>
#include <string>

#include "engine/support/names.hpp"

namespace phaseloom {

/// An option that is a value of an enumeration, by its name; what `value` holds is the default.
template <Named E>
CLI::Option* add_named(CLI::App& app, const std::string& option, E& value,
                       const std::string& help) {
  return app
      .add_option_function<std::string>(
          option, [&value](const std::string& name) { value = named<E>(name); }, help)
      ->default_str(std::string(name_of(value)))
      ->type_name("NAME");
}

}  // namespace phaseloom
