// SPDX-License-Identifier: MIT
// Models as cards: pictures that the model itself has made, its name, and what it is in one line.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "app/commands/view_verbs.hpp"
#include "app/document/assets.hpp"
#include "app/document/openable.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/view.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/models.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// The pictures on the cards of models that are seen, in the order of the wall's samples.
struct CardPictures {
  ImageWall wall;
  std::vector<std::shared_ptr<const ModelCard>> shown;
  std::shared_ptr<const std::vector<float>> values;
  const void* model = nullptr;  ///< on the wall when the cards were looked at last
};

constexpr float kPicture = ModelCard::kSide, kPad = 4, kApart = 3;  // units of the content scale
constexpr int kPixels = ModelCard::kSide * ModelCard::kSide * ModelCard::kChannels;

/// Gives the wall the pictures of the cards that are seen; which sample each card's first one is.
std::vector<int> prepare_pictures(UiContext& ctx,
                                  std::span<const std::shared_ptr<const ModelCard>> cards) {
  std::vector<int> first;
  std::vector<std::shared_ptr<const ModelCard>> shown;
  for (const auto& card : cards) {
    const bool has = card && !card->pictures.empty();
    first.push_back(has ? ModelCard::kPictures * static_cast<int>(shown.size()) : -1);
    if (has) shown.push_back(card);
  }
  CardPictures& pictures = ctx.kept<CardPictures>();
  if (shown != pictures.shown || !pictures.values) {
    auto values = std::make_shared<std::vector<float>>();
    for (const auto& card : shown)
      values->insert(values->end(), card->pictures.begin(), card->pictures.end());
    pictures.values = std::move(values);
    pictures.shown = std::move(shown);
  }
  if (!pictures.shown.empty())
    pictures.wall.show(pictures.values, nullptr,
                       ModelCard::kPictures * static_cast<int>(pictures.shown.size()), kPixels,
                       LaneOrder::lane_major);
  return first;
}

std::string title_of(const std::string& model) {
  const std::filesystem::path path(model);
  const bool is_path =
      model.find('/') != std::string::npos || openable_kind(path) == FileKind::model;
  return is_path ? path.stem().string() : model;
}

/// Returns whether it was clicked.
bool draw_card(UiContext& ctx, const std::string& model, const ModelCard* card, int first_sample,
               bool list_open) {
  const bool chosen = model == ctx.scene.model;
  const Palette& c = ctx.colours;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = std::max(ImGui::GetContentRegionAvail().x, 1.0f);
  const float height = ctx.px(kPicture + 2 * kPad);
  const bool clicked = ImGui::InvisibleButton(model.c_str(), {width, height});
  note_place(ctx, "card " + model);
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = ImGui::GetStyle().FrameRounding;
  list.AddRectFilled(at, {at.x + width, at.y + height}, hovered ? c.hovered : c.raised, rounding);
  if (chosen)
    list.AddRect(at, {at.x + width, at.y + height}, c.accent, rounding, 0,
                 std::max(1.0f, ctx.px(1.5f)));
  const float side = ctx.px(kPicture), pad = ctx.px(kPad), gap = std::max(1.0f, ctx.px(1));
  WallLayout pictures;
  pictures.origin = {at.x + pad, at.y + pad};
  pictures.columns = pictures.count = ModelCard::kPictures;
  pictures.cell = {side, side};
  pictures.gutter = gap;
  pictures.image = {ModelCard::kSide, ModelCard::kSide};
  const Box box = pictures.bounds();
  if (first_sample >= 0)
    draw_wall_samples(ctx, list, ctx.kept<CardPictures>().wall, pictures,
                      {.channels = ModelCard::kChannels}, 1, 0, first_sample);
  else
    list.AddRectFilled({box.min.x, box.min.y}, {box.max.x, box.max.y}, c.back);
  const float x = box.max.x + ctx.px(8), room = at.x + width - ctx.px(6) - x;
  const float lines = ctx.fonts.text->FontSize + ctx.px(2) + ctx.fonts.caption->FontSize;
  const float top = at.y + (height - lines) / 2;
  const std::string name = title_of(model);
  draw_text(list, ctx.fonts.text, {x, top}, c.text, name, room);
  const std::string line = !card ? "…" : card->line.empty() ? "cannot be read" : card->line;
  draw_text(list, ctx.fonts.caption, {x, top + ctx.fonts.text->FontSize + ctx.px(2)},
            card && !card->problem.empty() ? c.warning : c.faint, line, room);
  hint(ctx, fmt::format("{}: {}.\n{}", name, card && !card->problem.empty() ? card->problem : line,
                        !chosen     ? "A click runs it."
                        : list_open ? "This one runs."
                                    : "A click shows the others; a file can be dropped on the "
                                      "window as well."));
  return clicked;
}

/// The name among these of the model that runs: a file may be named by its path, too, as it is when
/// it was just written or dropped. Else the path itself.
std::string card_of(const std::vector<std::string>& names, const std::string& model) {
  std::error_code ignored;
  for (const std::string& name : names) {
    bool same = name == model;
    if (!same)
      problem_of([&] {  // a name whose file is gone is not the one
        same = std::filesystem::equivalent(model_file(unescaped(name)), unescaped(model), ignored);
      });
    if (same) return name;
  }
  return model;
}

struct PresentCard {
  std::string model;               ///< that the scene names
  std::vector<std::string> names;  ///< that there were
  std::string card;
};

}  // namespace

void draw_model_cards(UiContext& ctx) {
  CardPictures& pictures = ctx.kept<CardPictures>();
  PresentCard& named = ctx.kept<PresentCard>();
  const bool open = section(ctx, Section::model, "Model", 1000);
  // Under the pointer nothing moves: what is new comes when it has left.
  std::vector<std::string> names =
      named.names.empty() || !ImGui::IsWindowHovered() ? known_models(ctx) : named.names;
  if (named.model != ctx.scene.model || named.names != names)
    named = {ctx.scene.model, names, card_of(names, ctx.scene.model)};
  const std::string& present = named.card;
  if (std::ranges::find(names, present) == names.end()) names.push_back(present);
  const auto at = std::ranges::find(names, present) - names.begin();
  // A file of the same name may be another one by now: when a model has been read, others may have
  // been written.
  if (ctx.now.model && pictures.model != ctx.now.model.get()) {
    if (pictures.model) ctx.session.refresh_cards();
    pictures.model = ctx.now.model.get();
  }
  std::vector<std::string> seen = open ? names : std::vector{present};
  std::vector<std::shared_ptr<const ModelCard>> cards;
  for (const std::string& name : seen) cards.push_back(ctx.session.card(name));
  const std::vector<int> first = prepare_pictures(ctx, cards);

  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, ctx.px(kApart)});
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!draw_card(ctx, seen[i], cards[i].get(), first[i], open)) continue;
    if (seen[i] != present)
      ctx.session.set("model", seen[i]);
    else if (!open)
      ctx.session.post(verbs::section, name_of(Section::model), name_of(Fold::open));
  }
  ImGui::PopStyleVar();
  // For the keyboard all of them are one control: arrows run the one before or after.
  const Box box{{corner.x, corner.y},
                {corner.x + width, ImGui::GetCursorScreenPos().y - ctx.px(kApart)}};
  if (ctx.transient.keep_places) ctx.transient.places["model"] = box;
  if (focusable(ctx, ImGui::GetID("cards"), &box)) {
    if (const auto moved = moved_choice(ctx, static_cast<int>(at), static_cast<int>(names.size())))
      ctx.session.set("model", names[static_cast<std::size_t>(*moved)]);
    if (pushed(ctx))
      ctx.session.post(verbs::section, name_of(Section::model),
                       name_of(open ? Fold::closed : Fold::open));
    focus_hint(ctx, "Arrows run the model before or after; Enter shows all, or one.");
  }
}

}  // namespace phaseloom
