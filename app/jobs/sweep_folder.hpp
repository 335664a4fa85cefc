// SPDX-License-Identifier: MIT
#pragma once
// The folder of a sweep (docs/sweeps.md): its plan, the networks that it begins with, the jobs and
// their results. It needs nothing outside but the data set.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/network/model_file.hpp"
#include "engine/sweep/job_folder.hpp"
#include "engine/sweep/results.hpp"

namespace phaseloom {

class SweepFolder {
 public:
  /// Of a job's result, in its folder: a table of one row, and a network that was trained on.
  static constexpr const char* kResultFile = "result.csv";
  static constexpr const char* kTrainedFile = "model.safetensors";

  /// Throws Error if there is no sweep, or something of its plan or networks is damaged.
  static SweepFolder open(const std::filesystem::path& folder);
  /// Makes it, or goes on with it if it is there and was made of the same plan and the same
  /// networks. Throws Error if it is another sweep's, or anything else is there.
  /// @param plan its models as users name them: names, or paths
  static SweepFolder make(const SweepPlan& plan, const std::filesystem::path& folder);
  /// Whether a sweep is there.
  static bool is_sweep(const std::filesystem::path& folder);

  const std::filesystem::path& path() const { return path_; }
  const SweepPlan& plan() const { return plan_; }
  const std::vector<SweepCell>& cells() const { return cells_; }
  const std::vector<std::string>& jobs() const { return jobs_; }
  const Model& model(const std::string& name) const;
  /// As it is priced, before pruning.
  const CostNetwork& network(const std::string& model) const;
  /// The cell that a job's work is for.
  const SweepCell& cell_of_job(const std::string& job) const;
  /// Below the folder: the network that a cell is judged with.
  std::string network_path(const SweepCell& cell) const;
  /// The file of the network of a row, to be put on a wall.
  std::filesystem::path network_file(const SweepRow& row) const { return path_ / row.network; }

  std::filesystem::path table_file() const { return path_ / "table.csv"; }
  std::filesystem::path heat_map_file() const { return path_ / "quality.svg"; }
  std::filesystem::path pareto_file() const { return path_ / "pareto.svg"; }

 private:
  SweepFolder() = default;

  std::filesystem::path path_;
  SweepPlan plan_;
  std::map<std::string, Model> models_;
  std::map<std::string, CostNetwork> networks_;
  std::vector<SweepCell> cells_;
  std::vector<std::string> jobs_;
  std::map<std::string, std::size_t> cell_of_job_;
};

/// What results say, read once each.
class SweepReader {
 public:
  /// @param files of the shared folder; both must outlive it
  explicit SweepReader(const SweepFolder& folder, const SharedFiles& files = usual_files())
      : folder_(folder), files_(files) {}
  /// Looks for results that are new. Those that cannot be read are in damaged(), and count as
  /// missing.
  void look();
  const std::map<std::string, SweepRow>& rows() const { return rows_; }  ///< by job
  /// By job, why.
  const std::map<std::string, std::string>& damaged() const { return damaged_; }
  SweepTable table() const;
  /// Writes table and plots, each whole; what cannot be written is an Error.
  void write() const;

 private:
  void read_table();

  const SweepFolder& folder_;
  const SharedFiles& files_;
  std::map<std::string, SweepRow> rows_;
  std::map<std::string, std::string> damaged_;
};

}  // namespace phaseloom
