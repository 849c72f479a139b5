# Every header must compile alone. One that its own source or test includes first has proved it
# there; the others get a source file that includes nothing else.
file(GLOB_RECURSE public_headers CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}/include"
  "${PROJECT_SOURCE_DIR}/include/*.hpp")
file(GLOB_RECURSE private_headers CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}/src"
  "${PROJECT_SOURCE_DIR}/src/*.hpp")

set(surrogates)
foreach(header IN LISTS public_headers private_headers)
  string(REGEX REPLACE "^zeroskew/|\\.hpp$" "" concept "${header}")
  set(proved FALSE)
  foreach(file "${PROJECT_SOURCE_DIR}/src/${concept}.cpp"
               "${PROJECT_SOURCE_DIR}/tests/${concept}_test.cpp")
    if(EXISTS "${file}")
      file(STRINGS "${file}" first REGEX "^#include" LIMIT_COUNT 1)
      if(first STREQUAL "#include \"${header}\"")
        set(proved TRUE)
      endif()
    endif()
  endforeach()
  if(NOT proved)
    set(surrogate "${CMAKE_CURRENT_BINARY_DIR}/headers/${header}.cpp")
    file(CONFIGURE OUTPUT "${surrogate}" CONTENT "#include \"${header}\"\n#include \"${header}\"\n")
    list(APPEND surrogates "${surrogate}")
  endif()
endforeach()
add_library(zeroskew_headers_alone OBJECT ${surrogates})
target_include_directories(zeroskew_headers_alone PRIVATE "${PROJECT_SOURCE_DIR}/src")
target_link_libraries(zeroskew_headers_alone PRIVATE zeroskew::zeroskew zeroskew_options
  nlohmann_json::nlohmann_json)
target_compile_options(zeroskew_headers_alone PRIVATE -O0)

# The umbrella in two translation units of one program, one of them after hostile macros; the
# standard headers that it uses come before those.
set(standard_includes)
foreach(header IN LISTS public_headers)
  file(STRINGS "${PROJECT_SOURCE_DIR}/include/${header}" includes REGEX "^#include <")
  list(APPEND standard_includes ${includes})
endforeach()
list(REMOVE_DUPLICATES standard_includes)
list(JOIN standard_includes "\n" standard_includes)
file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/structure/standard_headers.hpp"
  CONTENT "${standard_includes}\n" @ONLY)
add_executable(zeroskew_odr structure/odr_main.cpp structure/odr_other.cpp)
target_include_directories(zeroskew_odr PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
target_link_libraries(zeroskew_odr PRIVATE zeroskew::zeroskew zeroskew_options)
target_compile_options(zeroskew_odr PRIVATE -O0)
add_test(NAME odr COMMAND zeroskew_odr)
