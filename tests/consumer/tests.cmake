# Installs the library into a prefix of the build tree, then builds and runs a project that finds it
# there. A sanitized library would need the sanitizer in the consumer as well.
if(ZEROSKEW_INSTALL AND NOT ZEROSKEW_SANITIZE)
  set(prefix "${CMAKE_CURRENT_BINARY_DIR}/prefix")
  add_test(NAME install COMMAND ${CMAKE_COMMAND} --install "${PROJECT_BINARY_DIR}"
    --prefix "${prefix}" --component cpp --config $<CONFIG>)
  add_test(NAME consumer COMMAND ${CMAKE_CTEST_COMMAND}
    --build-and-test "${CMAKE_CURRENT_SOURCE_DIR}/consumer" "${CMAKE_CURRENT_BINARY_DIR}/consumer"
    --build-generator ${CMAKE_GENERATOR}
    --build-options "-DCMAKE_PREFIX_PATH=${prefix}" "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}"
      "-DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}"
    --test-command consumer)
  set_tests_properties(install PROPERTIES FIXTURES_SETUP installed)
  set_tests_properties(consumer PROPERTIES FIXTURES_REQUIRED installed
    PASS_REGULAR_EXPRESSION "3 rows, mean fare 7.58333\ndigest [0-9a-f]+\nzone: .*moon")
endif()

# As a part of another project's tree, nothing but the library is configured.
add_test(NAME embedded COMMAND ${CMAKE_COMMAND} -S "${CMAKE_CURRENT_SOURCE_DIR}/consumer"
  -B "${CMAKE_CURRENT_BINARY_DIR}/embedded" -G ${CMAKE_GENERATOR}
  "-DZEROSKEW_SOURCE_DIR=${PROJECT_SOURCE_DIR}" "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}")
set_tests_properties(embedded PROPERTIES FAIL_REGULAR_EXPRESSION "Catch2|pybind11")
