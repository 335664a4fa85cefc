#include "app/session/spoken_names.hpp"

#include <array>
#include <iterator>

namespace phaseloom {

std::string_view spoken_substrate(std::string_view name) {
  if (name == "kuramoto") return "Kuramoto";
  if (name == "kuramoto_shil") return "SHIL";
  if (name == "aim_tanh") return "AIM tanh";
  if (name == "aim_poly") return "AIM cubic";
  if (name == "langevin") return "Langevin";
  return name;
}

std::string_view spoken_transport_model(std::string_view name) {
  return name == kMlp ? "MLP" : spoken_substrate(name);
}

std::string_view spoken_loss(TransportLoss loss) {
  return loss == TransportLoss::swd ? "SWD" : "OT-CFM";
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
