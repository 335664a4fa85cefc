// SPDX-License-Identifier: MIT
#include "app/document/share_text.hpp"

#include "app/document/json_text.hpp"
#include "app/document/scene_paths.hpp"
#include "app/document/strict.hpp"
#include "engine/data/deflate.hpp"
#include "engine/data/dump_json.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

/// More than the longest texts of all fields make.
constexpr std::size_t kMaxUnpacked = std::size_t{1} << 17;

/// The values of `json` that `usual` has otherwise, or not at all.
Json differences(const Json& json, const Json& usual) {
  Json some = Json::object();
  for (const auto& [name, value] : json.items()) {
    const Json other = usual.value(name, Json());
    if (!value.is_object()) {
      if (value != other) some[name] = value;
    } else if (Json inner = differences(value, other); !inner.empty()) {
      some[name] = std::move(inner);
    }
  }
  return some;
}

/// Its last part. What else begins like a name, or with a blank, gets the ./ of a path before it.
std::string file_name(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  if (name.empty() || name.size() + 2 > strict::kMaxText) return path;
  return is_path(name) && name.front() != ' ' ? name : "./" + name;
}

}  // namespace

Scene shareable(Scene scene) {
  for (std::string* name : paths_in(scene))
    if (is_path(*name)) *name = file_name(*name);
  return scene;
}

std::string share_text(const Scene& scene) {
  Json json = Json::parse(print_scene(shareable(scene)));
  Json usual = Json::parse(print_scene(Scene{}));
  for (const char* header : {"phaseloom", "version"}) usual.erase(header);  // always in it
  return seal(deflated(dump_json(differences(json, usual))));
}

Scene parse_share_text(std::string_view text, std::string_view source) {
  // Of a line that someone has made by hand, too: none leads into folders of who opens it.
  return shareable(parse_scene(inflated(unseal(text, source), kMaxUnpacked, source), source));
}

}  // namespace phaseloom
