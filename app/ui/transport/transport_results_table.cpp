// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/document/spoken_names.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/transport/transport_results.hpp"

namespace phaseloom {
namespace {

struct TableColumn {
  const char* name;
  float width;  // of what is in it at most, unscaled
  int rank;     // those of low rank stay where there is no room for all
};
constexpr std::array kColumns{
    TableColumn{"model", 72, 0},         TableColumn{"loss", 62, 0},  TableColumn{"chunks", 44, 1},
    TableColumn{"hidden", 44, 1},        TableColumn{"W₂²", 66, 0},   TableColumn{"× noise", 50, 2},
    TableColumn{"least – most", 140, 4}, TableColumn{"seeds", 40, 5}, TableColumn{"s", 40, 6},
    TableColumn{"kept", 40, 3}};

/// Those that fit, whole, into a table so wide; `spare`: what is left over.
std::vector<std::size_t> columns_within(const UiContext& ctx, float width, float& spare) {
  const ImGuiStyle& style = ImGui::GetStyle();
  std::array<bool, kColumns.size()> taken{};
  spare = width - style.ScrollbarSize - 2 * style.CellPadding.x;
  for (int rank = 0; rank <= 6; ++rank) {
    float wanted = 0;
    for (const TableColumn& column : kColumns)
      if (column.rank == rank) wanted += ctx.px(column.width) + 2 * style.CellPadding.x;
    if (rank > 0 && wanted > spare) break;
    spare -= wanted;
    for (std::size_t c = 0; c < kColumns.size(); ++c) taken[c] |= kColumns[c].rank == rank;
  }
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < kColumns.size(); ++c)
    if (taken[c]) columns.push_back(c);
  return columns;
}

std::string cell_text(const ResultSummary& r, std::size_t column) {
  const bool mlp = r.model == kMlp;
  const auto number = [](double v) {
    return std::isfinite(v) ? fmt::format("{:.5f}", v) : std::string("diverged");
  };
  switch (column) {
    case 0:
      return std::string(spoken_transport_model(r.model));
    case 1:
      return std::string(spoken_loss(r.loss));
    case 2:
      return mlp ? "–" : std::to_string(r.chunks);
    case 3:
      return mlp ? "–" : std::to_string(r.hidden);
    case 4:
      return number(r.w2_squared.median);
    case 5:
      return fmt::format("{:.1f}", r.w2_squared.median / r.floor);
    case 6:
      return r.seeds > 1 ? number(r.w2_squared.least) + " – " + number(r.w2_squared.most) : "";
    case 7:
      return std::to_string(r.seeds);
    case 8:
      return fmt::format("{:.1f}", r.seconds);
    default:
      return r.networks.empty() ? "–" : std::to_string(r.networks.size());
  }
}

void draw_row(UiContext& ctx, const ResultSummary& r, int row,
              const std::vector<std::size_t>& columns, bool is_chosen, bool moved) {
  ImGui::TableNextRow();
  for (std::size_t k = 0; k < columns.size(); ++k) {
    ImGui::TableSetColumnIndex(static_cast<int>(k));
    const std::string words = cell_text(r, columns[k]);
    if (k > 0) {
      text(ctx, columns[k] == 1 ? ctx.fonts.text : ctx.fonts.mono, ctx.colours.text, words);
      continue;
    }
    ImGui::PushID(row);
    if (ImGui::Selectable("##row", is_chosen, ImGuiSelectableFlags_SpanAllColumns))
      show_result(ctx, r);
    hint(ctx, click_help(ctx, r));
    ImGui::PopID();
    if (row < 3) note_place(ctx, fmt::format("result {}", row + 1));
    if (is_chosen && moved) ImGui::SetScrollHereY();
    ImGui::SameLine(0, 0);
    text(ctx, ctx.fonts.text, colour_of(ctx, r.model), words);
  }
}

}  // namespace

void draw_results_table(UiContext& ctx, const Results& results, float height) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  float spare = 0;
  const std::vector<std::size_t> columns = columns_within(ctx, width, spare);
  // Looser where there is room, but no gulf between what belongs together.
  const float looser = std::clamp(spare / static_cast<float>(columns.size()), 0.0f, ctx.px(30));
  const auto set = std::ranges::find(results, set_one(ctx, results));
  int chosen = set == results.end() ? -1 : static_cast<int>(set - results.begin());
  const Box box{{corner.x, corner.y}, {corner.x + width, corner.y + height}};
  bool moved = false;
  if (focusable(ctx, ImGui::GetID("results table"), &box)) {
    if (const auto to = moved_choice(ctx, chosen, static_cast<int>(results.size()))) {
      chosen = *to;
      moved = true;
      show_result(ctx, *results[static_cast<std::size_t>(chosen)]);
    } else if (chosen >= 0 && strokes(ctx, "Enter")) {
      show_large(ctx);
    }
  }
  constexpr auto kFlags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg |
                          ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_PadOuterX;
  if (!ImGui::BeginTable("results table", static_cast<int>(columns.size()), kFlags,
                         {width, height}))
    return;
  ImGui::TableSetupScrollFreeze(0, 1);
  for (const std::size_t c : columns) {
    const bool last = c == columns.back();  // it takes what is left
    ImGui::TableSetupColumn(
        kColumns[c].name,
        last ? ImGuiTableColumnFlags_WidthStretch : ImGuiTableColumnFlags_WidthFixed,
        last ? 1 : ctx.px(kColumns[c].width) + looser);
  }
  ImGui::PushFont(ctx.fonts.caption);
  ImGui::TableHeadersRow();
  ImGui::PopFont();
  ImGuiListClipper clipper;  // words are made for the rows that are seen
  clipper.Begin(static_cast<int>(results.size()));
  if (moved) clipper.ForceDisplayRangeByIndices(chosen, chosen + 1);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      draw_row(ctx, *results[static_cast<std::size_t>(i)], i, columns, i == chosen, moved);
  ImGui::EndTable();
}

}  // namespace phaseloom
