#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "app/ui/compare.hpp"
#include "app/ui/drop_down.hpp"
#include "app/ui/focus.hpp"
#include "app/ui/inspector_plots.hpp"
#include "app/ui/panels.hpp"
#include "app/ui/stale.hpp"
#include "app/ui/touch_tools.hpp"
#include "app/ui/trail_view.hpp"
#include "app/ui/view.hpp"
#include "app/ui/wall_zoom.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {
namespace {

constexpr float kGutter = 2;
constexpr float kLeastWall = 120;  // units of height that the strips below must leave it

/// Which quantity, which layer, compared or not, and what the colours of `shown` mean.
void draw_view_bar(UiContext& ctx, const ViewLook& look, const ViewLook& shown) {
  const View view = clamped_view(ctx);
  const Snapshot& now = ctx.now;
  const float start = ImGui::GetCursorPosX();
  const float room = ImGui::GetContentRegionAvail().x;
  const float height = ImGui::GetFrameHeight();

  const Choice quantities[] = {
      {"Intensity", "What is read out: pixel = (1 + sin θ) / 2, or as the model says.", true},
      {now.is_phase ? "Phase" : "Voltage",
       now.is_phase ? "The state θ itself as a colour: as bright as the pixel it becomes; orange "
                      "while cos θ > 0, blue while cos θ < 0."
                    : "The state x itself, blue below 0 and orange above.",
       true},
      {"Rate", "How fast each state moves just now: dθ/dt under the parameters of this chunk.",
       true},
  };
  const auto narrow = room < ctx.px(560);
  if (const auto chosen = segmented(ctx, "quantity", quantities, static_cast<int>(view.quantity),
                                    ctx.px(narrow ? 190 : 230)))
    ctx.session.post(Verb::view, quantity_name(static_cast<View::Quantity>(*chosen)), view.layer);

  const int layers = now.grid.layers;
  if (now.model && layers > 1) {
    ImGui::SameLine();
    const float left = room - (ImGui::GetCursorPosX() - start);
    if (left < ctx.px(64)) ImGui::NewLine();
    std::vector<std::string> names;
    for (int layer = 0; layer < layers; ++layer) names.push_back(layer_name(layer));
    if (const auto taken = drop_down(
            ctx, {.name = "layer",
                  .entries = names,
                  .chosen = view.layer,
                  .shown = {},
                  .width = left < ctx.px(64) ? ctx.px(104) : std::min(left, ctx.px(104)),
                  .help = "Which layer the wall shows: the visible one is read out as the image, "
                          "the hidden ones help to form it."}))
      ctx.session.post(Verb::view, quantity_name(view.quantity), *taken);
  }
  ImGui::SameLine();
  if (room - (ImGui::GetCursorPosX() - start) < ctx.px(40)) ImGui::NewLine();
  const bool on = ctx.state.compare != Compare::off;
  if (text_button(ctx, "compare", "A/B",
                  "Compares with ideal hardware under the same noise: the network runs a second "
                  "time beside itself, which costs as much again.   C",
                  {.enabled = true, .chosen = on}, ctx.px(40)))
    ctx.session.post(Verb::compare, compare_name(on ? Compare::off : Compare::side));
  if (look.empty) return;
  ImGui::SameLine();
  const float taken = ImGui::GetCursorPosX() - start;
  if (room - taken < ctx.px(76)) {
    ImGui::NewLine();
    return;
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_legend(ctx, *ImGui::GetWindowDrawList(), {at.x + room - taken, at.y + height / 2},
              room - taken, shown);
  ImGui::NewLine();
}

/// The sample under the pointer, enlarged, beside the pointer; of all runs that are compared.
void draw_magnifier(UiContext& ctx, const ViewLook& look, const ViewLook& difference,
                    const WallLayout& wall, Box area) {
  const Transient& t = ctx.transient;
  if (t.hovered_lane < 0 || (ImGui::IsMouseDown(0) && !touching(ctx))) return;
  const Box sample = wall.sample(t.hovered_lane);
  const auto shown = panes(ctx, look);
  const auto count = static_cast<float>(shown.size());
  const float longest = static_cast<float>(std::max(look.image.width, look.image.height));
  const float pad = ctx.px(8), gap = ctx.px(10);
  // Two or three of them must leave something of the wall.
  const float most = look.compared ? std::min(ctx.px(208), area.height() / 3) : ctx.px(208);
  const float across = look.compared ? 0.6f * area.width() : area.width() - 2 * gap;
  const float room = std::min(most, (across - (count + 1) * pad) / count);
  const float scale = std::max(1.0f, std::floor(room / longest));
  const ImVec2 size{scale * static_cast<float>(look.image.width),
                    scale * static_cast<float>(look.image.height)};
  // It is large enough as it is, and there is nothing beside it.
  if (!look.compared && size.x < 1.4f * sample.width()) return;

  const float names = look.compared ? ctx.fonts.caption->FontSize + ctx.px(4) : 0;
  const float captions = 2 * (ctx.fonts.small->FontSize + ctx.px(3));
  const ImVec2 outer{count * size.x + (count + 1) * pad, size.y + 2 * pad + names + captions};
  float x = sample.max.x + gap;
  if (x + outer.x > area.max.x) x = sample.min.x - gap - outer.x;
  x = std::clamp(x, area.min.x, std::max(area.min.x, area.max.x - outer.x));
  float y = (sample.min.y + sample.max.y - outer.y) / 2;
  // Where there is no room beside the sample, there may be below or above it.
  if (x < sample.max.x && x + outer.x > sample.min.x) {
    if (sample.max.y + gap + outer.y <= area.max.y)
      y = sample.max.y + gap;
    else if (sample.min.y - gap - outer.y >= area.min.y)
      y = sample.min.y - gap - outer.y;
  }
  y = std::clamp(y, area.min.y, std::max(area.min.y, area.max.y - outer.y));
  const ImVec2 corner{std::floor(x), std::floor(y)};

  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.PushClipRect({area.min.x, area.min.y}, {area.max.x, area.max.y});
  list.AddRectFilled({corner.x + ctx.px(3), corner.y + ctx.px(4)},
                     {corner.x + outer.x + ctx.px(3), corner.y + outer.y + ctx.px(4)},
                     IM_COL32(0, 0, 0, 70), ctx.px(6));
  list.AddRectFilled(corner, {corner.x + outer.x, corner.y + outer.y}, ctx.colours.panel,
                     ctx.px(6));
  list.AddRect(corner, {corner.x + outer.x, corner.y + outer.y}, ctx.colours.line, ctx.px(6));
  WallLayout one;
  one.origin = {corner.x + pad, corner.y + pad + names};
  one.count = 1;
  one.cell = {size.x, size.y};
  one.image = look.image;
  const WallLayout::Pixel p = t.hovered_pixel;
  for (const Pane& pane : shown) {
    draw_samples(ctx, list, one, pane.run == Run::difference ? difference : look, t.hovered_lane,
                 pane.run);
    draw_text(list, ctx.fonts.caption, {one.origin.x, corner.y + pad}, ctx.colours.faint,
              pane.name);
    const ImVec2 mark{one.origin.x + scale * static_cast<float>(p.x),
                      one.origin.y + scale * static_cast<float>(p.y)};
    mark_held(ctx, list, one, look.layer, t.hovered_lane);
    if (touching(ctx))
      draw_brush(ctx, list, one, {0, p.x, p.y});
    else
      list.AddRect({mark.x - 1, mark.y - 1}, {mark.x + scale + 1, mark.y + scale + 1},
                   ctx.colours.accent, 0, 0, std::max(1.0f, ctx.px(1.5f)));
    one.origin.x += size.x + pad;
  }
  const float state =
      state_of(ctx.now, unit_at(ctx.now.grid, {look.layer, p.x, p.y}), t.hovered_lane);
  const float line = ctx.fonts.small->FontSize + ctx.px(3);
  const float text_y = corner.y + pad + names + size.y + ctx.px(5);
  draw_text(list, ctx.fonts.small, {corner.x + pad, text_y}, ctx.colours.text,
            fmt::format("sample {}", ctx.now.settings.first_sample +
                                         static_cast<std::uint64_t>(t.hovered_lane)));
  draw_text(list, ctx.fonts.small, {corner.x + pad, text_y + line}, ctx.colours.faint,
            ctx.now.is_phase ? fmt::format("({}, {})  θ = {:+.3f} rad", p.x, p.y, wrapped(state))
                             : fmt::format("({}, {})  x = {:+.3f}", p.x, p.y, state));
  list.PopClipRect();
}

/// The keyboard's hand on a wall: arrows go from pixel to pixel, with Shift from sample to sample.
/// Returns where it is.
WallLayout::Pixel move_cursor(UiContext& ctx, const WallLayout& wall) {
  WallLayout::Pixel& at = ctx.transient.wall_cursor;
  const int columns = std::max(1, wall.columns), rows = wall.rows();
  const auto net = [&](const char* up, const char* down, bool shift) {
    return strokes(ctx, up, shift) - strokes(ctx, down, shift);
  };
  at.lane = std::clamp(at.lane, 0, wall.count - 1);
  // In pixels of the whole wall, so that the edge of a sample is no wall.
  const int w = wall.image.width, h = wall.image.height;
  int x =
      at.lane % columns * w + at.x + net("Right", "Left", false) + w * net("Right", "Left", true);
  int y = at.lane / columns * h + at.y + net("Down", "Up", false) + h * net("Down", "Up", true);
  if (strokes(ctx, "Home")) x = y = 0;
  x = std::clamp(x, 0, columns * w - 1);
  y = std::clamp(y, 0, rows * h - 1);
  at = {std::min(y / h * columns + x / w, wall.count - 1), x % w, y % h};
  return at;
}

/// A zoomed wall follows the keyboard's hand.
void keep_in_sight(UiContext& ctx, const WallLayout& wall, const WallLayout::Pixel& at) {
  if (!wall.window) return;
  const Box sample = wall.sample(at.lane), all = wall.bounds();
  const Point p{sample.min.x + (static_cast<float>(at.x) + 0.5f) * wall.cell.x /
                                   static_cast<float>(wall.image.width),
                sample.min.y + (static_cast<float>(at.y) + 0.5f) * wall.cell.y /
                                   static_cast<float>(wall.image.height)};
  if (wall.window->contains(p)) return;
  ctx.session.post(Verb::zoom, ctx.state.zoom.factor, double((p.x - all.min.x) / all.width()),
                   double((p.y - all.min.y) / all.height()));
}

/// One wall on the stage: where all of it would be, and what is seen of it.
struct SeenWall {
  WallLayout whole;
  Box view;
  WallLayout wall;
};

SeenWall seen_wall(const UiContext& ctx, Box view, Extent image) {
  const WallLayout whole = layout_wall(view, ctx.now.lanes, image, kGutter);
  return {whole, view, zoomed(whole, ctx.state.zoom, view)};
}

/// What the pointer does to a wall: hover enlarges, a click pins and picks, the wheel zooms.
/// Returns whether it is under the pointer.
bool feel_wall(UiContext& ctx, const char* id, const ViewLook& look, const SeenWall& seen) {
  const WallLayout& wall = seen.wall;
  const Box box = wall.seen();
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  const bool released =
      ImGui::InvisibleButton(id, {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)},
                             ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  const bool clicked = released && ImGui::IsMouseReleased(ImGuiMouseButton_Left);
  note_place(ctx, id);
  feel_zoom(ctx, seen.whole, seen.view);
  const ImGuiIO& io = ImGui::GetIO();
  if (touching(ctx)) brush_wall(ctx, wall, look.layer);
  if (focusable(ctx)) {
    const WallLayout::Pixel at = move_cursor(ctx, wall);
    keep_in_sight(ctx, wall, at);
    ctx.transient.hovered_lane = at.lane;
    ctx.transient.hovered_pixel = at;
    if (pushed(ctx) && touching(ctx)) {
      brush_pixel(ctx, at, look.layer);
    } else if (pushed(ctx)) {
      ctx.session.post(Verb::pin, at.lane);
      ctx.session.post(Verb::pick, unit_at(ctx.now.grid, {look.layer, at.x, at.y}));
    }
    return true;
  }
  if (!ImGui::IsItemHovered()) return false;
  const auto pixel = wall.pixel_at({io.MousePos.x, io.MousePos.y});
  if (!pixel) return false;
  ctx.transient.hovered_lane = pixel->lane;
  ctx.transient.hovered_pixel = *pixel;
  if (clicked && !touching(ctx)) {
    ctx.session.post(Verb::pin, pixel->lane);
    ctx.session.post(Verb::pick, unit_at(ctx.now.grid, {look.layer, pixel->x, pixel->y}));
  }
  return true;
}

void mark_wall(UiContext& ctx, const WallLayout& wall, int layer) {
  const Transient& t = ctx.transient;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  mark_held(ctx, list, wall, layer);
  if (touching(ctx) && t.hovered_lane >= 0) draw_brush(ctx, list, wall, t.hovered_pixel);
  const auto outline = [&](int lane, ImU32 colour, float width) {
    const Box s = wall.sample(lane);
    list.AddRect({s.min.x - 1, s.min.y - 1}, {s.max.x + 1, s.max.y + 1}, colour, 0, 0, width);
  };
  if (ctx.state.pinned >= 0 && ctx.state.pinned < wall.count)
    outline(ctx.state.pinned, ctx.colours.accent, std::max(2.0f, ctx.px(2)));
  if (t.hovered_lane >= 0 && t.hovered_lane != ctx.state.pinned)
    outline(t.hovered_lane, ctx.colours.text, std::max(1.0f, ctx.px(1)));
}

/// Where the wall goes: in the whole area if the tools fit beside it there.
Box beside_tools(const UiContext& ctx, const ViewLook& look, Box area) {
  const float tools = touch_tools_width(ctx) + ctx.px(8);
  const bool two = look.compared && ctx.state.compare == Compare::side;
  const WallLayout wall = layout_wall(area, ctx.now.lanes, look.image, kGutter);
  if (two || wall.origin.x < area.min.x + tools) area.min.x += tools;
  return area;
}

/// From here on, only what is seen through the wall's window is drawn; PopClipRect() ends it.
void clip_to(const WallLayout& wall, ImDrawList& list, Box area) {
  const Box box = wall.window ? *wall.window : area;
  list.PushClipRect({box.min.x, box.min.y}, {box.max.x, box.max.y}, true);
}

void draw_pair_of_walls(UiContext& ctx, const ViewLook& look, const ViewLook& difference, Box area,
                        Box whole) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = std::floor((area.min.x + area.max.x) / 2), gap = ctx.px(5);
  const float shift = middle + gap - area.min.x;
  const SeenWall left = seen_wall(ctx, {area.min, {middle - gap, area.max.y}}, look.image);
  SeenWall right = left;
  for (WallLayout* wall : {&right.whole, &right.wall}) {
    wall->origin.x += shift;
    if (wall->window)
      wall->window = Box{{wall->window->min.x + shift, wall->window->min.y},
                         {wall->window->max.x + shift, wall->window->max.y}};
  }
  right.view = {{left.view.min.x + shift, left.view.min.y},
                {left.view.max.x + shift, left.view.max.y}};
  take_zoom_button(ctx, right.view);
  feel_wall(ctx, "ideal wall", look, left);
  const bool on_right = feel_wall(ctx, "wall", look, right);
  for (const auto& [seen, run, name] :
       {std::tuple{&std::as_const(left), Run::ideal, "ideal"},
        std::tuple{&std::as_const(right), Run::hardware, "hardware"}}) {
    clip_to(seen->wall, list, whole);
    draw_samples(ctx, list, seen->wall, look, 0, run);
    mark_wall(ctx, seen->wall, look.layer);
    list.PopClipRect();
    draw_wall_name(ctx, seen->wall, name);
  }
  draw_zoom_button(ctx, right.view);
  draw_magnifier(ctx, look, difference, on_right ? right.wall : left.wall, whole);
}

void draw_wall(UiContext& ctx, const ViewLook& look, const ViewLook& difference, Box area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Compare how = look.compared ? ctx.state.compare : Compare::off;
  draw_touch_tools(ctx, area);
  area = beside_tools(ctx, look, area);
  const Box whole = area;
  if (how == Compare::side || how == Compare::difference) area.min.y += name_height(ctx);
  if (how == Compare::side) return draw_pair_of_walls(ctx, look, difference, area, whole);
  const SeenWall seen = seen_wall(ctx, area, look.image);
  const WallLayout& wall = seen.wall;
  take_zoom_button(ctx, seen.view);
  const bool on_divider = how == Compare::split && take_divider(ctx, wall);
  feel_wall(ctx, "wall", look, seen);
  // There, the lens would lie over the hint.
  if (on_divider) ctx.transient.hovered_lane = -1;
  if (how == Compare::difference) draw_wall_name(ctx, wall, "hardware − ideal");
  clip_to(wall, list, whole);
  if (how == Compare::off)
    draw_samples(ctx, list, wall, look);
  else if (how == Compare::split)
    draw_split(ctx, look, wall);
  else
    draw_samples(ctx, list, wall, difference, 0, Run::difference);
  mark_wall(ctx, wall, look.layer);
  list.PopClipRect();
  if (how == Compare::split) draw_split_names(ctx, wall);
  draw_zoom_button(ctx, seen.view);
  draw_magnifier(ctx, look, difference, wall, whole);
}

/// A run that left all bounds: says so, and what to do.
void draw_diverged(UiContext& ctx, Box area) {
  const float height = ctx.px(44);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 a{area.min.x, area.min.y}, b{area.max.x, area.min.y + height};
  list.AddRectFilled(a, b, mixed(ctx.colours.panel, ctx.colours.error, 0.18f), ctx.px(5));
  list.AddRect(a, b, ctx.colours.error, ctx.px(5));
  draw_icon(list, Icon::warning, {a.x + ctx.px(22), (a.y + b.y) / 2}, ctx.px(18),
            ctx.colours.error);
  const float button = ctx.px(84);
  const float room = area.width() - ctx.px(60) - button;
  std::string words = fmt::format(
      "Diverged at step {}: a state is no number any more. More steps per chunk or another "
      "integrator may help.",
      ctx.now.step);
  if (text_width(ctx.fonts.text, words) > room)  // the message below says the rest
    words = fmt::format("Diverged at step {}: no number any more.", ctx.now.step);
  draw_text(list, ctx.fonts.text, {a.x + ctx.px(42), (a.y + b.y - ctx.fonts.text->FontSize) / 2},
            ctx.colours.text, words, room);
  ImGui::SetCursorScreenPos({b.x - button - ctx.px(8), (a.y + b.y - ImGui::GetFrameHeight()) / 2});
  if (text_button(ctx, "restart", "Restart", "Starts again from the same noise.", {}, button))
    ctx.session.post(Verb::restart);
}

/// Why a hidden layer looks like noise that hardly differs from sample to sample. Returns its
/// height.
float explain_hidden(UiContext& ctx, Box area) {
  const char* const words =
      ctx.now.is_phase
          ? "Hidden units, as sin θ: no picture, alike in all samples. Rate shows what moves."
          : "Hidden units, as x: no picture, alike in all samples. Rate shows what moves.";
  draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.caption, {area.min.x, area.min.y},
            ctx.colours.faint, words, area.width());
  return name_height(ctx);
}

}  // namespace

void draw_stage(UiContext& ctx) {
  ctx.transient.hovered_lane = -1;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const Box whole{{corner.x, corner.y}, {corner.x + room.x, corner.y + room.y}};
  if (!ctx.now.model) {
    return draw_no_model(ctx, draw_messages(ctx, whole));
  }
  if (ctx.state.stage != OnStage::wall) {
    draw_stage_plot(ctx, draw_messages(ctx, whole));
    return;
  }
  const ViewLook look = prepare_view(ctx);
  const bool differs = look.compared && ctx.state.compare == Compare::difference;
  const ViewLook difference = differs ? difference_look(ctx, look) : ViewLook();
  draw_view_bar(ctx, look, differs ? difference : look);
  if (ctx.state.compare != Compare::off) draw_compare_bar(ctx);
  const float top = ImGui::GetCursorScreenPos().y + ctx.px(4);
  Box area{{corner.x, top}, {whole.max.x, whole.max.y}};
  if (ctx.now.diverged) {
    draw_diverged(ctx, area);
    area.min.y += ctx.px(54);
  }
  // The cost at the bottom, where it stays; the quality comes and goes.
  const float cost = cost_strip_height(ctx);
  const float least = ctx.px(kLeastWall);
  if (cost > 0 && area.height() - cost >= least) {
    area.max.y -= cost;
    draw_cost_strip(ctx, {{area.min.x, area.max.y}, {area.max.x, area.max.y + cost}});
  }
  const float strip = quality_strip_height(ctx);
  if (strip > 0 && area.height() - strip >= least) {
    area.max.y -= strip;
    draw_quality_strip(ctx, {{area.min.x, area.max.y}, {area.max.x, area.max.y + strip}});
  }
  const float words = caption_line_height(ctx, area.width());
  if (area.height() - words >= least) {
    area.max.y -= words;
    draw_caption_line(ctx, {{area.min.x, area.max.y}, {area.max.x, area.max.y + words}});
  }
  area = draw_messages(ctx, area);
  if (ctx.state.trail_shown) {
    draw_trail_stage(ctx, area);
  } else {
    if (!look.empty && look.layer > 0 && clamped_view(ctx).quantity == View::Quantity::intensity)
      area.min.y += explain_hidden(ctx, area);
    if (!look.empty && area.height() > 20) draw_wall(ctx, look, difference, area);
  }
  if (!ctx.now.loading.empty())
    draw_stale(ctx, *ImGui::GetWindowDrawList(), area,
               fmt::format("Made with {}; reading {} …", ctx.now.model->name, ctx.now.loading));
}

}  // namespace phaseloom
