// SPDX-License-Identifier: MIT
// The values cost.* of a scene.
#include "app/document/make_field.hpp"

namespace phaseloom {

using fields::field;

std::span<const SceneField> cost_fields() {
  static const std::array kFields{
      field<&CostChoice::preset>("cost.preset", "Technology", "",
                                 "Constants that the analog core is priced with; fabricated takes "
                                 "the area of a coupling from a chip that was made."),
      field<&CostChoice::cell>("cost.cell", "Coupling cell", "",
                               "How b bits are made: 2^(b-1) - 1 equal units, or a ladder of 3 b."),
      field<&CostChoice::hold>("cost.hold", "Chunks held by", "",
                               "Where the weights of the K chunks are: written anew into one core, "
                               "all within one core, or in K cores that the state moves through."),
      field<&CostChoice::eta>(
          "cost.eta", "Carrier cycles", "1/t",
          "Carrier cycles per time unit of the equations: fewer are cheaper, and "
          "harder to build.",
          {kMinEta, kMaxEta}),
      field<&CostChoice::batch>("cost.batch", "Batch", "images",
                                "Images that run per programming of a chunk, and share its energy.",
                                {1, double(kMaxBatch)})};
  return kFields;
}

}  // namespace phaseloom
