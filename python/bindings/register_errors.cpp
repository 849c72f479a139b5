#include "casters.hpp"
#include "register.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::python {
namespace {

const char* class_name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::value:
      return "DataValueError";
    case ErrorKind::type:
      return "DataTypeError";
    case ErrorKind::key:
      return "DataKeyError";
    case ErrorKind::index:
      return "DataIndexError";
    case ErrorKind::io:
      return "FileError";
    case ErrorKind::not_found:
      return "FileMissingError";
    case ErrorKind::runtime:
      break;
  }
  return "EngineError";
}

void raise(const Error& error) {
  const py::object cls = py::module_::import("zeroskew.errors").attr(class_name(error.kind()));
  const py::object exception =
      cls(to_str(error.message()), to_str(error.id()), to_str(error.where()));
  PyErr_SetObject(cls.ptr(), exception.ptr());
}

}  // namespace

void register_errors() {
  py::register_exception_translator([](std::exception_ptr failure) {
    try {
      if (failure) std::rethrow_exception(failure);
    } catch (const Error& error) {
      raise(error);
    }
  });
}

}  // namespace zeroskew::python
