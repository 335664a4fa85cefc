// SPDX-License-Identifier: MIT
#include "app/document/trained_on.hpp"

#include <nlohmann/json.hpp>

namespace phaseloom {

std::string trained_on(const Model& model) {
  const auto facts = nlohmann::json::parse(model.training, nullptr, false);
  if (!facts.is_object()) return "";
  const auto entry = facts.find("dataset");
  return entry != facts.end() && entry->is_string() ? entry->get<std::string>() : "";
}

}  // namespace phaseloom
