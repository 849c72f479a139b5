/// Rows as dicts, through a plan.

#include <pybind11/stl.h>

#include <algorithm>
#include <deque>
#include <utility>

#include "casters.hpp"
#include "register.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/random/row_key.hpp"
#include "zeroskew/transform/list_cell.hpp"
#include "zeroskew/transform/plan.hpp"

namespace zeroskew::python {
namespace {

[[noreturn]] void no_cell(const py::handle& object, const std::string& column) {
  fail_type("transform.wrong_type", column,
            "a cell is None, a bool, a number, a str, bytes or a list of those, not " +
                from_str(py::str(py::type::of(object).attr("__name__"))));
}

RowCell integer_cell(PyObject* object, const std::string& column) {
  int overflow = 0;
  const long long value = PyLong_AsLongLongAndOverflow(object, &overflow);
  if (overflow == 0) return RowCell(static_cast<std::int64_t>(value));
  const unsigned long long large = overflow > 0 ? PyLong_AsUnsignedLongLong(object) : 0;
  if (overflow < 0 || PyErr_Occurred() != nullptr) {
    PyErr_Clear();
    fail_value("transform.wrong_type", column, "a whole number is within 64 bits");
  }
  return RowCell(static_cast<std::uint64_t>(large));
}

RowCell text_cell(PyObject* object, std::deque<std::string>& owned) {
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(object, &size);
  if (text != nullptr) return RowCell(std::string_view(text, static_cast<std::size_t>(size)));
  PyErr_Clear();  // lone surrogates: bytes that were never UTF-8
  owned.push_back(from_str(py::reinterpret_borrow<py::str>(object)));
  return RowCell(std::string_view(owned.back()));
}

// Scalars of other libraries.
RowCell foreign_cell(PyObject* object, const std::string& column) {
  const std::string_view type = Py_TYPE(object)->tp_name;
  if (type.ends_with("NAType") || type.ends_with("NaTType")) return {};
  if (type == "numpy.bool" || type == "numpy.bool_") return RowCell(PyObject_IsTrue(object) == 1);
  py::object number;
  if (PyIndex_Check(object) != 0) {
    number = py::reinterpret_steal<py::object>(PyNumber_Index(object));
    if (number) return integer_cell(number.ptr(), column);
  } else if (Py_TYPE(object)->tp_as_number != nullptr &&
             Py_TYPE(object)->tp_as_number->nb_float != nullptr) {
    number = py::reinterpret_steal<py::object>(PyNumber_Float(object));
    if (number) return RowCell(PyFloat_AS_DOUBLE(number.ptr()));
  }
  PyErr_Clear();
  no_cell(object, column);
}

using Owned = std::deque<std::string>;
RowCell cell_of(PyObject* object, const std::string& column, Owned& owned);

// A list, a tuple, an array: whatever has a length and items.
RowCell list_cell(PyObject* object, const std::string& column, Owned& owned) {
  const auto items = py::reinterpret_steal<py::object>(PySequence_Fast(object, ""));
  if (!items) {
    PyErr_Clear();
    no_cell(object, column);
  }
  ListCell list;
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(items.ptr()); ++i) {
    const RowCell item = cell_of(PySequence_Fast_GET_ITEM(items.ptr(), i), column, owned);
    if (item.form == RowCell::Form::list) {
      fail_type("transform.wrong_type", column, "is a list of lists; a list of cells is taken");
    }
    list.add(item);
  }
  owned.push_back(list.bytes());
  RowCell cell(std::string_view(owned.back()));
  cell.form = RowCell::Form::list;
  return cell;
}

RowCell cell_of(PyObject* object, const std::string& column, Owned& owned) {
  if (object == Py_None) return {};
  if (PyFloat_Check(object)) return RowCell(PyFloat_AS_DOUBLE(object));
  if (PyBool_Check(object)) return RowCell(object == Py_True);
  if (PyLong_Check(object)) return integer_cell(object, column);
  if (PyUnicode_Check(object)) return text_cell(object, owned);
  if (PyBytes_Check(object)) {
    return RowCell(std::string_view(PyBytes_AS_STRING(object),
                                    static_cast<std::size_t>(PyBytes_GET_SIZE(object))));
  }
  if (PySequence_Check(object) != 0) return list_cell(object, column, owned);
  return foreign_cell(object, column);
}

std::uint64_t key_of(const py::object& key) {
  if (py::isinstance<py::str>(key)) {
    return row_key(from_str(py::reinterpret_borrow<py::str>(key)));
  }
  const auto number = py::reinterpret_steal<py::object>(PyNumber_Index(key.ptr()));
  if (!number) {
    PyErr_Clear();
    fail_type("transform.keys", "key", "a row's key is a whole number or a str");
  }
  const RowCell cell = integer_cell(number.ptr(), "key");
  return static_cast<std::uint64_t>(cell.integer);
}

py::object object_of(const RowCell& cell, Kind kind) {
  switch (cell.form) {
    case RowCell::Form::boolean:
      return py::bool_(cell.integer != 0);
    case RowCell::Form::integer:
      return py::int_(cell.integer);
    case RowCell::Form::unsigned_integer:
      return py::int_(static_cast<std::uint64_t>(cell.integer));
    case RowCell::Form::number:
      return py::float_(cell.number);
    case RowCell::Form::text:
      if (kind == Kind::bytes) return py::bytes(cell.text.data(), cell.text.size());
      return to_str(cell.text);
    case RowCell::Form::list: {
      py::list items;
      for (std::string_view rest = cell.text; !rest.empty();) {
        items.append(object_of(take_item(rest), Kind::null));
      }
      return items;
    }
    case RowCell::Form::missing:
      break;
  }
  return py::none();
}

// Kinds of which a cell may be anything as long as no step looks into it.
bool travels(Kind kind) {
  return kind == Kind::null || kind == Kind::list || storage_of(kind) == Storage::none;
}

// Whether a step looks into the cells of a column.
bool reads(const FittedPipeline& pipeline, const std::string& column) {
  const auto same = [&](const Field& field) { return field.name == column; };
  const auto found = std::find_if(pipeline.inputs().begin(), pipeline.inputs().end(), same);
  if (found == pipeline.inputs().end()) return false;
  if (!travels(found->type.kind)) return true;
  return found->type.kind == Kind::list &&
         std::any_of(pipeline.steps().begin(), pipeline.steps().end(), [&](const FittedStep& step) {
           return step.prepared.operation != nullptr && !step.inputs.empty() &&
                  step.inputs[0].type.kind == Kind::list;
         });
}

// A plan for dicts of given keys in a given order.
class DictPlan {
 public:
  DictPlan(const FittedPipeline& pipeline, const std::vector<py::str>& columns)
      : plan_(pipeline, core_names(columns)) {
    for (const std::string& name : plan_.inputs()) read_.push_back(reads(pipeline, name));
    for (const Field& field : plan_.outputs()) names_.push_back(to_str(field.name));
  }

  py::dict apply(const py::dict& row, const py::object& key, std::uint64_t epoch, bool training) {
    // Making Python objects may run other Python code, which may come back here.
    Scratch scratch = take();
    const auto& inputs = plan_.inputs();
    scratch.cells.clear();
    std::deque<std::string> owned;
    std::vector<py::object> passing(inputs.size());
    PyObject* name = nullptr;
    PyObject* value = nullptr;
    Py_ssize_t place = 0;
    for (std::size_t i = 0; PyDict_Next(row.ptr(), &place, &name, &value) != 0; ++i) {
      if (i >= inputs.size()) break;
      passing[i] = py::reinterpret_borrow<py::object>(value);
      if (read_[i]) {
        scratch.cells.push_back(cell_of(value, inputs[i], owned));
      } else if (value == Py_None) {
        scratch.cells.emplace_back();
      } else {
        // What no step reads travels as its number, so that any object passes through.
        scratch.cells.emplace_back(static_cast<std::int64_t>(i));
      }
    }
    plan_.apply(scratch.cells, scratch.row, key_of(key), epoch, training);
    py::dict result;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const RowCell& cell = scratch.row[i];
      const Kind kind = plan_.outputs()[i].type.kind;
      const bool passes = travels(kind) && cell.form == RowCell::Form::integer;
      const py::object made =
          passes ? passing[static_cast<std::size_t>(cell.integer)] : object_of(cell, kind);
      if (PyDict_SetItem(result.ptr(), names_[i].ptr(), made.ptr()) != 0) {
        throw py::error_already_set();
      }
    }
    free_.push_back(std::move(scratch));
    return result;
  }

  py::list outputs() const {
    py::list list;
    for (const Field& field : plan_.outputs()) {
      list.append(py::make_tuple(to_str(field.name), to_string(field.type)));
    }
    return list;
  }

 private:
  struct Scratch {
    Row row;
    std::vector<RowCell> cells;
  };

  static std::vector<std::string> core_names(const std::vector<py::str>& columns) {
    std::vector<std::string> names;
    for (const py::str& name : columns) names.push_back(from_str(name));
    return names;
  }

  Scratch take() {
    if (free_.empty()) return {plan_.row(), {}};
    Scratch scratch = std::move(free_.back());
    free_.pop_back();
    return scratch;
  }

  Plan plan_;
  std::vector<bool> read_;
  std::vector<py::str> names_;
  std::vector<Scratch> free_;
};

// What the augmenting steps draw for a row: (step, columns, whether it acted, values).
py::list replay(const FittedPipeline& pipeline, const py::dict& row, const py::object& key,
                std::uint64_t epoch, bool training) {
  FittedPipeline::Row cells;
  std::deque<std::string> owned;
  for (const auto& [name, value] : row) {
    std::string column = from_str(py::str(name));
    Value cell = reads(pipeline, column) ? cell_of(value.ptr(), column, owned).value() : Value();
    cells.emplace_back(std::move(column), std::move(cell));
  }
  py::list list;
  for (const Draw& draw : pipeline.replay(cells, key_of(key), epoch, training)) {
    py::list columns;
    for (const std::string& column : draw.columns) columns.append(to_str(column));
    py::dict values;
    for (const auto& [name, value] : draw.values) values[to_str(name)] = value;
    list.append(py::make_tuple(draw.step, columns, draw.acted, values));
  }
  return list;
}

}  // namespace

void register_row(py::module_& module) {
  py::class_<DictPlan>(module, "DictPlan", "A pipeline compiled for dicts of given columns.")
      .def(py::init<const FittedPipeline&, const std::vector<py::str>&>(), py::arg("pipeline"),
           py::arg("columns"))
      .def_property_readonly("outputs", &DictPlan::outputs, "(name, type) of each output.")
      .def("apply", &DictPlan::apply, py::arg("row"), py::arg("key"), py::arg("epoch"),
           py::arg("training"));
  module.def("replay", &replay, py::arg("pipeline"), py::arg("row"), py::arg("key"),
             py::arg("epoch"), py::arg("training"));
}

}  // namespace zeroskew::python
