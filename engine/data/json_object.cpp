// SPDX-License-Identifier: MIT
#include "engine/data/json_object.hpp"

#include <limits>

#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::size_t kMaxText = 200;
// Copying and writing a JSON value recurse once per level; reading one does not.
constexpr int kMaxJsonDepth = 32;

}  // namespace

using nlohmann::json;

json parse_json_object(std::string_view text, std::string_view source, std::string_view what) {
  const auto guard = [&](int depth, json::parse_event_t, json&) {
    if (depth > kMaxJsonDepth)
      fail("{}: {} is nested deeper than {} levels", source, what, kMaxJsonDepth);
    return true;
  };
  try {
    json value = json::parse(text, guard);
    if (!value.is_object()) fail("{}: {} is not a JSON object", source, what);
    return value;
  } catch (const json::parse_error& error) {
    fail("{}: {} is not JSON at byte {}", source, what, error.byte);
  } catch (const json::exception&) {
    fail("{}: {} has a number that is out of range", source, what);
  }
}

JsonObject JsonObject::object(const char* key) const {
  const json& value = at(key);
  if (!value.is_object()) wrong(key, "a JSON object");
  return {value, source_, what_, prefix_ + key + "."};
}

int JsonObject::integer(const char* key, std::int64_t low, std::int64_t high) const {
  const json& value = at(key);
  // Integers above the range of int64 are unsigned and would wrap around.
  const bool fits =
      value.is_number_integer() &&
      (!value.is_number_unsigned() ||
       value.get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max()));
  if (!fits || value.get<std::int64_t>() < low || value.get<std::int64_t>() > high)
    wrong(key, fmt::format("an integer in {}..{}", low, high));
  return static_cast<int>(value.get<std::int64_t>());
}

double JsonObject::number(const char* key, double low, double high) const {
  const json& value = at(key);
  if (!value.is_number() || !(value.get<double>() >= low && value.get<double>() <= high))
    wrong(key, fmt::format("a number in {}..{}", low, high));
  return value.get<double>();
}

bool JsonObject::boolean(const char* key) const {
  const json& value = at(key);
  if (!value.is_boolean()) wrong(key, "true or false");
  return value.get<bool>();
}

std::string JsonObject::text(const char* key) const {
  const json& value = at(key);
  const auto* found = value.get_ptr<const std::string*>();
  const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  if (found == nullptr || found->size() > kMaxText || std::ranges::any_of(*found, control))
    wrong(key, fmt::format("text of at most {} bytes on one line", kMaxText));
  return *found;
}

const json& JsonObject::at(const char* key) const {
  const auto found = object_.find(key);
  if (found == object_.end()) fail("{}: {} has no {}{}", source_, what_, prefix_, key);
  return *found;
}

void JsonObject::wrong(const char* key, std::string_view right) const {
  std::string found =
      object_.at(key).is_structured() ? object_.at(key).type_name() : object_.at(key).dump();
  fail("{}: {}{} is {}; it must be {}", source_, prefix_, key, printable(found), right);
}

}  // namespace phaseloom
