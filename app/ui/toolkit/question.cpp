// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/question.hpp"

#include <utility>

#include "app/ui/toolkit/dialog.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

void ask(UiContext& ctx, Question question) { ctx.transient.question = std::move(question); }

void draw_question(UiContext& ctx) {
  std::optional<Question>& asked = ctx.transient.question;
  if (asked && !ImGui::IsPopupOpen("question")) ImGui::OpenPopup("question");
  if (!asked || !begin_dialog(ctx, "question", 480)) return;
  if (ImGui::IsWindowAppearing()) focus_on_dialog(ctx);  // on the answer that changes nothing
  text(ctx, ctx.fonts.strong, ctx.colours.text, asked->title);
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.text, ctx.colours.faint, asked->words);
  ImGui::PopTextWrapPos();
  ImGui::Dummy({0, ctx.px(4)});

  const float least = ctx.px(92), gap = ctx.px(6);
  const auto width_of = [&](const std::string& label) {
    return std::max(least, text_width(ctx.fonts.text, label) + ctx.px(28));
  };
  float all = width_of("Cancel");
  for (const Question::Answer& answer : asked->answers) all += gap + width_of(answer.label);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - all);
  const auto answered = [&](const Question::Answer& answer) {
    return text_button(ctx, ("answer " + answer.label).c_str(), answer.label, answer.help, {},
                       width_of(answer.label));
  };
  const Question::Answer cancel{"Cancel", {}, asked->otherwise};
  std::optional<Question::Answer> chosen;
  if (answered(cancel) || pressed(ctx, "Escape")) chosen = cancel;
  for (const Question::Answer& answer : asked->answers) {
    ImGui::SameLine(0, gap);
    if (answered(answer)) chosen = answer;
  }
  if (chosen) {
    asked.reset();
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
  if (chosen && chosen->act) chosen->act(ctx);
}

}  // namespace phaseloom
