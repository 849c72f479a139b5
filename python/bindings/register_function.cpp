/// The step "function": a Python callable on each value of a column.

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "casters.hpp"
#include "register.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/user_step.hpp"

namespace zeroskew::python {
namespace {

// Callables by the handle that settings carry. Never freed: steps may outlive the interpreter's
// modules.
struct Callables {
  std::mutex mutex;
  std::map<std::string, PyObject*, std::less<>> by_handle;
};
Callables& callables() {
  static auto* all = new Callables;
  return *all;
}

PyObject* callable_of(const std::string& handle) {
  Callables& all = callables();
  const std::lock_guard lock(all.mutex);
  const auto found = all.by_handle.find(handle);
  if (found == all.by_handle.end()) {
    fail_value("transform.function", "function",
               "'" + handle +
                   "' is no function of this program: make the step anew with "
                   "zeroskew.Function");
  }
  return found->second;
}

// A function may be called by many names; a step takes it by a handle that says which one it is.
std::string keep(const py::object& function) {
  Callables& all = callables();
  const std::lock_guard lock(all.mutex);
  for (const auto& [handle, held] : all.by_handle) {
    if (held == function.ptr()) return handle;
  }
  const py::object name = py::getattr(function, "__qualname__", py::none());
  const std::string shown = name.is_none() ? "callable" : from_str(py::str(name));
  const std::string handle = shown + "#" + std::to_string(all.by_handle.size() + 1);
  all.by_handle[handle] = py::object(function).release().ptr();
  return handle;
}

class Call final : public Operation {
 public:
  Call(PyObject* function, Kind kind, std::string column)
      : function_(function), kind_(kind), column_(std::move(column)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const py::gil_scoped_acquire held;
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const bool there = block.valid(in[0])[i] != 0;
      py::object made = py::none();
      if (there) made = called(given(block, in[0], i));
      block.valid(out[0])[i] = !made.is_none();
      if (out[0].storage == Storage::text) {
        block.texts(out[0])[i] = made.is_none() ? std::string_view() : text(block, made);
      } else {
        block.numbers(out[0])[i] = made.is_none() ? 0.0 : number(made);
      }
    }
  }

 private:
  [[nodiscard]] py::object given(Block& block, Slot slot, std::size_t i) const {
    if (slot.storage == Storage::text) return to_str(block.texts(slot)[i]);
    if (slot.storage == Storage::number) return py::float_(block.numbers(slot)[i]);
    const std::int64_t x = block.integers(slot)[i];
    if (kind_ == Kind::boolean) return py::bool_(x != 0);
    if (slot.is_unsigned) return py::int_(static_cast<std::uint64_t>(x));
    return py::int_(x);
  }

  [[nodiscard]] py::object called(const py::object& value) const {
    PyObject* made = PyObject_CallOneArg(function_, value.ptr());
    if (made == nullptr) {
      const py::error_already_set raised;
      fail_value("transform.function", column_,
                 std::string("the function raised ") + raised.what());
    }
    return py::reinterpret_steal<py::object>(made);
  }

  [[nodiscard]] double number(const py::object& made) const {
    const double x = PyFloat_AsDouble(made.ptr());
    if (x == -1.0 && PyErr_Occurred() != nullptr) {
      PyErr_Clear();
      wrong(made, "a number or None; for texts say returns=\"str\"");
    }
    return x != x ? std::numeric_limits<double>::quiet_NaN() : x;
  }

  [[nodiscard]] std::string_view text(Block& block, const py::object& made) const {
    if (!py::isinstance<py::str>(made)) wrong(made, "a str or None");
    const std::string bytes = from_str(py::str(made));
    char* space = block.text_space(bytes.size());
    bytes.copy(space, bytes.size());
    return {space, bytes.size()};
  }

  [[noreturn]] void wrong(const py::object& made, const char* right) const {
    fail_type("transform.function", column_,
              "the function returned " + from_str(py::repr(made)) + "; it returns " + right);
  }

  PyObject* function_;
  Kind kind_;
  std::string column_;
};

Prepared prepare(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  Prepared prepared;
  const bool text = text_of(settings, "returns") == "str";
  const std::string name =
      is_set(settings, "output") ? text_of(settings, "output") : inputs[0].name;
  prepared.outputs = {{name, plain_type(text ? Kind::string : Kind::floating), {}}};
  prepared.keeps_inputs = name != inputs[0].name;
  prepared.operation = std::make_shared<const Call>(callable_of(text_of(settings, "function")),
                                                    inputs[0].type.kind, inputs[0].name);
  return prepared;
}

}  // namespace

void register_function(py::module_& module) {
  StepInfo info;
  info.name = "function";
  info.doc = "A Python function of one value, for each value of a column.";
  info.accepts = {Kind::boolean, Kind::integer, Kind::floating, Kind::decimal, Kind::string};
  info.parameters = {{.name = "function", .kind = SettingKind::text, .doc = "a callable"},
                     {.name = "returns",
                      .kind = SettingKind::choice,
                      .doc = "what it returns; None is a missing cell",
                      .fallback = "float",
                      .choices = {"float", "str"}}};
  info.one_output = true;
  info.unsaved =
      "it is a Python function, which no other program can run, C++ least of all; write it as "
      "zeroskew.Expression, as one of the library's steps, or as a step in C++";
  info.prepare = prepare;
  zeroskew::register_step(std::move(info));
  module.def("keep_function", &keep, py::arg("function"),
             "The handle by which settings name a callable.");
}

}  // namespace zeroskew::python
