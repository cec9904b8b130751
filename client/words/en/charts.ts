export const charts = {
  "chart.asTable": "As a table",
  "chart.asChart": "As a chart",
  "chart.of": "{done} of {planned}",
  "chart.name": "{title}: {parts}",
  "chart.part": "{name} {value}",
  "chart.planned": "Planned",
  "chart.done": "Done",
  "chart.what": "What",
  "chart.total": "All together",
  "chart.others": "Others",
  "chart.nothing": "Nothing yet",
  "chart.notCounted": "not counted",
} as const;
