// SPDX-License-Identifier: MIT
#include "app/document/spoken_names.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <iterator>

#include "app/document/si_text.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

std::string_view spoken_substrate(std::string_view name) {
  const auto substrate = find_named<Substrate>(name);
  return substrate ? info(*substrate).spoken : name;
}

std::string_view spoken_transport_model(std::string_view name) {
  return name == kMlp ? "MLP" : spoken_substrate(name);
}

std::string_view spoken_loss(TransportLoss loss) {
  return loss == TransportLoss::swd ? "SWD" : "OT-CFM";
}

std::string spoken_experiment(const TransportExperiment& e) {
  const std::string pair = e.pair == kDrawnPair ? std::string("your drawing")
                                                : std::filesystem::path(e.pair).filename().string();
  const std::string size =
      e.model.name() == kMlp ? "" : fmt::format(", K = {}, H = {}", e.chunks, e.hidden);
  return fmt::format("{} + {}{} on {}", spoken_transport_model(e.model.name()), spoken_loss(e.loss),
                     size, pair);
}

std::string spoken_experiment(TransportExperiment e, const TransportSetup& setup) {
  e.model = transport_model_choice(setup.model);
  e.loss = setup.loss;
  e.chunks = setup.chunks;
  e.hidden = setup.hidden;
  return spoken_experiment(e);
}

std::string spoken_training(const TrainingSetup& s) {
  std::string words = fmt::format("{} on {}", spoken_substrate(info(s.substrate).name),
                                  spoken_dataset(s.dataset_name()));
  if (s.hidden > 0) words += fmt::format(", {} hidden layer{}", s.hidden, s.hidden > 1 ? "s" : "");
  if (s.bits > 0) words += fmt::format(", {}-bit", s.bits);
  if (s.weight_noise > 0 || s.mismatch > 0) words += ", with noise";
  if (s.density < 1) words += fmt::format(", {:.3g} % of the wires", 100 * s.density);
  return words;
}

std::string spoken_design(std::string_view model, const Hardware& hardware) {
  return fmt::format(
      "{}, {}, density {:.3g}", legible(std::filesystem::path(unescaped(model)).stem().string()),
      hardware.bits == 0 ? std::string("float") : counted(hardware.bits, "bit"), hardware.density);
}

std::string spoken_dataset(std::string_view dataset) {
  if (dataset == "mnist") return "digits";
  if (dataset == "fashion") return "clothes";
  return std::string(dataset.empty() ? "pictures" : dataset);
}

std::string spoken_class(std::string_view dataset, int k) {
  constexpr std::array<std::string_view, 10> clothes{"T-shirt", "trousers", "pullover", "dress",
                                                     "coat",    "sandal",   "shirt",    "sneaker",
                                                     "bag",     "boot"};
  if (dataset != "fashion" || k < 0 || k >= std::ssize(clothes)) return std::to_string(k);
  return std::string(clothes[static_cast<std::size_t>(k)]);
}

}  // namespace phaseloom
