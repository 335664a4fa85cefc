// SPDX-License-Identifier: MIT
#include "app/document/scene.hpp"

#include <set>

#include "app/document/json_text.hpp"
#include "app/document/scene_paths.hpp"
#include "engine/data/file_kind.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;
using Kind = SceneField::Kind;

constexpr int kVersion = 1;

Json to_json(const SceneField& field, const Scene& scene) {
  const std::string text = field.print(scene);
  // The numbers' own text is JSON already, and keeps all 64 bits of a seed.
  const bool bare = field.kind != Kind::choice && field.kind != Kind::text;
  return bare ? Json::parse(text) : Json(text);
}

std::string_view wanted(Kind kind) {
  switch (kind) {
    case Kind::integer:
    case Kind::natural:
      return "a whole number";
    case Kind::real:
      return "a number";
    case Kind::own:
      return "a number or \"preset\"";
    case Kind::boolean:
      return "true or false";
    case Kind::choice:
    case Kind::text:
      return "a text";
  }
  return "";
}

void from_json(const SceneField& field, const Json& value, Scene& scene, std::string_view source) {
  const bool fits = field.kind == Kind::own ? value.is_number() || value == kPresets
                    : field.kind == Kind::integer || field.kind == Kind::natural
                        ? value.is_number_integer()
                    : field.kind == Kind::real    ? value.is_number()
                    : field.kind == Kind::boolean ? value.is_boolean()
                                                  : value.is_string();
  if (!fits) fail("{}: {} should be {}", source, field.name, wanted(field.kind));
  const std::string text = value.is_string()         ? value.get<std::string>()
                           : value.is_number_float() ? fmt::format("{}", value.get<double>())
                           : value.is_number_unsigned()
                               ? fmt::format("{}", value.get<std::uint64_t>())
                           : value.is_number() ? fmt::format("{}", value.get<std::int64_t>())
                                               : value.dump();
  try {
    field.assign(field, scene, text);
  } catch (const Error& error) {
    fail("{}: {}", source, error.what());
  }
}

void check_header(const Json& json, std::string_view source) {
  const auto kind = json.find("phaseloom");
  if (kind == json.end() || *kind != "scene")
    fail("{}: not a scene; it should hold \"phaseloom\": \"scene\"", source);
  const auto version = json.find("version");
  if (version == json.end() || !version->is_number_integer())
    fail("{}: no version; this program reads version {}", source, kVersion);
  if (*version != kVersion)
    fail("{}: version {}; this program reads version {}", source, version->dump(), kVersion);
}

}  // namespace

std::string print_scene(const Scene& scene) {
  Json json;
  json["phaseloom"] = "scene";
  json["version"] = kVersion;
  for (const auto& field : scene_fields()) {
    if (field.kind == Kind::own && field.print(scene) == kPresets) continue;
    const auto dot = field.name.find('.');
    if (dot == std::string_view::npos)
      json[std::string(field.name)] = to_json(field, scene);
    else
      json[std::string(field.name.substr(0, dot))][std::string(field.name.substr(dot + 1))] =
          to_json(field, scene);
  }
  return print_json(json);
}

Scene parse_scene(std::string_view text, std::string_view source) {
  const Json json = parse_json_object(text, source);
  check_header(json, source);

  Scene scene;
  const auto read = [&](const std::string& name, const Json& value) {
    for (const auto& field : scene_fields())
      if (field.name == name) return from_json(field, value, scene, source);
    fail("{}: {} is no value of a scene; is it misspelt?", source, printable(name));
  };
  const auto is_group = [](const std::string& name) {
    for (const auto& field : scene_fields())
      if (field.name.starts_with(name + ".")) return true;
    return false;
  };
  for (const auto& [name, value] : json.items()) {
    if (name == "phaseloom" || name == "version") continue;
    if (is_group(name)) {
      if (!value.is_object()) fail("{}: {} should be an object", source, name);
      for (const auto& [inner, inner_value] : value.items()) read(name + "." + inner, inner_value);
    } else {
      if (name.find('.') != std::string::npos)
        fail("{}: {} is no value of a scene; write an object within the object", source,
             printable(name));
      read(name, value);
    }
  }
  return scene;
}

Scene load_scene(const std::filesystem::path& path) {
  const auto bytes = read_file(path, kMaxJson);
  Scene scene = parse_scene(text_in(bytes, "scene (.json)", path.string()), path.string());
  for (std::string* name : paths_in(scene))
    if (is_path(*name))
      *name = (fs::path(escaped(path.parent_path().string())) / *name).lexically_normal().string();
  return scene;
}

Scene located(Scene scene) {
  for (std::string* name : paths_in(scene))
    if (is_path(*name)) *name = escaped(fs::absolute(unescaped(*name)).lexically_normal().string());
  return scene;
}

void save_scene(const std::filesystem::path& path, const Scene& scene) {
  Scene saved = scene;
  for (std::string* name : paths_in(saved)) {
    if (!is_path(*name)) continue;
    // Beside the scene or below it: relative, so that the folder can move. Elsewhere: absolute.
    const auto file = fs::absolute(unescaped(*name)).lexically_normal();
    const auto folder = fs::absolute(path).lexically_normal().parent_path();
    const auto relative = file.lexically_relative(folder);
    const bool below = !relative.empty() && *relative.begin() != "..";
    *name = escaped(below ? (fs::path(".") / relative).string() : file.string());
  }
  write_file_atomically(path, print_scene(saved));
}

}  // namespace phaseloom
