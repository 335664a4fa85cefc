// SPDX-License-Identifier: MIT
#include "app/session/share_part.hpp"

#include <fmt/format.h>

#include "app/commands/handlers.hpp"
#include "app/commands/share_verbs.hpp"
#include "app/document/share_files.hpp"
#include "app/session/session.hpp"
#include "engine/support/atomic_file.hpp"

namespace phaseloom {

bool SharePart::act(const Command& command) {
  using P = SharePart;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::scene_copy,
       [](P& p, const Command&) {
         p.copied_ = share_text(p.session_.scene());
         ++p.copies_;
       }},
      {verbs::scene_write,
       [](P& p, const Command& c) {
         const Scene& scene = p.session_.scene();
         write_file_atomically(c.file(0), share_text(scene) + "\n");
         p.session_.tell(Message::Level::info, fmt::format("{}: written", c.text(0)));
         if (const std::string words = left_behind(scene); !words.empty())
           p.session_.tell(Message::Level::warning, words);
       }},
  };
  return handle<P>(kHandlers, *this, command);
}

}  // namespace phaseloom
