// SPDX-License-Identifier: MIT
#pragma once
// What every panel is a function of.

#include <imgui.h>

#include <cmath>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/jobs/card_job.hpp"
#include "app/render/image_wall.hpp"
#include "app/run/chunk_strength.hpp"
#include "app/run/model_facts.hpp"
#include "app/run/trace.hpp"
#include "app/session/session.hpp"
#include "app/ui/toolkit/kept.hpp"
#include "app/ui/toolkit/theme.hpp"

namespace phaseloom {

/// A key that went down.
struct KeyPress {
  int code = 0;  ///< of key_code()
  bool ctrl = false, shift = false, alt = false;
  bool repeated = false;  ///< by being held down
};

/// What lies behind a zone. It is cleared, not drawn: a software rasteriser does that many times as
/// fast.
struct Ground {
  Box box;
  ImU32 colour;
};

/// A plot of this frame whose numbers can be written (plot_export.hpp).
struct OfferedPlot {
  const char* name;   ///< of kPlotNames
  const char* title;  ///< for people
};

struct UiContext;
struct OpenBrowser;  // open_dialog.hpp

/// What is asked before something is lost (question.hpp).
struct Question {
  struct Answer {
    std::string label;
    std::string help;
    std::function<void(UiContext&)> act;
  };
  std::string title, words;
  std::vector<Answer> answers;
  std::function<void(UiContext&)> otherwise;  ///< after "Cancel"; may be empty
};

/// Where the keyboard's focus goes, in this order (focus.hpp).
enum class FocusZone { bar, left, stage, right, below, gaps, dialog };

/// The list of choices that is open (drop_down.hpp).
struct OpenList {
  ImGuiID item = 0;    ///< 0: none is
  int at = 0;          ///< entry that the keys are at
  bool moved = false;  ///< there by a key: to be scrolled to
  bool drawn = false;  ///< in this frame so far
};

/// Text that is being typed into a control (typing.hpp).
struct Typing {
  ImGuiID item = 0;    ///< of the control; 0: nothing is typed
  std::string text;    ///< so far
  bool begun = false;  ///< the text field was drawn
  bool left = false;   ///< a key has led elsewhere: what is there is taken
  int waited = 0;      ///< frames without the keys
};

/// The control that has the keyboard's focus.
struct Focus {
  struct Stop {
    ImGuiID item;
    FocusZone zone;
  };
  ImGuiID item = 0;  ///< that has it, or had it last
  bool on = false;
  Box box{};                        ///< where it is
  bool moved = false;               ///< just now, by a key
  bool gesture = false;             ///< its keys are changing a value: one entry of undo
  OpenList list;                    ///< takes the keys while it is open
  bool dialog = false;              ///< one is open since the frame before
  bool dialog_drawn = false;        ///< one is in this frame
  bool first_of_dialog = false;     ///< a dialog has just opened: its first control takes it
  FocusZone zone = FocusZone::bar;  ///< whose controls are being drawn
  double rest = 0;                  ///< seconds since a key went down
  std::vector<Stop> order, before;  ///< of this frame so far, and of the one before
  std::vector<KeyPress> keys;       ///< of this frame, for the control that has it
};

/// Heights, in pixels, that a lesson's strip takes: of the bar and what is below it, or above the
/// status line.
struct LessonStrip {
  float top = 0, bottom = 0;
  bool operator==(const LessonStrip&) const = default;
};

/// What the window keeps from frame to frame and nobody saves. Nothing in here is part of the
/// experiment.
struct Transient {
  Kept kept;                          ///< of single panels
  double seconds = 0;                 ///< since the window opened, as the host counts them
  float frame_seconds = 0;            ///< since the last frame
  bool moving = false;                ///< the next frame looks different by itself
  std::vector<KeyPress> key_presses;  ///< of this frame
  bool own_key_held = false;          ///< one of those that controls have for themselves
  int text_awaited = 0;  ///< frames that input waits at most until a text field has the keys
  bool help = false;     ///< the list of keys is open
  bool save_prompt = false, open_prompt = false;
  std::string prompt_path;               ///< of either
  std::shared_ptr<OpenBrowser> browser;  ///< of the dialog that opens files
  int sought = -1;                       ///< step that the scrubbing pointer asked for last
  bool wants_quit = false;               ///< a key or the window's frame asked for it
  bool quit = false;                     ///< and nothing speaks against it any more
  std::optional<Question> question;      ///< that waits for an answer
  bool toggle_fullscreen = false;
  bool exporting = false;                                         ///< the export window is open
  std::vector<OfferedPlot> plots_offered;                         ///< of this frame
  std::vector<std::shared_ptr<const void>> held;                  ///< until its end
  std::vector<std::pair<std::string, std::string>> plots_wanted;  ///< name and file
  Focus focus;
  Typing typing;
  WallLayout::Pixel wall_cursor{0, 0, 0};                     ///< where the keyboard is on the wall
  int trail_cursor = -1;                                      ///< and among the dots of the trail
  std::pair<std::shared_ptr<const Model>, ModelFacts> facts;  ///< of the model on the wall
  std::pair<std::shared_ptr<const Program>, std::vector<ChunkStrength>> strengths;
  std::pair<std::vector<std::string>, double> models;  ///< that there are, and when that was seen
  std::string_view unavailable;  ///< why what is being drawn cannot be used; empty: it can
  int kernel_cursor = -1;        ///< and on the coupling kernel: the source there
  float zone_height = 0;         ///< of the zone that is being drawn, unscaled units
  bool may_write = false;        ///< files of its own; a script says itself what is written
  std::map<std::uint64_t, double> message_seen;  ///< id: when it was first shown
  std::set<std::uint64_t> gone_messages;         ///< dismissed
  std::uint64_t dismissed = 0;                   ///< the latest of them
  double hint_seconds = 0;                       ///< how long the pointer has been on ...
  ImGuiID hint_item = 0;                         ///< ... this item
  bool hints_wait = false;                       ///< it was pressed, and has not moved since
  int hovered_lane = -1;                         ///< sample under the pointer in this frame
  WallLayout::Pixel hovered_pixel{-1, 0, 0};
  bool keep_places = false;           ///< tests and lessons find controls by name
  std::map<std::string, Box> places;  ///< of this frame
  std::set<std::string> below;        ///< those that were ever seen in the zone below the stage
  enum class Unfolded { none, left, right };
  Unfolded unfolded = Unfolded::none;  ///< an audience sees that panel: a lesson speaks of it
  LessonStrip strip;                   ///< that the other zones leave free
  float time_top = 0;                  ///< where the zone below the stage begins, in pixels
  std::string scroll_to;               ///< control that is brought into sight when it is drawn next
  TraceStore traces;
  std::vector<Ground> grounds;  ///< of this frame's zones
  /// What OpenGL draws itself within this frame's draw lists; a deque: their addresses must stay.
  std::deque<std::function<void()>> drawings;
  bool laid = false;       ///< plots are being drawn on the stage, not in the inspector
  float laid_end = 0;      ///< where the stage's plot ends
  bool shown_all = false;  ///< by a double click whose second press is still held (zoom.hpp)
};

/// Frame times of the window; 0 when not measured (scripts: pictures must not depend on the clock).
struct FrameTimes {
  double frame_ms = 0;  ///< whole frame
  double ui_ms = 0;     ///< our own part of it
};

struct UiContext {
  Session& session;
  const Snapshot& now;
  const TrainingSnapshot& training;
  const TransportSnapshot& transport;
  const ResultsSnapshot& results;
  const QualitySnapshot& quality;
  const Scene& scene;  ///< what controls show
  UiState& state;
  Transient& transient;
  ImageWall& wall;
  const Palette& colours;
  const Fonts& fonts;
  FrameTimes times;
  Extent framebuffer;
  float scale = 1;
  float fade = 1;  ///< from the step before (0) to this one (1)

  /// What a panel keeps: one object of its own type.
  template <class T>
  T& kept() const {
    return transient.kept.of<T>();
  }
  /// What a part of the session shows, for the rest of this frame: a command that is given
  /// meanwhile may bring another.
  template <class T>
  const T& held(const std::shared_ptr<const T>& snapshot) const {
    transient.held.push_back(snapshot);
    return *snapshot;
  }
  /// Whole pixels of a length in units of the content scale.
  float px(float units) const { return std::round(units * scale); }
};

}  // namespace phaseloom
