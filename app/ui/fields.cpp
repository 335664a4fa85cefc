// Controls of the scene's values; declared in widgets.hpp.

#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "app/ui/focus.hpp"
#include "app/ui/widgets.hpp"

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

bool slider(UiContext& ctx, const char* id, double& value, const SliderRange& range, float width,
            const char* shown, SliderInput input) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  if (window->SkipItems) return false;
  ImGuiContext& g = *GImGui;
  const ImGuiID item = window->GetID(id);
  const ImVec2 corner = window->DC.CursorPos;
  const ImRect box(corner, {corner.x + width, corner.y + ImGui::GetFrameHeight()});
  ImGui::ItemSize(box);
  const bool seen = ImGui::ItemAdd(box, item, nullptr, ImGuiItemFlags_Inputable);
  const bool focused = focusable(ctx);
  if (!seen) return false;

  ImGui::PushFont(ctx.fonts.mono);
  bool changed = false;
  const bool hovered = ImGui::ItemHoverable(box, item);
  bool typing = ImGui::TempInputIsActive(item);
  if (!typing && hovered && g.IO.MouseClicked[0]) {
    ImGui::SetActiveID(item, window);
    ImGui::SetFocusID(item, window);
    ImGui::FocusWindow(window);
    typing = input == SliderInput::drag_or_type && (g.IO.MouseDoubleClicked[0] || g.IO.KeyCtrl);
  }
  if (focused && !typing && input == SliderInput::drag_or_type && strokes(ctx, "Enter")) {
    g.NavActivateInputId = item;  // then the text field takes the keys at once
    typing = true;
  }
  if (typing) {
    changed = ImGui::TempInputScalar(box, item, id, ImGuiDataType_Double, &value, range.format);
    ImGui::PopFont();
    return changed;
  }
  if (const double moved = focused ? moved_by_keys(ctx, value, range) : value; moved != value) {
    key_gesture(ctx);
    value = moved;
    changed = true;
  }
  const bool held = g.ActiveId == item;
  if (held) {
    if (!g.IO.MouseDown[0]) {
      ImGui::ClearActiveID();
    } else {
      const double moved = from_position((g.IO.MousePos.x - box.Min.x) / width, range);
      // A mere click at the place where the value is already leaves it exactly as it is.
      if (std::abs(to_position(moved, range) - to_position(value, range)) * width >= 0.75) {
        value = moved;
        changed = true;
      }
    }
  }
  const Palette& c = ctx.colours;
  const float rounding = ImGui::GetStyle().FrameRounding;
  ImDrawList& list = *window->DrawList;
  list.AddRectFilled(box.Min, box.Max, hovered || held ? c.hovered : c.raised, rounding);
  const float filled = std::floor(static_cast<float>(to_position(value, range)) * width);
  if (filled >= 1) {
    list.PushClipRect(box.Min, {box.Min.x + filled, box.Max.y}, true);
    list.AddRectFilled(box.Min, box.Max, c.accent_dim, rounding);
    list.PopClipRect();
    // The edge, where it can be taken hold of; else it would only be in the number's way.
    if (hovered || held)
      list.AddLine({box.Min.x + filled - 1, box.Min.y + 2}, {box.Min.x + filled - 1, box.Max.y - 2},
                   c.accent, ctx.px(2));
  }
  char number[48];
  if (!shown) {
    ImFormatString(number, sizeof number, range.format, value);
    shown = number;
  }
  // Where room is short, the value is worth more than its symbol.
  std::string_view whole = shown;
  const auto sign = whole.find("= ");
  if (sign != std::string_view::npos && text_width(ctx.fonts.mono, whole) > width - ctx.px(12))
    whole.remove_prefix(sign + 2);
  const std::string cut = shortened(ctx.fonts.mono, whole, width - ctx.px(12));
  draw_text(list, ctx.fonts.mono,
            {box.Max.x - ctx.px(8) - text_width(ctx.fonts.mono, cut),
             box.Min.y + (box.GetHeight() - ctx.fonts.mono->FontSize) / 2},
            c.text, cut);
  ImGui::PopFont();
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
  follow_gesture(ctx);
  if (changed) {
    value = std::clamp(value, field.min, field.max);
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
  const std::string printed = field.print(ctx.scene);
  const auto label_of = [&](std::size_t i) {
    return i < labels.size() ? std::string(labels[i]) : std::string(field.choices[i]);
  };
  std::string shown = printed;
  for (std::size_t i = 0; i < field.choices.size(); ++i)
    if (field.choices[i] == printed) shown = label_of(i);
  ImGui::SetNextItemWidth(width);
  if (preview) shown = preview;
  shown = shortened(ctx.fonts.text, shown, width - ImGui::GetFrameHeight() - ctx.px(12));
  const bool open = ImGui::BeginCombo("##value", shown.c_str(), ImGuiComboFlags_None);
  if (!open) {
    note_place(ctx, row.field);
    const auto at = std::ranges::find(field.choices, printed) - field.choices.begin();
    if (const auto moved =
            list_keys(ctx, static_cast<int>(at), static_cast<int>(field.choices.size())))
      ctx.session.set(row.field, field.choices[static_cast<std::size_t>(*moved)]);
    hint(ctx, field_help(row));
  }
  if (open) {
    for (std::size_t i = 0; i < field.choices.size(); ++i)
      if (ImGui::Selectable(label_of(i).c_str(), field.choices[i] == printed))
        ctx.session.set(row.field, field.choices[i]);
    ImGui::EndCombo();
  }
  end_row(ctx, row);
}

void natural_row(UiContext& ctx, const FieldRow& row) {
  const SceneField& field = scene_field(row.field);
  const float width = begin_row(ctx, row);
  const std::string printed = field.print(ctx.scene);
  std::uint64_t value = std::strtoull(printed.c_str(), nullptr, 10);
  const std::uint64_t one = 1;
  ImGui::SetNextItemWidth(width);
  const float padding = (ImGui::GetFrameHeight() - ctx.fonts.mono->FontSize) / 2;
  ImGui::PushFont(ctx.fonts.mono);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {ImGui::GetStyle().FramePadding.x, padding});
  const bool changed = ImGui::InputScalar("##value", ImGuiDataType_U64, &value, &one, nullptr,
                                          "%llu", ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::PopStyleVar();
  ImGui::PopFont();
  if (changed) ctx.session.set(row.field, value);
  note_place(ctx, row.field);
  // The text field within, which is what Enter goes to.
  ImGui::PushID("##value");
  const ImGuiID field_item = ImGui::GetID("");
  ImGui::PopID();
  if (focusable(ctx, field_item)) {
    const int by =
        strokes(ctx, "Up") + strokes(ctx, "Right") - strokes(ctx, "Down") - strokes(ctx, "Left");
    if (by > 0 || (by < 0 && value >= static_cast<std::uint64_t>(-by)))
      ctx.session.set(row.field, value + static_cast<std::uint64_t>(by));
    if (strokes(ctx, "Enter")) type_into(field_item);
    focus_hint(ctx, field_help(row));
  }
  hint(ctx, field_help(row));
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
