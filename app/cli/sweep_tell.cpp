// SPDX-License-Identifier: MIT
// What is said of a sweep: how far it is, who works on it, which cells are worth it.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/output.hpp"
#include "app/cli/sweep_run.hpp"
#include "app/document/si_text.hpp"
#include "app/jobs/sweep_pace.hpp"
#include "app/jobs/sweep_snapshot.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Json = nlohmann::ordered_json;

Json known(double value) { return std::isnan(value) ? Json() : Json(value); }

Json to_json(const SweepRow& row, const std::string& name) {
  Json energy;
  for (std::size_t i = 0; i < row.energy.size(); ++i)
    energy[std::string(names_of<ChunkHold>()[i])] = row.energy[i];
  return {{"cell", name},
          {"model", row.model},
          {"bits", row.bits},
          {"density", row.density},
          {"weight_noise", row.weight_noise},
          {"mismatch", row.mismatch},
          {"seed", row.seed},
          {"kind", std::string(name_of(row.kind))},
          {"samples", row.samples},
          {"relative_fcd", known(row.relative)},
          {"fcd", known(row.distance)},
          {"class_entropy", known(row.class_entropy)},
          {"energy_J", std::move(energy)},
          {"area_mm2", row.area},
          {"couplings", row.couplings},
          {"wires", row.wires},
          {"iterations", row.iterations},
          {"network", row.network},
          {"instruction_set", row.instruction_set},
          {"problem", row.failed() ? Json(row.problem) : Json()},
          {"train_minutes", row.train_minutes},
          {"seconds", row.seconds}};
}

struct Told {
  const SweepFolder& sweep;
  const SweepReader& reader;
  std::vector<JobAtWork> at_work;
  SweepTable table;
  std::vector<std::size_t> places;  // that have a row
  std::vector<SweepRow> rows;       // of those
  std::vector<std::size_t> front;   // of the rows

  std::string name(std::size_t row) const { return table.places[places[row]].cell.name(); }
  double seconds_left() const { return sweep_seconds_left(table, count_alive(at_work)); }
  double per_hour() const {
    return sweep_pace({}, table, count_alive(at_work), SweepPace::Clock::now());
  }
  std::ptrdiff_t failed() const { return std::ranges::count_if(rows, &SweepRow::failed); }
};

Json known_above_0(double value) { return value > 0 ? Json(value) : Json(); }

Json to_json(const JobAtWork& one) {
  Json json{{"job", one.job}, {"host", nullptr}, {"process", nullptr}};
  if (one.worker) {
    json["host"] = one.worker->host;
    json["process"] = one.worker->process;
  }
  json["seconds"] = one.seconds;
  json["silent_seconds"] = one.silent;
  json["fraction"] = one.fraction ? Json(*one.fraction) : Json();
  json["expired"] = one.expired;
  return json;
}

void print_json(const Told& told) {
  Json cells = Json::array(), front = Json::array();
  for (std::size_t i = 0; i < told.rows.size(); ++i)
    cells.push_back(to_json(told.rows[i], told.name(i)));
  for (const std::size_t i : told.front) front.push_back(told.name(i));
  Json damaged = Json::array(), workers = Json::array();
  for (const JobAtWork& one : told.at_work) workers.push_back(to_json(one));
  for (const auto& [job, why] : told.reader.damaged()) damaged.push_back(why);
  print_out("{}\n", dump_json(Json{{"folder", told.sweep.path().string()},
                                   {"cells", told.table.places.size()},
                                   {"cells_done", told.rows.size()},
                                   {"cells_failed", told.failed()},
                                   {"jobs", told.sweep.jobs().size()},
                                   {"jobs_done", told.reader.rows().size()},
                                   {"workers", std::move(workers)},
                                   {"jobs_per_hour", known_above_0(told.per_hour())},
                                   {"seconds_left", known_above_0(told.seconds_left())},
                                   {"damaged", std::move(damaged)},
                                   {"table", told.sweep.table_file().string()},
                                   {"heat_map", told.sweep.heat_map_file().string()},
                                   {"pareto_plot", told.sweep.pareto_file().string()},
                                   {"pareto", std::move(front)},
                                   {"rows", std::move(cells)}},
                              2));
}

void print_workers(const Told& told) {
  for (const JobAtWork& one : told.at_work)
    print_out("  {}: {}, {}\n", worker_text(one), legible(one.job),
              at_work_text(one, told.sweep.plan().lease));
  if (told.per_hour() > 0)
    print_out("about {} an hour, {} left\n", pace_text(told.per_hour()),
              duration_text(told.seconds_left()));
}

void print_status(const Told& told) {
  const auto all = told.sweep.jobs().size(), done = told.reader.rows().size();
  print_out("{}: {} of {} done{}{}\n", legible(told.sweep.path().string()), done,
            counted(std::int64_t(all), "job"),
            told.table.places.size() == all
                ? ""
                : fmt::format(" for {}", counted(std::int64_t(told.table.places.size()), "cell")),
            told.failed() > 0 ? fmt::format(", {} without a number", told.failed()) : "");
  for (const auto& [job, why] : told.reader.damaged())
    print_out("damaged, a worker does it again: {}\n", legible(why));
  print_workers(told);
  if (done < all)
    print_out("go on with: phaseloom worker {}\n", legible(told.sweep.path().string()));
  print_out("{}, {}, {}\n", legible(told.sweep.table_file().string()),
            legible(told.sweep.heat_map_file().string()),
            legible(told.sweep.pareto_file().string()));
  if (told.front.empty()) return;
  const ChunkHold hold = told.table.plan.cost.hold;
  print_out("\nno other is better (chunks held by {}):\n{:<12} {:<14} {}\n", name_of(hold),
            "relative FCD", "energy", "cell");
  for (const std::size_t i : told.front)
    print_out("{:<12.4f} {:<14} {}\n", told.rows[i].relative,
              si_text(told.rows[i].energy_of(hold), "J"), told.name(i));
}

/// Once, or also after so many seconds of looking out for signs of life.
std::vector<JobAtWork> who_works(const SweepFolder& sweep, double watch) {
  JobFolder jobs(sweep.path(), sweep.plan().lease);
  auto at_work = jobs.look(sweep.jobs());
  const InterruptScope interrupt;
  const auto end = Clock::now() + std::chrono::duration<double>(watch);
  while (!at_work.empty() && Clock::now() < end && !interrupt.interrupted()) {
    std::this_thread::sleep_for(std::min<std::chrono::duration<double>>(1s, end - Clock::now()));
    at_work = jobs.look(sweep.jobs());
  }
  return at_work;
}

}  // namespace

void tell_sweep(const SweepFolder& sweep, const SweepTellOptions& options) {
  SweepReader reader(sweep);
  reader.look();
  try {
    reader.write();
  } catch (const Error& error) {  // a folder that may only be read can be told of, too
    report("{}\n", legible(error.what()));
  }
  Told told{sweep, reader, who_works(sweep, options.watch), reader.table(), {}, {}, {}};
  for (std::size_t i = 0; i < told.table.places.size(); ++i)
    if (const auto& row = told.table.places[i].row) {
      told.places.push_back(i);
      told.rows.push_back(*row);
    }
  told.front = pareto_front(told.rows, told.table.plan.cost.hold);
  options.json ? print_json(told) : print_status(told);
}

}  // namespace phaseloom
