/** A small picture of this screen for whoever asks: its maps as they are drawn, its texts where they stand. */

const WIDEST = 480;
const LARGEST = 47 * 1024;
const QUALITIES = [0.8, 0.6, 0.4, 0.2];
/** Smaller letters become a grey stroke: at this size nobody could read them, and none is invented. */
const LEGIBLE = 4;
const MARGIN = 40;

/** @param {HTMLElement} root @returns {Promise<string|null>} as a data address of at most 48 KB */
export async function thumbnail(root) {
  const scale = Math.min(1, WIDEST / innerWidth);
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [Math.round(innerWidth * scale), Math.round(innerHeight * scale)];
  const pen = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.scale(scale, scale);
  boxes(pen, root);
  for (const canvas of root.querySelectorAll("canvas")) await picture(pen, canvas);
  for (const svg of root.querySelectorAll("svg")) lines(pen, svg);
  texts(pen, root, scale);
  const found = QUALITIES.map((quality) => () => sheet.toDataURL("image/webp", quality));
  for (const encode of found) {
    const data = encode();
    if (data.length <= LARGEST) return data;
  }
  return null;
}

/** Grounds and bars. @param {CanvasRenderingContext2D} pen @param {HTMLElement} root */
function boxes(pen, root) {
  for (const element of root.querySelectorAll("*")) {
    if (!(element instanceof HTMLElement) || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    pen.globalAlpha = Number(style.opacity);
    if (!clear(style.backgroundColor)) {
      pen.fillStyle = style.backgroundColor;
      pen.fillRect(box.left, box.top, box.width, box.height);
    }
  }
  pen.globalAlpha = 1;
}

/** A WebGL canvas has its picture only while it draws. @param {CanvasRenderingContext2D} pen @param {HTMLCanvasElement} canvas @returns {Promise<void>} */
function picture(pen, canvas) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  if (!width || !canvas.checkVisibility()) return Promise.resolve();
  const take = () => pen.drawImage(canvas, left, top, width, height);
  const map = /** @type {any} */ (canvas.closest(".maplibregl-map"))?.citybrainMap;
  if (!map) return Promise.resolve(take());
  return new Promise((resolve) => {
    const patience = setTimeout(resolve, 1000);
    map.once("render", () => {
      clearTimeout(patience);
      take();
      resolve();
    });
    map.triggerRepaint();
  });
}

/** @param {CanvasRenderingContext2D} pen @param {SVGSVGElement} svg */
function lines(pen, svg) {
  if (!svg.checkVisibility()) return;
  for (const part of svg.querySelectorAll("path, line, rect, circle, polyline, polygon")) {
    const shape = /** @type {SVGGraphicsElement} */ (part);
    const [matrix, d] = [shape.getScreenCTM(), outline(shape)];
    if (!matrix || !d || !shape.checkVisibility()) continue;
    const style = getComputedStyle(shape);
    const path = new Path2D();
    path.addPath(new Path2D(d), matrix);
    pen.globalAlpha = Number(style.opacity);
    if (style.fill !== "none" && !clear(style.fill)) {
      pen.fillStyle = style.fill;
      pen.fill(path);
    }
    if (style.stroke !== "none" && !clear(style.stroke)) {
      pen.strokeStyle = style.stroke;
      pen.lineWidth = Math.max(1, parseFloat(style.strokeWidth) * Math.abs(matrix.a || 1));
      pen.stroke(path);
    }
  }
  pen.globalAlpha = 1;
}

/** @param {SVGGraphicsElement} shape @returns {string} */
function outline(shape) {
  const n = (/** @type {string} */ name) => Number(shape.getAttribute(name) ?? 0);
  const points = () => (shape.getAttribute("points") ?? "").trim();
  switch (shape.tagName) {
    case "path": return shape.getAttribute("d") ?? "";
    case "line": return `M${n("x1")} ${n("y1")}L${n("x2")} ${n("y2")}`;
    case "rect": return `M${n("x")} ${n("y")}h${n("width")}v${n("height")}h${-n("width")}Z`;
    case "circle": return `M${n("cx") - n("r")} ${n("cy")}a${n("r")} ${n("r")} 0 1 0 ${2 * n("r")} 0a${n("r")} ${n("r")} 0 1 0 ${-2 * n("r")} 0`;
    default: return points() && `M${points()}`;
  }
}

/** @param {CanvasRenderingContext2D} pen @param {HTMLElement} root @param {number} scale */
function texts(pen, root, scale) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  pen.textBaseline = "middle";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const [text, parent] = [node.textContent?.trim() ?? "", node.parentElement];
    if (!text || !parent?.checkVisibility({ visibilityProperty: true })) continue;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 1 || box.right < -MARGIN || box.left > innerWidth + MARGIN) continue;
    const style = getComputedStyle(parent);
    const size = parseFloat(style.fontSize);
    pen.fillStyle = parent instanceof SVGElement ? style.fill : style.color;
    if (size * scale < LEGIBLE) pen.fillRect(box.left, box.top + box.height / 2 - size / 8, box.width, size / 4);
    else {
      pen.font = `${style.fontWeight} ${size}px ${style.fontFamily}`;
      pen.fillText(text, box.left, box.top + box.height / 2, box.width);
    }
  }
}

/** @param {string} colour */
function clear(colour) {
  return colour === "transparent" || /,\s*0\)$|\/\s*0\)$/.test(colour);
}
