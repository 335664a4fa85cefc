// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <system_error>
#include <utility>

#include "app/document/assets.hpp"
#include "app/document/sweep_plan_file.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"
#include "engine/sweep/plots.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostModel = std::size_t{1} << 30;

fs::path plan_file(const fs::path& folder) { return folder / "plan.json"; }
fs::path network_below(const std::string& model) {
  return fs::path("networks") / (model + ".safetensors");
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail("{}: cannot make this folder ({})", folder.string(), error.message());
}

/// The folder's own copy; a sweep that came with the program has none, but is of networks that did,
/// too.
fs::path network_in(const fs::path& folder, const std::string& model) {
  fs::path shipped;
  std::error_code ignored;
  if (!fs::exists(folder / "networks", ignored))
    (void)problem_of([&] { shipped = model_file(model); });
  return shipped.empty() ? folder / network_below(model) : shipped;
}

/// Nothing of anybody else's is in it. A name with a dot is somebody's who writes just now.
void check_free(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return;
  if (!fs::is_directory(folder, error))
    fail("{}: is a file; the folder of a sweep is needed", folder.string());
  for (const fs::path& entry : files_in(folder)) {
    const std::string name = entry.filename().string();
    if (name != "networks" && !name.starts_with('.'))
      fail("{}: holds {}, and no sweep; choose a folder that is empty or new", folder.string(),
           printable(name));
  }
}

/// A plan as its folder says it: networks by the names that they have there, each once.
struct NamedModels {
  SweepPlan plan;
  std::map<std::string, fs::path> files;  // by name
};

NamedModels named_models(const SweepPlan& plan) {
  NamedModels all{plan, {}};
  all.plan.models.clear();
  for (const std::string& model : plan.models) {
    const fs::path file = model_file(model);
    const std::string name = plain_name(file.stem().string());
    const auto [at, fresh] = all.files.emplace(name, file);
    std::error_code ignored;
    if (!fresh && !fs::equivalent(at->second, file, ignored))
      fail("models: {} and {} would both be called {}; rename one of them", at->second.string(),
           file.string(), name);
    if (fresh) all.plan.models.push_back(name);
  }
  return all;
}

}  // namespace

bool SweepFolder::is_sweep(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(plan_file(folder), ignored);
}

SweepFolder SweepFolder::open(const fs::path& folder) {
  if (!is_sweep(folder))
    fail(
        "{}: is no folder of a sweep: there is no plan.json; phaseloom sweep PLAN.json --out {} "
        "makes one",
        folder.string(), folder.string());
  SweepFolder sweep;
  sweep.path_ = folder;
  sweep.plan_ = read_sweep_plan(plan_file(folder));
  std::vector<CostNetwork> networks;
  for (const std::string& name : sweep.plan_.models) {
    if (!is_plain_name(name))
      fail("{}: models: {} is no name of a network in the folder", plan_file(folder).string(),
           printable(name));
    Model model = load_model(network_in(folder, name));
    model.name = name;
    networks.push_back(cost_network(model.program));
    sweep.networks_.emplace(name, networks.back());
    sweep.models_.emplace(name, std::move(model));
  }
  sweep.cells_ = cells_of(sweep.plan_, networks);
  sweep.jobs_ = jobs_of(sweep.cells_);
  for (std::size_t i = 0; i < sweep.cells_.size(); ++i)
    if (sweep.cells_[i].job == sweep.cells_[i].name()) sweep.cell_of_job_[sweep.cells_[i].job] = i;
  return sweep;
}

SweepFolder SweepFolder::make(const SweepPlan& plan, const fs::path& folder) {
  if (folder.empty()) fail("--out is missing: the folder of the sweep");
  validate(plan);
  const NamedModels all = named_models(plan);
  const bool there = is_sweep(folder);
  if (there && read_sweep_plan(plan_file(folder)) != all.plan)
    fail(
        "{}: is the folder of another plan; choose another one, or go on with that: phaseloom "
        "worker {}",
        folder.string(), folder.string());
  if (!there) check_free(folder);
  make_folder(folder / "networks");
  for (const auto& [name, file] : all.files) {
    const auto bytes = read_file(file, kMostModel);
    const fs::path kept = folder / network_below(name);
    std::error_code ignored;
    if (!fs::exists(kept, ignored)) {
      load_model(file);  // is it one?
      write_file_atomically(kept, bytes);
    } else if (read_file(kept, kMostModel) != bytes) {
      fail("{}: was begun with another {} than {} is now; choose another folder", folder.string(),
           name, file.string());
    }
  }
  // The last of all: with it the folder is a sweep.
  if (!there) write_file_atomically(plan_file(folder), print_sweep_plan(all.plan));
  return open(folder);
}

const Model& SweepFolder::model(const std::string& name) const { return models_.at(name); }

const CostNetwork& SweepFolder::network(const std::string& model) const {
  return networks_.at(model);
}

const SweepCell& SweepFolder::cell_of_job(const std::string& job) const {
  return cells_[cell_of_job_.at(job)];
}

std::string SweepFolder::network_path(const SweepCell& cell) const {
  if (cell.kind == SweepKind::as_is) return network_below(cell.model).string();
  return (fs::path("results") / cell.job / kTrainedFile).string();
}

// --- results -------------------------------------------------------------------------------------

void SweepReader::look() {
  const JobFolder jobs(folder_.path(), folder_.plan().lease, {}, files_);
  const auto finished = jobs.finished();
  damaged_.clear();
  std::error_code ignored;
  if (rows_.empty() && finished.empty() && fs::exists(folder_.table_file(), ignored)) {
    read_table();  // all that a shipped one has
    return;
  }
  for (const std::string& job : folder_.jobs()) {
    if (!finished.contains(job) || rows_.contains(job)) continue;
    const fs::path file = jobs.result_folder(job) / SweepFolder::kResultFile;
    try {
      const std::string text = files_.read(file);
      if (text.empty()) fail("{}: is empty, or cannot be read", file.string());
      const auto rows = parse_sweep(text, file.string());
      if (rows.size() != 1 || !rows.front().is_of(folder_.cell_of_job(job)))
        fail("{}: is not the result of {}", file.string(), job);
      rows_.emplace(job, rows.front());
    } catch (const Error& error) {
      damaged_.emplace(job, error.what());
    }
  }
}

void SweepReader::read_table() {
  try {
    for (const SweepRow& row : read_sweep(folder_.table_file()))
      for (const std::string& job : folder_.jobs())
        if (row.is_of(folder_.cell_of_job(job))) rows_.emplace(job, row);
  } catch (const Error& error) {
    for (const std::string& job : folder_.jobs()) damaged_.emplace(job, error.what());
  }
}

SweepTable SweepReader::table() const {
  SweepTable table;
  table.plan = folder_.plan();
  for (const SweepCell& cell : folder_.cells()) {
    SweepTable::Place place{cell, std::nullopt};
    if (const auto known = rows_.find(cell.job); known != rows_.end()) {
      place.row = known->second;
      place.row->density = cell.hardware.density;  // of one that is alike
    }
    table.places.push_back(std::move(place));
  }
  return table;
}

void SweepReader::write() const {
  const SweepTable all = table();
  // What is there already may lie where nobody may write.
  const auto renew = [](const fs::path& file, const std::string& text) {
    std::error_code ignored;
    if (fs::exists(file, ignored)) {
      const auto old = read_file(file, kMostModel);
      if (std::ranges::equal(old, std::as_bytes(std::span(text)))) return;
    }
    write_file_atomically(file, text);
  };
  renew(folder_.table_file(), sweep_csv(all.rows()));
  renew(folder_.heat_map_file(), sweep_heat_map_svg(all));
  renew(folder_.pareto_file(), sweep_pareto_svg(all));
}

}  // namespace phaseloom
