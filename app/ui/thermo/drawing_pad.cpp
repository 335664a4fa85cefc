// SPDX-License-Identifier: MIT
#include "app/ui/thermo/drawing_pad.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

constexpr const char* kField = "thermo.drawings";
constexpr int kSide = ThermoDrawing::kSide;
constexpr std::size_t kMostBefore = 200;

std::vector<ThermoDrawing> drawings_of(const UiContext& ctx) {
  return parse_thermo_drawings(ctx.scene.thermo.drawings, kField);
}

/// The draft goes on; a place whose draft was dropped or taken begins with what is there.
void open_pad(UiContext& ctx, const std::vector<ThermoDrawing>& drawings, std::size_t place) {
  DrawingPad& pad = ctx.kept<DrawingPad>();
  pad.open = static_cast<int>(place);
  pad.last.reset();
  pad.erases = false;
  if (std::exchange(pad.draft().begun, true)) return;
  pad.draft().picture = place < drawings.size() ? drawings[place] : ThermoDrawing();
  pad.draft().before.clear();
}

void close_pad(DrawingPad& pad) {
  pad.draft() = {};
  pad.open = -1;
}

void paint(ImDrawList& list, const ThermoDrawing& drawing, Box box) {
  list.AddRectFilled({box.min.x, box.min.y}, {box.max.x, box.max.y},
                     map_colour(ColourMap::grey, 0));
  // Borders on whole pixels, or seams show between cells of one colour.
  const auto x_of = [&](int x) {
    return std::round(box.min.x + box.width() * static_cast<float>(x) / kSide);
  };
  const auto y_of = [&](int y) {
    return std::round(box.min.y + box.height() * static_cast<float>(y) / kSide);
  };
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      const std::uint8_t level = drawing.levels[static_cast<std::size_t>(y * kSide + x)];
      if (level == 0) continue;
      list.AddRectFilled({x_of(x), y_of(y)}, {x_of(x + 1), y_of(y + 1)},
                         map_colour(ColourMap::grey, double(level) / ThermoDrawing::kInk));
    }
}

void note_stroke(DrawingPad::Draft& draft) {
  if (draft.before.size() == kMostBefore) draft.before.erase(draft.before.begin());
  draft.before.push_back(draft.picture);
}

/// A stroke that changed nothing is none to take back.
void forget_idle_stroke(DrawingPad::Draft& draft) {
  if (!draft.before.empty() && draft.before.back() == draft.picture) draft.before.pop_back();
}

void follow_pointer(DrawingPad& pad, Box box) {
  const bool right = ImGui::IsMouseDown(ImGuiMouseButton_Right);
  const bool held = ImGui::IsItemActive() && (right || ImGui::IsMouseDown(ImGuiMouseButton_Left));
  DrawingPad::Draft& draft = pad.draft();
  if (!held) {
    if (pad.last) forget_idle_stroke(draft);
    return pad.last.reset();
  }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float cell = box.width() / kSide;
  const Point at{(mouse.x - box.min.x) / cell, (mouse.y - box.min.y) / cell};
  if (!pad.last) note_stroke(draft);
  brush_stroke(draft.picture, pad.last.value_or(at), at, pad.erases || right);
  pad.last = pad.cursor = at;
}

/// Arrows lead the brush, Space presses it.
void follow_keys(UiContext& ctx, DrawingPad& pad) {
  const auto by = [&](std::string_view more, std::string_view less) {
    return static_cast<float>(strokes(ctx, more) - strokes(ctx, less));
  };
  pad.cursor.x =
      std::clamp(std::floor(pad.cursor.x) + 0.5f + by("Right", "Left"), 0.5f, float(kSide) - 0.5f);
  pad.cursor.y =
      std::clamp(std::floor(pad.cursor.y) + 0.5f + by("Down", "Up"), 0.5f, float(kSide) - 0.5f);
  if (strokes(ctx, "Space") == 0) return;
  note_stroke(pad.draft());
  brush_stroke(pad.draft().picture, pad.cursor, pad.cursor, pad.erases);
  forget_idle_stroke(pad.draft());
}

void draw_brush(UiContext& ctx, ImDrawList& list, Box box, Point at) {
  const float cell = box.width() / kSide;
  list.PushClipRect({box.min.x, box.min.y}, {box.max.x, box.max.y}, true);
  list.AddCircle({box.min.x + at.x * cell, box.min.y + at.y * cell}, 2 * cell, ctx.colours.accent,
                 32, std::max(1.0f, ctx.px(1.5f)));
  list.PopClipRect();
}

/// True if it has the keys, and Enter was pressed.
bool draw_pad(UiContext& ctx, DrawingPad& pad, Box area) {
  const float room = std::min(area.width(), area.height());
  if (room < kSide) return false;
  const float side = std::floor(room / kSide) * kSide;
  const Point corner{std::floor(area.min.x + (area.width() - side) / 2), area.min.y};
  const Box box{corner, {corner.x + side, corner.y + side}};
  ImGui::SetCursorScreenPos({corner.x, corner.y});
  ImGui::InvisibleButton("pad", {side, side},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
  note_place(ctx, "pad");
  follow_pointer(pad, box);
  const bool focused = focusable(ctx);
  if (focused) follow_keys(ctx, pad);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  paint(list, pad.draft().picture, box);
  list.AddRect({box.min.x - 1, box.min.y - 1}, {box.max.x + 1, box.max.y + 1}, ctx.colours.line);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float cell = side / kSide;
  if (ImGui::IsItemHovered() || ImGui::IsItemActive())
    draw_brush(ctx, list, box, {(mouse.x - box.min.x) / cell, (mouse.y - box.min.y) / cell});
  else if (focused)
    draw_brush(ctx, list, box, pad.cursor);
  if (!focused) return false;
  focus_hint(ctx, "Arrows lead the brush, Space presses it, Enter takes the drawing.");
  return strokes(ctx, "Enter") > 0;
}

void clear_pad(DrawingPad::Draft& draft) {
  note_stroke(draft);
  draft.picture = {};
  forget_idle_stroke(draft);
}

bool is_blank(const ThermoDrawing& drawing) { return drawing == ThermoDrawing(); }

/// Goes to the next line where there is no room for it.
bool button(UiContext& ctx, const char* id, const char* label, const char* help, ButtonLook look) {
  const float width = text_width(ctx.fonts.text, label) + ctx.px(20);
  if (ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();
  const bool clicked = text_button(ctx, id, label, help, look);
  ImGui::SameLine(0, ctx.px(6));
  return clicked;
}

/// What is on the pad is no prototype any more, nor a draft.
void take_out(UiContext& ctx, DrawingPad& pad) {
  auto drawings = drawings_of(ctx);
  drawings.erase(drawings.begin() + pad.open);
  close_pad(pad);
  ctx.session.set(kField, print_thermo_drawings(drawings));
}

/// What ends the drawing.
enum class PadEnd { none, take, cancel, take_out };

PadEnd draw_tools(UiContext& ctx, DrawingPad& pad) {
  static const Choice tools[] = {
      {"Draw", "The left button draws; the right one erases in any case.", true},
      {"Erase", "The left button erases, too.", true}};
  if (const auto taken = segmented(ctx, "pad tool", tools, pad.erases ? 1 : 0, ctx.px(118)))
    pad.erases = *taken == 1;
  ImGui::SameLine(0, ctx.px(6));
  if (button(ctx, "clear pad", "Clear", "An empty pad. Ctrl+Z brings back what was there.",
             {.enabled = !is_blank(pad.draft().picture)}))
    clear_pad(pad.draft());
  const bool ready = flaw_of(pad.draft().picture).empty();
  const bool take = button(ctx, "take drawing", "Done", "Takes what you have drawn as a prototype.",
                           {.enabled = ready, .chosen = ready});
  const bool cancel =
      button(ctx, "cancel drawing", "Cancel",
             "Drops what you have drawn; the prototypes are as they were. Escape leaves the pad, "
             "and keeps it until you come back.",
             {});
  const auto drawings = drawings_of(ctx);
  const auto place = static_cast<std::size_t>(pad.open);
  const bool others = drawings.size() > 1 || ctx.scene.thermo.digits != kNoPrototypes;
  const bool out = button(ctx, "take out drawing", "Take out",
                          others ? "This drawing is no prototype any more."
                                 : "It is the only prototype: choose a digit first.",
                          {.enabled = place < drawings.size() && others});
  ImGui::NewLine();
  return take ? PadEnd::take : cancel ? PadEnd::cancel : out ? PadEnd::take_out : PadEnd::none;
}

/// A place of a drawing: empty ones say that something can be drawn there.
bool draw_place(UiContext& ctx, const char* name, const ThermoDrawing* drawing, bool enabled,
                bool chosen, float side) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  bool clicked = ImGui::InvisibleButton(name, {std::max(side, 1.0f), std::max(side, 1.0f)});
  note_place(ctx, name);
  clicked = (clicked || (enabled && focusable(ctx) && pushed(ctx))) && enabled;
  const bool hovered = enabled && ImGui::IsItemHovered();
  const Palette& c = ctx.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Box box{{at.x, at.y}, {at.x + side, at.y + side}};
  const float rounding = ImGui::GetStyle().FrameRounding;
  if (drawing) {
    paint(list, *drawing, box);
  } else {
    const ImU32 fill = hovered ? c.hovered : c.raised;
    list.AddRectFilled(at, {box.max.x, box.max.y}, enabled ? fill : faded(fill, 0.5f), rounding);
    const float x = std::floor(at.x + side / 2) + 0.5f, y = std::floor(at.y + side / 2) + 0.5f;
    const float arm = std::floor(side / 6), thick = std::max(1.0f, ctx.px(1.5f));
    const ImU32 ink = enabled ? c.text : c.disabled;
    list.AddLine({x - arm, y}, {x + arm + 1, y}, ink, thick);
    list.AddLine({x, y - arm}, {x, y + arm + 1}, ink, thick);
  }
  if (chosen || (hovered && drawing))
    list.AddRect({at.x - 1, at.y - 1}, {box.max.x + 1, box.max.y + 1}, chosen ? c.accent : c.text,
                 rounding, 0, std::max(1.0f, ctx.px(1.5f)));
  return clicked;
}

}  // namespace

void draw_drawing_places(UiContext& ctx, float side, float gap) {
  const DrawingPad& pad = ctx.kept<DrawingPad>();
  const auto drawings = drawings_of(ctx);
  for (std::size_t k = 0; k < kMaxThermoDrawings; ++k) {
    if (k > 0) ImGui::SameLine(0, gap);
    const bool there = k < drawings.size();
    const std::string name = "drawing place " + std::to_string(k + 1);
    const bool clicked = draw_place(ctx, name.c_str(), there ? &drawings[k] : nullptr,
                                    k <= drawings.size(), pad.open == static_cast<int>(k), side);
    hint(ctx, there ? fmt::format("Is a prototype: {}. A click opens it, to be changed or taken "
                                  "out.",
                                  drawn_name(k))
              : k == drawings.size()
                  ? std::string("A click opens a pad: draw a prototype of your own, beside the "
                                "digits or instead of them.")
                  : std::string("Room for another drawing, once the one before is there."));
    if (clicked) open_pad(ctx, drawings, k);
  }
}

void draw_pad_stage(UiContext& ctx) {
  DrawingPad& pad = ctx.kept<DrawingPad>();
  const ImVec2 corner = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const Point limit{corner.x + room.x, corner.y + room.y};
  PadEnd end = draw_tools(ctx, pad);
  const Box area{{corner.x, ImGui::GetCursorScreenPos().y + ctx.px(4)}, limit};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = ctx.fonts.text->FontSize + ctx.px(6);
  const bool ready = flaw_of(pad.draft().picture).empty();
  draw_text(list, ctx.fonts.text, {area.min.x, area.min.y}, ctx.colours.faint,
            fmt::format("{}: {}", drawn_name(static_cast<std::size_t>(pad.open)),
                        ready ? "Done takes it, Ctrl+Z takes the last stroke back."
                              : "draw what is to be learnt; right button erases."),
            area.width());
  const bool entered = draw_pad(ctx, pad, {{area.min.x, area.min.y + line}, area.max});
  // Enter is Done wherever the keys are, unless a control has it for itself.
  const Focus& focus = ctx.transient.focus;
  const bool free = !focus.on && !focus.dialog && !ImGui::GetIO().WantTextInput;
  if (entered || (free && pressed(ctx, "Enter"))) end = PadEnd::take;
  if (end == PadEnd::take) finish_pad(ctx);
  if (end == PadEnd::cancel) close_pad(pad);
  if (end == PadEnd::take_out) take_out(ctx, pad);
}

void finish_pad(UiContext& ctx) {
  DrawingPad& pad = ctx.kept<DrawingPad>();
  if (!pad.is_open()) return;
  if (const auto flaw = flaw_of(pad.draft().picture); !flaw.empty()) {
    ctx.session.tell(Message::Level::warning,
                     fmt::format("This drawing {}; a few strokes would be right", flaw));
    return;
  }
  auto drawings = drawings_of(ctx);
  const auto place = std::min(static_cast<std::size_t>(pad.open), drawings.size());
  if (place == drawings.size()) drawings.emplace_back();
  drawings[place] = pad.draft().picture;
  ctx.session.set(kField, print_thermo_drawings(drawings));
  close_pad(pad);
}

void take_back_pad_stroke(UiContext& ctx) {
  DrawingPad& pad = ctx.kept<DrawingPad>();
  if (!pad.is_open() || pad.draft().before.empty()) return;
  pad.draft().picture = pad.draft().before.back();
  pad.draft().before.pop_back();
}

}  // namespace phaseloom
