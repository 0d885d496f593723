/** The renderers of the screen `safety-creation`. */

export const panels = {};
