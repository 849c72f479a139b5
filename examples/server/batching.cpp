#include "batching.hpp"

#include <functional>
#include <utility>

namespace server {
namespace {

// As long as one row that is kept in a cache; more is a batch by itself.
constexpr std::size_t longest = 4096;

}  // namespace

Batching::Batching(Service& service, Counters& counters, zeroskew::BatcherOptions options)
    : worker_(service, counters),
      batcher_(
          [this](std::span<Job> jobs, std::span<Requests::Outcome> outcomes) {
            for (std::size_t i = 0; i < jobs.size(); ++i) {
              const Job& job = jobs[i];
              Request request;
              request.method = job.method;
              request.path = job.path;
              request.query = job.query;
              request.body = job.body;
              request.content_type = job.content_type;
              request.traceparent = job.traceparent;
              request.tenant = job.tenant;
              (void)worker_.handle(request, outcomes[i].answer.emplace(), {});
            }
          },
          options) {}

bool Batching::wants(const Request& request) noexcept {
  return request.body.size() <= longest;
}

bool Batching::add(const Request& request, Reply reply) {
  try {
    batcher_.submit(
        {std::string(request.method), std::string(request.path), std::string(request.query),
         std::string(request.body), std::string(request.content_type),
         std::string(request.traceparent), std::string(request.tenant)},
        [reply = std::move(reply)](Requests::Outcome outcome) {
          if (!outcome.answer) {
            answer_error(outcome.answer.emplace(), 500, "server.batch", "",
                         "the batch failed before this request was answered");
          }
          reply(std::move(*outcome.answer));
        });
    return true;
  } catch (const zeroskew::Error&) {
    return false;
  }
}

}  // namespace server
