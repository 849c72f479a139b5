/// Settings from and to Python.

#include "settings.hpp"

#include <pybind11/stl.h>

#include <variant>

#include "zeroskew/error.hpp"

namespace zeroskew::python {
namespace {

py::object to_object(const Setting& setting) {
  return std::visit(
      [](const auto& held) -> py::object {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, std::monostate>) {
          return py::none();
        } else if constexpr (std::is_same_v<Held, std::string>) {
          return to_str(held);
        } else if constexpr (std::is_same_v<Held, std::vector<std::string>>) {
          py::list list;
          for (const std::string& text : held) list.append(to_str(text));
          return list;
        } else {
          return py::cast(held);
        }
      },
      setting);
}

std::int64_t integer_from(const py::handle& object, const std::string& where) {
  const long long value = PyLong_AsLongLong(object.ptr());
  if (value == -1 && PyErr_Occurred() != nullptr) {
    PyErr_Clear();
    fail_value("transform.bad_parameter", where, "a whole number is within 64 bits");
  }
  return value;
}

Setting list_from(const py::sequence& items, const std::string& where) {
  std::vector<std::string> texts;
  std::vector<std::int64_t> integers;
  std::vector<double> numbers;
  for (const py::handle item : items) {
    if (py::isinstance<py::str>(item)) {
      texts.push_back(from_str(py::reinterpret_borrow<py::str>(item)));
    } else if (py::isinstance<py::float_>(item)) {
      numbers.push_back(item.cast<double>());
    } else if (py::isinstance<py::int_>(item) && !py::isinstance<py::bool_>(item)) {
      integers.push_back(integer_from(item, where));
      numbers.push_back(static_cast<double>(integers.back()));
    } else {
      fail_type("transform.bad_parameter", where, "a list holds numbers or texts");
    }
  }
  const std::size_t size = items.size();
  if (texts.size() == size && size > 0) return texts;
  if (integers.size() == size && size > 0) return integers;
  if (numbers.size() == size) return numbers;
  fail_type("transform.bad_parameter", where, "a list holds numbers only or texts only");
}

Setting setting_from(const py::handle& object, const std::string& where) {
  if (object.is_none()) return {};
  if (py::isinstance<py::bool_>(object)) return object.cast<bool>();
  if (py::isinstance<py::int_>(object)) return integer_from(object, where);
  if (py::isinstance<py::float_>(object)) return object.cast<double>();
  if (py::isinstance<py::str>(object)) return from_str(py::reinterpret_borrow<py::str>(object));
  if (py::isinstance<py::list>(object) || py::isinstance<py::tuple>(object)) {
    return list_from(py::reinterpret_borrow<py::sequence>(object), where);
  }
  fail_type("transform.bad_parameter", where,
            "a setting is None, a bool, a number, a str or a list of numbers or of strs");
}

}  // namespace

Settings settings_from(const py::dict& named) {
  Settings settings;
  for (const auto& [name, value] : named) {
    const std::string key = from_str(py::str(name));
    settings[key] = setting_from(value, key);
  }
  return settings;
}

py::dict to_dict(const Settings& settings) {
  py::dict dict;
  for (const auto& [name, value] : settings) dict[to_str(name)] = to_object(value);
  return dict;
}

py::list parameters_to_list(const std::vector<Parameter>& parameters) {
  py::list list;
  for (const Parameter& p : parameters) {
    py::dict entry;
    entry["name"] = p.name;
    entry["kind"] = to_string(p.kind);
    entry["doc"] = p.doc;
    entry["default"] = to_object(p.fallback);
    entry["required"] = !p.optional && std::holds_alternative<std::monostate>(p.fallback);
    entry["lo"] = p.lo;
    entry["hi"] = p.hi;
    entry["lo_open"] = p.lo_open;
    entry["ranged"] = p.ranged;
    py::list choices;
    for (const std::string& choice : p.choices) choices.append(to_str(choice));
    entry["choices"] = choices;
    list.append(entry);
  }
  return list;
}

}  // namespace zeroskew::python
