/** The three shapes of a case on the map, drawn once as images: no glyphs or sprites are fetched. */

import { token } from "./style.mjs";

const DRAW = { overdue: diamond, due_soon: triangle, open: dot };

/** @param {any} map @param {number} unit pixels of one unit of the screen @param {number} size of the largest mark */
export function addMarks(map, unit, size) {
  const ratio = Math.max(2, window.devicePixelRatio);
  for (const [urgency, draw] of Object.entries(DRAW)) {
    const side = Math.ceil(size * unit * ratio);
    const canvas = document.createElement("canvas");
    canvas.width = side;
    canvas.height = side;
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.lineWidth = side / 11;
    pen.lineJoin = "round";
    pen.strokeStyle = token("--map-outside");
    draw(pen, side);
    const image = pen.getImageData(0, 0, side, side);
    if (map.hasImage(`mark-${urgency}`)) map.removeImage(`mark-${urgency}`);
    map.addImage(`mark-${urgency}`, image, { pixelRatio: ratio });
  }
}

/** @param {CanvasRenderingContext2D} pen @param {number} side */
function diamond(pen, side) {
  const [far, near, half] = [side * 0.94, side * 0.06, side / 2];
  polygon(pen, [[half, near], [far, half], [half, far], [near, half]], token("--signal-overdue"));
}

/** @param {CanvasRenderingContext2D} pen @param {number} side */
function triangle(pen, side) {
  polygon(pen, [[side / 2, side * 0.12], [side * 0.9, side * 0.84], [side * 0.1, side * 0.84]], token("--signal-urgent"));
}

/** @param {CanvasRenderingContext2D} pen @param {number} side */
function dot(pen, side) {
  pen.beginPath();
  pen.lineWidth = side / 16;
  pen.arc(side / 2, side / 2, side * 0.13, 0, 2 * Math.PI);
  pen.fillStyle = token("--data-series-strong");
  pen.stroke();
  pen.fill();
}

/** @param {CanvasRenderingContext2D} pen @param {number[][]} points @param {string} fill */
function polygon(pen, points, fill) {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.closePath();
  pen.fillStyle = fill;
  pen.stroke();
  pen.fill();
}
