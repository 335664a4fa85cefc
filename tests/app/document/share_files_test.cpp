// SPDX-License-Identifier: MIT
#include "app/document/share_files.hpp"

#include "app/document/assets.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/printable.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class ShareFiles : public ::testing::Test {
 protected:
  void TearDown() override { fs::current_path(before_); }
  void put(const fs::path& file) {
    fs::create_directories(file.parent_path());
    write_file_atomically(file, std::string_view("x"));
  }
  const TemporaryFolder folder_;
  const EnvironmentGuard data_{"XDG_DATA_HOME", (folder_ / "data").string()};
  const fs::path before_ = fs::current_path();
};

TEST_F(ShareFiles, NamesAreNoFiles) {
  EXPECT_EQ(left_behind(Scene()), "");
  const SharedScene shared = open_share_text(share_text(Scene()), "s");
  EXPECT_EQ(shared.scene, Scene());
  EXPECT_EQ(shared.missing, "");
}

TEST_F(ShareFiles, AreLookedForHereAndAmongTheUsersModels) {
  Scene scene;
  scene.thermo.model = "/elsewhere/heat.safetensors";
  scene.transport.pair = "/elsewhere/points.csv";
  EXPECT_EQ(left_behind(scene),
            "Only the name goes along of points.csv, heat.safetensors; pass the files on, too");
  scene.model = "/elsewhere/n\\xe4t.safetensors";
  const std::string line = share_text(scene);
  EXPECT_THAT(error_of([&] { open_share_text(line, "mail"); }),
              AllOf(HasSubstr("mail: its model"), HasSubstr("t.safetensors"),
                    HasSubstr((folder_ / "data/phaseloom/models").string())));
  put(user_models_folder() / "n\xe4t.safetensors");
  const SharedScene shared = open_share_text(line, "mail");
  EXPECT_EQ(shared.scene.model, escaped((user_models_folder() / "n\xe4t.safetensors").string()));
  EXPECT_EQ(shared.scene.thermo.model, "heat.safetensors");
  EXPECT_THAT(shared.missing, HasSubstr("points.csv, heat.safetensors are not here"));
  put(folder_ / "here/points.csv");
  put(folder_ / "here/n\xe4t.safetensors");
  fs::current_path(folder_ / "here");
  const SharedScene here = open_share_text(line, "mail");
  EXPECT_EQ(here.scene.transport.pair, (fs::current_path() / "points.csv").string());
  EXPECT_EQ(here.scene.model, escaped((fs::current_path() / "n\xe4t.safetensors").string()));
  EXPECT_EQ(here.missing,
            "mail: heat.safetensors is not here; a line carries the names of files only");
}

TEST_F(ShareFiles, ASceneIsNamedByItsFileOrItsLine) {
  Scene scene;
  scene.wall = 3;
  save_scene(folder_ / "s.json", scene);
  EXPECT_EQ(scene_of((folder_ / "s.json").string()), scene);
  EXPECT_EQ(scene_of(share_text(scene)), scene);
  write_file_atomically(folder_ / "line.txt", " " + share_text(scene) + "\r\n");
  EXPECT_EQ(scene_of((folder_ / "line.txt").string()), scene);
  EXPECT_EQ(line_in(folder_ / "s.json"), "");
  EXPECT_EQ(line_in(folder_.path()), "");
  EXPECT_EQ(line_in("/dev/zero"), "");
  write_file_atomically(folder_ / "long.txt", "phaseloom:1" + std::string(1 << 20, 'A'));
  EXPECT_THAT(error_of([&] { scene_of((folder_ / "long.txt").string()); }), HasSubstr("too long"));
  EXPECT_THAT(error_of([] { scene_of("phaseloom:1x"); }), HasSubstr("scene as text: cut off"));
  EXPECT_THAT(error_of([] { scene_of("/nowhere.json"); }), HasSubstr("/nowhere.json"));
}

}  // namespace
}  // namespace phaseloom
