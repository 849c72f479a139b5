#pragma once
/// Steps that learn from rows or texts and lists, and formulas.

#include "zeroskew/transform/step_info.hpp"

namespace zeroskew::steps {

StepInfo tukey_gh();
StepInfo outliers();
StepInfo target_encode();
StepInfo woe_encode();
StepInfo bag_of_words();
StepInfo tfidf();
StepInfo ngrams();
StepInfo list_aggregate();
StepInfo pca();
StepInfo select_features();
StepInfo expression();

}  // namespace zeroskew::steps
