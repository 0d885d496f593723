/** The renderers of the screen `grids`. */

export const panels = {};
