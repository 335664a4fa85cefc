#include "app/session/assets.hpp"
#include "app/session/session.hpp"

namespace phaseloom {

Model load_named_model(const std::string& name) { return load_model(model_file(name)); }

}  // namespace phaseloom
