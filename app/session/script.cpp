// SPDX-License-Identifier: MIT
#include "app/session/script.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cmath>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "app/commands/handlers.hpp"
#include "app/commands/verbs.hpp"
#include "engine/data/film_file.hpp"
#include "engine/data/png.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

class Player {
 public:
  Player(Session& session, ScriptHost& host, const fs::path& out_folder)
      : session_(session), host_(host), out_folder_(out_folder) {
    const auto& messages = *session.snapshot()->messages;
    seen_ = messages.empty() ? 0 : messages.back().id;
    resize();
  }

  void check(const Command& command) const;
  void play(const Command& command);
  ScriptResult result() && { return std::move(result_); }

 private:
  void resize() {
    const auto& ui = session_.ui();
    host_.resize(ui.width, ui.height, ui.scale > 0 ? ui.scale : 1);
  }
  void draw() {
    host_.draw_frame(session_, kFrameSeconds);
    ++result_.frames;
  }
  void frame() {
    session_.pass(kFrameSeconds);
    draw();
  }
  void frames(std::int64_t count) {
    while (count-- > 0) frame();
  }
  void post(const Command& command);
  void feel(const InputEvent& event) {
    host_.input(event);
    frame();
  }
  void feel(InputEvent::Kind kind, double x = 0, double y = 0) {
    InputEvent event;
    event.kind = kind;
    event.x = x;
    event.y = y;
    feel(event);
  }
  void point(double x, double y) { feel(InputEvent::Kind::move, x, y); }
  void drag(const Command& command);
  void key(const Command& command);
  void type(const std::string& text);
  void shot(const std::string& name);
  void film(const Command& command);
  void draw_film(const Command& command);
  fs::path place(const std::string& name);
  void fail_on_new_errors();

  Session& session_;
  ScriptHost& host_;
  fs::path out_folder_;
  std::uint64_t seen_ = 0;
  ScriptResult result_;
};

/// What can be known to be wrong before anything is done.
void Player::check(const Command& command) const {
  const auto i = command.output();
  if (!i) return;
  const auto name = command.file(*i).string();
  output_path(out_folder_, name);
  if (command.verb == verbs::film && name.find('#') == std::string::npos)
    fail("film: {} has no place for the number; write e.g. film-##.png", printable(name));
}

fs::path Player::place(const std::string& name) {
  std::error_code problem;
  fs::create_directories((out_folder_ / name).parent_path(), problem);
  if (problem) fail("{}: cannot be created: {}", out_folder_.string(), problem.message());
  // Again: a script may have been given a folder full of links.
  auto path = output_path(out_folder_, name);
  result_.files.push_back(path);
  return path;
}

void Player::shot(const std::string& name) {
  // No time passes. Twice, since a layout may need a frame to know its sizes.
  draw();
  draw();
  fail_on_new_errors();
  const auto picture = host_.capture();
  write_png(place(name), picture);
}

void Player::film(const Command& command) {
  const auto pictures = static_cast<int>(command.integer(0));
  const int first = session_.snapshot()->step;
  const int last = session_.snapshot()->total_steps;
  for (int i = 0; i < pictures; ++i) {
    const double fraction = double(i) / (pictures - 1);
    session_.post(verbs::seek, first + std::lround(fraction * (last - first)));
    fail_on_new_errors();
    shot(numbered(command.file(1), i).string());
  }
}

void Player::drag(const Command& command) {
  constexpr int moves = 8;
  const double x = command.real(0), y = command.real(1);
  const double dx = command.real(2) - x, dy = command.real(3) - y;
  point(x, y);
  feel(InputEvent::Kind::press);
  for (int i = 1; i <= moves; ++i) point(x + dx * i / moves, y + dy * i / moves);
  feel(InputEvent::Kind::release);
}

void Player::key(const Command& command) {
  InputEvent event;
  event.chord = parse_chord(command.text(0));
  for (const auto kind : {InputEvent::Kind::key_down, InputEvent::Kind::key_up}) {
    event.kind = kind;
    feel(event);
  }
}

void Player::type(const std::string& text) {
  InputEvent event;
  event.kind = InputEvent::Kind::text;
  event.text = text;
  feel(event);
}

void Player::draw_film(const Command& command) {
  const auto written = [&] {
    session_.update();
    return session_.film()->pictures;
  };
  // No time passes. The file is written meanwhile, and may take longer than a frame.
  constexpr auto kPatience = std::chrono::seconds(60);
  auto since = std::chrono::steady_clock::now();
  for (int last = written(); session_.film()->state == FilmSnapshot::State::writing;) {
    if (session_.film_picture_wanted()) draw();
    const int now = written();
    if (now == last) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (std::exchange(last, now) != now) since = std::chrono::steady_clock::now();
    if (std::chrono::steady_clock::now() - since > kPatience) {
      session_.post(verbs::export_cancel);
      fail("{}: nobody draws its pictures", command.verb->name);
    }
  }
}

void Player::fail_on_new_errors() {
  for (const auto& message : *session_.snapshot()->messages)
    if (message.level == Message::Level::error && message.id > seen_) fail("{}", message.text);
}

void Player::play(const Command& command) {
  using P = Player;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::advance_frames, [](P& p, const Command& c) { p.frames(c.integer(0)); }},
      {verbs::wait,
       [](P& p, const Command& c) { p.frames(std::lround(c.real(0) / kFrameSeconds)); }},
      {verbs::hover, [](P& p, const Command& c) { p.point(c.real(0), c.real(1)); }},
      {verbs::click,
       [](P& p, const Command& c) {
         p.point(c.real(0), c.real(1));
         p.feel(InputEvent::Kind::press);
         p.feel(InputEvent::Kind::release);
       }},
      {verbs::drag, [](P& p, const Command& c) { p.drag(c); }},
      {verbs::scroll,
       [](P& p, const Command& c) { p.feel(InputEvent::Kind::scroll, 0, c.real(0)); }},
      {verbs::key, [](P& p, const Command& c) { p.key(c); }},
      {verbs::type, [](P& p, const Command& c) { p.type(c.text(0)); }},
      {verbs::shot, [](P& p, const Command& c) { p.shot(c.file(0).string()); }},
      {verbs::film, [](P& p, const Command& c) { p.film(c); }},
  };
  if (!handle<P>(kHandlers, *this, command)) post(command);
  fail_on_new_errors();
}

/// A command that a window has too.
void Player::post(const Command& command) {
  Command placed = command;
  if (const auto i = command.output())
    placed.arguments[*i] = escaped(place(command.file(*i).string()).string());
  session_.post(placed);
  // The window knows the numbers of plots, draws stages, and has the clipboard.
  constexpr const CommandInfo* kDrawn[] = {&verbs::export_plot, &verbs::transport_picture,
                                           &verbs::thermo_picture, &verbs::scene_copy};
  constexpr const CommandInfo* kDrawnFilms[] = {&verbs::transport_film, &verbs::thermo_film};
  const auto is_one_of = [&](const auto& some) {
    return std::ranges::any_of(some, [&](const CommandInfo* one) { return command.verb == *one; });
  };
  if (is_one_of(kDrawn)) draw();
  if (is_one_of(kDrawnFilms)) draw_film(command);
  if (command.verb == verbs::size || command.verb == verbs::scale) resize();
}

}  // namespace

fs::path output_path(const fs::path& out_folder, std::string_view name) {
  const auto relative = fs::path(name).lexically_normal();
  const auto leaves = [&] {
    fail("{} is no file name below {}", printable(name), out_folder.string());
  };
  if (relative.is_absolute() || !relative.has_filename() || *relative.begin() == ".." ||
      relative == ".")
    leaves();
  const auto path = out_folder / relative;
  // A link within the folder may lead out of it.
  std::error_code problem;
  const auto folder = fs::weakly_canonical(out_folder, problem);
  const auto target = problem ? fs::path() : fs::weakly_canonical(path, problem);
  const auto below = target.lexically_relative(folder);
  if (problem || below.empty() || *below.begin() == "..") leaves();
  return path;
}

ScriptResult run_script(Session& session, ScriptHost& host, std::string_view script,
                        std::string_view source, const fs::path& out_folder) {
  assert(!session.threaded());
  const auto lines = parse_script(script, source);
  Player player(session, host, out_folder);
  const auto each = [&](const auto& what) {
    for (const auto& line : lines) {
      try {
        what(line.command);
      } catch (const Error& error) {
        fail("{}:{}: {}", source, line.number, error.what());
      }
    }
  };
  each([&](const Command& command) { player.check(command); });
  each([&](const Command& command) { player.play(command); });
  return std::move(player).result();
}

}  // namespace phaseloom
