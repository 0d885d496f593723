/** The shapes of cases and points on the map, drawn once as images: no glyphs or sprites are fetched. */

import { token } from "./style.mjs";

const DRAW = { overdue: diamond, due_soon: triangle, open: dot, square, notched };

/** @param {any} map @param {number} unit pixels of one unit of the screen @param {number} size of the largest mark */
export function addMarks(map, unit, size) {
  const ratio = Math.max(2, window.devicePixelRatio);
  for (const [urgency, draw] of Object.entries(DRAW)) {
    const side = Math.ceil(size * unit * ratio);
    add(map, `mark-${urgency}`, side, ratio, (pen) => {
      pen.lineWidth = side / 11;
      pen.lineJoin = "round";
      pen.strokeStyle = token("--map-outside");
      draw(pen, side);
    });
  }
  add(map, "chip-overdue", 8, 1, (pen) => {
    pen.fillStyle = token("--signal-overdue");
    pen.fillRect(0, 0, 8, 8);
  });
}

/** @param {any} map @param {string} name @param {number} side @param {number} ratio @param {(pen: CanvasRenderingContext2D) => void} draw */
function add(map, name, side, ratio, draw) {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  draw(pen);
  const image = pen.getImageData(0, 0, side, side);
  if (map.hasImage(name)) map.removeImage(name);
  map.addImage(name, image, { pixelRatio: ratio });
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

/** A unit or a centre: a framed square with a full one inside. @param {CanvasRenderingContext2D} pen @param {number} side */
function square(pen, side) {
  pen.fillStyle = token("--map-outside");
  pen.fillRect(side * 0.16, side * 0.16, side * 0.68, side * 0.68);
  pen.lineWidth = side / 12;
  pen.strokeStyle = token("--data-series-strong");
  pen.strokeRect(side * 0.2, side * 0.2, side * 0.6, side * 0.6);
  pen.fillStyle = token("--data-series-strong");
  pen.fillRect(side * 0.38, side * 0.38, side * 0.24, side * 0.24);
}

/** A video point: a square with a notched lens. @param {CanvasRenderingContext2D} pen @param {number} side */
function notched(pen, side) {
  pen.lineWidth = side / 16;
  const body = [[0.12, 0.28], [0.64, 0.28], [0.64, 0.42], [0.88, 0.3], [0.88, 0.7], [0.64, 0.58], [0.64, 0.72], [0.12, 0.72]];
  polygon(pen, body.map(([x, y]) => [x * side, y * side]), token("--data-series"));
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
