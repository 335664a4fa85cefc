// SPDX-License-Identifier: MIT
#pragma once
// JSON of a file, whose messages name the file and the member.

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {

/// A JSON object of at most 32 levels. Throws Error that `what` in `source` is none.
nlohmann::json parse_json_object(std::string_view text, std::string_view source,
                                 std::string_view what);

/// Reads the members of one JSON object, which must outlive it. Each throws Error if the member is
/// missing or is not as it must be.
class JsonObject {
 public:
  /// @param what in the file it is, for messages
  JsonObject(const nlohmann::json& object, std::string_view source, std::string_view what,
             std::string prefix = "")
      : object_(object), source_(source), what_(what), prefix_(std::move(prefix)) {}

  JsonObject object(const char* key) const;
  int integer(const char* key, std::int64_t low, std::int64_t high) const;
  double number(const char* key, double low, double high) const;
  bool boolean(const char* key) const;
  /// Text for people and for one-line messages, hence short and without control characters.
  std::string text(const char* key) const;
  /// What `lookup` makes of the text, its message led by the file's name.
  template <class Lookup>
  auto named(const char* key, Lookup lookup) const {
    const std::string name = text(key);
    try {
      return lookup(name);
    } catch (const Error& error) {
      fail("{}: {}", source_, error.what());
    }
  }
  bool has(const char* key) const { return object_.contains(key); }
  const nlohmann::json& at(const char* key) const;

 private:
  [[noreturn]] void wrong(const char* key, std::string_view right) const;

  const nlohmann::json& object_;
  std::string_view source_, what_;
  std::string prefix_;
};

}  // namespace phaseloom
