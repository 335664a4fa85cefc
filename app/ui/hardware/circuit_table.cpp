// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/hardware/circuit.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// The row that the keyboard is at.
struct ChunkCursor {
  int row = 0;
  int rows = 0;  ///< that there were in the frame before
};

struct Column {
  std::string name;
  std::string (*text)(const ChunkCheck& chunk);
};

std::string error_text(double error) { return fmt::format("{:.1e}", error); }

/// The last ones go where there is no room.
std::vector<Column> columns_of(const UiContext& ctx, const CircuitSnapshot& circuit) {
  std::vector<Column> all{
      {"rms", [](const ChunkCheck& chunk) { return error_text(chunk.error.rms); }},
      {"median", [](const ChunkCheck& chunk) { return error_text(chunk.error.median); }},
      {"99 %", [](const ChunkCheck& chunk) { return error_text(chunk.error.p99); }},
      {fmt::format("rms at {:.2g}", std::min(0.1, 10 * circuit.request.reltol)),
       [](const ChunkCheck& chunk) { return error_text(chunk.looser_rms); }}};
  // A script's pictures do not depend on the clock.
  if (ctx.session.threaded())
    all.push_back(
        {"s", [](const ChunkCheck& chunk) { return fmt::format("{:.1f}", chunk.seconds); }});
  return all;
}

}  // namespace

void draw_circuit_table(UiContext& ctx, const CircuitSnapshot& circuit, Box area) {
  const auto& chunks = circuit.check->chunks;
  const int rows = static_cast<int>(chunks.size());
  std::vector<Column> columns = columns_of(ctx, circuit);
  const float first = ctx.px(46), least = ctx.px(78);
  const auto fits = static_cast<std::size_t>(std::max(1.0f, (area.width() - first) / least));
  if (columns.size() > fits) columns.resize(fits);
  ImGui::SetCursorScreenPos({area.min.x, area.min.y});
  ChunkCursor& cursor = ctx.kept<ChunkCursor>();
  bool moved = std::exchange(cursor.rows, rows) < rows && circuit.running;
  if (moved) cursor.row = rows - 1;  // the newest one is seen
  cursor.row = std::clamp(cursor.row, 0, std::max(rows - 1, 0));
  const bool focused = focusable(ctx, ImGui::GetID("chunks"), &area);
  if (focused)
    if (const auto to = moved_choice(ctx, cursor.row, rows)) {
      cursor.row = *to;
      moved = true;
    }
  if (ctx.transient.keep_places) ctx.transient.places["chunks"] = area;
  constexpr auto kFlags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg |
                          ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_PadOuterX;
  if (!ImGui::BeginTable("chunks", static_cast<int>(columns.size()) + 1, kFlags,
                         {area.width(), area.height()}))
    return;
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableSetupColumn("chunk", ImGuiTableColumnFlags_WidthFixed, first);
  for (const Column& column : columns)
    ImGui::TableSetupColumn(column.name.c_str(), ImGuiTableColumnFlags_WidthStretch, 1);
  ImGui::PushFont(ctx.fonts.caption);
  ImGui::TableHeadersRow();
  ImGui::PopFont();
  for (int i = 0; i < rows; ++i) {
    const ChunkCheck& chunk = chunks[static_cast<std::size_t>(i)];
    ImGui::TableNextRow();
    ImGui::TableSetColumnIndex(0);
    ImGui::PushID(i);
    ImGui::Selectable("##row", focused && i == cursor.row, ImGuiSelectableFlags_SpanAllColumns);
    ImGui::PopID();
    hint(ctx, fmt::format(
                  "After chunk {}: root of the mean square, median and 99 % of the distances from "
                  "the engine over all units that are simulated, and the first of these where "
                  "ngspice's tolerance is ten times as large: they should shrink with it.",
                  i + 1));
    if (moved && i == cursor.row) ImGui::SetScrollHereY();
    ImGui::SameLine(0, 0);
    text(ctx, ctx.fonts.small, ctx.colours.faint, std::to_string(i + 1));
    for (std::size_t k = 0; k < columns.size(); ++k) {
      ImGui::TableSetColumnIndex(static_cast<int>(k) + 1);
      text(ctx, ctx.fonts.small, ctx.colours.text, columns[k].text(chunk));
    }
  }
  ImGui::EndTable();
}

}  // namespace phaseloom
