#pragma once
/// Where a policy comes from.

#include <map>
#include <string>

#include "zeroskew/version.hpp"

namespace zeroskew {

struct Provenance {
  std::string who;                          ///< a person, or a job
  std::string when;                         ///< RFC 3339, as the caller's clock says
  std::map<std::string, std::string> data;  ///< what it was made from: name -> digest
  std::string code_version = version;       ///< of the library, or of the training code
  std::string parent;                       ///< digest of the policy that it replaces, "" if none

  [[nodiscard]] bool operator==(const Provenance&) const = default;
};

}  // namespace zeroskew
