/** The renderers of the screen `analyst`. */

export const panels = {};
