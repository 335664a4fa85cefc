// SPDX-License-Identifier: MIT
// One button for each class that a network can be asked for, by its name.

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/document/spoken_names.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/view.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

const ModelFacts& present_facts(UiContext& ctx) {
  auto& [model, facts] = ctx.transient.facts;  // it takes some parsing
  if (model != ctx.now.model) {
    model = ctx.now.model;
    facts = model ? model_facts(*model) : ModelFacts();
  }
  return facts;
}

void draw_class_buttons(UiContext& ctx) {
  const int labels = known_labels(ctx);
  const bool can = labels > 0;
  const std::string& dataset = present_facts(ctx).dataset;
  const std::string help =
      can ? field_help({"label", nullptr, ctx.now.spoken().held_text.data()}) +
                "\nL asks for the next one."
          : "This network cannot be asked for a class; those whose card says \"on demand\" can.";
  std::vector<Choice> choices{{"all", can ? "All classes in turn. " + help : help, can}};
  for (int k = 0; k < (can ? labels : kSceneLabels); ++k) {
    const std::string number = std::to_string(k), name = spoken_class(dataset, k);
    const std::string about = name == number ? number : fmt::format("{} ({})", name, number);
    choices.push_back({name, fmt::format("{}: {}", about, help), can});
  }
  // Always two rows: what is below stays where it is, whatever the model calls its classes.
  const int asked = ctx.scene.label.value_or(-1);
  const int chosen = !can ? -1 : asked < labels ? asked + 1 : 0;
  const std::span<const Choice> all(choices);
  const std::size_t first = (choices.size() - 1) / 2;
  const float width = ImGui::GetContentRegionAvail().x;
  std::size_t begin = 0;
  for (const auto& [id, count] : {std::pair{"label", first}, {"label2", choices.size() - first}}) {
    const int offset = static_cast<int>(begin);
    const int here = chosen - offset;
    if (const auto taken = segmented(ctx, id, all.subspan(begin, count),
                                     here < static_cast<int>(count) ? here : -1, width)) {
      const int k = *taken + offset - 1;
      ctx.session.set("label", k < 0 ? std::string("all") : std::to_string(k));
    }
    begin += count;
  }
}

}  // namespace phaseloom
