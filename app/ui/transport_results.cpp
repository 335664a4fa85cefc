// The grid of experiments in place of the plane: after [AIS] Fig. 4, and as a table. All of it is
// about the pair that is chosen.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "app/session/spoken_names.hpp"
#include "app/ui/export.hpp"
#include "app/ui/focus.hpp"
#include "app/ui/notice.hpp"
#include "app/ui/plot.hpp"
#include "app/ui/train.hpp"
#include "app/ui/transport.hpp"
#include "app/ui/view.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {
namespace {

using Results = std::vector<const ResultSummary*>;

Results of_pair(const UiContext& ctx) {
  Results found;
  for (const ResultSummary& r : *ctx.results.results)
    if (r.pair == ctx.scene.transport.pair) found.push_back(&r);
  std::ranges::stable_sort(found, {}, [](const auto* r) { return r->w2_squared.median; });
  return found;
}

/// Told apart by colour-blind eyes too, in the order of transport_models().
ImU32 colour_of(const UiContext& ctx, std::string_view model) {
  const bool dark = ctx.state.theme == Theme::dark;
  const std::array<ImU32, 5> colours{
      ctx.colours.text, dark ? IM_COL32(120, 200, 255, 255) : IM_COL32(60, 150, 210, 255),
      dark ? IM_COL32(60, 130, 255, 255) : IM_COL32(0, 70, 170, 255),
      dark ? IM_COL32(240, 190, 60, 255) : IM_COL32(205, 135, 0, 255),
      dark ? IM_COL32(235, 100, 40, 255) : IM_COL32(190, 70, 0, 255)};
  const auto at = static_cast<std::size_t>(transport_model_choice(model).index);
  return colours[std::min(at, colours.size() - 1)];
}

/// The one that the controls are set to, or null.
const ResultSummary* set_one(const UiContext& ctx, const Results& results) {
  const TransportSetup now = ctx.scene.transport.setup();
  const auto found = std::ranges::find_if(results, [&](const auto* r) {
    return r->model == now.model && r->loss == now.loss && r->chunks == now.chunks &&
           r->hidden == now.hidden;
  });
  return found == results.end() ? nullptr : *found;
}

void set_to(UiContext& ctx, const ResultSummary& r) {
  ctx.session.begin_gesture();
  ctx.session.set("transport.model", r.model);
  ctx.session.set("transport.loss", loss_name(r.loss));
  if (r.model != kMlp) {
    ctx.session.set("transport.chunks", r.chunks);
    ctx.session.set("transport.hidden", r.hidden);
  }
  ctx.session.end_gesture();
}

std::string explained(const ResultSummary& r) {
  std::string text = title_of(r.model, r.loss);
  if (r.model != kMlp) text += fmt::format(", {} chunks, {} hidden units", r.chunks, r.hidden);
  text += fmt::format("\n\nW₂² {:.5f}, {:.1f} × the sampling noise", r.w2_squared.median,
                      r.w2_squared.median / r.floor);
  if (r.seeds > 1)
    text += fmt::format("\nmedian of {} seeds, {:.5f} to {:.5f}", r.seeds, r.w2_squared.least,
                        r.w2_squared.most);
  return text + "\n\nClick: the controls are set to it.";
}

// --- the job -------------------------------------------------------------------------------------

void draw_job(UiContext& ctx) {
  const ResultsSnapshot& r = ctx.results;
  const bool named = std::ranges::any_of(
      pair_infos(), [&](const auto& info) { return info.name == ctx.scene.transport.pair; });
  if (r.running) {
    if (text_button(ctx, "grid stop", "Stop", "Ends the grid; what is finished is kept.",
                    {.chosen = true}))
      ctx.session.post(Verb::transport_grid_stop);
  } else {
    if (text_button(ctx, "grid pair", "Train all on this pair",
                    named ? "Trains what is missing below: all models with both losses, 1 to 8 "
                            "chunks and 0 to 16 hidden units, with the seed on the left."
                          : "Drawings and files have no name that results could be kept under.",
                    {.enabled = named}))
      ctx.session.post(Verb::transport_grid, "pair");
    ImGui::SameLine(0, ctx.px(6));
    if (text_button(ctx, "grid all", "On D1 to D4",
                    "The same on the four pairs of the paper: some hundreds of trainings."))
      ctx.session.post(Verb::transport_grid, "all");
  }
  ImGui::SameLine(0, ctx.px(6));
  if (icon_button(ctx, "export results", Icon::save, ImGui::GetFrameHeight(),
                  "Writes all results, of all pairs, as a table (.csv) to ~/Phaseloom.", {},
                  {.enabled = !r.results->empty() && !r.running, .frame = false}))
    export_results_table(ctx);
  ImGui::SameLine(0, ctx.px(10));
  std::string words;
  if (r.running) {
    words = fmt::format("{} of {}", r.done, r.total);
    if (r.seconds_left > 0) words += fmt::format(", {} left", duration_text(r.seconds_left));
    if (!r.latest.empty()) words += "   " + r.latest;
  } else if (!r.problem.empty()) {
    words = r.problem;
  } else if (!named) {
    words = "Drawings and files have no name to keep results under.";
  }
  ImGui::AlignTextToFramePadding();
  const float room = ImGui::GetContentRegionAvail().x;
  text(ctx, ctx.fonts.text, r.problem.empty() ? ctx.colours.faint : ctx.colours.warning,
       shortened(ctx.fonts.text, words, std::max(room, 1.0f)));
}

// --- the plots -----------------------------------------------------------------------------------

constexpr std::string_view kAxes = "W₂² (log) against hidden units";

/// A mark and its words; returns where the next one begins.
ImVec2 draw_key(UiContext& ctx, ImVec2 at, float end, ImU32 colour, bool hollow,
                std::string_view words) {
  ImFont* font = ctx.fonts.caption;
  const float width = ctx.px(14) + text_width(font, words);
  if (at.x + width > end) return at;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 centre{at.x + ctx.px(5), at.y + font->FontSize / 2};
  if (hollow)
    list.AddCircle(centre, ctx.px(3.5f), colour, 16, std::max(1.0f, ctx.px(1.3f)));
  else
    list.AddCircleFilled(centre, ctx.px(4), colour, 16);
  draw_text(list, font, {at.x + ctx.px(14), at.y}, ctx.colours.faint, words);
  return {at.x + width + ctx.px(14), at.y};
}

void draw_keys(UiContext& ctx) {
  ImVec2 at = ImGui::GetCursorScreenPos();
  const float end = at.x + ImGui::GetContentRegionAvail().x, top = at.y;
  at = draw_key(ctx, at, end, ctx.colours.faint, false, spoken_loss(TransportLoss::swd));
  at = draw_key(ctx, at, end, ctx.colours.faint, true, spoken_loss(TransportLoss::ot_cfm));
  for (const std::string_view model : transport_models())
    at = draw_key(ctx, at, end, colour_of(ctx, model), false, spoken_transport_model(model));
  if (const float width = text_width(ctx.fonts.caption, kAxes); at.x + width < end)
    draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.caption, {end - width, at.y},
              ctx.colours.faint, kAxes);
  ImGui::SetCursorScreenPos({ImGui::GetCursorScreenPos().x, top + ctx.fonts.caption->FontSize});
  ImGui::Dummy({1, ctx.px(4)});
}

struct Scale {
  std::vector<int> chunks, hidden;
  double low = 1e-3, high = 1e-2;  // of W2^2
};

Scale scale_of(const Results& results) {
  Scale scale;
  const auto add = [](std::vector<int>& to, int value) {
    if (std::ranges::find(to, value) == to.end()) to.push_back(value);
  };
  double low = HUGE_VAL, high = 0;
  for (const ResultSummary* r : results) {
    if (r->model != kMlp) {
      add(scale.chunks, r->chunks);
      add(scale.hidden, r->hidden);
    }
    for (const double v : {r->floor, r->w2_squared.least, r->w2_squared.most})
      if (v > 0 && std::isfinite(v)) low = std::min(low, v), high = std::max(high, v);
  }
  std::ranges::sort(scale.chunks);
  std::ranges::sort(scale.hidden);
  if (low < high) scale.low = low / 1.25, scale.high = high * 1.25;
  return scale;
}

/// A dot that can be pointed at.
struct Spot {
  const ResultSummary* result;
  ImVec2 at;
};

/// One model and loss across a panel.
void draw_curve(UiContext& ctx, const Plot& plot, const Results& results, const Scale& scale,
                std::string_view model, TransportLoss loss, int chunks, std::vector<Spot>& spots) {
  const ImU32 colour = colour_of(ctx, model);
  const bool swd = loss == TransportLoss::swd;
  std::vector<double> x, y;
  for (std::size_t place = 0; place < scale.hidden.size(); ++place) {
    const auto found = std::ranges::find_if(results, [&](const auto* r) {
      return r->model == model && r->loss == loss && r->chunks == chunks &&
             r->hidden == scale.hidden[place];
    });
    if (found == results.end()) continue;
    const ResultSummary& r = **found;
    x.push_back(static_cast<double>(place));
    y.push_back(std::min(r.w2_squared.median, scale.high));
    if (r.seeds > 1)
      plot.list().AddLine(plot.at(x.back(), r.w2_squared.least),
                          plot.at(x.back(), std::min(r.w2_squared.most, scale.high)),
                          faded(colour, 0.6f), std::max(1.0f, ctx.px(1)));
    spots.push_back({&r, plot.at(x.back(), y.back())});
  }
  plot.line(x, y, faded(colour, swd ? 1.0f : 0.45f), swd ? 1.6f : 1.0f);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const ImVec2 at = plot.at(x[i], y[i]);
    plot.list().AddCircleFilled(at, ctx.px(3.4f), swd ? colour : ctx.colours.panel, 16);
    plot.list().AddCircle(at, ctx.px(3.4f), colour, 16, std::max(1.0f, ctx.px(1.3f)));
  }
}

void draw_panel(UiContext& ctx, const Results& results, const Scale& scale, int chunks, bool alone,
                float height) {
  std::string title = fmt::format("{} chunk{}", chunks, chunks == 1 ? "" : "s");
  if (alone) title += " (as on the left)";
  if (ImGui::GetContentRegionAvail().x > ctx.px(330)) title += fmt::format(": {}", kAxes);
  std::vector<double> ticks;
  std::vector<std::string> texts;
  std::vector<const char*> names;
  for (const int hidden : scale.hidden) texts.push_back(std::to_string(hidden));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    ticks.push_back(static_cast<double>(i));
    names.push_back(texts[i].c_str());
  }
  const Plot plot(ctx, "panel", height,
                  {-0.5, static_cast<double>(scale.hidden.size()) - 0.5, "", ticks, names},
                  {scale.low, scale.high, title.c_str(), {}, {}, true});
  note_place(ctx, fmt::format("results {}", chunks));
  for (const ResultSummary* r : results)
    if (r->model == kMlp)
      plot.level(r->w2_squared.median,
                 faded(colour_of(ctx, kMlp), r->loss == TransportLoss::swd ? 0.9f : 0.45f), ctx,
                 "");
  plot.level(results.front()->floor, ctx.colours.faint, ctx, "sampling noise");
  std::vector<Spot> spots;
  for (const std::string_view model : transport_models())
    for (const TransportLoss loss : {TransportLoss::ot_cfm, TransportLoss::swd})
      if (model != kMlp) draw_curve(ctx, plot, results, scale, model, loss, chunks, spots);
  const ResultSummary* const set = set_one(ctx, results);
  for (const Spot& spot : spots)
    if (spot.result == set)
      plot.list().AddCircle(spot.at, ctx.px(7), ctx.colours.text, 24, std::max(1.0f, ctx.px(1.5f)));
  if (!plot.hovered()) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto far = [&](const Spot& s) { return std::hypot(s.at.x - mouse.x, s.at.y - mouse.y); };
  const auto nearest = std::ranges::min_element(spots, {}, far);
  if (nearest == spots.end() || far(*nearest) > ctx.px(12)) {
    hint(ctx,
         "W₂² between 2,000 carried and 2,000 held-out points, against the number of hidden units: "
         "dots are medians over seeds, bars reach from the least to the largest. Dashed: the MLP, "
         "fainter with OT-CFM, and what as many other points of the target have.");
    return;
  }
  plot.list().AddCircle(nearest->at, ctx.px(5.5f), ctx.colours.accent, 24,
                        std::max(1.0f, ctx.px(1.5f)));
  hint_at_once(ctx, explained(*nearest->result));
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) set_to(ctx, *nearest->result);
}

/// All numbers of chunks side by side; where there is no room, the one that is set alone.
void draw_panels(UiContext& ctx, const Results& results, float height) {
  Scale scale = scale_of(results);
  if (scale.chunks.empty()) scale.chunks = {1};
  if (scale.hidden.empty()) scale.hidden = {0};
  const float gap = ctx.px(6), width = ImGui::GetContentRegionAvail().x;
  const auto room = static_cast<std::size_t>(std::max(1.0f, width / ctx.px(170)));
  std::vector<int> shown = scale.chunks;
  if (shown.size() > room) {
    const int set = ctx.scene.transport.chunks;
    const auto nearest =
        std::ranges::min_element(shown, {}, [&](int chunks) { return std::abs(chunks - set); });
    shown = {*nearest};
  }
  const auto n = static_cast<float>(shown.size());
  const float each = std::floor((width - gap * (n - 1)) / n);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, gap);
    ImGui::PushID(shown[i]);
    ImGui::BeginChild("panel", {each, height}, false, ImGuiWindowFlags_NoScrollbar);
    draw_panel(ctx, results, scale, shown[i], shown.size() < scale.chunks.size(), height);
    ImGui::EndChild();
    ImGui::PopID();
  }
}

// --- the table -----------------------------------------------------------------------------------

struct TableColumn {
  const char* name;
  float width;  // unscaled; the last one takes what is left
  float from;   // shown where the table is at least so wide, unscaled
};
constexpr std::array kColumns{TableColumn{"model", 110, 0},
                              TableColumn{"loss", 70, 0},
                              TableColumn{"chunks", 54, 360},
                              TableColumn{"hidden", 54, 360},
                              TableColumn{"W₂²", 74, 0},
                              TableColumn{"× noise", 62, 380},
                              TableColumn{"least – most", 150, 660},
                              TableColumn{"seeds", 48, 730},
                              TableColumn{"s", 48, 790}};

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
    default:
      return fmt::format("{:.1f}", r.seconds);
  }
}

void draw_table(UiContext& ctx, const Results& results, float height) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < kColumns.size(); ++c)
    if (width >= ctx.px(kColumns[c].from)) columns.push_back(c);
  const auto set = std::ranges::find(results, set_one(ctx, results));
  int chosen = set == results.end() ? -1 : static_cast<int>(set - results.begin());
  const Box box{{corner.x, corner.y}, {corner.x + width, corner.y + height}};
  bool moved = false;
  if (focusable(ctx, ImGui::GetID("results table"), &box))
    if (const auto to = moved_choice(ctx, chosen, static_cast<int>(results.size()))) {
      chosen = *to;
      moved = true;
      set_to(ctx, *results[static_cast<std::size_t>(chosen)]);
    }
  constexpr auto kFlags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg |
                          ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_PadOuterX;
  if (!ImGui::BeginTable("results table", static_cast<int>(columns.size()), kFlags,
                         {width, height}))
    return;
  ImGui::TableSetupScrollFreeze(0, 1);
  for (const std::size_t c : columns) {
    const float wide = kColumns[c].width;
    ImGui::TableSetupColumn(
        kColumns[c].name,
        c != columns.back() ? ImGuiTableColumnFlags_WidthFixed : ImGuiTableColumnFlags_WidthStretch,
        c != columns.back() ? ctx.px(wide) : 1);
  }
  ImGui::PushFont(ctx.fonts.caption);
  ImGui::TableHeadersRow();
  ImGui::PopFont();
  for (std::size_t i = 0; i < results.size(); ++i) {
    const ResultSummary& r = *results[i];
    const bool is_chosen = static_cast<int>(i) == chosen;
    ImGui::TableNextRow();
    for (std::size_t k = 0; k < columns.size(); ++k) {
      ImGui::TableSetColumnIndex(static_cast<int>(k));
      const std::string words = cell_text(r, columns[k]);
      if (k > 0) {
        text(ctx, columns[k] == 1 ? ctx.fonts.text : ctx.fonts.mono, ctx.colours.text, words);
        continue;
      }
      ImGui::PushID(static_cast<int>(i));
      if (ImGui::Selectable("##row", is_chosen, ImGuiSelectableFlags_SpanAllColumns))
        set_to(ctx, r);
      ImGui::PopID();
      if (i < 3) note_place(ctx, fmt::format("result {}", i + 1));
      if (is_chosen && moved) ImGui::SetScrollHereY();
      ImGui::SameLine(0, 0);
      text(ctx, ctx.fonts.text, colour_of(ctx, r.model), words);
    }
  }
  ImGui::EndTable();
}

}  // namespace

void draw_transport_results(UiContext& ctx, Box area) {
  ImGui::SetCursorScreenPos({area.min.x, area.min.y});
  draw_job(ctx);
  const Results results = of_pair(ctx);
  if (results.empty()) {
    float y = (area.min.y + area.max.y) / 2 - ctx.px(30);
    centred(ctx, ctx.fonts.strong, ctx.colours.text, "No results of this pair yet", area, y);
    return;
  }
  ImGui::Dummy({1, ctx.px(2)});
  draw_keys(ctx);
  const float room = area.max.y - ImGui::GetCursorScreenPos().y;
  const float plots = std::floor(std::clamp(0.5f * room, ctx.px(90), ctx.px(420)));
  draw_panels(ctx, results, plots);
  draw_table(ctx, results, std::max(room - plots - ctx.px(8), ctx.px(40)));
}

}  // namespace phaseloom
