// SPDX-License-Identifier: MIT
#include "app/jobs/card_job.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "app/document/assets.hpp"
#include "engine/dynamics/simulator.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// A picture of any size, the nearest pixels of it.
void bring_to_size(std::span<const float> picture, PictureShape shape, std::vector<float>& out) {
  constexpr int side = ModelCard::kSide;
  for (int channel = 0; channel < ModelCard::kChannels; ++channel)
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x) {
        const int column = x * shape.width / side, row = y * shape.height / side;
        const int plane = std::min(channel, shape.channels - 1) * shape.plane();
        out.push_back(picture[static_cast<std::size_t>(plane + row * shape.width + column)]);
      }
}

/// Of a model that has a file; else of no time.
std::filesystem::file_time_type time_of(const std::string& name) {
  std::error_code ignored;
  try {
    return std::filesystem::last_write_time(model_file(name), ignored);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

ModelCard make_card(const Model& model, std::stop_token stop) {
  ModelCard card;
  const ModelFacts facts = model_facts(model);
  const Program& program = model.program;
  const RunSettings settings = settings_of(program);
  ThreadPool pool(1);
  const Hardware hardware = facts.hardware.value_or(Hardware());
  std::vector<float> pictures;
  try {
    pictures = generate(program, hardware, settings, ModelCard::kPictures, pool,
                        [&](int) { return !stop.stop_requested(); });
  } catch (const Error& error) {
    card.line = "cannot run";  // it was read, though
    card.problem = legible(error.what());
    return card;
  }
  if (stop.stop_requested()) fail("{}: not wanted any more", model.name);
  if (std::ranges::any_of(pictures, [](float value) { return !(value >= 0 && value <= 1); })) {
    card.line = "cannot run";
    card.problem = "its run leaves all bounds";
    return card;
  }
  const auto visible = static_cast<std::size_t>(program.topology->visible());
  for (int i = 0; i < ModelCard::kPictures; ++i)
    bring_to_size(std::span(pictures).subspan(static_cast<std::size_t>(i) * visible, visible),
                  program.picture(), card.pictures);
  card.line = plain_line(facts);
  return card;
}

CardJob::CardJob(std::function<Model(const std::string& name)> load, bool gated)
    : JobThread(gated), load_(load ? std::move(load) : [](const std::string& name) {
        return load_named_model(name);
      }) {}

std::shared_ptr<const ModelCard> CardJob::card(const std::string& name) {
  Entry& entry = seen_[name];
  if (entry.card && entry.checked) return entry.card;
  if (!entry.wanted) {
    entry.wanted = true;
    order([this, name](std::stop_token stop) { make(name, std::move(stop)); });
  }
  const auto lock = glance();
  if (!lock) return entry.card;
  const auto made = made_.find(name);
  if (made == made_.end() || !made->second.checked) return entry.card;
  entry.card = made->second.card;
  entry.checked = true;
  return entry.card;
}

void CardJob::look_again() {
  for (auto& [name, entry] : seen_) entry.checked = entry.wanted = false;
  const std::lock_guard lock(mutex_);
  for (auto& [name, entry] : made_) entry.checked = false;
}

void CardJob::make(const std::string& name, std::stop_token stop) {
  Entry entry;
  {
    const std::lock_guard lock(mutex_);
    entry = made_[name];
  }
  const std::string file = unescaped(name);  // as the scene's model is
  const auto written = time_of(file);
  if (!entry.card || written != entry.written) {
    ModelCard card;
    const auto problem = problem_of([&] { card = make_card(load_(file), std::move(stop)); });
    if (problem) card.problem = legible(*problem);
    entry.card = std::make_shared<const ModelCard>(std::move(card));
  }
  entry.written = written;
  entry.checked = true;
  const std::lock_guard lock(mutex_);
  made_[name] = std::move(entry);
}

}  // namespace phaseloom
