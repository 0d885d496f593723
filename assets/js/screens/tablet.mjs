/** The renderers of the screen `tablet`. */

export const panels = {};
