// SPDX-License-Identifier: MIT
// Controls of the scene's values; declared in widgets.hpp.

#include <fmt/format.h>
#include <fmt/printf.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/commands/experiment_verbs.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/typing.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

double to_position(double value, const SliderRange& range) {
  const double t = std::clamp((value - range.min) / (range.max - range.min), 0.0, 1.0);
  return std::pow(t, 1 / range.curve);
}

double from_position(double t, const SliderRange& range) {
  const double value =
      range.min + (range.max - range.min) * std::pow(std::clamp(t, 0.0, 1.0), range.curve);
  if (range.step <= 0) return value;
  return std::clamp(std::round(value / range.step) * range.step, range.min, range.max);
}

/// Where the keys lead to from a value: arrows by a step that is seen, pages by ten of them.
double moved_by_keys(const UiContext& ctx, double value, const SliderRange& range) {
  constexpr double kStep = 0.01, kPage = 0.1;  // of the bar
  const auto net = [&](const char* up, const char* down) {
    return strokes(ctx, up) - strokes(ctx, down);
  };
  const int steps = net("Right", "Left") + net("Up", "Down"), pages = net("PageUp", "PageDown");
  if (strokes(ctx, "Home")) return range.min;
  if (strokes(ctx, "End")) return range.max;
  if (steps == 0 && pages == 0) return value;
  const double wanted =
      from_position(to_position(value, range) + kStep * steps + kPage * pages, range);
  const double least = value + (steps + pages > 0 ? 1 : -1) * range.step;
  const bool up = steps + pages > 0;
  return std::clamp(up ? std::max(wanted, least) : std::min(wanted, least), range.min, range.max);
}

}  // namespace

void follow_gesture(UiContext& ctx) {
  if (ImGui::IsItemActivated()) ctx.session.begin_gesture();
  if (ImGui::IsItemDeactivated()) ctx.session.end_gesture();
}

namespace {

/// The slider as a bar with its number at the right end.
void draw_bar(UiContext& ctx, const Box& box, double position, bool lit, std::string_view shown) {
  const Palette& c = ctx.colours;
  const float rounding = ImGui::GetStyle().FrameRounding, width = box.width();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({box.min.x, box.min.y}, {box.max.x, box.max.y}, lit ? c.hovered : c.raised,
                     rounding);
  const float filled = std::floor(static_cast<float>(position) * width);
  if (filled >= 1) {
    const float edge = box.min.x + filled;
    list.PushClipRect({box.min.x, box.min.y}, {edge, box.max.y}, true);
    list.AddRectFilled({box.min.x, box.min.y}, {box.max.x, box.max.y}, c.accent_dim, rounding);
    list.PopClipRect();
    // The edge, where it can be taken hold of; else it would only be in the number's way.
    if (lit)
      list.AddLine({edge - 1, box.min.y + 2}, {edge - 1, box.max.y - 2}, c.accent, ctx.px(2));
  }
  // Where room is short, the value is worth more than its symbol.
  ImFont* font = ctx.fonts.mono;
  const auto sign = shown.find("= ");
  if (sign != std::string_view::npos && text_width(font, shown) > width - ctx.px(12))
    shown.remove_prefix(sign + 2);
  const std::string cut = shortened(font, shown, width - ctx.px(12));
  draw_text(list, font,
            {box.max.x - ctx.px(8) - text_width(font, cut),
             box.min.y + (box.height() - font->FontSize) / 2},
            c.text, cut);
}

/// What was typed into a number's place; true if it is a number, which `value` then is.
bool type_number(UiContext& ctx, ImGuiID item, double& value, float width) {
  const auto typed = type_in_place(ctx, item, width, ctx.fonts.mono);
  if (!typed) return false;
  char* end = nullptr;
  // A single comma is the decimal point of many languages.
  std::string written = typed->text;
  if (std::ranges::count(written, ',') == 1 && written.find('.') == std::string::npos)
    std::ranges::replace(written, ',', '.');
  const double number = std::strtod(written.c_str(), &end);
  if (end == written.c_str() || !std::isfinite(number)) {
    if (typed->entered)
      ctx.session.tell(
          Message::Level::warning,
          fmt::format("{} is no number; the value stays as it was", printable(typed->text)));
    return false;
  }
  value = number;
  return true;
}

/// Of the slider that was pressed last: a double click gives back what its first press has changed,
/// and goes on with its gesture, of which nothing is left then.
struct PressedSlider {
  ImGuiID item = 0;
  double before = 0;
};

}  // namespace

bool slider(UiContext& ctx, const char* id, double& value, const SliderRange& range, float width,
            const char* shown, SliderInput input) {
  const ImGuiID item = ImGui::GetID(id);
  const bool can_type = input == SliderInput::drag_or_type;
  if (typing(ctx, item)) {
    if (!ctx.transient.typing.begun) ctx.session.end_gesture();  // of the press that led here
    return type_number(ctx, item, value, width);
  }
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const Box box{{corner.x, corner.y}, {corner.x + width, corner.y + ImGui::GetFrameHeight()}};
  ImGui::InvisibleButton(id, {std::max(width, 1.0f), box.height()});
  const bool focused = focusable(ctx);
  const bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
  const ImGuiIO& io = ImGui::GetIO();
  const bool again = can_type && hovered && ImGui::IsMouseDoubleClicked(0);
  const bool by_mouse = again || (can_type && hovered && ImGui::IsMouseClicked(0) && io.KeyCtrl);
  bool changed = false;
  PressedSlider& last = ctx.kept<PressedSlider>();
  if (ImGui::IsItemActivated())
    ctx.session.post(verbs::gesture, again && last.item == item ? "again" : "begin");
  if (ImGui::IsItemDeactivated()) ctx.session.end_gesture();
  if (again && last.item == item && value != last.before) {
    value = last.before;
    changed = true;
  }
  if (ImGui::IsItemActivated() && !again) last = {item, value};
  if (by_mouse || (can_type && focused && strokes(ctx, "Enter")))
    begin_typing(ctx, item, fmt::sprintf(range.format, value));
  if (const double moved = focused ? moved_by_keys(ctx, value, range) : value; moved != value) {
    key_gesture(ctx);
    value = moved;
    changed = true;
  }
  if (held && !by_mouse) {
    const double moved = from_position((io.MousePos.x - box.min.x) / width, range);
    // A mere click at the place where the value is already leaves it exactly as it is.
    if (std::abs(to_position(moved, range) - to_position(value, range)) * width >= 0.75) {
      value = moved;
      changed = true;
    }
  }
  const std::string number = shown ? shown : fmt::sprintf(range.format, value);
  draw_bar(ctx, box, to_position(value, range), hovered || held, number);
  return changed;
}

std::string field_help(const FieldRow& row) {
  std::string help(scene_field(row.field).help);
  if (row.symbol) help += fmt::format("\nIn the equations: {}", row.symbol);
  return help;
}

float begin_row(UiContext& ctx, const FieldRow& row) {
  const SceneField& field = scene_field(row.field);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = ImGui::GetFrameHeight();
  const float label_width =
      std::floor(std::clamp(width * 0.4f, std::min(ctx.px(102), width * 0.5f), ctx.px(150)));
  ImGui::PushID(row.field);
  ImGui::InvisibleButton("label", {std::max(label_width, 1.0f), height});
  hint(ctx, field_help(row));
  const std::string_view label = row.label ? std::string_view(row.label) : field.label;
  draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.text,
            {at.x, at.y + (height - ctx.fonts.text->FontSize) / 2}, ctx.colours.faint, label,
            label_width - ctx.px(4));
  ImGui::SameLine(0, 0);
  const float ideal_width = row.ideal ? height + ctx.px(2) : 0;
  return std::max(width - label_width - ideal_width, ctx.px(30));
}

void end_row(UiContext& ctx, const FieldRow& row) {
  if (row.ideal) {
    ImGui::SameLine(0, ctx.px(2));
    const bool already = print_field(ctx.scene, row.field) == row.ideal;
    const std::string help = already ? "Is ideal already." : "Back to the ideal value.";
    const bool clicked = icon_button(ctx, "ideal", Icon::reset, ImGui::GetFrameHeight(), help, {},
                                     {.enabled = !already, .frame = false});
    if (clicked) ctx.session.set(row.field, row.ideal);
    note_place(ctx, std::string(row.field) + " ideal");
  }
  ImGui::PopID();
}

void slider_row(UiContext& ctx, const FieldRow& row, const SliderRange& range, const char* shown) {
  const SceneField& field = scene_field(row.field);
  const float width = begin_row(ctx, row);
  const std::string printed = field.print(ctx.scene);
  double value = std::strtod(printed.c_str(), nullptr);
  const bool changed = slider(ctx, "value", value, range, width, shown);
  note_place(ctx, row.field);
  if (changed) {
    const double asked = value;
    value = std::clamp(asked, field.min, field.max);
    if (value != asked)
      ctx.session.tell(Message::Level::warning,
                       fmt::format("{} goes from {:g} to {:g}; it is {:g} now, not {:g}",
                                   field.label, field.min, field.max, value, asked));
    if (field.kind == SceneField::Kind::integer)
      ctx.session.set(row.field, static_cast<std::int64_t>(std::llround(value)));
    else
      ctx.session.set(row.field, value);
  }
  hint(ctx, field_help(row) + "\nDrag; double-click to type.");
  end_row(ctx, row);
}

void choice_row(UiContext& ctx, const FieldRow& row, std::span<const char* const> labels,
                const char* preview) {
  const SceneField& field = scene_field(row.field);
  const float width = begin_row(ctx, row);
  const auto at = std::ranges::find(field.choices, field.print(ctx.scene)) - field.choices.begin();
  std::vector<std::string> entries;
  for (std::size_t i = 0; i < field.choices.size(); ++i)
    entries.emplace_back(i < labels.size() ? labels[i] : field.choices[i]);
  const std::string help = field_help(row);
  if (const auto taken = drop_down(ctx, {.name = row.field,
                                         .entries = entries,
                                         .chosen = static_cast<int>(at),
                                         .shown = preview ? preview : "",
                                         .width = width,
                                         .help = help}))
    ctx.session.set(row.field, field.choices[static_cast<std::size_t>(*taken)]);
  end_row(ctx, row);
}

void natural_row(UiContext& ctx, const FieldRow& row) {
  const SceneField& field = scene_field(row.field);
  const std::string help = field_help(row);
  const float whole = begin_row(ctx, row);
  const std::string printed = field.print(ctx.scene);
  const std::uint64_t value = std::strtoull(printed.c_str(), nullptr, 10);
  const float height = ImGui::GetFrameHeight(), gap = ImGui::GetStyle().ItemInnerSpacing.x;
  const float width = std::max(whole - 2 * (height + gap), ctx.px(30));
  std::string text = printed;
  text_field(ctx, "number", text, width, ctx.fonts.mono);
  if (text != printed && !typing(ctx, ImGui::GetID("number"))) ctx.session.set(row.field, text);
  note_place(ctx, row.field);
  hint(ctx, help + "\nClick to type.");
  std::int64_t by = 0;
  if (ImGui::GetID("number") == ctx.transient.focus.item && ctx.transient.focus.on)
    by = strokes(ctx, "Up") + strokes(ctx, "Right") - strokes(ctx, "Down") - strokes(ctx, "Left");
  for (const auto& [label, step] : {std::pair{"-", -1}, std::pair{"+", 1}}) {
    ImGui::SameLine(0, gap);
    if (text_button(ctx, fmt::format("{} {}", row.field, label).c_str(), label,
                    step < 0 ? "One less." : "One more.", {}, height))
      by += step;
  }
  if (by > 0 || (by < 0 && value >= static_cast<std::uint64_t>(-by)))
    ctx.session.set(row.field, value + static_cast<std::uint64_t>(by));
  end_row(ctx, row);
}

bool check_box(UiContext& ctx, const char* name, bool& value) {
  const bool clicked = ImGui::Checkbox("##value", &value);
  note_place(ctx, name);
  if (clicked || !(focusable(ctx) && pushed(ctx))) return clicked;
  value = !value;
  return true;
}

void check_row(UiContext& ctx, const FieldRow& row) {
  const SceneField& field = scene_field(row.field);
  begin_row(ctx, row);
  bool value = field.print(ctx.scene) == "true";
  if (check_box(ctx, row.field, value)) ctx.session.set(row.field, value);
  hint(ctx, field_help(row));
  end_row(ctx, row);
}

}  // namespace phaseloom
