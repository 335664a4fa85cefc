// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/widgets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/view_verbs.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/imgui_versions.hpp"

namespace phaseloom {
namespace {
constexpr double kRest = 0.45;  // seconds until a hint shows
constexpr float kHintWidth = 340;

/// The next hint lies below the item submitted last, or above it where the window ends; beside it
/// if it is tall. What is as wide and as tall as that has its hint at the pointer.
void place_beside_item(UiContext& ctx) {
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  const auto window_width = static_cast<float>(ctx.framebuffer.width);
  const auto window_height = static_cast<float>(ctx.framebuffer.height);
  const float gap = ctx.px(8), room = ctx.px(kHintWidth);
  if (high.y - low.y <= ctx.px(60)) {
    const bool above = low.y + high.y > window_height;
    const bool left = pointer.x + room > window_width;
    ImGui::SetNextWindowPos({pointer.x, above ? low.y - gap : high.y + gap}, ImGuiCond_Always,
                            {left ? 1.0f : 0.0f, above ? 1.0f : 0.0f});
    return;
  }
  const bool at_right = high.x + gap + room <= window_width, at_left = low.x - gap - room >= 0;
  if (!at_right && !at_left) return;
  const bool upwards = pointer.y > window_height / 2;
  ImGui::SetNextWindowPos({at_right ? high.x + gap : low.x - gap, pointer.y}, ImGuiCond_Always,
                          {at_right ? 0.0f : 1.0f, upwards ? 1.0f : 0.0f});
}
}  // namespace

void hint_at_once(UiContext& ctx, std::string_view text) {
  if (!ImGui::IsItemHovered() || focus_rests(ctx) || ImGui::IsMouseDown(0)) return;
  ctx.transient.hint_item = last_item();
  ctx.transient.hint_seconds = kRest;
  show_hint(ctx, text);
}

void focus_hint(UiContext& ctx, std::string_view text, std::string_view keys) {
  if (text.empty() || !focus_rests(ctx)) return;
  // Beside the control, towards the middle of the window.
  const Box& box = ctx.transient.focus.box;
  const auto [width, height] = ctx.framebuffer;
  const bool low = box.min.y + box.max.y > static_cast<float>(height);
  const bool right = box.min.x + box.max.x > static_cast<float>(width);
  ImGui::SetNextWindowPos(
      {right ? box.max.x : box.min.x, low ? box.min.y - ctx.px(6) : box.max.y + ctx.px(6)},
      ImGuiCond_Always, {right ? 1.0f : 0.0f, low ? 1.0f : 0.0f});
  show_hint(ctx, text, {}, keys);
}

void hint(UiContext& ctx, std::string_view text, std::string_view keys) {
  const Focus& focus = ctx.transient.focus;
  if (focus.on && focus.item != 0 && focus.item == last_item() && focus_rests(ctx))
    return focus_hint(ctx, text, keys);
  if (text.empty() || !ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
  if (focus_rests(ctx)) return;  // one hint at a time
  Transient& t = ctx.transient;
  const ImGuiID item = last_item() ? last_item() : ImGui::GetID(text.data());
  if (t.hint_item != item) {
    t.hint_item = item;
    t.hint_seconds = 0;
  }
  t.hint_seconds += 2 * t.frame_seconds;  // the frame takes one off again
  if (t.hint_seconds < kRest || t.hints_wait) return;
  place_beside_item(ctx);
  if (t.unavailable.empty()) return show_hint(ctx, text, {}, keys);
  show_hint(ctx, fmt::format("{}\nNot now: {}.", text, t.unavailable), {}, keys);
}

void show_hint(UiContext& ctx, std::string_view text, std::optional<ImVec2> at,
               std::string_view keys) {
  if (at) ImGui::SetNextWindowPos({at->x + ctx.px(10), at->y + ctx.px(10)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ctx.px(10), ctx.px(7)});
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(ctx.px(320));
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  note_place(ctx, "hint");
  if (!keys.empty()) {
    ImGui::PushFont(ctx.fonts.mono);
    ImGui::TextColored(ImGui::ColorConvertU32ToFloat4(ctx.colours.accent), "%.*s",
                       static_cast<int>(keys.size()), keys.data());
    ImGui::PopFont();
  }
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

void note_place(UiContext& ctx, std::string_view name) {
  if (!ctx.transient.keep_places) return;
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  ctx.transient.places[std::string(name)] = {{low.x, low.y}, {high.x, high.y}};
  if (ctx.transient.focus.zone == FocusZone::below) ctx.transient.below.emplace(name);
  if (ctx.transient.scroll_to == name) {
    const ImDrawList& list = *ImGui::GetWindowDrawList();
    if (low.y < list.GetClipRectMin().y || high.y > list.GetClipRectMax().y)
      ImGui::SetScrollHereY(0.5f);
    ctx.transient.scroll_to.clear();
  }
}

// --- text ------------------------------------------------------------------

float text_width(ImFont* font, std::string_view text) {
  return font->CalcTextSizeA(font->FontSize, 1e9f, 0, text.data(), text.data() + text.size()).x;
}

std::string shortened(ImFont* font, std::string_view text, float max_width) {
  if (text_width(font, text) <= max_width) return std::string(text);
  const float room = max_width - text_width(font, "…");
  std::size_t end = text.size();
  while (end > 0 && text_width(font, text.substr(0, end)) > room) {
    --end;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  }
  return std::string(text.substr(0, end)) + "…";
}

void text(const UiContext&, ImFont* font, ImU32 colour, std::string_view words) {
  ImGui::PushFont(font);
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::TextUnformatted(words.data(), words.data() + words.size());
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

float draw_text(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 colour, std::string_view words,
                float max_width) {
  const std::string cut = max_width > 0 ? shortened(font, words, max_width) : std::string(words);
  list.AddText(font, font->FontSize, {std::floor(at.x), std::floor(at.y)}, colour, cut.c_str());
  return text_width(font, cut);
}

void draw_numbers_line(UiContext& ctx, std::span<const NamedNumber> numbers, ImVec2 corner,
                       float width, float height, float taken) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float x = corner.x + width;
  for (const NamedNumber& part : numbers) {
    const float own =
        text_width(ctx.fonts.mono, part.value) + ctx.px(6) + text_width(ctx.fonts.text, part.name);
    if (x - own < corner.x + taken + ctx.px(12)) break;
    x -= text_width(ctx.fonts.mono, part.value);
    draw_text(list, ctx.fonts.mono, {x, corner.y + (height - ctx.fonts.mono->FontSize) / 2},
              ctx.colours.text, part.value);
    x -= text_width(ctx.fonts.text, part.name) + ctx.px(6);
    draw_text(list, ctx.fonts.text, {x, corner.y + (height - ctx.fonts.text->FontSize) / 2},
              ctx.colours.faint, part.name);
    x -= ctx.px(20);
  }
}

void fact(UiContext& ctx, std::string_view name, std::string_view value,
          std::string_view explanation) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = ctx.px(20);
  ImGui::PushID(name.data(), name.data() + name.size());
  ImGui::InvisibleButton("fact", {std::max(width, 1.0f), height});
  ImGui::PopID();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float name_width =
      draw_text(list, ctx.fonts.text, {at.x, at.y + (height - ctx.fonts.text->FontSize) / 2},
                ctx.colours.faint, name);
  const float room = width - name_width - ctx.px(10);
  const std::string cut = shortened(ctx.fonts.mono, value, room);
  draw_text(list, ctx.fonts.mono,
            {at.x + width - text_width(ctx.fonts.mono, cut),
             at.y + (height - ctx.fonts.mono->FontSize) / 2},
            ctx.colours.text, cut);
  std::string full(explanation);
  if (cut != value) full = full.empty() ? std::string(value) : fmt::format("{}: {}", value, full);
  hint(ctx, full);
}

float cell_width(const UiContext& ctx, const char* name, const std::string& value) {
  return std::max(text_width(ctx.fonts.caption, name), text_width(ctx.fonts.mono, value));
}

float draw_cell(UiContext& ctx, ImVec2 at, float height, const char* name, const std::string& value,
                ImU32 colour, std::string_view help) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = cell_width(ctx, name, value);
  const float top =
      at.y + (height - ctx.fonts.caption->FontSize - ctx.fonts.mono->FontSize - ctx.px(1)) / 2;
  draw_text(list, ctx.fonts.caption, {at.x, top}, ctx.colours.faint, name);
  draw_text(list, ctx.fonts.mono, {at.x, top + ctx.fonts.caption->FontSize + ctx.px(1)}, colour,
            value);
  ImGui::SetCursorScreenPos(at);
  ImGui::PushID(name);
  ImGui::InvisibleButton("cell", {width, height});
  ImGui::PopID();
  note_place(ctx, name);
  hint(ctx, help);
  return width;
}

void heading(UiContext& ctx, std::string_view title) {
  const bool first = ImGui::GetCursorPosY() <= ImGui::GetStyle().WindowPadding.y + 1;
  if (!first) ImGui::Dummy({0, ctx.px(6)});
  text(ctx, ctx.fonts.strong, ctx.colours.text, title);
}

bool section(UiContext& ctx, Section which, std::string_view title, float room, float right_width) {
  const bool first = ImGui::GetCursorPosY() <= ImGui::GetStyle().WindowPadding.y + 1;
  if (!first) ImGui::Dummy({0, ctx.px(6)});
  const Fold fold = ctx.state.folds[static_cast<std::size_t>(which)];
  const bool open =
      fold == Fold::open || (fold == Fold::by_room && ctx.transient.zone_height >= room);
  const std::string name(name_of(which));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x - right_width;
  const float height = ctx.fonts.strong->FontSize + ctx.px(2);
  ImGui::PushID(name.c_str());
  bool clicked = ImGui::InvisibleButton("section", {std::max(width, 1.0f), height});
  ImGui::PopID();
  note_place(ctx, "section " + name);
  if (focusable(ctx) && pushed(ctx)) clicked = true;
  if (clicked) ctx.session.post(verbs::section, name, name_of(open ? Fold::closed : Fold::open));
  const ImU32 ink = ImGui::IsItemHovered() ? ctx.colours.text : ctx.colours.faint;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float r = ctx.px(3.5f), x = at.x + r, y = std::floor(at.y + height / 2);
  if (open)
    list.AddTriangleFilled({x - r, y - r / 2}, {x + r, y - r / 2}, {x, y + r}, ink);
  else
    list.AddTriangleFilled({x - r / 2, y - r}, {x + r, y}, {x - r / 2, y + r}, ink);
  draw_text(list, ctx.fonts.strong, {at.x + ctx.px(14), at.y}, ctx.colours.text, title,
            width - ctx.px(14));
  hint(ctx, open ? "Folds this part away." : "Shows this part.");
  return open;
}

void go_beside_section(float up) {
  ImGui::SetCursorScreenPos({ImGui::GetItemRectMax().x + ImGui::GetStyle().ItemSpacing.x,
                             ImGui::GetItemRectMin().y - up});
}

// --- buttons ---------------------------------------------------------------

namespace {

struct ButtonState {
  ImVec2 min, max;
  ImU32 ink;
  bool clicked;
};

ButtonState button_base(UiContext& ctx, const char* id, ImVec2 size, const ButtonLook& look) {
  ButtonState state;
  state.min = ImGui::GetCursorScreenPos();
  state.max = {state.min.x + size.x, state.min.y + size.y};
  state.clicked =
      ImGui::InvisibleButton(id, {std::max(size.x, 1.0f), std::max(size.y, 1.0f)}) && look.enabled;
  note_place(ctx, id);
  if (look.enabled && focusable(ctx) && pushed(ctx)) state.clicked = true;
  const bool hovered = look.enabled && ImGui::IsItemHovered();
  const bool held = look.enabled && ImGui::IsItemActive();
  const Palette& c = ctx.colours;
  const ImU32 fill = look.chosen ? c.accent : held ? c.accent_dim : hovered ? c.hovered : c.raised;
  if (look.chosen || held || hovered || look.frame)
    ImGui::GetWindowDrawList()->AddRectFilled(
        state.min, state.max, look.enabled || look.chosen ? fill : faded(fill, 0.5f),
        ImGui::GetStyle().FrameRounding);
  state.ink = look.chosen ? c.on_accent : look.enabled ? c.text : c.disabled;
  return state;
}

}  // namespace

bool icon_button(UiContext& ctx, const char* id, Icon icon, float size, std::string_view help,
                 std::string_view keys, ButtonLook look) {
  const ButtonState b = button_base(ctx, id, {size, size}, look);
  draw_icon(
      *ImGui::GetWindowDrawList(), icon,
      {std::floor((b.min.x + b.max.x) / 2) + 0.5f, std::floor((b.min.y + b.max.y) / 2) + 0.5f},
      std::floor(size * 0.5f), b.ink);
  hint(ctx, help, keys);
  return b.clicked;
}

float text_button_width(const UiContext& ctx, std::string_view label) {
  return text_width(ctx.fonts.text, label) + ctx.px(20);
}

bool text_button(UiContext& ctx, const char* id, std::string_view label, std::string_view help,
                 ButtonLook look, float width) {
  const ImVec2 size{width > 0 ? width : text_button_width(ctx, label), ImGui::GetFrameHeight()};
  const ButtonState b = button_base(ctx, id, size, look);
  const std::string cut = shortened(ctx.fonts.text, label, size.x - ctx.px(6));
  draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.text,
            {b.min.x + (size.x - text_width(ctx.fonts.text, cut)) / 2,
             b.min.y + (size.y - ctx.fonts.text->FontSize) / 2},
            b.ink, cut);
  hint(ctx, help);
  return b.clicked;
}

std::optional<int> segmented(UiContext& ctx, const char* id, std::span<const Choice> choices,
                             int chosen, float width) {
  std::optional<int> clicked;
  if (choices.empty()) return clicked;
  ImGui::PushID(id);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetFrameHeight();
  const float rounding = ImGui::GetStyle().FrameRounding;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(corner, {corner.x + width, corner.y + height}, ctx.colours.raised, rounding);
  // Room in proportion to the words, the rest shared out.
  float words = 0;
  for (const Choice& choice : choices) words += text_width(ctx.fonts.text, choice.label);
  const float spare = std::max(0.0f, width - words) / static_cast<float>(choices.size());
  float x = corner.x;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const Choice& choice = choices[i];
    const bool last = i + 1 == choices.size();
    const float own = text_width(ctx.fonts.text, choice.label);
    const float right = last ? corner.x + width : std::floor(x + own + spare);
    const float w = std::max(right - x, 1.0f);
    ImGui::SetCursorScreenPos({x, corner.y});
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::InvisibleButton("choice", {std::max(w, 1.0f), height}) && choice.enabled)
      clicked = static_cast<int>(i);
    ImGui::PopID();
    note_place(ctx, choice.label);
    const bool on = static_cast<int>(i) == chosen;
    const bool over = choice.enabled && ImGui::IsItemHovered();
    if (on || over)
      list.AddRectFilled({x, corner.y}, {x + w, corner.y + height},
                         on ? ctx.colours.accent : ctx.colours.hovered, rounding);
    const ImU32 ink = on               ? ctx.colours.on_accent
                      : choice.enabled ? ctx.colours.text
                                       : ctx.colours.disabled;
    const std::string cut = shortened(ctx.fonts.text, choice.label, w - ctx.px(4));
    draw_text(list, ctx.fonts.text,
              {x + (w - text_width(ctx.fonts.text, cut)) / 2,
               corner.y + (height - ctx.fonts.text->FontSize) / 2},
              ink, cut);
    hint(ctx, choice.help);
    x = right;
  }
  const Box whole{{corner.x, corner.y}, {corner.x + width, corner.y + height}};
  if (focusable(ctx, ImGui::GetID("choices"), &whole)) {
    if (const auto moved = moved_choice(ctx, chosen, static_cast<int>(choices.size()));
        moved && choices[static_cast<std::size_t>(*moved)].enabled)
      clicked = moved;
    if (chosen >= 0) focus_hint(ctx, choices[static_cast<std::size_t>(chosen)].help);
  }
  ImGui::PopID();
  return clicked;
}

}  // namespace phaseloom
