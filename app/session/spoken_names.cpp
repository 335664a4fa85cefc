#include "app/session/spoken_names.hpp"

namespace phaseloom {

std::string_view spoken_substrate(std::string_view name) {
  if (name == "kuramoto") return "Kuramoto";
  if (name == "kuramoto_shil") return "SHIL";
  if (name == "aim_tanh") return "AIM tanh";
  if (name == "aim_poly") return "AIM cubic";
  if (name == "langevin") return "Langevin";
  return name;
}

}  // namespace phaseloom
