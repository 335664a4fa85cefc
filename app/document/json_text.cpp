// SPDX-License-Identifier: MIT
#include "app/document/json_text.hpp"

#include <set>
#include <string>
#include <vector>

#include "engine/data/dump_json.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

using Json = nlohmann::ordered_json;

Json parse_json_object(std::string_view text, std::string_view source, std::size_t most) {
  constexpr std::size_t deepest = 8;
  if (text.size() > most) fail("{}: {} bytes; at most {} are read", source, text.size(), most);
  std::vector<std::set<std::string>> open;  // keys of the objects that we are in
  const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
    if (depth > static_cast<int>(deepest))
      fail("{}: nested deeper than {} levels", source, deepest);
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end) open.pop_back();
    if (event == Json::parse_event_t::key && !open.back().insert(value.get<std::string>()).second)
      fail("{}: {} is there twice; keep one", source, printable(value.get<std::string>()));
    return true;
  };
  Json json;
  try {
    json = Json::parse(text, watch);
  } catch (const nlohmann::json::parse_error& error) {
    fail("{}: not JSON near byte {}; is the file complete?", source, error.byte);
  } catch (const nlohmann::json::exception&) {
    fail("{}: not JSON; a number is out of range", source);
  }
  if (!json.is_object()) fail("{}: not a JSON object; it should begin with {{", source);
  return json;
}

std::string print_json(const Json& json) { return dump_json(json, 2) + "\n"; }

}  // namespace phaseloom
