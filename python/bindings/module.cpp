/// The table of contents of zeroskew._core: one submodule a room of the core.

#include "register.hpp"
#include "zeroskew/version.hpp"

PYBIND11_MODULE(_core, module) {
  using namespace zeroskew::python;
  module.doc() = "The compiled core of zeroskew, room by room.";
  module.attr("version") = zeroskew::version;
  register_errors();
  const auto room = [&](const char* name) { return module.def_submodule(name); };
  auto column = room("column");
  register_column(column);
  auto stats = room("stats");
  register_stats(stats);
  auto schema = room("schema");
  register_schema(schema);
  register_statistics(schema);
  auto drift = room("drift");
  register_drift(drift);
  register_points(drift);
  register_shift(drift);
  auto monitor = room("monitor");
  register_monitor(monitor);
  auto transform = room("transform");
  register_transform(transform);
  auto policy = room("policy");
  register_policy(policy);
}
