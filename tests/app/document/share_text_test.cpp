// SPDX-License-Identifier: MIT
#include "app/document/share_text.hpp"

#include <filesystem>
#include <optional>

#include "app/document/json_text.hpp"
#include "engine/data/deflate.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Of random digits: nothing packs them.
std::string random_text(std::size_t length, std::string_view digits) {
  std::string text;
  for (std::uint32_t x = 1; text.size() < length; x = x * 1664525 + 1013904223)
    text += digits[(x >> 16) % digits.size()];
  return text;
}

/// Pictures for thermo.drawings with ink everywhere, which is the worst that there are.
std::string random_pictures() {
  std::string pictures;
  for (int i = 0; i < 4; ++i)
    pictures += (i ? " " : "") + random_text(28 * 28, "0123456789abcdef").substr(0, 28 * 28);
  return pictures;
}

/// A 1: in each row twelve pixels of ground, four of ink, twelve of ground.
std::string drawn_one() {
  std::string picture;
  for (int row = 0; row < 28; ++row) picture += "qffffq";
  return picture;
}

/// Another value than the default for those texts that are not any text.
std::optional<std::string> text_for(const SceneField& field) {
  if (field.name == "thermo.drawings") return drawn_one();
  if (field.name == "playground.network") return "100,200 900,800,-0.5 0:1*-2.25";
  if (field.name == "sweep.models") return "wall größer-日本語";
  if (field.max > field.min)  // a list of numbers
    return fmt::format("{} {}", field.max, field.min);
  return {};
}

/// Every value another one than the default.
Scene changed_scene() {
  Scene scene;
  for (const SceneField& field : scene_fields()) {
    const std::string usual = field.print(scene);
    switch (field.kind) {
      case SceneField::Kind::boolean:
      case SceneField::Kind::choice:
        set_field(scene, field.name, field.choices[usual == field.choices[0] ? 1 : 0]);
        break;
      case SceneField::Kind::natural:
        set_field(scene, field.name, "18446744073709551615");
        break;
      case SceneField::Kind::integer:
        set_field(
            scene, field.name,
            fmt::format("{}", static_cast<std::int64_t>(
                                  usual == fmt::format("{}", field.max) ? field.min : field.max)));
        break;
      case SceneField::Kind::own:
      case SceneField::Kind::real:
        set_field(scene, field.name,
                  fmt::format("{}", field.min + (field.max - field.min) * 0.123456789012345));
        break;
      case SceneField::Kind::text:
        set_field(scene, field.name,
                  text_for(field).value_or(fmt::format("größer \"{}\" 日本語 \\x41", field.name)));
        break;
    }
  }
  return scene;
}

/// A scene as people make them: a handful of values, drawings among them.
Scene drawn_scene() {
  Scene scene;
  scene.model = "mnist-shil-classes";
  scene.hardware.bits = 4;
  scene.hardware.density = 0.35;
  scene.label = 7;
  scene.wall = 12;
  scene.transport.pair = "drawn";
  std::string drawing, picture;
  for (int i = 0; i < 60; ++i)
    drawing += fmt::format("{} {} ", i * 7 % 400 - 200, i * i % 390 - 190);
  set_field(scene, "transport.drawing", drawing.substr(0, drawing.size() - 1));
  set_field(scene, "thermo.drawings", drawn_one());
  return scene;
}

/// A network of one's own that is larger than most.
std::string all_with_all() {
  PlaygroundSetup setup;
  setup.units = 100;
  return print_network(network_of(setup));
}

std::string wrong(std::string_view text) {
  const std::string message = error_of([&] { parse_share_text(text, "mail"); });
  EXPECT_THAT(message, StartsWith("mail: "));
  return message;
}

/// As a line carries it.
std::string line_of(std::string_view json) { return seal(deflated(json)); }

TEST(ShareText, EveryValueSurvives) {
  for (const Scene& scene : {Scene(), changed_scene(), drawn_scene()}) {
    const std::string line = share_text(scene);
    EXPECT_THAT(line, StartsWith("phaseloom:1"));
    EXPECT_EQ(
        line.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
                               kSealedPrefix.size()),
        std::string::npos);
    EXPECT_EQ(parse_share_text(line, "s"), scene);
    EXPECT_EQ(share_text(parse_share_text(line, "s")), line);
  }
  const Scene all = changed_scene();
  for (const SceneField& field : scene_fields())
    EXPECT_NE(field.print(all), field.print(Scene())) << field.name;
}

TEST(ShareText, EachValueAlone) {
  const Scene all = changed_scene();
  for (const SceneField& field : scene_fields()) {
    Scene scene;
    set_field(scene, field.name, field.print(all));
    EXPECT_EQ(parse_share_text(share_text(scene), "s"), scene) << field.name;
  }
}

// Lines live in mails and papers: what version 1 meant it means for ever.
TEST(ShareText, ALineOfTheFirstDaysIsRead) {
  EXPECT_EQ(
      parse_share_text("phaseloom:1Sw3UZwAjq1YqyEgsTs3Jz89VslIqTk7NS1XSUSpLLSrOzM9TsjKsBQA", "s"),
      Scene());
  Scene scene;
  scene.model = "ü net.safetensors";
  scene.seed = 7;
  scene.label = 7;
  scene.hardware.bits = 4;
  scene.wall = 12;
  EXPECT_EQ(parse_share_text(
                "phaseloom:1vaWddABkHcpBCoMwEIXhq5S3DoJSEOY2o3lFIWYkE3Qh3sxdL9bQ7f9_F_"
                "ZFnclsg8BnZiLgYPHVMqQP2Cwytfd9Xpm1c_2wMrsVb9DJCBkDkk5_Nba4aImnFkIuTGt1yPsOODU"
                "10A_3Dw",
                "s"),
            scene);
}

// They are not written into lines. Where one is to be another, lines need another version.
TEST(ShareText, TheDefaultsAreThoseOfVersion1) {
  const auto path = std::filesystem::path(source_folder()) / "tests/app/document/defaults_1.json";
  const auto values_of = [](std::string_view text) {
    return parse_json_object(text, "defaults").flatten();
  };
  const auto bytes = read_file(path, kMaxJson);
  const auto then = values_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const auto now = values_of(print_scene(Scene()));
  for (const auto& [name, value] : then.items())
    EXPECT_EQ(now.value(name, nlohmann::ordered_json()), value) << name;
}

TEST(ShareText, IsShort) {
  EXPECT_LT(share_text(Scene()).size(), 80u);
  EXPECT_LT(share_text(drawn_scene()).size(), 1024u);
  EXPECT_LT(share_text(changed_scene()).size(), 2048u);
}

TEST(ShareText, ScenesOfTheCorpusAreShort) {
  int scenes = 0;
  const auto corpus = std::filesystem::path(source_folder()) / "tests/fuzz/corpus/scene";
  for (const auto& entry : std::filesystem::directory_iterator(corpus)) try {
      const Scene scene = load_scene(entry.path());
      EXPECT_LT(share_text(scene).size(), 1024u) << entry.path();
      EXPECT_EQ(parse_share_text(share_text(scene), "s"), shareable(scene)) << entry.path();
      ++scenes;
    } catch (const Error&) {  // most of them are damaged
    }
  EXPECT_GE(scenes, 3);
}

TEST(ShareText, LongestTextsFit) {
  Scene scene;
  const std::string text = random_text(4096, "0123456789 -=+abcdefgABCDEFG!?\"\\");
  for (const SceneField& field : scene_fields())
    if (field.kind == SceneField::Kind::text)
      set_field(scene, field.name,
                field.name == "thermo.drawings"      ? random_pictures()
                : field.name == "playground.network" ? all_with_all()
                : text_for(field)                    ? *text_for(field)
                                                     : "<" + text.substr(2) + ">");
  scene.model = scene.thermo.model = scene.transport.pair = std::string(4096, 'q');
  EXPECT_EQ(parse_share_text(share_text(scene), "s"), scene);
  EXPECT_THAT(error_of([] { seal(std::vector<std::byte>(60'000)); }), HasSubstr("too much"));
}

TEST(ShareText, MailAndChatDoNoHarm) {
  const Scene scene = drawn_scene();
  const std::string line = share_text(scene);
  std::string wrapped, quoted, spaced;
  for (std::size_t at = 0; at < line.size(); at += 40) {
    wrapped += line.substr(at, 40) + "\r\n";
    quoted += "> " + line.substr(at, 40) + "\n";
    spaced += line.substr(at, 40) + "\xC2\xA0\xE2\x80\x8B ";
  }
  for (const std::string& text :
       {wrapped, quoted, spaced, "  " + line + "\n", "\"" + line + "\"", "<" + line + ">",
        "'" + line + "'", "`" + line + "`", "\xE2\x80\x9E" + line + "\xE2\x80\x9C",
        "\xC2\xAB\xC2\xA0" + line + "\xC2\xA0\xC2\xBB", "\xEF\xBB\xBF" + line, "P" + line.substr(1),
        "PHASELOOM:" + line.substr(10)}) {
    EXPECT_TRUE(is_sealed(text)) << text;
    EXPECT_EQ(unwrapped(text), line);
    EXPECT_EQ(parse_share_text(text, "s"), scene) << text;
  }
  for (const char* text :
       {"", "phaseloom", "scene.json", "phaseloom.json", "xphaseloom:1", "https://phaseloom:1"})
    EXPECT_FALSE(is_sealed(text)) << text;
}

TEST(ShareText, EachKindOfDamageHasItsWords) {
  const std::string line = share_text(drawn_scene());
  const auto with = [&](std::size_t at, char c) {
    std::string other = line;
    other[at] = c;
    return other;
  };
  EXPECT_THAT(wrong("look at this"),
              HasSubstr("'look at this' does not begin with phaseloom:; copy"));
  EXPECT_THAT(wrong(""), HasSubstr("does not begin"));
  EXPECT_THAT(wrong("phaseloom:"), HasSubstr("cut off after 10 characters"));
  EXPECT_THAT(wrong("phaseloom:1"), HasSubstr("cut off after 11 characters"));
  EXPECT_THAT(wrong(line.substr(0, 100)),
              HasSubstr(fmt::format("cut off after 100 of {} characters", line.size())));
  for (std::size_t length = 0; length < line.size(); ++length)
    EXPECT_THAT(wrong(line.substr(0, length)), HasSubstr(length < 10 ? "begin" : "cut off"));
  EXPECT_THAT(wrong(with(60, line[60] == 'A' ? 'B' : 'A')),
              AllOf(HasSubstr("changed on the way"), HasSubstr("checksum")));
  EXPECT_THAT(wrong(with(10, '2')), HasSubstr("version 2; this program reads version 1, a newer"));
  EXPECT_THAT(wrong(with(10, '0')), HasSubstr("version 0; this program reads version 1"));
  EXPECT_THAT(wrong(with(10, 'x')), HasSubstr("digit of a version"));
  EXPECT_THAT(wrong(with(20, '+')), HasSubstr("'+' at character 21"));
  EXPECT_THAT(wrong(line + "."), HasSubstr("'.' at character"));
  EXPECT_THAT(
      wrong(line + "\n\nBest wishes"),
      HasSubstr(fmt::format("something follows the line, which ends after {} ", line.size())));
  EXPECT_THAT(wrong(line + line), HasSubstr("':' at character"));
  EXPECT_THAT(wrong("phaseloom:1" + std::string(70'000, 'A')), HasSubstr("too long"));
  EXPECT_THAT(wrong("phaseloom:1" + std::string(1 << 24, ' ')), HasSubstr("too long"));
}

// Whoever makes a line by hand, with a checksum that is right, gets no further.
TEST(ShareText, WhatIsWithinIsReadAsStrictlyAsAFile) {
  const std::string_view json = R"({"phaseloom":"scene","version":1,"hardware":{"bits":4}})";
  EXPECT_EQ(parse_share_text(line_of(json), "s").hardware.bits, 4);
  EXPECT_THAT(wrong(line_of(std::string(1 << 20, ' '))), HasSubstr("unpacks to more than 131072"));
  EXPECT_THAT(wrong(line_of("")), HasSubstr("not JSON"));
  EXPECT_THAT(wrong(line_of(R"({"phaseloom":"ui"})")), HasSubstr("not a scene"));
  EXPECT_THAT(wrong(line_of(R"({"phaseloom":"scene","version":2})")), HasSubstr("version 2"));
  EXPECT_THAT(wrong(line_of(R"({"phaseloom":"scene","version":1,"wall":65})")),
              HasSubstr("1 to 64"));
  EXPECT_THAT(wrong(line_of(R"({"phaseloom":"scene","version":1,"wal":6})")),
              HasSubstr("misspelt"));
  EXPECT_THAT(wrong(seal({})), HasSubstr("ends early"));
  auto packed = deflated(json);
  packed.push_back({});
  EXPECT_THAT(wrong(seal(packed)), HasSubstr("1 bytes follow"));
  EXPECT_THAT(wrong(seal(std::vector<std::byte>(40, std::byte{0xff}))), HasSubstr("unpacked"));
}

TEST(ShareText, NoCharacterChangesUnnoticed) {
  Scene scene;
  scene.model = "mnist-shil-classes";
  scene.hardware.bits = 4;
  scene.label = 7;
  const std::string line = share_text(scene);
  int equal = 0;
  for (std::size_t at = 0; at < line.size(); ++at)
    for (int value = 0; value < 256; ++value) {
      std::string other = line;
      other[at] = static_cast<char>(value);
      try {
        EXPECT_EQ(parse_share_text(other, "s"), scene) << at << " " << value;
        ++equal;
      } catch (const Error&) {
      }
    }
  // Itself at each place, and the nine letters of the name in capitals.
  EXPECT_EQ(equal, static_cast<int>(line.size()) + 9);
}

TEST(ShareText, NamesStayAndOfPathsOnlyTheFile) {
  Scene scene;
  scene.model = "/home/somebody/secret/nets/größe.safetensors";
  scene.thermo.model = "thermo-digits";
  scene.transport.pair = "../points/a b.csv";
  Scene carried = shareable(scene);
  EXPECT_EQ(carried.model, "größe.safetensors");
  EXPECT_EQ(carried.thermo.model, "thermo-digits");
  EXPECT_EQ(carried.transport.pair, "a b.csv");
  EXPECT_EQ(parse_share_text(share_text(scene), "s"), carried);
  for (const auto& [path, name] :
       {std::pair{"./net", "./net"}, std::pair{"a/b/net", "./net"},
        std::pair{"a/ b.safetensors", "./ b.safetensors"},
        std::pair{"a/sc\\xe4ne.safetensors", "sc\\xe4ne.safetensors"},
        std::pair{"folder/", "folder/"}, std::pair{"own-net", "own-net"}}) {
    scene.model = path;
    EXPECT_EQ(shareable(scene).model, name);
    EXPECT_EQ(shareable(shareable(scene)), shareable(scene));
    EXPECT_EQ(parse_share_text(share_text(scene), "s").model, name);
  }
  // Nor does a line that someone has made otherwise.
  EXPECT_EQ(parse_share_text(
                line_of(R"({"phaseloom":"scene","version":1,"model":"/etc/a.safetensors"})"), "s")
                .model,
            "a.safetensors");
}

}  // namespace
}  // namespace phaseloom
