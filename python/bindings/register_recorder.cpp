/// What a server sees, counted.

#include <pybind11/stl.h>

#include <utility>

#include "casters.hpp"
#include "monitor.hpp"
#include "zeroskew/column/batch.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/monitor/recorder.hpp"

namespace zeroskew::python {
namespace {

std::vector<RecordedFeature> features_of(
    const std::vector<std::pair<py::str, const Distribution*>>& references, std::size_t bins) {
  std::vector<RecordedFeature> features;
  for (const auto& [name, reference] : references) {
    features.push_back(RecordedFeature::of(from_str(name), *reference, bins));
  }
  return features;
}

// Rows come in while the interpreter is held, one at a time; batches have writers of their own.
class RowRecorder {
 public:
  explicit RowRecorder(std::vector<RecordedFeature> features)
      : recorder_(std::move(features)), writer_(recorder_.writer()) {
    for (const RecordedFeature& feature : recorder_.features()) keys_.append(to_str(feature.name));
  }

  void row(const py::object& row) {
    const bool plain = py::isinstance<py::dict>(row);
    if (!plain && !py::hasattr(row, "get")) {
      fail_type("monitor.not_a_row", "", "a row is a dict of values by column");
    }
    std::vector<Cell> cells(recorder_.features().size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      py::object value = py::none();
      if (plain) {
        PyObject* found = PyDict_GetItemWithError(row.ptr(), keys_[i].ptr());
        if (found != nullptr) value = py::reinterpret_borrow<py::object>(found);
      } else {
        value = row.attr("get")(keys_[i]);
      }
      cells[i] = cell_of(recorder_.features()[i], value);
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].missing)
        writer_.missing(i);
      else if (recorder_.features()[i].labels.empty())
        writer_.number(i, cells[i].number);
      else
        writer_.label(i, cells[i].name);
    }
  }

  void batch(const Batch& batch) {
    const auto& features = recorder_.features();
    std::vector<const ColumnView*> columns;
    for (std::size_t i = 0; i < features.size(); ++i) {
      const auto place = batch.find(features[i].name);
      if (!place) {
        fail_key(
            "monitor.unknown_column", features[i].name,
            "the data have no such column" + detail::suggestion(features[i].name, batch.names));
      }
      columns.push_back(&batch.columns[*place]);
      recorder_.check(i, *columns.back());
    }
    Recorder::Writer writer = recorder_.writer();
    for (std::size_t i = 0; i < columns.size(); ++i) writer.column(i, *columns[i]);
  }

  [[nodiscard]] const Recorder& recorder() const noexcept { return recorder_; }
  [[nodiscard]] const py::list& keys() const noexcept { return keys_; }

 private:
  struct Cell {
    bool missing = true;
    double number = 0.0;
    std::string name;
  };

  static Cell cell_of(const RecordedFeature& feature, py::object value) {
    Cell cell;
    if (value.is_none()) return cell;
    const bool is_name = py::isinstance<py::str>(value) || py::isinstance<py::bytes>(value);
    const std::string type = Py_TYPE(value.ptr())->tp_name;
    if (type == "NAType") return cell;
    cell.missing = false;
    if (feature.labels.empty()) {
      if (is_name) {
        fail_type("monitor.recorder", feature.name, "numbers are counted here, found " + type);
      }
      cell.number = number_of(value);
      return cell;
    }
    if (!is_name && py::hasattr(value, "item")) value = value.attr("item")();  // NumPy's
    if (py::isinstance<py::bool_>(value))
      cell.name = value.cast<bool>() ? "true" : "false";
    else if (py::isinstance<py::bytes>(value))
      cell.name = value.cast<std::string>();
    else if (is_name)
      cell.name = from_str(value);
    else
      fail_type("monitor.recorder", feature.name, "names are counted here, found " + type);
    return cell;
  }

  Recorder recorder_;
  Recorder::Writer writer_;
  py::list keys_;
};

py::list snapshot(const RowRecorder& rows) {
  std::vector<RecordedCounts> counts;
  {
    const py::gil_scoped_release release;
    counts = rows.recorder().snapshot();
  }
  py::list result;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const RecordedFeature& feature = rows.recorder().features()[i];
    const RecordedCounts& now = counts[i];
    py::list labels;
    for (const std::string& label : feature.labels) labels.append(to_str(label));
    py::dict entry;
    entry["name"] = rows.keys()[i];
    entry["edges"] = feature.edges;
    entry["labels"] = labels;
    entry["bins"] = now.bins;
    entry["total"] = now.total();
    entry["missing"] = now.missing;
    entry["nan"] = now.nan;
    entry["negative_infinity"] = now.negative_infinity;
    entry["positive_infinity"] = now.positive_infinity;
    entry["sum"] = now.sum;
    entry["settled"] = now.settled;
    entry["distribution"] = distribution_of(feature, now);
    result.append(entry);
  }
  return result;
}

}  // namespace

void register_recorder(py::module_& module) {
  py::class_<RowRecorder>(module, "Recorder", "Counts of what a server sees.", py::is_final())
      .def(py::init([](const std::vector<std::pair<py::str, const Distribution*>>& references,
                       std::size_t bins) {
             return std::make_unique<RowRecorder>(features_of(references, bins));
           }),
           py::arg("references"), py::arg("bins"))
      .def("record", &RowRecorder::row, py::arg("row"))
      .def("record_batch", &RowRecorder::batch, py::arg("batch"),
           py::call_guard<py::gil_scoped_release>())
      .def("snapshot", &snapshot);
}

}  // namespace zeroskew::python
