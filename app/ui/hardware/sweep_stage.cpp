// SPDX-License-Identifier: MIT
// Quality over bits and density, and energy beside it; a click puts a cell on the wall.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "app/document/si_text.hpp"
#include "app/ui/hardware/hardware_look.hpp"
#include "app/ui/hardware/stage_notice.hpp"
#include "app/ui/hardware/sweep.hpp"
#include "app/ui/toolkit/colour_bar.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// What a map shows of its cells, on a logarithmic scale: both range over decades.
struct Measure {
  const char* title;
  const char* note;
  double low, high;
  double (*value)(const SweepMap::Cell& cell);
  std::string (*text)(double value);
  std::string (*short_text)(double value);  ///< where that has no room
  double share(double v) const {
    return high > low ? std::log(v / low) / std::log(high / low) : 0.5;
  }
};

/// The cell that the keyboard is at, of either map.
struct MapCursor {
  std::size_t row = 0, column = 0;
};

struct Grid {
  Box box;  ///< of the cells
  std::size_t rows, columns;
  Box cell(std::size_t row, std::size_t column) const {
    const auto x = [&](std::size_t i) {
      return std::floor(box.min.x +
                        box.width() * static_cast<float>(i) / static_cast<float>(columns));
    };
    const auto y = [&](std::size_t i) {
      return std::floor(box.min.y +
                        box.height() * static_cast<float>(i) / static_cast<float>(rows));
    };
    return {{x(column), y(row)}, {x(column + 1) - 1, y(row + 1) - 1}};
  }
};

/// Not known yet: hatched; failed: crossed.
void draw_without_number(UiContext& ctx, ImDrawList& list, Box box, bool failed) {
  const Palette& c = ctx.colours;
  list.AddRectFilled({box.min.x, box.min.y}, {box.max.x, box.max.y},
                     mixed(c.panel, c.raised, 0.6f));
  list.PushClipRect({box.min.x, box.min.y}, {box.max.x, box.max.y}, true);
  const float thin = std::max(1.0f, ctx.px(1));
  if (failed) {
    list.AddLine({box.min.x, box.min.y}, {box.max.x, box.max.y}, c.error, thin);
    list.AddLine({box.min.x, box.max.y}, {box.max.x, box.min.y}, c.error, thin);
  } else {
    for (float x = box.min.x - box.height(); x < box.max.x; x += ctx.px(8))
      list.AddLine({x, box.max.y}, {x + box.height(), box.min.y}, faded(c.line, 0.8f), thin);
  }
  list.PopClipRect();
}

void draw_cell_of(UiContext& ctx, ImDrawList& list, Box box, const SweepMap::Cell& cell,
                  const Measure& measure) {
  const double value = measure.value(cell);
  if (!(value > 0)) return draw_without_number(ctx, list, box, cell.failed > 0);
  const ImU32 colour =
      map_colour(ColourMap::magnitude, 0.12 + 0.8 * std::clamp(measure.share(value), 0.0, 1.0));
  list.AddRectFilled({box.min.x, box.min.y}, {box.max.x, box.max.y}, colour);
  std::string words = measure.text(value);
  if (text_width(ctx.fonts.small, words) + ctx.px(4) > box.width())
    words = measure.short_text(value);
  const float width = text_width(ctx.fonts.small, words);
  if (width + ctx.px(4) <= box.width() && ctx.fonts.small->FontSize <= box.height())
    draw_text(list, ctx.fonts.small,
              {(box.min.x + box.max.x - width) / 2,
               (box.min.y + box.max.y - ctx.fonts.small->FontSize) / 2},
              ink_on(colour), words);
}

/// The whole sweep page's maps share the pointer's and the keyboard's cell.
void draw_map(UiContext& ctx, const SweepView& view, Box area, const Measure& measure,
              const char* name) {
  const Palette& c = ctx.colours;
  const SweepMap& map = view.map;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float caption = ctx.fonts.caption->FontSize, digits = ctx.fonts.small->FontSize;
  draw_text(list, ctx.fonts.strong, {area.min.x, area.min.y}, c.text, measure.title, area.width());
  float top = area.min.y + ctx.fonts.strong->FontSize + ctx.px(2);
  draw_text(list, ctx.fonts.caption, {area.min.x, top}, c.faint, measure.note, area.width());
  top += caption + ctx.px(6);
  const float left = area.min.x + text_width(ctx.fonts.small, "float") + ctx.px(8);
  const float bottom = area.max.y - digits - caption - ctx.px(22);
  const Grid grid{{{left, top}, {area.max.x, bottom}}, map.bits.size(), map.densities.size()};
  if (grid.box.width() < ctx.px(40) || grid.box.height() < ctx.px(30)) return;

  ImGui::SetCursorScreenPos({left, top});
  const bool clicked = ImGui::InvisibleButton(name, {grid.box.width(), grid.box.height()});
  const bool focused = focusable(ctx);
  note_place(ctx, name);
  const bool hovered = ImGui::IsItemHovered();
  MapCursor& cursor = ctx.kept<MapCursor>();
  cursor.row = std::min(cursor.row, grid.rows - 1);
  cursor.column = std::min(cursor.column, grid.columns - 1);
  const auto moved = [&](std::size_t at, int by, std::size_t count) {
    return static_cast<std::size_t>(
        std::clamp(static_cast<int>(at) + by, 0, static_cast<int>(count) - 1));
  };
  if (focused) {
    cursor.row = moved(cursor.row, strokes(ctx, "Down") - strokes(ctx, "Up"), grid.rows);
    cursor.column =
        moved(cursor.column, strokes(ctx, "Right") - strokes(ctx, "Left"), grid.columns);
  }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const SweepMap::Cell* pointed = nullptr;
  for (std::size_t row = 0; row < grid.rows; ++row)
    for (std::size_t column = 0; column < grid.columns; ++column) {
      const Box box = grid.cell(row, column);
      const SweepMap::Cell& cell = map.at(row, column);
      draw_cell_of(ctx, list, box, cell, measure);
      const bool under = hovered && box.contains({mouse.x, mouse.y});
      const bool at_keys = focused && row == cursor.row && column == cursor.column;
      if (under || (at_keys && !hovered)) pointed = &cell;
      const bool shown = std::ranges::any_of(
          cell.places, [&](std::size_t i) { return on_wall(ctx, view.sweep->table->places[i]); });
      if (under || at_keys || shown)
        list.AddRect({box.min.x, box.min.y}, {box.max.x, box.max.y}, shown ? c.accent : c.text, 0,
                     0, std::max(1.0f, ctx.px(shown ? 2 : 1.5f)));
    }
  if (pointed) {
    const std::string help = cell_help(ctx, view, pointed->places);
    if (hovered)
      hint_at_once(ctx, help);
    else
      focus_hint(ctx, help);
    if ((clicked || (focused && pushed(ctx))) && !pointed->places.empty())
      show_cell(ctx, view.sweep->table->places[pointed->places.front()]);
  }

  for (std::size_t row = 0; row < grid.rows; ++row) {
    const Box box = grid.cell(row, 0);
    const std::string words =
        map.bits[row] == 0 ? std::string("float") : fmt::format("{}", map.bits[row]);
    draw_text(list, ctx.fonts.small,
              {left - ctx.px(6) - text_width(ctx.fonts.small, words),
               (box.min.y + box.max.y - digits) / 2},
              c.faint, words);
  }
  for (std::size_t column = 0; column < grid.columns; ++column) {
    const Box box = grid.cell(0, column);
    const std::string words = fmt::format("{:.3g}", map.densities[column]);
    const float width = text_width(ctx.fonts.small, words);
    if (width <= box.width())
      draw_text(list, ctx.fonts.small, {(box.min.x + box.max.x - width) / 2, bottom + ctx.px(3)},
                c.faint, words);
  }
  const char* const axes = "bits ↑  density →";
  const float foot = area.max.y - caption - ctx.px(3);
  float taken = 0;
  if (measure.high > measure.low) {
    const ColourBar bar{ColourMap::magnitude, measure.text(measure.low), measure.text(measure.high),
                        ""};
    const float colours = ctx.px(area.width() > ctx.px(260) ? 90 : 44);
    draw_colour_bar(ctx, list, {area.max.x, foot + caption / 2}, colours, bar);
    taken = colour_bar_width(ctx, bar, colours) + ctx.px(12);
  }
  if (text_width(ctx.fonts.caption, axes) + taken < area.width())
    draw_text(list, ctx.fonts.caption, {area.min.x, foot}, c.faint, axes);
}

void draw_invitation(UiContext& ctx, Box area) {
  float y = area.min.y + std::max(ctx.px(16), area.height() * 0.5f - ctx.px(120));
  centred(ctx, ctx.fonts.strong, ctx.colours.text, "Nothing has been swept yet", area, y);
  y += ctx.px(6);
  const SweepSetup& setup = ctx.scene.sweep;
  const std::size_t cells = setup.models.size() * setup.bits.size() * setup.densities.size() *
                            setup.weight_noises.size() * setup.mismatches.size() *
                            (setup.way == SweepWay::both ? 2 : 1);
  centred(ctx, ctx.fonts.text, ctx.colours.faint,
          fmt::format("How few bits and wires do the pictures bear? A sweep judges the network of "
                      "every combination of the values on the left: {} cells of {} each. It goes "
                      "on in the background and after a restart; other machines may help with its "
                      "folder.",
                      cells, counted(setup.samples, "picture")),
          area, y);
  y += ctx.px(14);
  if (centred_button(ctx, "begin sweep", "Start the sweep",
                     "Works on it in a new folder among your files.   Space", area, y))
    start_sweep(ctx);
}

void draw_trouble(UiContext& ctx, Box area, std::string_view problem) {
  float y = area.min.y + std::max(ctx.px(16), area.height() * 0.5f - ctx.px(110));
  draw_icon(*ImGui::GetWindowDrawList(), Icon::warning,
            {(area.min.x + area.max.x) / 2, y + ctx.px(24)}, ctx.px(48), ctx.colours.error);
  y += ctx.px(60);
  centred(ctx, ctx.fonts.strong, ctx.colours.text, "This cannot be swept", area, y);
  y += ctx.px(4);
  centred(ctx, ctx.fonts.text, ctx.colours.warning, problem, area, y);
  y += ctx.px(14);
  if (centred_button(ctx, "begin sweep", "Start a sweep",
                     "Works on it in a new folder among your files.   Space", area, y))
    start_sweep(ctx);
}

}  // namespace

void draw_sweep_stage(UiContext& ctx, Box area) {
  const SweepView& view = sweep_view(ctx);
  const SweepSnapshot& sweep = *view.sweep;
  if (view.map.cells.empty()) {
    if (sweep.running || sweep.preparing) return draw_busy(ctx, area, "Preparing the sweep …");
    if (!sweep.problem.empty()) return draw_trouble(ctx, area, sweep.problem);
    return draw_invitation(ctx, area);
  }
  if (!sweep.problem.empty()) {
    float y = area.min.y;
    centred(ctx, ctx.fonts.text, ctx.colours.warning, sweep.problem, area, y);
    area.min.y = y + ctx.px(4);
  }
  double cheapest = HUGE_VAL, dearest = 0;
  for (const SweepMap::Cell& cell : view.map.cells)
    if (cell.energy > 0) {
      cheapest = std::min(cheapest, cell.energy);
      dearest = std::max(dearest, cell.energy);
    }
  const Measure quality{"Relative distance",
                        "to real pictures; 1: a Gaussian of the pixels",
                        view.map.least,
                        view.map.most,
                        [](const SweepMap::Cell& cell) { return cell.relative; },
                        [](double value) { return fmt::format("{:.3g}", value); },
                        [](double value) { return fmt::format("{:.1g}", value); }};
  const Measure energy{"Energy per image",
                       "by the cost model, good to a factor of 3",
                       cheapest,
                       dearest,
                       [](const SweepMap::Cell& cell) { return cell.energy; },
                       [](double value) { return si_text(value, "J"); },
                       [](double value) {
                         // "7.3µ" of "7.29 µJ": the title says of what.
                         const std::string words = si_text(value, "J");
                         const auto blank = words.find(' ');
                         const std::string digits =
                             fmt::format("{:.2g}", std::strtod(words.c_str(), nullptr));
                         return digits + words.substr(blank + 1, words.size() - blank - 2);
                       }};
  const float gap = ctx.px(18);
  const float width = std::floor((area.width() - gap) / 2);
  draw_map(ctx, view, {area.min, {area.min.x + width, area.max.y}}, quality, "quality map");
  draw_map(ctx, view, {{area.max.x - width, area.min.y}, area.max}, energy, "energy map");
}

}  // namespace phaseloom
