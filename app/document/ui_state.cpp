// SPDX-License-Identifier: MIT
#include "app/document/ui_state.hpp"

#include <algorithm>
#include <array>

#include "app/document/assets.hpp"
#include "app/document/json_text.hpp"
#include "engine/data/file_kind.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> kQuantities{"intensity", "phase", "rate"};
constexpr std::array<std::string_view, 2> kThemes{"dark", "light"};
constexpr std::array<std::string_view, 3> kWindowModes{"normal", "maximized", "full_screen"};
constexpr std::array<std::string_view, 4> kCompares{"off", "side", "split", "difference"};
constexpr std::array<std::string_view, 3> kCurves{"trace", "portrait", "pair"};

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

void read(const Json& value, bool& out, std::string_view name, std::string_view source) {
  if (!value.is_boolean()) fail("{}: {} should be true or false", source, name);
  out = value.get<bool>();
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

template <class Choice, std::size_t n>
void read(const Json& value, Choice& out, std::string_view name,
          const std::array<std::string_view, n>& choices, std::string_view source) {
  for (std::size_t i = 0; i < n; ++i)
    if (value == choices[i]) {
      out = static_cast<Choice>(i);
      return;
    }
  fail("{}: {} is unknown; use {}", source, name, fmt::join(choices, ", "));
}

/// By workspace; once there was only that of Generate.
void read_zooms(const Json& value, UiState& state, std::string_view source) {
  if (!value.is_object()) return read(value, state.zoom_of(Workspace::generate), source);
  for (const auto& [name, zoom] : value.items()) {
    Workspace workspace{};
    read(Json(name), workspace, "zoom of a workspace", kWorkspaceNames, source);
    read(zoom, state.zoom_of(workspace), source);
  }
}

void read_folds(const Json& value, UiState& state, std::string_view source) {
  if (!value.is_object()) fail("{}: sections should be an object", source);
  for (const auto& [name, fold] : value.items()) {
    Section section{};
    read(Json(name), section, "section", kSectionNames, source);
    read(fold, state.folds[static_cast<std::size_t>(section)], name, kFolds, source);
  }
}

}  // namespace

std::string_view quantity_name(View::Quantity quantity) {
  return kQuantities[static_cast<std::size_t>(quantity)];
}
bool& shown(FlowView& flow, std::string_view part) {
  const auto at = std::ranges::find(kFlowPartNames, part) - kFlowPartNames.begin();
  return flow.*kFlowParts[static_cast<std::size_t>(at)];
}
std::string_view theme_name(Theme theme) { return kThemes[static_cast<std::size_t>(theme)]; }
std::string_view workspace_name(Workspace workspace) {
  return kWorkspaceNames[static_cast<std::size_t>(workspace)];
}
std::string_view compare_name(Compare compare) {
  return kCompares[static_cast<std::size_t>(compare)];
}
std::string_view tool_name(Tool tool) { return kToolNames[static_cast<std::size_t>(tool)]; }
std::string_view curve_name(Curve curve) { return kCurves[static_cast<std::size_t>(curve)]; }

std::string_view stage_name(OnStage what) { return kStageNames[static_cast<std::size_t>(what)]; }
std::string_view section_name(Section section) {
  return kSectionNames[static_cast<std::size_t>(section)];
}
std::string_view fold_name(Fold fold) { return kFolds[static_cast<std::size_t>(fold)]; }

std::string print_ui_state(const UiState& state) {
  Json json;
  json["phaseloom"] = "ui";
  json["version"] = 1;
  json["workspace"] = workspace_name(state.workspace);
  json["view"] = quantity_name(state.view.quantity);
  json["layer"] = state.view.layer;
  for (std::size_t i = 0; i < kWorkspaceNames.size(); ++i) {
    const Zoom& zoom = state.zooms[i];
    json["zoom"][std::string(kWorkspaceNames[i])] = {zoom.factor, zoom.x, zoom.y};
  }
  json["theme"] = theme_name(state.theme);
  json["width"] = state.width;
  json["height"] = state.height;
  if (state.place) json["place"] = *state.place;
  json["window"] = kWindowModes[static_cast<std::size_t>(state.window)];
  json["scale"] = state.scale;
  json["left"] = state.left;
  json["right"] = state.right;
  json["bottom"] = state.bottom;
  json["plots"] = state.plots;
  json["pinned"] = state.pinned;
  json["picked"] = state.picked;
  json["brush"] = state.brush;
  json["tone"] = state.tone;
  json["compare"] = compare_name(state.compare);
  json["divider"] = state.divider;
  json["curve"] = curve_name(state.curve);
  json["partner"] = state.partner;
  json["stage"] = stage_name(state.stage);
  json["trail"] = state.trail;
  Json& flow = json["flow"];
  for (std::size_t i = 0; i < kFlowParts.size(); ++i)
    flow[std::string(kFlowPartNames[i])] = state.flow.*kFlowParts[i];
  json["sections"] = Json::object();
  for (std::size_t i = 0; i < kSectionNames.size(); ++i)
    if (state.folds[i] != Fold::by_room)
      json["sections"][std::string(kSectionNames[i])] = fold_name(state.folds[i]);
  return print_json(json);
}

UiState parse_ui_state(std::string_view text, std::string_view source) {
  const Json json = parse_json_object(text, source);
  if (json.value("phaseloom", Json()) != "ui" || json.value("version", Json()) != 1)
    fail("{}: not a remembered view of version 1", source);
  UiState state;
  for (const auto& [name, value] : json.items()) {
    if (name == "phaseloom" || name == "version") continue;
    if (name == "workspace")
      read(value, state.workspace, name, kWorkspaceNames, source);
    else if (name == "view")
      read(value, state.view.quantity, name, kQuantities, source);
    else if (name == "layer")
      read(value, state.view.layer, name, 0, 63, source);
    else if (name == "zoom")
      read_zooms(value, state, source);
    else if (name == "theme")
      read(value, state.theme, name, kThemes, source);
    else if (name == "width")
      read(value, state.width, name, 320, 8192, source);
    else if (name == "height")
      read(value, state.height, name, 240, 8192, source);
    else if (name == "place")
      read(value, state.place, source);
    else if (name == "window")
      read(value, state.window, name, kWindowModes, source);
    else if (name == "scale")
      read(value, state.scale, name, 0.0, 4.0, source);
    else if (name == "left")
      read(value, state.left, name, 0.0, 8192.0, source);
    else if (name == "right")
      read(value, state.right, name, 0.0, 8192.0, source);
    else if (name == "bottom")
      read(value, state.bottom, name, 0.0, 8192.0, source);
    else if (name == "plots")
      read(value, state.plots, name, 0.0, 8192.0, source);
    else if (name == "pinned")
      read(value, state.pinned, name, -1, 4095, source);
    else if (name == "picked")
      read(value, state.picked, name, -1, 10'000'000, source);
    else if (name == "brush")
      read(value, state.brush, name, 0.0, kMaxBrush, source);
    else if (name == "tone")
      read(value, state.tone, name, 0.0, 1.0, source);
    else if (name == "compare")
      read(value, state.compare, name, kCompares, source);
    else if (name == "divider")
      read(value, state.divider, name, 0.0, 1.0, source);
    else if (name == "curve")
      read(value, state.curve, name, kCurves, source);
    else if (name == "partner")
      read(value, state.partner, name, -1, 10'000'000, source);
    else if (name == "stage")
      read(value, state.stage, name, kStageNames, source);
    else if (name == "trail")
      read(value, state.trail, name, 0.01, 1.0, source);
    else if (name == "trail_shown") {  // of files from before it was one of the stage's
      bool shown = false;
      read(value, shown, name, source);
      if (shown) state.stage = OnStage::trail;
    } else if (name == "flow")
      read(value, state.flow, source);
    else if (name == "sections")
      read_folds(value, state, source);
    else
      fail("{}: {} is unknown; is it misspelt?", source, printable(name));
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
