# What every target of ours is compiled with: warnings are errors, and floating point means what it says.
add_library(zeroskew_options INTERFACE)
if(MSVC)
  target_compile_options(zeroskew_options INTERFACE /W4 /WX /permissive-)
else()
  target_compile_options(zeroskew_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # gcc 12 reports these falsely from inside the standard library (the last, where a test counts
    # allocations by its own operator new).
    target_compile_options(zeroskew_options INTERFACE -Wno-restrict -Wno-maybe-uninitialized
      -Wno-stringop-overflow -Wno-array-bounds -Wno-stringop-overread -Wno-mismatched-new-delete)
  endif()
endif()
if(ZEROSKEW_SANITIZE)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # With sanitizers gcc 12 finds its own AVX-512 intrinsics uninitialised.
    target_compile_options(zeroskew_options INTERFACE -Wno-uninitialized)
  endif()
  target_compile_options(zeroskew_options INTERFACE -fsanitize=${ZEROSKEW_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(zeroskew_options INTERFACE -fsanitize=${ZEROSKEW_SANITIZE})
endif()
