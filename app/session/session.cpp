#include "app/session/session.hpp"

#include <algorithm>

#include "app/session/driver.hpp"
#include "app/session/simulation_thread.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

/// What the scene will be once the command is applied, as far as that is certain.
void foresee(Scene& scene, const Command& command) {
  switch (command.verb) {
    case Verb::set: {
      const auto seed = scene.seed;
      set_field(scene, command.text(0), command.text(1));
      if (scene.seed != seed) scene.round = 0;
      break;
    }
    case Verb::play:
      scene.playing = true;
      break;
    case Verb::toggle:
      scene.playing = !scene.playing;
      break;
    case Verb::pause:
    case Verb::step:
    case Verb::back:
    case Verb::seek:
    case Verb::run:
      scene.playing = false;
      break;
    default:
      break;
  }
}

}  // namespace

struct Session::Impl {
  bool threaded;
  std::unique_ptr<Driver> driver;
};

Session::Session(SessionOptions options) : ui_(options.ui) {
  std::unique_ptr<Driver> driver;
  if (options.threaded)
    driver = std::make_unique<SimulationThread>(options);
  else
    driver = std::make_unique<InlineDriver>(options);
  impl_.reset(new Impl{options.threaded, std::move(driver)});
  update();
}

Session::~Session() = default;

bool Session::threaded() const { return impl_->threaded; }

void Session::post(const Command& command) {
  const auto& about = info(command.verb);
  if (about.scope == Scope::script)
    return tell(Message::Level::error, fmt::format("{}: only a script can do this", about.name));
  if (about.scope == Scope::ui) apply_ui(command);
  pending_.emplace_back(++posted_, command);
  foresee(scene_, command);
  impl_->driver->post(command);
  if (!impl_->threaded) update();
}

void Session::post(std::string_view line) {
  try_post([&] { return parse_command(line); });
}

void Session::tell(Message::Level level, std::string text) {
  impl_->driver->tell(level, std::move(text));
  if (!impl_->threaded) update();
}

void Session::update() {
  auto latest = impl_->driver->latest();
  if (snapshot_ && latest->serial == snapshot_->serial) return;
  snapshot_ = std::move(latest);
  while (!pending_.empty() && pending_.front().first <= snapshot_->applied) pending_.pop_front();
  scene_ = snapshot_->scene;
  for (const auto& [number, command] : pending_) foresee(scene_, command);
}

double Session::step_fraction() const {
  if (!snapshot_->playing || !snapshot_->previous_state) return 1;
  return std::clamp(impl_->driver->step_fraction(*snapshot_), 0., 1.);
}

void Session::want_rates(bool wanted) {
  if (wanted == rates_wanted_) return;
  rates_wanted_ = wanted;
  impl_->driver->want_rates(wanted);
  if (!impl_->threaded) update();
}

void Session::pass(double seconds) {
  impl_->driver->pass(seconds);
  if (!impl_->threaded) update();
}

bool Session::settle(double seconds) {
  const bool settled = impl_->driver->settle(seconds);
  update();
  return settled;
}

std::string Session::record() const { return impl_->driver->record(); }

void Session::apply_ui(const Command& command) {
  switch (command.verb) {
    case Verb::view:
      for (const auto quantity :
           {View::Quantity::intensity, View::Quantity::phase, View::Quantity::rate})
        if (quantity_name(quantity) == command.text(0)) ui_.view.quantity = quantity;
      ui_.view.layer = static_cast<int>(command.integer(1));
      break;
    case Verb::theme:
      ui_.theme = command.text(0) == theme_name(Theme::light) ? Theme::light : Theme::dark;
      break;
    case Verb::size:
      ui_.width = static_cast<int>(command.integer(0));
      ui_.height = static_cast<int>(command.integer(1));
      break;
    case Verb::scale:
      ui_.scale = command.real(0);
      break;
    case Verb::splitter:
      (command.text(0) == "left"    ? ui_.left
       : command.text(0) == "right" ? ui_.right
                                    : ui_.bottom) = command.real(1);
      break;
    case Verb::pin:
      ui_.pinned = static_cast<int>(command.integer(0));
      break;
    case Verb::unpin:
      ui_.pinned = -1;
      break;
    case Verb::pick:
      ui_.picked = static_cast<int>(command.integer(0));
      break;
    case Verb::unpick:
      ui_.picked = -1;
      break;
    default:
      break;
  }
}

}  // namespace phaseloom
