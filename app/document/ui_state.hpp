// SPDX-License-Identifier: MIT
#pragma once
// How an experiment is looked at: remembered between starts, not part of the experiment, not
// undone.

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/field/brush.hpp"
#include "engine/support/names.hpp"

namespace phaseloom {

enum class Theme { dark, light };
template <>
struct Names<Theme> {
  static constexpr std::string_view kind = "theme";
  static constexpr std::array<std::string_view, 2> all{"dark", "light"};
};

enum class WindowMode { normal, maximized, full_screen };
template <>
struct Names<WindowMode> {
  static constexpr std::string_view kind = "window";
  static constexpr std::array<std::string_view, 3> all{"normal", "maximized", "full_screen"};
};

enum class Workspace { generate, transport, train, thermo, learn, hardware };
template <>
struct Names<Workspace> {
  static constexpr std::string_view kind = "workspace";
  static constexpr std::array<std::string_view, 6> all{"generate", "transport", "train",
                                                       "thermo",   "learn",     "hardware"};
};

/// How the run is shown beside its ideal twin (ideal_twin.hpp).
enum class Compare {
  off,
  side,        ///< two walls, the ideal one on the left
  split,       ///< one wall, ideal on the left of the divider
  difference,  ///< hardware - ideal
};
template <>
struct Names<Compare> {
  static constexpr std::string_view kind = "comparison";
  static constexpr std::array<std::string_view, 4> all{"off", "side", "split", "difference"};
};
/// What the pointer does to a sample of the wall (touch.hpp).
enum class Tool { look, stir, erase, hold };
template <>
struct Names<Tool> {
  static constexpr std::string_view kind = "tool";
  static constexpr std::array<std::string_view, 4> all{"look", "stir", "erase", "hold"};
};

inline constexpr double kMaxBrush = 14;  ///< pixels
/// What the inspector draws of the picked unit.
enum class Curve {
  trace,     ///< state over time
  portrait,  ///< state and its rate of change
  pair,      ///< state and that of its partner
};
template <>
struct Names<Curve> {
  static constexpr std::string_view kind = "curve";
  static constexpr std::array<std::string_view, 3> all{"trace", "portrait", "pair"};
};

/// What takes the stage of Generate: the wall, a plot of the inspector, or the energy-quality
/// trail.
enum class OnStage { wall, order, energy, histogram, curve, kernel, trail };
template <>
struct Names<OnStage> {
  static constexpr std::string_view kind = "stage";
  static constexpr std::array<std::string_view, 7> all{"wall",  "order",  "energy", "histogram",
                                                       "curve", "kernel", "trail"};
};

/// Parts of the zones that fold away.
enum class Section {
  model,
  caption,
  hardware,
  trail,
  noise,
  time,
  wall,
  cost,
  kernel,
  network,
  facts
};
template <>
struct Names<Section> {
  static constexpr std::string_view kind = "section";
  static constexpr std::array<std::string_view, 11> all{"model",  "caption", "hardware", "trail",
                                                        "noise",  "time",    "wall",     "cost",
                                                        "kernel", "network", "facts"};
};
enum class Fold { by_room, open, closed };
template <>
struct Names<Fold> {
  static constexpr std::string_view kind = "fold";
  static constexpr std::array<std::string_view, 3> all{"by_room", "open", "closed"};
};

/// What the wall shows: a quantity of one layer.
struct View {
  enum class Quantity {
    intensity,  ///< read-out pixel
    phase,      ///< state: an angle (hue), or a voltage
    rate,       ///< time derivative of the state
  };
  Quantity quantity = Quantity::intensity;
  int layer = 0;  ///< 0: visible; k: hidden layer k. The model may have fewer: clamp when drawing
  bool operator==(const View&) const = default;
};
template <>
struct Names<View::Quantity> {
  static constexpr std::string_view kind = "quantity";
  static constexpr std::array<std::string_view, 3> all{"intensity", "phase", "rate"};
};

/// How much of a wall or plane is seen: it is `factor` times as large as the whole would be, and
/// the place (x, y), in shares of its width and height from the top left, is in the middle of the
/// view.
struct Zoom {
  static constexpr double kMost = 64;
  double factor = 1;  ///< 1: the whole, wherever (x, y) is
  double x = 0.5, y = 0.5;
  bool operator==(const Zoom&) const = default;
};

/// Parts of the Transport stage, in the order of FlowView's switches.
inline constexpr std::array<std::string_view, 8> kFlowPartNames{
    "source", "target", "paths", "field", "tracers", "density", "row", "results"};
/// What the Transport stage shows, and when.
struct FlowView {
  double time = 1;  ///< of the points' way: 0 the source, 1 the end
  bool playing = true;
  bool source = true, target = true, paths = true, field = false, tracers = false, density = false;
  bool row = false;      ///< the compared models side by side
  bool results = false;  ///< the grid of experiments instead of the plane
  // A point of one's own among the source.
  bool probed = false;
  double probe_x = 0, probe_y = 0;
  bool operator==(const FlowView&) const = default;
};

/// The part of that name, which the command flow.show knows.
bool& shown(FlowView& flow, std::string_view part);

/// What the Thermo stage shows, and when.
struct ThermoView {
  enum class Shown {
    visible,  ///< states of the units that are read out
    hidden,   ///< of the others
    force,    ///< −∂V/∂x on the visible units
    fields,   ///< couplings of each hidden unit to the picture
  };
  enum class Source {
    model,     ///< thermo.model
    training,  ///< what was trained here last
    other,     ///< what the other rule has made beside it, if both were asked for
  };
  double time = 1;  ///< of the run: 0 is noise, 1 the picture
  bool playing = true;
  Shown shown = Shown::visible;
  Source source = Source::model;
  int prototype = 0;  ///< whose noising is seen
  int sample = 0;     ///< of the wall, that is seen enlarged
  int picked = -1;    ///< unit that is followed; -1: none
  bool operator==(const ThermoView&) const = default;
};
template <>
struct Names<ThermoView::Shown> {
  static constexpr std::string_view kind = "view";
  static constexpr std::array<std::string_view, 4> all{"visible", "hidden", "force", "fields"};
};
template <>
struct Names<ThermoView::Source> {
  static constexpr std::string_view kind = "source";
  static constexpr std::array<std::string_view, 3> all{"model", "training", "other"};
};

/// What the canvas of the playground shows.
struct PlaygroundView {
  /// What the pointer does there.
  enum class Tool { move, couple, add, turn, remove };
  Tool tool = Tool::move;
  std::vector<int> picked;  ///< units that are selected, in the order in which they were
  bool operator==(const PlaygroundView&) const = default;
};
template <>
struct Names<PlaygroundView::Tool> {
  static constexpr std::string_view kind = "tool";
  static constexpr std::array<std::string_view, 5> all{"move", "couple", "add", "turn", "remove"};
};

/// What a hand does to the field of the Learn workspace.
struct FieldView {
  Disturbance brush = Disturbance::vortex;
  double radius = 20;  ///< in places
  bool operator==(const FieldView&) const = default;
};

/// What the Hardware workspace shows.
struct DesignView {
  enum class Page {
    costs,    ///< of the design on the wall
    sweep,    ///< many designs
    chips,    ///< many devices of the design
    circuit,  ///< the design as a circuit simulator sees it
  };
  /// What the maps of a sweep are cut by beside bits and density.
  enum class Slice { model, weight_noise, mismatch, trained };
  Page page = Page::costs;
  std::string folder;  ///< of the sweep that is shown; empty: none
  // The rest is not remembered.
  std::array<int, 4> slice{};  ///< by Slice: which of its values, clamped when drawn
  int mismatch = 0;            ///< which of the chips' mismatches; 0: chips.mismatch itself
  bool operator==(const DesignView&) const = default;
};
template <>
struct Names<DesignView::Page> {
  static constexpr std::string_view kind = "page";
  static constexpr std::array<std::string_view, 4> all{"costs", "sweep", "chips", "circuit"};
};
template <>
struct Names<DesignView::Slice> {
  static constexpr std::string_view kind = "slice";
  static constexpr std::array<std::string_view, 4> all{"model", "weight_noise", "mismatch",
                                                       "trained"};
};

/// For an audience: how large the type is.
enum class Presenting { off, large, huge };
template <>
struct Names<Presenting> {
  static constexpr std::string_view kind = "size";
  static constexpr std::array<std::string_view, 3> all{"off", "150", "200"};
};
/// Times the usual size.
constexpr double presenting_scale(Presenting presenting) {
  return presenting == Presenting::huge ? 2 : presenting == Presenting::large ? 1.5 : 1;
}

/// The lesson that is taken, and how far each was.
struct LessonView {
  std::string open;  ///< its name; empty: none
  int step = 0;      ///< of it, that is shown, from 0
  /// Steps of each lesson that were passed.
  std::map<std::string, int> passed;
  std::string language;  ///< "de"; empty: the system's
  bool operator==(const LessonView&) const = default;
};

struct UiState {
  Workspace workspace = Workspace::generate;
  View view;
  std::array<Zoom, kCountOf<Workspace>> zooms;  ///< of what is on each workspace's stage
  Theme theme = Theme::dark;
  int width = 1440;  ///< of the window, in pixels
  int height = 900;
  std::optional<std::array<int, 2>> place;  ///< of its top left corner on the desktop, if known
  WindowMode window = WindowMode::normal;   ///< size and place are those that it goes back to
  double scale = 0;  ///< content scale, 0.5..4; 0: the monitor's (1 off-screen)
  // Splitters, in units of the content scale.
  double left = 280;       ///< controls
  double right = 300;      ///< inspector
  double bottom = 120;     ///< timeline
  double plots = 420;      ///< curves of the training
  int pinned = -1;         ///< lane that stays enlarged; -1: none
  int picked = -1;         ///< unit whose inspector is open; -1: none
  Tool tool = Tool::look;  ///< not remembered: nobody expects the first click to erase
  double brush = 2;        ///< its radius in pixels
  double tone = 1;         ///< what held pixels read as: 0 black, 1 white
  Compare compare = Compare::off;
  double divider = 0.5;  ///< of the split wall, as a share of its width
  Curve curve = Curve::trace;
  int partner =
      -1;  ///< unit whose state the picked one's is drawn against; -1: its strongest source
  OnStage stage = OnStage::wall;
  std::array<Fold, kCountOf<Section>> folds{};  ///< by Section
  double trail = 1;  ///< share of the run after which a portrait's trail has faded
  FlowView flow;
  ThermoView thermo;          ///< not remembered: each start shows a run from its beginning
  PlaygroundView playground;  ///< not remembered: units come and go
  LessonView lesson;
  DesignView hardware;
  FieldView field;                          ///< not remembered
  Presenting presenting = Presenting::off;  ///< not remembered

  const Zoom& zoom_of(Workspace which) const { return zooms[static_cast<std::size_t>(which)]; }
  Zoom& zoom_of(Workspace which) { return zooms[static_cast<std::size_t>(which)]; }
  /// Of what is on the stage.
  const Zoom& zoom() const { return zoom_of(workspace); }
  bool operator==(const UiState&) const = default;
};

std::string print_ui_state(const UiState& state);
/// Throws Error like parse_scene().
UiState parse_ui_state(std::string_view json, std::string_view source);
/// $XDG_CONFIG_HOME/phaseloom/ui.json or ~/.config/phaseloom/ui.json; empty where neither is known.
std::filesystem::path ui_state_path();
/// The remembered state. A missing file is the default; so is a damaged one, with what is wrong in
/// `problem`.
UiState load_ui_state(const std::filesystem::path& path, std::string& problem);
/// Does nothing where the path is empty.
void save_ui_state(const std::filesystem::path& path, const UiState& state);

}  // namespace phaseloom
