#include "zeroskew/schema/anomalies_text.hpp"

#include "schema/proto/json_codec.hpp"
#include "schema/proto/pbtxt.hpp"

namespace zeroskew {
namespace {

const detail::MessageDescriptor& message() {
  return *detail::find_message("tensorflow.metadata.v0.Anomalies");
}

}  // namespace

std::string to_text(const Anomalies& anomalies) {
  return detail::write_pbtxt(message(), detail::read_json(message(), anomalies.to_json()));
}

Anomalies anomalies_from_text(std::string_view text) {
  const FieldTree tree = detail::read_pbtxt(message(), text);
  return Anomalies::from_json(detail::write_json(message(), tree));
}

}  // namespace zeroskew
