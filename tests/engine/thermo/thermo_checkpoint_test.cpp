// SPDX-License-Identifier: MIT
#include "engine/thermo/thermo_checkpoint.hpp"

#include <nlohmann/json.hpp>

#include "engine/data/safetensors.hpp"
#include "tests/engine/thermo/small_training.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

ThermoCheckpoint some_checkpoint() {
  ThreadPool pool(1);
  ThermoCheckpoint c{small_plan(), bar_prototypes(), {}, "notes"};
  c.plan.bits = 9;
  c.plan.stochastic_rounding = true;
  c.plan.setup.visible_biases = true;
  c.plan.setup.labels = 2;
  c.plan.seed = 18446744073709551615U;
  c.plan.cycles = 2;
  c.progress = run_thermo_training(c.plan, c.prototypes, {}, pool);
  c.plan.cycles = 10;
  return c;
}

TEST(ThermoCheckpoint, RoundTrip) {
  TemporaryFolder folder;
  const auto saved = some_checkpoint();
  save_thermo_checkpoint(folder / "c", saved);
  const auto read = load_thermo_checkpoint(folder / "c");
  EXPECT_EQ(to_json(read.plan), to_json(saved.plan));
  EXPECT_EQ(read.plan.setup, saved.plan.setup);
  EXPECT_EQ(read.plan.seed, saved.plan.seed);
  EXPECT_EQ(read.notes, "notes");
  ASSERT_EQ(read.prototypes.size(), 2U);
  EXPECT_EQ(read.prototypes[1].name, "lying");
  EXPECT_EQ(read.prototypes[1].pixels, bar_prototypes()[1].pixels);
  EXPECT_EQ(read.progress.parameters.couplings, saved.progress.parameters.couplings);
  EXPECT_EQ(read.progress.parameters.bias, saved.progress.parameters.bias);
  EXPECT_EQ(read.progress.parameters.label_couplings, saved.progress.parameters.label_couplings);
  ASSERT_EQ(read.progress.cycles(), 2);
  EXPECT_EQ(read.progress.curve[1].loss, saved.progress.curve[1].loss);
  EXPECT_EQ(read.progress.curve[1].coupling_rms, saved.progress.curve[1].coupling_rms);
  EXPECT_EQ(read.progress.curve[1].cycle, 2);
}

TEST(ThermoCheckpoint, DamageIsNamed) {
  TemporaryFolder folder;
  save_thermo_checkpoint(folder / "c", some_checkpoint());
  const auto error_with = [&](auto change) {
    TensorFile file = read_safetensors(folder / "c");
    change(file);
    const auto bytes = serialize_safetensors(file, "c");
    return error_of([&] { parse_thermo_checkpoint(bytes, "c"); });
  };
  const auto plan_with = [&](const char* key, const nlohmann::ordered_json& value) {
    return error_with([&](TensorFile& file) {
      auto json = nlohmann::ordered_json::parse(file.metadata.at("plan"));
      if (value.is_null())
        json.erase(key);
      else
        json[key] = value;
      file.metadata["plan"] = json.dump();
    });
  };
  EXPECT_THAT(error_with([](TensorFile& f) { f.metadata.clear(); }),
              HasSubstr("no training to go on with"));
  EXPECT_THAT(error_with([](TensorFile& f) { f.metadata["phaseloom-thermo"] = "checkpoint 9"; }),
              HasSubstr("'checkpoint 9' of another version's training"));
  EXPECT_THAT(error_with([](TensorFile& f) { f.metadata["plan"] = "{"; }), HasSubstr("damaged"));
  EXPECT_THAT(plan_with("hidden", nullptr), HasSubstr("damaged"));
  EXPECT_THAT(plan_with("hidden", 1e99), HasSubstr("hidden"));
  EXPECT_THAT(plan_with("hidden", 41), HasSubstr("couplings"));
  EXPECT_THAT(plan_with("hidden", 1000000), HasSubstr("hidden is 1000000"));
  EXPECT_THAT(plan_with("rule", "wishful"), HasSubstr("wishful"));
  EXPECT_THAT(plan_with("prototypes", nlohmann::ordered_json::array()), HasSubstr("prototypes"));
  EXPECT_THAT(error_with([](TensorFile& f) { f.tensors.pop_back(); }), HasSubstr("c: "));
  EXPECT_THAT(error_with([](TensorFile& f) {
                for (Tensor& t : f.tensors)
                  if (t.name == "bias") t.data.assign(t.data.size(), std::byte{0xff});
              }),
              HasSubstr("bias holds a number that is not finite"));
}

}  // namespace
}  // namespace phaseloom
