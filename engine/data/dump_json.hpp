// SPDX-License-Identifier: MIT
#pragma once
// JSON as text, whatever bytes its strings hold: nlohmann's own dump() throws at those that are no
// UTF-8, and file names need not be.

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "engine/support/printable.hpp"

namespace phaseloom {

/// With each text that is no UTF-8 made legible().
template <class Json>
Json with_legible_text(const Json& json) {
  if (json.is_string()) {
    const auto& text = json.template get_ref<const std::string&>();
    return is_utf8(text) ? json : Json(legible(text));
  }
  if (!json.is_structured()) return json;
  Json copy = json.is_array() ? Json::array() : Json::object();
  for (const auto& [key, value] : json.items()) {
    if (json.is_array())
      copy.push_back(with_legible_text(value));
    else
      copy[is_utf8(key) ? key : legible(key)] = with_legible_text(value);
  }
  return copy;
}

/// json.dump(indent). Texts that are UTF-8 stay as they are; in others, bytes that are not, and
/// control bytes, are written as `\xNN`.
template <class Json>
std::string dump_json(const Json& json, int indent = -1) {
  try {
    return json.dump(indent);
  } catch (const typename Json::type_error&) {
    return with_legible_text(json).dump(indent);
  }
}

}  // namespace phaseloom
