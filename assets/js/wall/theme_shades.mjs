/** How the maps of the theme scenes are shaded: when a grid was last patrolled, how far a village is. */

import { registerShade } from "../map/shades.mjs";

registerShade("wall-patrol", {
  view: "grid_force",
  level: "grid",
  value: (row) => (row.visits_today > 0 ? "today" : row.visits_7 > 0 ? "week" : "longer"),
  categories: ["longer", "week", "today"],
  colours: ["--sequential-0", "--sequential-2", "--sequential-4"],
  marks: { view: "grid_force", mark: (row) => (row.silent ? { id: row.area_id, urgency: "due_soon" } : null) },
});

registerShade("wall-safety", {
  view: "safety_villages",
  level: "village",
  area: (row) => row.area_id,
  value: (row) => (row.finished ? "named" : row.stage_position >= 3 ? "near" : "begun"),
  categories: ["begun", "near", "named"],
  colours: ["--sequential-0", "--sequential-2", "--sequential-4"],
  marks: { view: "safety_villages", mark: (row) => (row.open_breaches > 0 ? { id: row.area_id, urgency: "overdue" } : null) },
});
