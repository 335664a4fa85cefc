#include "app/ui/status_bar.hpp"

#include <fmt/format.h>

#include <iterator>

#include "app/session/si_text.hpp"
#include "app/ui/panels.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {
namespace {

struct Condition {
  ImU32 colour;
  std::string words;
};

Condition condition(const UiContext& ctx) {
  const Snapshot& now = ctx.now;
  const Palette& c = ctx.colours;
  if (!now.loading.empty()) return {c.accent, fmt::format("Reading {}", now.loading)};
  if (!now.model) return {c.warning, "No model"};
  if (now.diverged) return {c.error, "Diverged"};
  if (now.busy) return {c.accent, "Computing"};
  if (now.holding) return {c.accent, "Finished, holding"};
  if (now.playing) return {c.accent, "Running"};
  if (now.finished()) return {c.faint, "Finished"};
  return {c.faint, "Paused"};
}

}  // namespace

StatusLine::StatusLine(UiContext& ctx)
    : ctx_(ctx),
      list_(*ImGui::GetWindowDrawList()),
      at_(ImGui::GetCursorScreenPos()),
      height_(ImGui::GetContentRegionAvail().y),
      x_(at_.x),
      end_(at_.x + ImGui::GetContentRegionAvail().x) {}

void StatusLine::condition(ImU32 colour, std::string_view words) {
  ImFont* font = ctx_.fonts.caption;
  const float middle = at_.y + height_ / 2;
  list_.AddCircleFilled({x_ + ctx_.px(4), middle}, ctx_.px(4), colour);
  x_ += ctx_.px(14);
  draw_text(list_, font, {x_, middle - font->FontSize / 2}, ctx_.colours.text, words);
  // As wide as the longest of them, so that what follows does not jump.
  x_ += std::max(text_width(font, words), text_width(font, "Finished, holding")) + ctx_.px(18);
}

void StatusLine::number(std::string_view name, const std::string& value, std::string_view help) {
  ImFont *digits = ctx_.fonts.small, *words = ctx_.fonts.caption;
  const float middle = at_.y + height_ / 2;
  const float width = text_width(digits, value) + ctx_.px(6) + text_width(words, name);
  if (x_ + width > end_) return;
  draw_text(list_, digits, {x_, middle - digits->FontSize / 2}, ctx_.colours.text, value);
  draw_text(list_, words,
            {x_ + text_width(digits, value) + ctx_.px(6), middle - words->FontSize / 2},
            ctx_.colours.faint, name);
  ImGui::SetCursorScreenPos({x_, at_.y});
  ImGui::PushID(name.data(), name.data() + name.size());
  ImGui::InvisibleButton("number", {width, std::max(height_, 1.0f)});
  ImGui::PopID();
  hint(ctx_, help);
  x_ += width + ctx_.px(18);
}

void StatusLine::seed(std::uint64_t seed) {
  number("", fmt::format("seed {}", seed), "All that is random is made from it.");
}

void StatusLine::times() {
  number("ms frame", measured(ctx_.times.frame_ms, "{:5.1f}"), "From one frame to the next.");
  number("ms drawing", measured(ctx_.times.ui_ms, "{:5.2f}"),
         "Our own part of a frame: building and submitting it.");
}

void StatusLine::warning() {
  const auto& messages = *ctx_.now.messages;
  for (auto m = messages.rbegin(); m != messages.rend(); ++m) {
    if (m->level == Message::Level::info || m->id <= ctx_.transient.dismissed) continue;
    const ImU32 colour =
        m->level == Message::Level::error ? ctx_.colours.error : ctx_.colours.warning;
    const float width = end_ - x_ - ctx_.px(20);
    if (width < ctx_.px(80)) break;
    ImFont* font = ctx_.fonts.caption;
    const float middle = at_.y + height_ / 2;
    const std::string cut = shortened(font, m->text, width);
    const float left = end_ - text_width(font, cut);
    draw_icon(list_, Icon::warning, {left - ctx_.px(12), middle}, ctx_.px(12), colour);
    draw_text(list_, font, {left, middle - font->FontSize / 2}, colour, cut);
    ImGui::SetCursorScreenPos({left - ctx_.px(20), at_.y});
    if (ImGui::InvisibleButton("warning", {end_ - left + ctx_.px(20), std::max(height_, 1.0f)}))
      show_message_again(ctx_, m->id);
    note_place(ctx_, "warning");
    hint(ctx_, m->text);
    break;
  }
}

std::string StatusLine::measured(double value, const char* format) {
  return value > 0 ? fmt::format(fmt::runtime(format), value) : std::string("    –");
}

void draw_status(UiContext& ctx) {
  const Snapshot& now = ctx.now;
  StatusLine line(ctx);
  const Condition is = condition(ctx);
  line.condition(is.colour, is.words);
  line.number("steps/s", StatusLine::measured(now.steps_per_second, "{:5.0f}"),
              "Integrator steps per second, of the whole wall.");
  line.number("images/s", StatusLine::measured(now.images_per_second, "{:5.1f}"),
              "Finished images per second at this pace.");
  line.number("ms step", StatusLine::measured(now.step_milliseconds, "{:5.2f}"),
              "Computing time of one step of the whole wall.");
  line.times();
  line.number(fmt::format("noise {}", ctx.scene.round), fmt::format("seed {},", ctx.scene.seed),
              "All noise is made from these two: with them come the same images again.");
  if (now.model)
    line.number("per image", si_text(present_cost(ctx).energy.total(), "J"),
                "Energy of an analog core for one image; the line under the wall says more.");
  const FilmSnapshot& film = *ctx.session.film();
  if (film.state == FilmSnapshot::State::writing)
    line.number("of the film", fmt::format("{} %", 100 * film.pictures / std::max(1, film.wanted)),
                "Pictures of images forming that are written so far; Ctrl+E can cancel them.");
  line.warning();
}

}  // namespace phaseloom
