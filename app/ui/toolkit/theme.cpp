// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/theme.hpp"

#include <cmath>
#include <filesystem>
#include <initializer_list>
#include <string>

namespace phaseloom {
namespace {

constexpr ImU32 rgb(unsigned hex, unsigned alpha = 255) {
  return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, alpha);
}

constexpr Palette kDark{
    .back = rgb(0x0f1114),
    .panel = rgb(0x191c20),
    .raised = rgb(0x262a30),
    .hovered = rgb(0x323840),
    .line = rgb(0x333941),
    .text = rgb(0xe4e7eb),
    .faint = rgb(0x9aa3ad),
    .disabled = rgb(0x5d656f),
    .accent = rgb(0x5eb1ff),
    .accent_dim = rgb(0x2b5278),
    .on_accent = rgb(0x0b1622),
    .warning = rgb(0xf0b34a),
    .error = rgb(0xff6f61),
};

constexpr Palette kLight{
    .back = rgb(0xd5d8dc),
    .panel = rgb(0xf4f5f7),
    .raised = rgb(0xe2e5e9),
    .hovered = rgb(0xd3d8de),
    .line = rgb(0xc3c9d0),
    .text = rgb(0x15191e),
    .faint = rgb(0x525c67),
    .disabled = rgb(0x9aa2ab),
    .accent = rgb(0x0b63c5),
    .accent_dim = rgb(0xa9cdf4),
    .on_accent = rgb(0xffffff),
    .warning = rgb(0x8a5600),
    .error = rgb(0xb3261e),
};

ImVec4 vec(ImU32 colour) { return ImGui::ColorConvertU32ToFloat4(colour); }

/// Basic Latin to Latin-1, Greek, punctuation, super- and subscripts, arrows, mathematics.
const ImWchar kGlyphs[] = {0x0020, 0x00ff, 0x0370, 0x03ff, 0x2010, 0x2027, 0x2030, 0x203a, 0x2070,
                           0x209f, 0x2190, 0x21ff, 0x2200, 0x22ff, 0x25a0, 0x25ff, 0};

ImFont* first_font(std::initializer_list<const char*> paths, float size) {
  for (const char* path : paths) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) continue;
    ImFontConfig config;
    config.OversampleH = 2;
    config.OversampleV = 1;
    config.PixelSnapH = true;
    if (ImFont* font = ImGui::GetIO().Fonts->AddFontFromFileTTF(path, size, &config, kGlyphs))
      return font;
  }
  return nullptr;
}

}  // namespace

const Palette& palette(Theme theme) { return theme == Theme::dark ? kDark : kLight; }

ImU32 faded(ImU32 colour, float opacity) {
  const auto alpha = static_cast<float>(colour >> IM_COL32_A_SHIFT) * opacity;
  return (colour & ~IM_COL32_A_MASK) | (static_cast<ImU32>(alpha + 0.5f) << IM_COL32_A_SHIFT);
}

ImU32 mixed(ImU32 a, ImU32 b, float t) {
  const ImVec4 p = vec(a), q = vec(b);
  return ImGui::ColorConvertFloat4ToU32(
      {p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t, p.z + (q.z - p.z) * t, p.w + (q.w - p.w) * t});
}

Fonts load_fonts(float scale, bool& found) {
  constexpr const char* kInter = "/usr/share/fonts/opentype/inter/Inter-Regular.otf";
  constexpr const char* kInterStrong = "/usr/share/fonts/opentype/inter/Inter-SemiBold.otf";
  constexpr const char* kSans = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
  constexpr const char* kSansStrong = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf";
  constexpr const char* kMono = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf";
  const auto size = [scale](float pixels) { return std::round(pixels * scale); };

  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  Fonts fonts;
  fonts.text = first_font({kInter, kSans}, size(16));
  fonts.strong = first_font({kInterStrong, kSansStrong}, size(16));
  fonts.mono = first_font({kMono}, size(14));
  fonts.small = first_font({kMono}, size(12));
  fonts.caption = first_font({kInter, kSans}, size(13));
  found = fonts.caption && fonts.text && fonts.strong && fonts.mono && fonts.small;
  if (!found) {
    ImFontConfig config;
    config.SizePixels = size(13);
    ImFont* own = atlas.AddFontDefault(&config);
    for (ImFont** font : {&fonts.text, &fonts.strong, &fonts.mono, &fonts.small, &fonts.caption})
      if (!*font) *font = own;
  }
  ImGui::GetIO().FontDefault = fonts.text;
  return fonts;
}

void apply_style(Theme theme, float scale) {
  const Palette& p = palette(theme);
  ImGuiStyle style;
  style.WindowPadding = {12, 10};
  style.FramePadding = {8, 4};
  style.ItemSpacing = {8, 6};
  style.ItemInnerSpacing = {6, 4};
  style.CellPadding = {6, 3};
  style.ScrollbarSize = 10;
  style.GrabMinSize = 10;
  style.WindowRounding = 0;
  style.ChildRounding = 0;
  style.PopupRounding = 5;
  style.FrameRounding = 4;
  style.GrabRounding = 4;
  style.ScrollbarRounding = 5;
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.DisabledAlpha = 0.45f;
  style.AntiAliasedLinesUseTex = true;
  style.ScaleAllSizes(scale);
  style.PopupBorderSize = 1;

  ImVec4* c = style.Colors;
  const ImVec4 none{0, 0, 0, 0};
  c[ImGuiCol_Text] = vec(p.text);
  c[ImGuiCol_TextDisabled] = vec(p.faint);
  c[ImGuiCol_WindowBg] = vec(p.back);
  c[ImGuiCol_ChildBg] = vec(p.panel);
  c[ImGuiCol_PopupBg] = vec(mixed(p.panel, p.raised, 0.5f));
  c[ImGuiCol_Border] = vec(p.line);
  c[ImGuiCol_BorderShadow] = none;
  c[ImGuiCol_FrameBg] = vec(p.raised);
  c[ImGuiCol_FrameBgHovered] = vec(p.hovered);
  c[ImGuiCol_FrameBgActive] = vec(p.hovered);
  c[ImGuiCol_ScrollbarBg] = none;
  c[ImGuiCol_ScrollbarGrab] = vec(p.line);
  c[ImGuiCol_ScrollbarGrabHovered] = vec(p.disabled);
  c[ImGuiCol_ScrollbarGrabActive] = vec(p.faint);
  c[ImGuiCol_CheckMark] = vec(p.accent);
  c[ImGuiCol_SliderGrab] = vec(p.accent);
  c[ImGuiCol_SliderGrabActive] = vec(p.accent);
  c[ImGuiCol_Button] = vec(p.raised);
  c[ImGuiCol_ButtonHovered] = vec(p.hovered);
  c[ImGuiCol_ButtonActive] = vec(p.accent_dim);
  c[ImGuiCol_TableHeaderBg] = vec(p.raised);
  c[ImGuiCol_TableBorderStrong] = c[ImGuiCol_TableBorderLight] = vec(p.line);
  c[ImGuiCol_TableRowBg] = none;
  c[ImGuiCol_TableRowBgAlt] = vec(faded(p.raised, 0.5f));
  c[ImGuiCol_Header] = vec(p.accent_dim);
  c[ImGuiCol_HeaderHovered] = vec(p.hovered);
  c[ImGuiCol_HeaderActive] = vec(p.accent_dim);
  c[ImGuiCol_Separator] = vec(p.line);
  c[ImGuiCol_TextSelectedBg] = vec(p.accent_dim);
  c[ImGuiCol_ModalWindowDimBg] = vec(faded(rgb(0x000000), 0.5f));
  ImGui::GetStyle() = style;
}

}  // namespace phaseloom
