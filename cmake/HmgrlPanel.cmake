# hmgrl_panel(NAME [DEPENDS target...]) makes hmgrl_widgets_NAME from every .cpp of widgets/NAME.
# Panels see Qt and the core rooms they name; never LibTorch or OpenCV.
function(hmgrl_panel name)
  cmake_parse_arguments(PANEL "" "" "DEPENDS" ${ARGN})
  set(folder "${PROJECT_SOURCE_DIR}/widgets/${name}")
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.cpp" "${folder}/*.h" "${folder}/*.qrc")
  add_library(hmgrl_widgets_${name} STATIC ${sources})
  set_target_properties(hmgrl_widgets_${name} PROPERTIES AUTOMOC ON AUTORCC ON LINKER_LANGUAGE CXX)
  target_include_directories(hmgrl_widgets_${name} PUBLIC "${PROJECT_SOURCE_DIR}/widgets")
  target_link_libraries(hmgrl_widgets_${name} PUBLIC Qt6::Widgets ${PANEL_DEPENDS} PRIVATE hmgrl_flags)
endfunction()
