// SPDX-License-Identifier: MIT
#include "app/ui/thermo/heat_film.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <functional>

#include "app/document/si_text.hpp"
#include "app/ui/thermo/heat_plot.hpp"
#include "app/ui/thermo/no_noising.hpp"
#include "app/ui/thermo/thermo_look.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/toolkit/zoom.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Shown = ThermoView::Shown;

// In units of the content scale, so that what is written is as large beside the pictures as it is
// in the window; the narrow one holds the wall below the others.
constexpr Extent kPictureSize{1440, 720}, kFilmSize{1280, 720};
constexpr float kMeter = 190;  // height of the heat meter

/// What is drawn for a file: the stage at one moment, or as it was when a film began.
struct HeatScene {
  std::shared_ptr<const ThermoRunSnapshot> run;
  ThermoView view;
  Zoom zoom;
};

/// Only one picture is drawn in a frame, so that they share their place on graphics memory.
struct DrawnHeat {
  HeatWalls walls;
  HeatScene film;
};

HeatScene present_scene(UiContext& ctx) {
  return {ctx.session.part<ThermoPart>().run(), ctx.state.thermo,
          ctx.state.zoom_of(Workspace::thermo)};
}

/// Words above pictures, which are laid out and drawn below them.
struct DrawnPane {
  Box box;
  std::string words;
  int count;
  Extent image;
  int columns = 1;  ///< 0: as many as fit best
  const Zoom* zoom = nullptr;
};

void paint_pane(UiContext& ctx, ImDrawList& list, const DrawnPane& pane,
                const std::function<void(const WallLayout&)>& draw) {
  const float line = ctx.fonts.text->FontSize + ctx.px(6);
  draw_text(list, ctx.fonts.text, {pane.box.min.x, pane.box.min.y}, ctx.colours.faint, pane.words,
            pane.box.width());
  const Box area{{pane.box.min.x, pane.box.min.y + line}, pane.box.max};
  const WallLayout whole = layout_wall(area, pane.count, pane.image, 2, pane.columns);
  list.PushClipRect({area.min.x, area.min.y}, {area.max.x, area.max.y}, true);
  draw(pane.zoom ? zoomed(whole, *pane.zoom, area) : whole);
  list.PopClipRect();
}

/// Lines of words from the box's top; returns where they end.
float paint_words(const UiContext& ctx, ImDrawList& list, ImFont* font, ImU32 colour, Box box,
                  std::string_view words) {
  float y = box.min.y;
  for (const std::string_view line : wrapped(font, words, box.width())) {
    draw_text(list, font, {box.min.x, y}, colour, line);
    y += font->FontSize + ctx.px(3);
  }
  return y;
}

void paint_noising(UiContext& ctx, ImDrawList& list, const HeatScene& scene, HeatMoment now,
                   const HeatLook& look, Box box) {
  const ThermoRunSnapshot& run = *scene.run;
  HeatWalls& walls = ctx.kept<DrawnHeat>().walls;
  if (run.noising.empty()) {
    (void)paint_no_noising(ctx, list, run, look.image, box);
    return;
  }
  const std::size_t k = show_noising(walls, scene.view, run, now);
  paint_pane(ctx, list, {box, noising_words(run, k).front(), 1, look.image},
             [&](const WallLayout& wall) {
               draw_wall_samples(ctx, list, walls.noising, wall, noising_style(look), now.fade,
                                 look.first_unit);
             });
}

void paint_run(UiContext& ctx, ImDrawList& list, const HeatScene& scene, HeatMoment now,
               const HeatLook& look, Box area) {
  const ThermoRunSnapshot& run = *scene.run;
  HeatWalls& walls = ctx.kept<DrawnHeat>().walls;
  show_samples(walls, run, now, look);
  const HeatPanes panes = panes_of(ctx, area);
  const int lane = chosen_sample(scene.view, run);
  paint_noising(ctx, list, scene, now, look, panes.noising);
  paint_pane(ctx, list, {panes.reverse, sample_words(run, now, lane).front(), 1, look.image},
             [&](const WallLayout& wall) {
               draw_wall_samples(ctx, list, walls.samples, wall, look.style, now.fade,
                                 look.first_unit, lane);
             });
  paint_pane(ctx, list,
             {panes.wall, wall_words(run).front(), run.request.lanes, look.image, wall_columns(run),
              &scene.zoom},
             [&](const WallLayout& wall) {
               draw_wall_samples(ctx, list, walls.samples, wall, look.style, now.fade,
                                 look.first_unit);
             });
}

void paint_fields(UiContext& ctx, ImDrawList& list, const HeatScene& scene, const HeatLook& look,
                  Box area) {
  HeatWalls& walls = ctx.kept<DrawnHeat>().walls;
  show_fields(walls);
  const int hidden = scene.run->model->program.topology->hidden();
  paint_pane(ctx, list, {area, fields_words(walls).front(), hidden, look.image, 0, &scene.zoom},
             [&](const WallLayout& wall) {
               draw_wall_samples(ctx, list, walls.fields, wall, look.style);
             });
}

/// Of what was run, and what heat came of it.
std::string caption_of(const ThermoRunSnapshot& run) {
  const ThermoRunRequest& made = run.request;
  const std::string name =
      made.network ? "trained here"
                   : legible(std::filesystem::path(unescaped(made.name)).stem().string());
  std::string words = fmt::format("{}: kT = {:g} E₀, {}, seed {}", name, made.temperature,
                                  made.bits > 0 ? counted(made.bits, "bit") : "float", made.seed);
  if (!run.counts.heat.empty())
    words += fmt::format("; mean heat {:.0f} {} of {}", run.counts.summary.mean, run.unit(),
                         counted(static_cast<std::int64_t>(run.counts.heat.size()), "sample"));
  return words;
}

/// @param meter the heat meter is below
void paint_scene(UiContext& ctx, ImDrawList& list, Box area, const HeatScene& scene, double time,
                 bool meter) {
  const ThermoRunSnapshot& run = *scene.run;
  const HeatMoment now = moment_at(time, run);
  const float margin = ctx.px(14);
  Box left{{area.min.x + margin, area.min.y + margin}, {area.max.x - margin, area.max.y - margin}};
  if (now.frame < 0) {  // since it was asked for, another computer has failed
    paint_words(ctx, list, ctx.fonts.text, ctx.colours.warning, left, legible(run.reason));
    return;
  }
  left.min.y = paint_words(ctx, list, ctx.fonts.text, ctx.colours.text, left,
                           fmt::format("{}. t = {:.2f}", caption_of(run),
                                       run.frames[static_cast<std::size_t>(now.frame)]->time));
  left.min.y += ctx.px(8);
  if (meter) {
    const HeatPlot heat(run, now);
    const Box own{{left.min.x, left.max.y - ctx.px(kMeter)}, left.max};
    heat.paint(ctx, Plot(ctx, list, own, heat.x(), heat.y()));
    left.max.y = own.min.y - margin;
  }
  const HeatLook look = look_of(scene.view, ctx.kept<DrawnHeat>().walls, run);
  if (scene.view.shown == Shown::fields)
    paint_fields(ctx, list, scene, look, left);
  else
    paint_run(ctx, list, scene, now, look, left);
}

/// Even, as films want it.
Extent scaled(const UiContext& ctx, Extent size) {
  const auto even = [&](int length) {
    return static_cast<int>(ctx.px(static_cast<float>(length)) + 1) / 2 * 2;
  };
  return {even(size.width), even(size.height)};
}

StageSheet present(UiContext& ctx) {
  return {scaled(ctx, kPictureSize),
          [scene = present_scene(ctx)](UiContext& there, ImDrawList& list, Box area) {
            paint_scene(there, list, area, scene, scene.view.time, false);
          }};
}

StageSheet filmed(UiContext& ctx, const FilmPicture& picture) {
  HeatScene& film = ctx.kept<DrawnHeat>().film;
  if (picture.number == 0) {
    film = present_scene(ctx);
    if (film.view.shown == Shown::fields) film.view.shown = Shown::visible;  // these do not move
  }
  return {scaled(ctx, kFilmSize),
          [&film, time = picture.time](UiContext& there, ImDrawList& list, Box area) {
            paint_scene(there, list, area, film, time, true);
          }};
}

}  // namespace

const StagePainter kHeatPainter{Workspace::thermo, present, filmed};

}  // namespace phaseloom
