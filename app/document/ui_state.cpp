// SPDX-License-Identifier: MIT
#include "app/document/ui_state.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <type_traits>
#include <utility>

#include "app/document/assets.hpp"
#include "app/document/json_text.hpp"
#include "engine/data/file_kind.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kMostPixels = 8192;
constexpr int kMostUnits = 10'000'000;

void read(const Json& value, int& out, std::string_view name, int min, int max,
          std::string_view source) {
  if (!value.is_number_integer() || value < min || value > max)
    fail("{}: {} should be a whole number from {} to {}", source, name, min, max);
  out = value.get<int>();
}

void read(const Json& value, double& out, std::string_view name, double min, double max,
          std::string_view source) {
  if (!value.is_number() || !(value.get<double>() >= min && value.get<double>() <= max))
    fail("{}: {} should be a number from {} to {}", source, name, min, max);
  out = value.get<double>();
}

template <Named E>
void read(const Json& value, E& out, std::string_view name, std::string_view source) {
  const auto found =
      value.is_string() ? find_named<E>(value.get_ref<const std::string&>()) : std::nullopt;
  if (!found) fail("{}: {} is unknown; use {}", source, name, listed(names_of<E>()));
  out = *found;
}

// Where the points are on their way is not remembered.
constexpr std::array<bool FlowView::*, kFlowPartNames.size()> kFlowParts{
    &FlowView::source,  &FlowView::target,  &FlowView::paths, &FlowView::field,
    &FlowView::tracers, &FlowView::density, &FlowView::row,   &FlowView::results};

void read(const Json& value, FlowView& out, std::string_view source) {
  if (!value.is_object()) fail("{}: flow should be an object", source);
  for (const auto& [name, is_shown] : value.items()) {
    if (std::ranges::find(kFlowPartNames, name) == kFlowPartNames.end())
      fail("{}: flow.{} is unknown; is it misspelt?", source, printable(name));
    if (!is_shown.is_boolean()) fail("{}: flow.{} should be true or false", source, name);
    shown(out, name) = is_shown.get<bool>();
  }
}

void read(const Json& value, Zoom& out, std::string_view source) {
  if (!value.is_array() || value.size() != 3) fail("{}: zoom should be [factor, x, y]", source);
  read(value[0], out.factor, "zoom", 1, Zoom::kMost, source);
  read(value[1], out.x, "zoom", 0, 1, source);
  read(value[2], out.y, "zoom", 0, 1, source);
}

void read(const Json& value, std::optional<std::array<int, 2>>& out, std::string_view source) {
  constexpr int kFar = 1 << 16;  // desktops reach to either side of their main monitor
  if (!value.is_array() || value.size() != 2) fail("{}: place should be [x, y]", source);
  out.emplace();
  for (std::size_t i = 0; i < 2; ++i) read(value[i], (*out)[i], "place", -kFar, kFar, source);
}

/// By workspace; once there was only that of Generate.
void read_zooms(const Json& value, UiState& state, std::string_view source) {
  if (!value.is_object()) return read(value, state.zoom_of(Workspace::generate), source);
  for (const auto& [name, zoom] : value.items()) {
    Workspace workspace{};
    read(Json(name), workspace, "zoom of a workspace", source);
    read(zoom, state.zoom_of(workspace), source);
  }
}

void read_folds(const Json& value, UiState& state, std::string_view source) {
  if (!value.is_object()) fail("{}: sections should be an object", source);
  for (const auto& [name, fold] : value.items()) {
    Section section{};
    read(Json(name), section, "section", source);
    read(fold, state.folds[static_cast<std::size_t>(section)], name, source);
  }
}

Json zooms_of(const UiState& state) {
  Json json;
  for (std::size_t i = 0; i < state.zooms.size(); ++i) {
    const Zoom& zoom = state.zooms[i];
    json[std::string(name_of(static_cast<Workspace>(i)))] = {zoom.factor, zoom.x, zoom.y};
  }
  return json;
}

Json flow_of(const UiState& state) {
  Json json;
  for (std::size_t i = 0; i < kFlowParts.size(); ++i)
    json[std::string(kFlowPartNames[i])] = state.flow.*kFlowParts[i];
  return json;
}

Json folds_of(const UiState& state) {
  Json json = Json::object();
  for (std::size_t i = 0; i < state.folds.size(); ++i)
    if (state.folds[i] != Fold::by_room)
      json[std::string(name_of(static_cast<Section>(i)))] = name_of(state.folds[i]);
  return json;
}

Json lesson_of(const UiState& state) {
  const LessonView& lesson = state.lesson;
  Json json;
  json["open"] = lesson.open;
  json["step"] = lesson.step;
  json["language"] = lesson.language;
  json["passed"] = Json::object();
  for (const auto& [name, steps] : lesson.passed) json["passed"][name] = steps;
  return json;
}

void read(const Json& value, LessonView& out, std::string_view source) {
  constexpr int kMostSteps = 1000;
  constexpr std::size_t kLongest = 100;
  if (!value.is_object()) fail("{}: lesson should be an object", source);
  const auto text = [&](const Json& from, std::string& to, std::string_view name) {
    if (!from.is_string() || from.get<std::string>().size() > kLongest)
      fail("{}: {} should be a short text", source, name);
    to = from.get<std::string>();
  };
  for (const auto& [name, part] : value.items()) {
    if (name == "open") {
      text(part, out.open, name);
    } else if (name == "language") {
      text(part, out.language, name);
    } else if (name == "step") {
      read(part, out.step, name, 0, kMostSteps, source);
    } else if (name == "passed" && part.is_object()) {
      for (const auto& [lesson, steps] : part.items())
        read(steps, out.passed[lesson], lesson, 0, kMostSteps, source);
    } else {
      fail("{}: {} is unknown in lesson; is it misspelt?", source, printable(name));
    }
  }
}

/// One value of the file.
struct UiField {
  std::string_view name;
  Json (*print)(const UiState& state);  ///< null: left out
  void (*read)(const UiField& self, const Json& value, UiState& state, std::string_view source);
  double min = 0, max = 0;
};

template <auto Member>
constexpr UiField number(std::string_view name, double min, double max) {
  return {name, [](const UiState& state) { return Json(state.*Member); },
          [](const UiField& self, const Json& value, UiState& state, std::string_view source) {
            using T = std::remove_cvref_t<decltype(state.*Member)>;
            read(value, state.*Member, self.name, static_cast<T>(self.min),
                 static_cast<T>(self.max), source);
          },
          min, max};
}

template <auto Member>
constexpr UiField choice(std::string_view name) {
  return {name, [](const UiState& state) { return Json(name_of(state.*Member)); },
          [](const UiField& self, const Json& value, UiState& state, std::string_view source) {
            read(value, state.*Member, self.name, source);
          }};
}

using U = UiState;
using Source = std::string_view;

/// In the order of the file.
constexpr UiField kFields[] = {
    choice<&U::workspace>("workspace"),
    {"view", [](const U& state) { return Json(name_of(state.view.quantity)); },
     [](const UiField& self, const Json& value, U& state, Source source) {
       read(value, state.view.quantity, self.name, source);
     }},
    {"layer", [](const U& state) { return Json(state.view.layer); },
     [](const UiField& self, const Json& value, U& state, Source source) {
       read(value, state.view.layer, self.name, 0, 63, source);
     }},
    {"zoom", zooms_of,
     [](const UiField&, const Json& value, U& state, Source source) {
       read_zooms(value, state, source);
     }},
    choice<&U::theme>("theme"),
    number<&U::width>("width", 320, kMostPixels),
    number<&U::height>("height", 240, kMostPixels),
    {"place", [](const U& state) { return state.place ? Json(*state.place) : Json(); },
     [](const UiField&, const Json& value, U& state, Source source) {
       read(value, state.place, source);
     }},
    choice<&U::window>("window"),
    number<&U::scale>("scale", 0, 4),
    number<&U::left>("left", 0, kMostPixels),
    number<&U::right>("right", 0, kMostPixels),
    number<&U::bottom>("bottom", 0, kMostPixels),
    number<&U::plots>("plots", 0, kMostPixels),
    number<&U::pinned>("pinned", -1, 4095),
    number<&U::picked>("picked", -1, kMostUnits),
    number<&U::brush>("brush", 0, kMaxBrush),
    number<&U::tone>("tone", 0, 1),
    choice<&U::compare>("compare"),
    number<&U::divider>("divider", 0, 1),
    choice<&U::curve>("curve"),
    number<&U::partner>("partner", -1, kMostUnits),
    choice<&U::stage>("stage"),
    number<&U::trail>("trail", 0.01, 1),
    {"trail_shown", [](const U&) { return Json(); },  // of files from before it was on the stage
     [](const UiField& self, const Json& value, U& state, Source source) {
       if (!value.is_boolean()) fail("{}: {} should be true or false", source, self.name);
       if (value.get<bool>()) state.stage = OnStage::trail;
     }},
    {"flow", flow_of,
     [](const UiField&, const Json& value, U& state, Source source) {
       read(value, state.flow, source);
     }},
    {"lesson", lesson_of,
     [](const UiField&, const Json& value, U& state, Source source) {
       read(value, state.lesson, source);
     }},
    {"hardware", [](const U& state) { return Json(name_of(state.hardware.page)); },
     [](const UiField& self, const Json& value, U& state, Source source) {
       read(value, state.hardware.page, self.name, source);
     }},
    {"sweep",
     [](const U& state) {
       return state.hardware.folder.empty() ? Json() : Json(state.hardware.folder);
     },
     [](const UiField& self, const Json& value, U& state, Source source) {
       constexpr std::size_t kLongest = 4096;
       if (!value.is_string() || value.get_ref<const std::string&>().size() > kLongest)
         fail("{}: {} should be the path of a folder", source, self.name);
       state.hardware.folder = value.get<std::string>();
     }},
    {"sections", folds_of,
     [](const UiField&, const Json& value, U& state, Source source) {
       read_folds(value, state, source);
     }},
};

}  // namespace

bool& shown(FlowView& flow, std::string_view part) {
  const auto at = std::ranges::find(kFlowPartNames, part) - kFlowPartNames.begin();
  return flow.*kFlowParts[static_cast<std::size_t>(at)];
}

std::string print_ui_state(const UiState& state) {
  Json json;
  json["phaseloom"] = "ui";
  json["version"] = 1;
  for (const UiField& field : kFields)
    if (Json value = field.print(state); !value.is_null())
      json[std::string(field.name)] = std::move(value);
  return print_json(json);
}

UiState parse_ui_state(std::string_view text, std::string_view source) {
  const Json json = parse_json_object(text, source);
  if (json.value("phaseloom", Json()) != "ui" || json.value("version", Json()) != 1)
    fail("{}: not a remembered view of version 1", source);
  UiState state;
  for (const auto& [name, value] : json.items()) {
    if (name == "phaseloom" || name == "version") continue;
    const auto field = std::ranges::find(kFields, name, &UiField::name);
    if (field == std::end(kFields))
      fail("{}: {} is unknown; is it misspelt?", source, printable(name));
    field->read(*field, value, state, source);
  }
  return state;
}

std::filesystem::path ui_state_path() {
  const auto folder = user_config_folder();
  return folder.empty() ? folder : folder / "ui.json";
}

UiState load_ui_state(const std::filesystem::path& path, std::string& problem) {
  problem.clear();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return {};
  try {
    const auto bytes = read_file(path, kMaxJson);
    return parse_ui_state(text_in(bytes, "settings (.json)", path.string()), path.string());
  } catch (const std::exception& error) {
    problem = error.what();
    return {};
  }
}

void save_ui_state(const std::filesystem::path& path, const UiState& state) {
  if (path.empty()) return;
  std::error_code ignored;  // writing says what is wrong
  std::filesystem::create_directories(path.parent_path(), ignored);
  write_file_atomically(path, print_ui_state(state));
}

}  // namespace phaseloom
