// SPDX-License-Identifier: MIT
#include "app/session/export_part.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/export_verbs.hpp"
#include "app/commands/handlers.hpp"
#include "app/document/si_text.hpp"
#include "app/session/session.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

/// That wait for a window to write them; there may be none.
constexpr std::size_t kMostPlots = 16, kMostPictures = 16;

void need_stage(const Session& session, const Command& command, Workspace stage,
                std::string_view missing) {
  if (session.ui().workspace == stage) {
    if (!missing.empty()) fail("{}: {}", command.verb->name, missing);
    return;
  }
  std::string title(name_of(stage));
  title[0] = static_cast<char>(title[0] - 'a' + 'A');
  fail("{}: the {} stage is not shown; workspace {} shows it", command.verb->name, title,
       name_of(stage));
}

}  // namespace

bool ExportPart::act(const Command& command) {
  using P = ExportPart;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::export_film,
       [](P& p, const Command& c) {
         p.job_.start(film_of(*p.session_.snapshot(), p.session_.ui(), c.file(0)));
         if (p.waits_) p.job_.wait();
       }},
      {verbs::export_cancel, [](P& p, const Command&) { p.job_.cancel(); }},
      {verbs::export_plot,
       [](P& p, const Command& c) {
         p.plots_wanted_.emplace_back(c.text(0), c.file(1).string());
         if (p.plots_wanted_.size() > kMostPlots) p.plots_wanted_.erase(p.plots_wanted_.begin());
       }},
  };
  return handle<P>(kHandlers, *this, command);
}

void ExportPart::want_picture(const Command& command, Workspace stage, std::string_view missing) {
  need_stage(session_, command, stage, missing);
  pictures_wanted_.emplace_back(stage, command.file(0).string());
  if (pictures_wanted_.size() > kMostPictures) pictures_wanted_.erase(pictures_wanted_.begin());
}

void ExportPart::start_film(const Command& command, const StageFilm& film,
                            std::string_view missing) {
  need_stage(session_, command, film.stage, missing);
  job_.start_drawn(command.file(0), film, command.verb->name.data());
}

std::optional<std::string> ExportPart::take_picture_wanted(Workspace stage) {
  const auto found =
      std::ranges::find(pictures_wanted_, stage, &decltype(pictures_wanted_)::value_type::first);
  if (found == pictures_wanted_.end()) return std::nullopt;
  std::string file = std::move(found->second);
  pictures_wanted_.erase(found);
  return file;
}

void ExportPart::update() {
  using State = FilmSnapshot::State;
  tell(job_.take_notes());
  const auto before = std::exchange(latest_, job_.latest());
  if (latest_->serial == before->serial) return;
  if (latest_->state == State::failed) session_.tell(Message::Level::error, latest_->reason);
  if (latest_->state == State::done)
    session_.tell(Message::Level::info, fmt::format("{}: written, {}", latest_->path,
                                                    counted(latest_->pictures, "picture")));
  if (latest_->state == State::cancelled)
    session_.tell(Message::Level::info,
                  fmt::format("{}: cancelled, nothing was written", latest_->path));
}

std::string ExportPart::lost_by_quitting() const {
  if (latest_->state != FilmSnapshot::State::writing) return {};
  return fmt::format("{} is still being written, picture {} of {}. ", latest_->path,
                     latest_->pictures, latest_->wanted);
}

}  // namespace phaseloom
