// SPDX-License-Identifier: MIT
// Where the run is: transport buttons, and a strip of all chunks with the playhead.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/experiment_verbs.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Speeds offered; 0 is a run in kRunSeconds.
constexpr double kSpeeds[] = {0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};

std::string speed_text(double speed) {
  if (speed == 0) return fmt::format("run in {:g} s", kRunSeconds);
  return fmt::format("{:g} {}/s", speed, speed == 1 ? "step" : "steps");
}

std::string pace_text(double speed) {
  const std::string number = fmt::format("{:.3g}", speed);
  return fmt::format("{} {}/s", number, number == "1" ? "step" : "steps");
}

/// What is reached of the speed that was asked for; where nothing is measured, that.
void draw_measured_speed(UiContext& ctx, float height) {
  const Snapshot& now = ctx.now;
  const bool measured = now.steps_per_second > 0 && now.playing && !now.holding;
  const bool slow = measured && now.steps_per_second < 0.8 * now.speed;
  const Palette& c = ctx.colours;
  ImGui::SameLine(0, ctx.px(8));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float top = at.y + (ImGui::GetFrameHeight() - ctx.fonts.small->FontSize) / 2;
  if (now.model)
    draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.small, {at.x, top},
              slow       ? c.warning
              : measured ? c.text
                         : c.disabled,
              pace_text(measured ? now.steps_per_second : now.speed));
  ImGui::InvisibleButton("reached", {ctx.px(100), std::max(height - ctx.px(4), 1.0f)});
  note_place(ctx, "reached");
  hint(ctx,
       slow ? fmt::format("Asked for: {}; so many samples take longer here.", pace_text(now.speed))
            : std::string("Integrator steps per second, as measured while it plays, else as "
                          "asked for."));
}

void draw_playback(UiContext& ctx) {
  const Snapshot& now = ctx.now;
  const bool can = now.model != nullptr;
  const float size = ctx.px(30);
  const float gap = ctx.px(4);
  const auto button = [&](const char* id, Icon icon, std::string_view help, std::string_view keys,
                          bool chosen = false) {
    const bool clicked =
        icon_button(ctx, id, icon, size, help, keys, {.enabled = can, .chosen = chosen && can});
    ImGui::SameLine(0, gap);
    return clicked;
  };
  if (button("restart", Icon::restart, "Starts again from the same noise x(0): t = 0.", "R"))
    ctx.session.post(verbs::restart);
  if (button("back", Icon::back, "Pauses, and goes one step back: t − dt.", "Left"))
    ctx.session.post(verbs::back);
  if (button("play", ctx.scene.playing ? Icon::pause : Icon::play,
             ctx.scene.playing ? "Stops time." : "Lets time go on.", "Space", true))
    ctx.session.post(verbs::toggle);
  if (button("step", Icon::step, "Pauses, and goes one step forward: t + dt.", "Right"))
    ctx.session.post(verbs::step);
  if (button("noise", Icon::noise, "Starts again from new noise x(0) of the same seed.", "N"))
    ctx.session.post(verbs::new_noise);

  ImGui::SameLine(0, ctx.px(10));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (size - ImGui::GetFrameHeight()) / 2);
  std::vector<std::string> speeds;
  for (const double speed : kSpeeds) speeds.push_back(speed_text(speed));
  const auto at = std::ranges::find(kSpeeds, ctx.scene.speed) - std::begin(kSpeeds);
  if (const auto taken = drop_down(
          ctx, {.name = "speed",
                .entries = speeds,
                .chosen = static_cast<int>(at),
                .shown = speed_text(ctx.scene.speed),
                .width = ctx.px(136),
                .help = "How fast the run plays; a whole run takes 4 s, or as many integrator "
                        "steps are done each second. Beside it, what is reached."}))
    ctx.session.set("speed", kSpeeds[*taken]);
  draw_measured_speed(ctx, size);
}

/// Step, chunk and time, at the right end of the transport's line.
void draw_position(UiContext& ctx, ImVec2 corner, float width, float height, float taken) {
  const Snapshot& now = ctx.now;
  if (!now.model) return;
  const int digits = static_cast<int>(fmt::format("{}", now.total_steps).size());
  const NamedNumber parts[] = {
      {"t", fmt::format("{:.2f} / {:.2f}", now.time, now.duration)},
      {"chunk", fmt::format("{} / {}", now.chunk + 1, now.chunks)},
      {"step", fmt::format("{:{}} / {}", now.step, digits, now.total_steps)},
  };
  draw_numbers_line(ctx, parts, corner, width, height, taken);
}

/// Root mean squares, with their unit.
std::string strength_text(UiContext& ctx, int chunk) {
  const ChunkStrength& strength = present_strengths(ctx)[static_cast<std::size_t>(chunk)];
  const StateInfo& spoken = ctx.now.spoken();
  return fmt::format("couplings {:.3f}, {} {:.3f} {}{}per time unit", strength.coupling,
                     spoken.drive, strength.own, spoken.unit, spoken.unit.empty() ? "" : " ");
}

struct Strip {
  ImVec2 min, max;
  int total;
  float x(double step) const {
    return min.x + (max.x - min.x) * static_cast<float>(step / std::max(total, 1));
  }
  int step(float pixel) const {
    const float t = (pixel - min.x) / std::max(1.0f, max.x - min.x);
    return std::clamp(static_cast<int>(t * static_cast<float>(total) + 0.5f), 0, total);
  }
};

constexpr float kStrengthBar = 3, kStrengthGap = 2;  // units

/// Below a chunk's number, up to its width: how strong couplings and injection are in it, each
/// beside the chunk where it is strongest.
void draw_strengths(UiContext& ctx, ImDrawList& list, const Strip& strip, float top) {
  const auto& chunks = present_strengths(ctx);
  ChunkStrength most{1e-12, 1e-12};
  for (const ChunkStrength& s : chunks)
    most = {std::max(most.coupling, s.coupling), std::max(most.own, s.own)};
  const int per_chunk = std::max(1, ctx.now.total_steps / std::max(1, ctx.now.chunks));
  const float high = std::max(2.0f, ctx.px(kStrengthBar)), in = ctx.px(5);
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const auto first = static_cast<double>(i) * per_chunk;
    const float x0 = std::floor(strip.x(first)) + in;
    const float room = std::floor(strip.x(first + per_chunk)) - in - x0;
    if (room < 2) return;
    float y = top;
    for (const auto& [share, colour] :
         {std::pair{chunks[i].coupling / most.coupling, ctx.colours.text},
          std::pair{chunks[i].own / most.own, ctx.colours.warning}}) {
      const float length = share > 0 ? std::max(1.0f, room * static_cast<float>(share)) : 0;
      list.AddRectFilled({x0, y}, {x0 + room, y + high}, faded(ctx.colours.line, 0.6f));
      list.AddRectFilled({x0, y}, {x0 + length, y + high}, faded(colour, 0.8f));
      y += high + ctx.px(kStrengthGap);
    }
  }
}

void draw_chunks(UiContext& ctx, ImDrawList& list, const Strip& strip) {
  const Snapshot& now = ctx.now;
  const Palette& c = ctx.colours;
  const int per_chunk = std::max(1, now.total_steps / std::max(1, now.chunks));
  const float played = strip.x(static_cast<float>(now.step - 1) + ctx.fade);
  const float label_height = ctx.fonts.caption->FontSize + ctx.px(6);
  for (int chunk = 0; chunk < now.chunks; ++chunk) {
    const float x0 = std::floor(strip.x(chunk * per_chunk));
    const float x1 = std::floor(strip.x((chunk + 1) * per_chunk));
    const bool current = chunk == now.chunk;
    const ImU32 fill = current ? c.hovered : chunk % 2 ? mixed(c.panel, c.raised, 0.55f) : c.raised;
    list.AddRectFilled({x0, strip.min.y}, {x1, strip.max.y}, fill);
    if (played > x0)
      list.AddRectFilled({x0, strip.min.y}, {std::min(played, x1), strip.max.y},
                         faded(c.accent_dim, current ? 0.75f : 0.5f));
    // Steps, where there is room for them.
    const float step_width = (x1 - x0) / static_cast<float>(per_chunk);
    if (step_width >= ctx.px(5))
      for (int s = 1; s < per_chunk; ++s) {
        const float x = std::floor(strip.x(chunk * per_chunk + s)) + 0.5f;
        list.AddLine({x, strip.max.y - ctx.px(5)}, {x, strip.max.y}, c.line);
      }
    const std::string number = fmt::format("{}", chunk + 1);
    const std::string full = fmt::format("chunk {}", chunk + 1);
    const bool wide = text_width(ctx.fonts.caption, full) + ctx.px(10) < x1 - x0;
    if (wide || text_width(ctx.fonts.caption, number) + ctx.px(6) < x1 - x0)
      draw_text(list, ctx.fonts.caption, {x0 + ctx.px(5), strip.min.y + ctx.px(3)},
                current ? c.text : c.faint, wide ? full : number);
  }
  // Borders: here the parameters change.
  for (int chunk = 1; chunk < now.chunks; ++chunk) {
    const float x = std::floor(strip.x(chunk * per_chunk)) + 0.5f;
    list.AddLine({x, strip.min.y}, {x, strip.max.y}, c.faint, std::max(1.0f, ctx.px(1)));
  }
  // What is kept and comes back at once.
  if (now.history_last > now.history_first)
    list.AddRectFilled({strip.x(now.history_first), strip.max.y + ctx.px(2)},
                       {strip.x(now.history_last), strip.max.y + ctx.px(4)}, c.accent_dim);

  // Where it was touched.
  for (int last = -1; const Touch& touch : *now.touches) {
    if (std::exchange(last, touch.step) == touch.step) continue;
    const float x = std::floor(strip.x(touch.step)) + 0.5f, r = ctx.px(3.5f);
    list.AddTriangleFilled({x - r, strip.max.y}, {x, strip.max.y - 1.6f * r}, {x + r, strip.max.y},
                           c.warning);
  }

  const float bars = strip.min.y + label_height - ctx.px(1);
  draw_strengths(ctx, list, strip, bars);

  // The order parameter as the run went, 0 at the bottom, 1 at the top.
  if (!now.is_phase) return;
  const float top = bars + 2 * ctx.px(kStrengthBar + kStrengthGap) + ctx.px(1),
              bottom = strip.max.y - ctx.px(2);
  if (bottom - top < ctx.px(8)) return;
  const auto at = [&](int step, double r) {
    return ImVec2{strip.x(step),
                  bottom - (bottom - top) * static_cast<float>(std::clamp(r, 0.0, 1.0))};
  };
  const float thick = std::max(1.0f, ctx.px(1.25f));
  // How it went before something was changed, and where that was.
  const TraceStore& traces = ctx.transient.traces;
  for (const auto& [step, r] : traces.left()) list.PathLineTo(at(step, r));
  list.PathStroke(faded(c.warning, 0.6f), 0, thick);
  if (traces.branched_at() >= 0) {
    const float x = std::floor(strip.x(traces.branched_at())) + 0.5f, r = ctx.px(4);
    list.AddLine({x, strip.min.y}, {x, strip.max.y}, faded(c.warning, 0.8f), thick);
    list.AddQuadFilled({x, strip.max.y - 2 * r}, {x + r, strip.max.y - r}, {x, strip.max.y},
                       {x - r, strip.max.y - r}, c.warning);
  }
  for (const auto& [step, moment] : traces.moments())
    list.PathLineTo(at(step, moment.order_parameter));
  list.PathStroke(faded(c.text, 0.75f), 0, thick);
}

void draw_playhead(const UiContext& ctx, ImDrawList& list, const Strip& strip) {
  const float x = std::floor(strip.x(static_cast<float>(ctx.now.step - 1) + ctx.fade)) + 0.5f;
  const float wing = ctx.px(5);
  list.AddLine({x, strip.min.y - wing}, {x, strip.max.y + ctx.px(4)}, ctx.colours.accent,
               std::max(1.0f, ctx.px(2)));
  list.AddTriangleFilled({x - wing, strip.min.y - wing}, {x + wing, strip.min.y - wing},
                         {x, strip.min.y + ctx.px(2)}, ctx.colours.accent);
  if (ctx.now.holding && ctx.now.hold_fraction > 0) {
    // The hold runs out as a bar under the strip.
    const float y = strip.max.y + ctx.px(2);
    list.AddRectFilled(
        {strip.min.x, y},
        {strip.min.x + (strip.max.x - strip.min.x) * static_cast<float>(1 - ctx.now.hold_fraction),
         y + ctx.px(2)},
        ctx.colours.accent);
  }
}

/// Arrows go by steps, pages by chunks.
void take_strip_keys(UiContext& ctx) {
  const Snapshot& now = ctx.now;
  const int per_chunk = std::max(1, now.total_steps / std::max(1, now.chunks));
  const int steps = strokes(ctx, "Right") - strokes(ctx, "Left");
  if (steps > 0) ctx.session.post(verbs::step, steps);
  if (steps < 0) ctx.session.post(verbs::back, -steps);
  const int border = now.step / per_chunk * per_chunk;
  if (strokes(ctx, "PageDown"))
    ctx.session.post(verbs::seek, std::min(border + per_chunk, now.total_steps));
  if (strokes(ctx, "PageUp"))
    ctx.session.post(verbs::seek, now.step > border ? border : std::max(0, border - per_chunk));
  if (strokes(ctx, "Home")) ctx.session.post(verbs::seek, 0);
  if (strokes(ctx, "End")) ctx.session.post(verbs::run);
}

void draw_strip(UiContext& ctx, float height) {
  const Snapshot& now = ctx.now;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = std::max(ImGui::GetContentRegionAvail().x, 1.0f);
  const float wing = ctx.px(6);
  const Strip strip{{corner.x + wing, corner.y + wing},
                    {corner.x + width - wing, corner.y + height - ctx.px(5)},
                    now.total_steps};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImGui::InvisibleButton("strip", {width, std::max(height, 1.0f)});
  note_place(ctx, "strip");
  if (!now.model || now.total_steps == 0) {
    list.AddRectFilled(strip.min, strip.max, ctx.colours.raised, ctx.px(4));
    return;
  }
  const float mouse = ImGui::GetIO().MousePos.x;
  if (focusable(ctx)) take_strip_keys(ctx);
  if (ImGui::IsItemActive()) {
    // One seek per step that the pointer comes to, not per frame.
    const int step = strip.step(mouse);
    if (step != ctx.transient.sought) ctx.session.post(verbs::seek, step);
    ctx.transient.sought = step;
  } else {
    ctx.transient.sought = -1;
  }
  draw_chunks(ctx, list, strip);
  draw_playhead(ctx, list, strip);
  if (!ImGui::IsItemHovered() && !ImGui::IsItemActive()) return;
  const int step = strip.step(mouse);
  const float x = std::floor(strip.x(step)) + 0.5f;
  list.AddLine({x, strip.min.y}, {x, strip.max.y}, faded(ctx.colours.text, 0.6f));
  const int per_chunk = std::max(1, now.total_steps / std::max(1, now.chunks));
  const int chunk = std::min(step / per_chunk, now.chunks - 1);
  std::string label =
      fmt::format("step {} · chunk {}: {}", step, chunk + 1, strength_text(ctx, chunk));
  const auto& moments = ctx.transient.traces.moments();
  const auto moment = moments.find(step);
  if (now.is_phase && moment != moments.end())
    label += fmt::format(" · R {:.3f}", moment->second.order_parameter);
  if (step == ctx.transient.traces.branched_at()) label += " · changed here";
  if (std::ranges::any_of(*now.touches, [&](const Touch& t) { return t.step == step; }))
    label += " · touched here";
  if (step < now.history_first || step > now.history_last) label += " · to be computed";
  const float label_width = text_width(ctx.fonts.caption, label) + ctx.px(10);
  const float left =
      std::clamp(x + ctx.px(6), strip.min.x, std::max(strip.min.x, strip.max.x - label_width));
  const float y = strip.max.y - ctx.fonts.caption->FontSize - ctx.px(10);
  list.AddRectFilled({left, y}, {left + label_width, strip.max.y - ctx.px(4)},
                     faded(ctx.colours.back, 0.9f), ctx.px(3));
  draw_text(list, ctx.fonts.caption, {left + ctx.px(5), y + ctx.px(3)}, ctx.colours.text, label);
  const float bars = strip.min.y + ctx.fonts.caption->FontSize + ctx.px(5);
  const float mouse_y = ImGui::GetIO().MousePos.y;
  if (ImGui::IsMouseDown(0) || mouse_y < strip.min.y ||
      mouse_y > bars + 2 * ctx.px(kStrengthBar + kStrengthGap))
    return;
  // Above the strip, which it must not cover.
  ImGui::SetNextWindowPos({x, corner.y - ctx.px(4)}, ImGuiCond_Always, {0.5f, 1});
  show_hint(ctx,
            fmt::format("How strong chunk {} is as the hardware holds it, root mean square: {}. "
                        "The bars are shares of the strongest chunk: couplings W_ij above, {} "
                        "below.",
                        chunk + 1, strength_text(ctx, chunk), now.spoken().drive));
}

}  // namespace

void draw_timeline(UiContext& ctx) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float line = ctx.px(30);
  draw_playback(ctx);
  const float taken = ImGui::GetItemRectMax().x - corner.x;
  draw_position(ctx, corner, room.x, line, taken);
  ImGui::SetCursorScreenPos({corner.x, corner.y + line + ctx.px(4)});
  draw_strip(ctx, std::max(room.y - line - ctx.px(4), ctx.px(24)));
}

}  // namespace phaseloom
