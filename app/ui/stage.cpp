#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/ui/panels.hpp"
#include "app/ui/view.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {
namespace {

constexpr float kGutter = 2;

/// Which quantity, which layer, and what the colours mean.
void draw_view_bar(UiContext& ctx, const ViewLook& look) {
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
    ImGui::SetNextItemWidth(left < ctx.px(64) ? ctx.px(104) : std::min(left, ctx.px(104)));
    const bool open = ImGui::BeginCombo("##layer", layer_name(view.layer).c_str());
    if (!open)
      hint(ctx,
           "Which layer the wall shows: the visible one is read out as the image, the hidden "
           "ones help to form it.");
    if (open) {
      for (int layer = 0; layer < layers; ++layer)
        if (ImGui::Selectable(layer_name(layer).c_str(), layer == view.layer))
          ctx.session.post(Verb::view, quantity_name(view.quantity), layer);
      ImGui::EndCombo();
    }
  }
  if (look.empty) return;
  ImGui::SameLine();
  const float taken = ImGui::GetCursorPosX() - start;
  if (room - taken < ctx.px(76)) {
    ImGui::NewLine();
    return;
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_legend(ctx, *ImGui::GetWindowDrawList(), {at.x + room - taken, at.y + height / 2},
              room - taken, look);
  ImGui::NewLine();
}

/// The sample under the pointer, enlarged, beside the pointer.
void draw_magnifier(UiContext& ctx, const ViewLook& look, const WallLayout& wall, Box area) {
  const Transient& t = ctx.transient;
  if (t.hovered_lane < 0 || ImGui::IsMouseDown(0)) return;
  const Box sample = wall.sample(t.hovered_lane);
  const float longest = static_cast<float>(std::max(look.image.width, look.image.height));
  const float scale = std::max(1.0f, std::floor(ctx.px(208) / longest));
  const ImVec2 size{scale * static_cast<float>(look.image.width),
                    scale * static_cast<float>(look.image.height)};
  if (size.x < 1.4f * sample.width()) return;  // it is large enough as it is

  const float pad = ctx.px(8), captions = 2 * (ctx.fonts.small->FontSize + ctx.px(3));
  const ImVec2 outer{size.x + 2 * pad, size.y + 2 * pad + captions};
  const float gap = ctx.px(10);
  float x = sample.max.x + gap;
  if (x + outer.x > area.max.x) x = sample.min.x - gap - outer.x;
  x = std::clamp(x, area.min.x, std::max(area.min.x, area.max.x - outer.x));
  const float y = std::clamp((sample.min.y + sample.max.y - outer.y) / 2, area.min.y,
                             std::max(area.min.y, area.max.y - outer.y));
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
  one.origin = {corner.x + pad, corner.y + pad};
  one.count = 1;
  one.cell = {size.x, size.y};
  one.image = look.image;
  draw_samples(ctx, list, one, look, t.hovered_lane);

  const WallLayout::Pixel p = t.hovered_pixel;
  const ImVec2 mark{one.origin.x + scale * static_cast<float>(p.x),
                    one.origin.y + scale * static_cast<float>(p.y)};
  list.AddRect({mark.x - 1, mark.y - 1}, {mark.x + scale + 1, mark.y + scale + 1},
               ctx.colours.accent, 0, 0, std::max(1.0f, ctx.px(1.5f)));
  const float state =
      state_of(ctx.now, unit_at(ctx.now.grid, {look.layer, p.x, p.y}), t.hovered_lane);
  const float line = ctx.fonts.small->FontSize + ctx.px(3);
  const float text_y = corner.y + pad + size.y + ctx.px(5);
  draw_text(list, ctx.fonts.small, {corner.x + pad, text_y}, ctx.colours.text,
            fmt::format("sample {}", ctx.now.settings.first_sample +
                                         static_cast<std::uint64_t>(t.hovered_lane)));
  draw_text(list, ctx.fonts.small, {corner.x + pad, text_y + line}, ctx.colours.faint,
            ctx.now.is_phase ? fmt::format("({}, {})  θ = {:+.3f} rad", p.x, p.y, wrapped(state))
                             : fmt::format("({}, {})  x = {:+.3f}", p.x, p.y, state));
  list.PopClipRect();
}

void draw_wall(UiContext& ctx, const ViewLook& look, Box area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const WallLayout wall = layout_wall(area, ctx.now.lanes, look.image, kGutter);
  const Box box = wall.bounds();
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  const bool clicked =
      ImGui::InvisibleButton("wall", {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)});
  note_place(ctx, "wall");
  draw_samples(ctx, list, wall, look);

  Transient& t = ctx.transient;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsItemHovered())
    if (const auto pixel = wall.pixel_at({mouse.x, mouse.y})) {
      t.hovered_lane = pixel->lane;
      t.hovered_pixel = *pixel;
      if (clicked) {
        ctx.session.post(Verb::pin, pixel->lane);
        ctx.session.post(Verb::pick, unit_at(ctx.now.grid, {look.layer, pixel->x, pixel->y}));
      }
    }
  const auto outline = [&](int lane, ImU32 colour, float width) {
    const Box s = wall.sample(lane);
    list.AddRect({s.min.x - 1, s.min.y - 1}, {s.max.x + 1, s.max.y + 1}, colour, 0, 0, width);
  };
  if (ctx.state.pinned >= 0 && ctx.state.pinned < wall.count)
    outline(ctx.state.pinned, ctx.colours.accent, std::max(2.0f, ctx.px(2)));
  if (t.hovered_lane >= 0 && t.hovered_lane != ctx.state.pinned)
    outline(t.hovered_lane, ctx.colours.text, std::max(1.0f, ctx.px(1)));
  draw_magnifier(ctx, look, wall, area);
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
  draw_text(list, ctx.fonts.text, {a.x + ctx.px(42), (a.y + b.y - ctx.fonts.text->FontSize) / 2},
            ctx.colours.text,
            fmt::format("Diverged at step {}: a state is no number any more. More steps per chunk "
                        "or another integrator may help.",
                        ctx.now.step),
            area.width() - ctx.px(60) - button);
  ImGui::SetCursorScreenPos({b.x - button - ctx.px(8), (a.y + b.y - ImGui::GetFrameHeight()) / 2});
  if (text_button(ctx, "restart", "Restart", "Starts again from the same noise.", {}, button))
    ctx.session.post(Verb::restart);
}

}  // namespace

void draw_stage(UiContext& ctx) {
  ctx.transient.hovered_lane = -1;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const Box whole{{corner.x, corner.y}, {corner.x + room.x, corner.y + room.y}};
  if (!ctx.now.model) {
    draw_no_model(ctx, whole);
    draw_messages(ctx, whole);
    return;
  }
  const ViewLook look = prepare_view(ctx);
  draw_view_bar(ctx, look);
  const float top = ImGui::GetCursorScreenPos().y + ctx.px(4);
  Box area{{corner.x, top}, {whole.max.x, whole.max.y}};
  if (ctx.now.diverged) {
    draw_diverged(ctx, area);
    area.min.y += ctx.px(54);
  }
  // The cost at the bottom, where it stays; the quality comes and goes.
  const float cost = cost_strip_height(ctx);
  if (cost > 0 && area.height() > ctx.px(200)) {
    area.max.y -= cost;
    draw_cost_strip(ctx, {{area.min.x, area.max.y}, {area.max.x, area.max.y + cost}});
  }
  const float strip = quality_strip_height(ctx);
  if (strip > 0 && area.height() > ctx.px(200)) {
    area.max.y -= strip;
    draw_quality_strip(ctx, {{area.min.x, area.max.y}, {area.max.x, area.max.y + strip}});
  }
  if (!look.empty && area.height() > 20) draw_wall(ctx, look, area);
  draw_messages(ctx, area);
}

}  // namespace phaseloom
