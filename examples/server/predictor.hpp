#pragma once
/// Requests with rows: which policy answers, what it answers, and what happens when it cannot.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http.hpp"
#include "lane.hpp"
#include "metrics.hpp"
#include "options.hpp"
#include "rows.hpp"
#include "shadow.hpp"
#include "tenant.hpp"

namespace server {

/// One a thread.
class Predictor {
 public:
  Predictor(const Options& options, Counters& counters, Shadow& shadow);

  /// `enveloped`: JSON as /v1/transform wants it. Errors become answers.
  void predict(Tenant& tenant, const Request& request, bool enveloped, Response& response);

  /// Rows of the latest request, and the policy that answered it; for traces and logs.
  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  [[nodiscard]] const std::string& policy() const noexcept { return policy_; }

 private:
  // This thread's lanes through a tenant's deployment.
  struct View {
    std::shared_ptr<const Deployment> deployment;
    std::vector<std::unique_ptr<Lane>> lanes;
  };
  struct RowError {
    std::size_t row = 0;
    std::string id;
    std::string where;
    std::string message;
  };

  View& view_of(Tenant& tenant);
  Lane& lane_of(View& view, const std::shared_ptr<Model>& model);
  const std::shared_ptr<Model>& choose(const Deployment& deployment, const Rows& rows);
  bool answer_cached(View& view, const Request& request, bool enveloped, Response& response);
  bool answer(View& view, Rows& rows, const std::shared_ptr<Model>& model, Response& response);
  void transform_rows(Lane& lane, Rows& rows, bool pass, Response& response);
  bool transform_row(Lane& lane, Rows& rows, std::size_t i, bool pass);
  void write_start(Shape shape, Response& response) const;
  void write_row(const Lane& lane, Shape shape, bool first, bool good, bool pass,
                 std::string& out) const;
  void write_end(Shape shape, Response& response) const;

  const Options& options_;
  Counters& counters_;
  Shadow& shadow_;
  RowsReader reader_;
  std::map<const Tenant*, View> views_;
  std::vector<RowError> errors_;
  std::uint64_t requests_ = 0;
  std::uint64_t rows_ = 0;
  std::string policy_;
};

/// {"error": {"id", "where", "message"}}
void answer_error(Response& response, unsigned status, std::string_view id, std::string_view where,
                  std::string_view message);

}  // namespace server
