# cmake -DPROGRAM=... -DEXPECTED=file -P check_output.cmake: fails unless the program prints the file.
execute_process(COMMAND "${PROGRAM}" OUTPUT_VARIABLE printed RESULT_VARIABLE code)
file(READ "${EXPECTED}" expected)
if(NOT code EQUAL 0 OR NOT printed STREQUAL expected)
  message(FATAL_ERROR "exit code ${code}, printed:\n${printed}\nexpected (${EXPECTED}):\n${expected}")
endif()
