#include "engine/transport/points_file.hpp"

#include <cmath>

#include "engine/data/csv.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"
#include "engine/transport/pair.hpp"

namespace phaseloom {

Points parse_points(std::string_view text, std::string_view source) {
  Points points;
  bool first = true;
  for_each_csv_line(text, [&](int number, std::string_view line) {
    const auto fields = csv_fields(line);
    const bool header = first && fields.size() == 2 && fields[0] == "x" && fields[1] == "y";
    first = false;
    if (header) return;
    if (fields.size() != 2)
      fail("{}: line {} has {} column{}; two are needed, x and y with a comma between", source,
           number, fields.size(), fields.size() == 1 ? "" : "s");
    float place[2];
    for (int k = 0; k < 2; ++k) {
      const auto value = csv_number<float>(fields[k]);
      if (!value || !std::isfinite(*value))
        fail("{}: line {}: {} is no finite number", source, number, printable(fields[k]));
      place[k] = *value;
    }
    if (points.size() == kMaxOwnPoints)
      fail("{}: line {}: there are more than {} points; fewer are enough", source, number,
           kMaxOwnPoints);
    points.push_back({place[0], place[1]});
  });
  if (points.size() < kMinOwnPoints)
    fail("{}: {} point{}; {} at least are needed, one per line as x,y", source, points.size(),
         points.size() == 1 ? "" : "s", kMinOwnPoints);
  return points;
}

Points read_points(const std::filesystem::path& path) {
  const auto bytes = read_file(path, std::size_t{64} << 20);
  return parse_points({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path.string());
}

}  // namespace phaseloom
