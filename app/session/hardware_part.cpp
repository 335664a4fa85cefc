// SPDX-License-Identifier: MIT
#include "app/session/hardware_part.hpp"

#include <fmt/format.h>

#include <vector>

#include "app/commands/handlers.hpp"
#include "app/commands/hardware_verbs.hpp"
#include "app/session/cost_table.hpp"
#include "app/session/session.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

bool HardwarePart::act(const Command& command) {
  using P = HardwarePart;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::cost_reset, [](P& p, const Command&) { p.reset_constants(); }},
      {verbs::cost_export,
       [](P& p, const Command& c) {
         const Snapshot& now = *p.session_.snapshot();
         if (!now.model) fail("cost.export: no model is running; choose one first");
         export_costs(now.network, p.session_.scene(), c.file(0));
         p.session_.tell(Message::Level::info, fmt::format("{}: written", c.text(0)));
       }},
  };
  return handle<P>(kHandlers, *this, command);
}

void HardwarePart::reset_constants() {
  std::vector<Command> changes;
  for (const SceneField& field : scene_fields())
    if (field.kind == SceneField::Kind::own && field.print(session_.scene()) != kPresets)
      changes.push_back(set_command(field.name, kPresets));
  session_.make_changes(changes);
}

}  // namespace phaseloom
