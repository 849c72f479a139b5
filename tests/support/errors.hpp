#pragma once
// An error is right when its id, its place and its kind are.

#include <string>

#include "support/catch.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::test {

// What `f` throws; an error of no id if it throws nothing.
template <class F>
Error error_of(F&& f) {
  try {
    f();
  } catch (const Error& error) {
    return error;
  }
  return {ErrorKind::runtime, "", "", "nothing was thrown"};
}

// Its id; empty if nothing was thrown.
template <class F>
std::string id_of(F&& f) {
  return error_of(f).id();
}

template <class F>
void check_error(F&& f, const std::string& id, const std::string& where) {
  const Error error = error_of(f);
  CHECK(error.id() == id);
  CHECK(error.where() == where);
}

template <class F>
void check_error(F&& f, const std::string& id, const std::string& where, ErrorKind kind) {
  check_error(f, id, where);
  CHECK(error_of(f).kind() == kind);
}

}  // namespace zeroskew::test
